"""The desk: who gets in, and that what is forbidden looks absent."""

import re

import pytest
from flask import Flask

from app.domain.errors import Misconfigured
from app.web.access import check_every_route
from tests.fixtures.pages import Visitor
from tests.service.desk import PASSPHRASE, DeskTrust, id_of
from tests.web.conftest import send


def test_a_wrong_passphrase_and_an_unknown_email_get_one_answer(app: Flask, trust: DeskTrust) -> None:
    visitor = Visitor(app, public=False)
    pages = [
        visitor.post("/login", {"email": email, "passphrase": "not the right passphrase"})
        for email in ("ana@x.test", "nobody@x.test")
    ]
    texts = {page.words.replace("nobody@x.test", "").replace("ana@x.test", "") for page in pages}
    assert len(texts) == 1
    assert trust.events("sign_in.failed") == 2


def test_pages_of_the_desk_send_strangers_to_sign_in(reporter: Visitor) -> None:
    for path in ("/cases", "/cases/3W7Q-DH4K", "/cases/3W7Q-DH4K/gate"):
        assert reporter.get(path).response.headers["Location"] == "/login"


def test_an_unknown_case_and_one_without_a_grant_answer_the_same(
    reporter: Visitor, ana: Visitor, trust: DeskTrust
) -> None:
    send(reporter, exclude=[id_of("ana").hex()])
    hidden = trust.only_reference()
    absent = "AAAA-AAAA" if hidden != "AAAA-AAAA" else "BBBB-BBBB"
    answers = []
    for reference in (hidden, absent):
        page = ana.get(f"/cases/{reference}")
        assert page.status == 404
        answers.append((page.text.replace(reference, ""), dict(page.response.headers)))
    assert re.sub(r'value="[^"]+"', "", answers[0][0]) == re.sub(r'value="[^"]+"', "", answers[1][0])
    assert trust.events("access.refused") == 2
    assert hidden not in ana.get("/cases").words


def test_signing_out_ends_the_session_for_good(ana: Visitor, app: Flask) -> None:
    page = ana.get("/cases")
    cookie = ana.client.get_cookie("__Host-desk", "localhost")
    assert cookie is not None
    ana.post("/logout", {"csrf_token": page.value("csrf_token")})
    thief = Visitor(app, public=False)
    thief.client.set_cookie("__Host-desk", cookie.value, domain="localhost", secure=True)
    assert thief.get("/cases").response.headers["Location"] == "/login"


def test_a_post_without_the_token_of_its_session_is_refused(ana: Visitor, reporter: Visitor, trust: DeskTrust) -> None:
    send(reporter)
    path = f"/cases/{trust.only_reference()}/gate"
    assert ana.post(path, {"answer": "no"}).status == 403
    assert ana.post(path, {"answer": "no", "csrf_token": "0" * 64}).status == 403


def test_a_route_without_an_access_rule_stops_the_start(app: Flask) -> None:
    check_every_route(app)
    bare = Flask("bare", static_folder=None)
    bare.add_url_rule("/open", view_func=lambda: "")
    with pytest.raises(Misconfigured, match="/open"):
        check_every_route(bare)


def test_the_passphrase_is_not_shown_again(app: Flask) -> None:
    page = Visitor(app, public=False).post("/login", {"email": "ana@x.test", "passphrase": PASSPHRASE + "x"})
    assert PASSPHRASE not in page.text
