"""The application over a small trust, and the people who visit it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.factory import create_app
from app.web import limits, public_content
from config import Settings, load_settings, prepare_instance
from tests.fixtures.pages import H, Page, Visitor
from tests.fixtures.pseudo import install_pseudo
from tests.service.desk import PASSPHRASE, PEPPER, DeskTrust

ANSWERS = {"who": "me", "what": "words", "by": "patient", "when": "shift", "privacy": "anonymous", "place": "none"}
POSTER_CODE = "Z9XW"
"""A code that stands nowhere else."""
Make = Callable[..., Flask]


@pytest.fixture
def settings(trust: DeskTrust, database_url: str, tmp_path: Path) -> Settings:
    prepare_instance(tmp_path)
    environ = {"HEARD_INSTANCE": str(tmp_path), "DATABASE_URL": database_url, "HEARD_FORM_MINIMUM_AGE": "0",
               "HEARD_SEND_LIMIT_NETWORK": "off", "HEARD_SEND_LIMIT_SITE": "off"}  # fmt: skip
    loaded = load_settings(environ)
    trust.sealer = replace(
        trust.sealer, intake_secret=loaded.intake_secret, mailbox_pepper=loaded.mailbox_pepper, rosters={}
    )
    return replace(loaded, roster_keys=trust.sealer.roster_keys, desk_pepper=PEPPER, demo_today=trust.today)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["heard"].database.close()


@pytest.fixture
def make(settings: Settings) -> Iterator[Make]:
    """Make more applications, each with changed settings; all are closed afterwards."""
    made: list[Flask] = []

    def one(**changed: object) -> Flask:
        made.append(create_app(replace(settings, **changed)))  # type: ignore[arg-type]
        return made[-1]

    yield one
    for app in made:
        app.extensions["heard"].database.close()


@pytest.fixture
def years(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let limits count over years: windows follow the clock of the machine, and none may begin while a test runs."""
    monkeypatch.setattr(limits, "KEY_SECONDS", 366 * 24 * 3600)


@pytest.fixture
def reporter(app: Flask) -> Visitor:
    return Visitor(app, public=True)


@pytest.fixture
def spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Polish and Urdu say everything, the others nothing."""
    install_pseudo(tmp_path / "made", monkeypatch)
    monkeypatch.setattr(public_content, "FRESH_SECONDS", 0.0)


@pytest.fixture
def ana(app: Flask) -> Visitor:
    """Ana, an investigator, signed in."""
    visitor = Visitor(app, public=False)
    answer = visitor.post("/login", {"email": "ana@x.test", "passphrase": PASSPHRASE})
    assert answer.response.headers["Location"] == "/cases"
    return visitor


def send(reporter: Visitor, **answers: object) -> str:
    """Fill in the quick form and return the receipt code."""
    token = reporter.get("/quick").value("token")
    page = reporter.post("/quick", ANSWERS | {"token": token} | answers)
    assert page.status == 200, page.words
    return code_of(page)


def code_of(page: Page) -> str:
    """Return the receipt code that a page shows, "" when it shows none."""
    [shown] = [one for one in page.all("p") if one.get("class") == "app-code"] or [None]
    return "-".join("".join(group.itertext()) for group in shown.iter(H + "span")) if shown is not None else ""
