"""The one place that knows every other: settings in, a running application out."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask
from jinja2 import FileSystemLoader

from app.accounts import session, sign_in
from app.cli.database import database as database_commands
from app.cli.demo import demo as demo_commands
from app.cli.serve import serve as serve_command
from app.cli.worker import worker as worker_command
from app.database.engine import Database
from app.domain.errors import Misconfigured
from app.jobs.scheduler import Worker
from app.jobs.table import Parts
from app.public import leave, mailbox, place, promise, quick, start, support_directory
from app.security.form_token import FormKeys
from app.security.self_test import run_self_test
from app.services.work import Sealer, make_open_work
from app.triage import case, conflict, conversation, queue
from app.web.access import check_access, check_every_route
from app.web.assets import install_assets
from app.web.blank_page import ContentShelf, template_context
from app.web.context import Heard
from app.web.errors import install_errors
from app.web.headers import install_headers
from app.web.hosts import install_hosts
from app.web.limits import make_limits
from app.web.locale import install_locale
from app.web.origin import MAX_BODY_BYTES, check_body, check_origin
from app.web.session import install_sessions
from app.web.start_up import check_database, forbid_core_dumps, keep_files_private, stand_apart
from app.web.surface import register_surface
from config import Settings, load_settings, prepare_embedded_instance
from config_secrets import SettingError

TEMPLATES = Path(__file__).parents[1] / "templates"
LOCAL = ZoneInfo("Europe/London")
PUBLIC = tuple(module.blueprint for module in (start, place, quick, mailbox, leave, promise, support_directory))
CANNOT_START = (SettingError, Misconfigured)
"""What stops a start, each with a sentence that names what is wrong."""
DESK = tuple(module.blueprint for module in (sign_in, session, queue, case, conflict, conversation))


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application. Raises `SettingError` or `Misconfigured` with a sentence that names what is wrong."""
    if settings is None:
        prepare_embedded_instance()
        settings = load_settings()
    forbid_core_dumps()
    keep_files_private()
    run_self_test()
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY_BYTES, MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES)
    heard = app.extensions["heard"] = _parts(settings)
    app.extensions["heard_worker"] = Worker(Parts(heard.open_work, heard.database))
    app.extensions["heard_content"] = ContentShelf()
    app.extensions["heard_limits"] = make_limits(settings)
    _install_templates(app)
    install_locale(app)
    install_assets(app)
    install_headers(app)
    install_errors(app)
    install_hosts(app, settings.allowed_hosts, settings.trusted_proxies)
    app.before_request(check_origin)
    app.before_request(check_body)
    install_sessions(app)
    app.before_request(check_access)
    register_surface(app, settings.surface, PUBLIC, DESK)
    check_every_route(app)
    for command in (database_commands, demo_commands, serve_command, worker_command):
        app.cli.add_command(command)
    return app


def create_served_app() -> Flask:
    """Return the application once the database is fit to serve. Raises `Misconfigured` when it is not."""
    stand_apart()
    app = create_app()
    heard: Heard = app.extensions["heard"]
    check_database(heard.database, heard.open_work)
    return app


def _parts(settings: Settings) -> Heard:
    database = Database(settings.database_url)
    sealer = Sealer(
        intake_secret=settings.intake_secret,
        intake_secret_previous=settings.intake_secret_previous,
        mailbox_pepper=settings.mailbox_pepper,
        roster_keys=settings.roster_keys,
        roster_quorum=settings.roster_quorum,
        trust_code=settings.trust_code,
        roster_lowest=settings.roster_version,
    )

    def clock() -> datetime:
        return datetime.now(UTC)

    def today() -> date:
        return settings.demo_today or datetime.now(LOCAL).date()

    return Heard(
        settings=settings,
        database=database,
        sealer=sealer,
        clock=clock,
        today=today,
        form_keys=FormKeys(settings.intake_secret, settings.intake_secret_previous),
        open_work=make_open_work(database, sealer, clock=clock, today=today),
    )


def _install_templates(app: Flask) -> None:
    app.jinja_loader = FileSystemLoader(TEMPLATES)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(template_context)
