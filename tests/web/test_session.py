"""Sessions of the desk: who is signed in, and when that ends."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.services.session import OpenSession, load_session
from app.services.work import OpenWork
from models.session import Session
from tests.fixtures.pages import Visitor
from tests.service.desk import PASSPHRASE, DeskTrust
from tests.web.conftest import send


def age(trust: DeskTrust, **columns: timedelta) -> None:
    """Move the times of the one session into the past."""
    with trust.public() as work:
        values = {name: datetime.now(UTC) - ago for name, ago in columns.items()}
        work.connection.execute(update(Session).values(values))


def seconds_since_seen(trust: DeskTrust) -> float:
    with trust.public(reading=True) as work:
        seen = work.connection.scalars(select(Session.seen_at)).one()
    return (datetime.now(UTC) - (seen if seen.tzinfo else seen.replace(tzinfo=UTC))).total_seconds()


def test_a_signed_in_person_gets_the_picture_and_nobody_else_does(ana: Visitor, app: Flask) -> None:
    picture = ana.get("/account/session").response
    assert (picture.status_code, picture.mimetype) == (200, "image/svg+xml")
    stranger = Visitor(app, public=False).get("/account/session").response
    assert (stranger.status_code, stranger.headers["Location"]) == (303, "/login")


def test_asking_for_the_picture_keeps_the_session(ana: Visitor, trust: DeskTrust) -> None:
    age(trust, seen_at=timedelta(minutes=14))
    assert ana.get("/account/session").status == 200
    assert seconds_since_seen(trust) < 60


@pytest.mark.parametrize(
    "ago", [{"seen_at": timedelta(minutes=15, seconds=1)}, {"started_at": timedelta(hours=8, seconds=1)}]
)
def test_a_session_that_ran_out_opens_nothing(
    ana: Visitor, reporter: Visitor, trust: DeskTrust, ago: dict[str, timedelta]
) -> None:
    send(reporter)
    token = ana.get("/cases").value("csrf_token")
    age(trust, **ago)
    path = f"/cases/{trust.only_reference()}/gate"
    assert ana.post(path, {"answer": "no", "csrf_token": token}).response.headers["Location"] == "/login"
    assert ana.get("/account/session").response.headers["Location"] == "/login"
    assert trust.count(Session) == 0


def test_who_is_signed_in_goes_past_the_sign_in_page(ana: Visitor) -> None:
    assert ana.get("/login").response.headers["Location"] == "/cases"


def test_a_new_sign_in_ends_the_session_that_was_open_in_this_browser(
    ana: Visitor, app: Flask, trust: DeskTrust
) -> None:
    old = ana.client.get_cookie("__Host-desk")
    assert old is not None
    answers = {"email": "ben@x.test", "passphrase": PASSPHRASE}
    assert ana.post("/login", answers).response.headers["Location"] == "/cases"
    assert trust.count(Session) == 1
    assert ana.get("/cases").status == 200
    thief = Visitor(app, public=False)
    thief.client.set_cookie("__Host-desk", old.value, domain="localhost", secure=True)
    assert thief.get("/cases").response.headers["Location"] == "/login"


def test_a_wrong_passphrase_leaves_the_open_session_alone(ana: Visitor) -> None:
    assert ana.post("/login", {"email": "ben@x.test", "passphrase": "wrong wrong wrong wrong"}).status == 422
    assert ana.get("/cases").status == 200


@pytest.mark.parametrize("path", ["/cases", "/account/session", "/cases/0000-0000"])
def test_the_key_is_overwritten_when_the_answer_is_made(
    ana: Visitor, trust: DeskTrust, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    loaded: list[tuple[bytes, bytearray]] = []

    def note(open_work: OpenWork, token: str) -> OpenSession | None:
        found = load_session(open_work, token)
        if found is not None and found.vault is not None:
            loaded.append((bytes(found.vault.seed), found.vault.seed))
        return found

    monkeypatch.setattr("app.web.session.load_session", note)
    ana.get(path)
    assert loaded == [(trust.seeds["ana"], bytearray(32))]


def test_desk_pages_carry_the_warning_and_public_pages_do_not(ana: Visitor, reporter: Visitor) -> None:
    dialogs = [dialog for dialog in ana.get("/cases").all("dialog") if dialog.get("data-desk-idle") is not None]
    assert [dialog.get("data-warn-minutes") for dialog in dialogs] == ["13"]
    assert [dialog.get("data-ping") for dialog in dialogs] == ["/account/session"]
    assert 478 <= int(dialogs[0].get("data-left-minutes")) <= 479
    for path in ("/", "/quick", "/return"):
        assert "data-desk-idle" not in reporter.get(path).text


def test_after_signing_out_a_picture_has_the_browser_forget_the_desk(ana: Visitor) -> None:
    # Said with the sign-out itself it comes too early: the page that is left is kept once the next one stands.
    token = ana.get("/cases").value("csrf_token")
    location = ana.post("/logout", {"csrf_token": token}).response.headers["Location"]
    [address] = [picture.get("src") for picture in ana.get(location).all("img")]
    picture = ana.get(address).response
    assert (picture.status_code, picture.mimetype, picture.headers["Clear-Site-Data"]) == (
        200,
        "image/svg+xml",
        '"cache"',
    )
    assert ana.get("/login").all("img") == []
