"""The one place that knows every other: settings in, a running application out."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask
from jinja2 import FileSystemLoader

from app.accounts import session, sign_in
from app.admin import place as admin_place
from app.cli.database import database as database_commands
from app.cli.demo import demo as demo_commands
from app.cli.place_poster import posters as posters_command
from app.cli.serve import serve as serve_command
from app.cli.setting import setting as setting_commands
from app.cli.support_directory import support as support_commands
from app.cli.translations import translations as translations_commands
from app.cli.worker import worker as worker_command
from app.cli.worker_key import worker_key as worker_key_commands
from app.database.engine import Database
from app.domain.errors import Misconfigured
from app.jobs.scheduler import Worker
from app.jobs.table import Parts
from app.public import (
    equality,
    languages,
    leave,
    mailbox,
    mailbox_closing,
    mailbox_consent,
    mailbox_entry,
    mailbox_file,
    mailbox_known,
    mailbox_stop,
    place,
    promise,
    quick,
    report,
    start,
    support_directory,
)
from app.security.form_token import FormKeys
from app.security.self_test import run_self_test
from app.services.attachment_intake import AttachmentIntake
from app.services.work import Sealer, make_open_work
from app.storage.antivirus import antivirus_at
from app.storage.local import LocalStore, check_store
from app.storage.sanitising import report_missing_walls
from app.storage.spool import SpoolFolder, check_spools
from app.triage import attachment, case, conflict, conversation, queue
from app.web.access import check_access, check_every_route
from app.web.assets import install_assets
from app.web.body import MAX_BODY_BYTES
from app.web.connections import Connections
from app.web.context import Heard
from app.web.errors import install_errors
from app.web.front import Front
from app.web.headers import install_headers
from app.web.hosts import install_hosts
from app.web.limits import make_limits
from app.web.locale import install_locale, read_languages
from app.web.origin import check_body, check_origin
from app.web.page import template_context
from app.web.public_content import ContentShelf, content_of_request
from app.web.sealed_request import SealedRequest
from app.web.session import install_sessions
from app.web.start_up import check_database, forbid_core_dumps, keep_files_private, stand_apart
from app.web.surface import register_surface
from app.web.wording import install_wording
from config import Settings, load_settings, prepare_embedded_instance
from config_secrets import SettingError

TEMPLATES = Path(__file__).parents[1] / "templates"
LOCAL = ZoneInfo("Europe/London")
MAILBOX = (mailbox_entry, mailbox, mailbox_file, mailbox_known, mailbox_stop, mailbox_consent, mailbox_closing)
PUBLIC = tuple(
    module.blueprint
    for module in (start, place, quick, report, equality, *MAILBOX, leave, promise, support_directory, languages)
)
CANNOT_START = (SettingError, Misconfigured)
"""What stops a start, each with a sentence that names what is wrong."""
COMMANDS = (
    database_commands,
    demo_commands,
    serve_command,
    setting_commands,
    support_commands,
    worker_key_commands,
    posters_command,
    translations_commands,
    worker_command,
)
DESK = tuple(
    module.blueprint for module in (sign_in, session, queue, case, conflict, conversation, attachment, admin_place)
)


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application. Raises `SettingError` or `Misconfigured` with a sentence that names what is wrong."""
    if settings is None:
        prepare_embedded_instance()
        settings = load_settings()
    forbid_core_dumps()
    keep_files_private()
    run_self_test()
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.request_class = SealedRequest
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY_BYTES, MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES)
    heard = app.extensions["heard"] = _parts(settings)
    app.extensions["heard_content"] = ContentShelf()
    files = app.extensions["heard_files"] = _file_parts(settings)
    app.extensions["heard_worker"] = Worker(Parts(heard.open_work, heard.database, files.store))
    app.extensions["heard_limits"] = make_limits(settings)
    _install_templates(app)
    install_locale(app, lambda: content_of_request().settings, with_drafts=heard.with_drafts)
    install_wording(app)
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
    for command in COMMANDS:
        app.cli.add_command(command)
    return app


def create_served_app() -> Flask:
    """Return the application once the database is fit to serve. Raises `Misconfigured` when it is not."""
    stand_apart()
    app = create_app()
    heard: Heard = app.extensions["heard"]
    intake: AttachmentIntake = app.extensions["heard_files"]
    try:
        check_database(heard.database, heard.open_work)
        check_spools(intake.spools)
        check_store(intake.store)
    except Misconfigured:
        heard.database.close()
        raise
    report_missing_walls()
    read_languages(app)
    return app


def create_server() -> Front:
    """Return the served application behind the clock that its bodies are read by, and watch its connections."""
    front = Front(create_served_app())
    Connections(front.busy_ports).watch()
    return front


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

    def worker_key() -> bytes:
        try:
            return settings.worker_key()
        except SettingError as error:
            raise Misconfigured(str(error)) from None

    return Heard(
        settings=settings,
        database=database,
        sealer=sealer,
        clock=clock,
        today=today,
        form_keys=FormKeys(settings.intake_secret, settings.intake_secret_previous),
        open_work=make_open_work(database, sealer, clock=clock, today=today),
        worker_key=worker_key,
    )


def _file_parts(settings: Settings) -> AttachmentIntake:
    return AttachmentIntake(
        spools=SpoolFolder(settings.instance / "spool"),
        store=LocalStore(settings.files),
        antivirus=antivirus_at(settings.antivirus),
        withholds_unscanned=settings.withholds_unscanned,
    )


def _install_templates(app: Flask) -> None:
    app.jinja_loader = FileSystemLoader(TEMPLATES)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(template_context)
