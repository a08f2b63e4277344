"""The quick form when it comes back: everything is as it was left, and nothing that was sent makes it fail."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.public import report_sending as quick
from app.services.place import add_places
from models.conversation import Message
from models.report import Report
from tests.fixtures.pages import Visitor
from tests.service.desk import WARD, DeskTrust, id_of
from tests.web.conftest import ANSWERS, Make, code_of

BEECH = bytes.fromhex("0b" * 16)


@pytest.fixture
def beech(trust: DeskTrust) -> bytes:
    """A second ward."""
    with trust.public() as work:
        add_places(work, [{"id": BEECH, "code": "9FTP", "name": "Beech Ward", "site": "Coast House",
                           "directorate": "medicine", "staff_count": 40, "active": True, "opens": "quick"}])  # fmt: skip
    return BEECH


@pytest.mark.parametrize(
    ("place", "line"),
    [("", "Willow Ward, Coast House"), (WARD.hex(), "Willow Ward, Coast House"), (BEECH.hex(), "Beech Ward, Coast House"),
     ("remote", "On the phone or online")],
)  # fmt: skip
def test_the_place_that_was_chosen_is_the_place_that_is_shown(
    reporter: Visitor, beech: bytes, place: str, line: str
) -> None:
    token = reporter.get("/quick?w=7KQ4").value("token")
    page = reporter.post("/quick", {"token": token, "w": "7KQ4", "place": place, "who": "me"})
    assert page.status == 422
    assert f"Where: {line}" in page.words


def test_ticked_names_are_in_sight_when_the_page_comes_back(reporter: Visitor) -> None:
    page = reporter.get("/quick")
    assert [details.get("open") for details in page.all("details")] == [None, None]
    page = reporter.post("/quick", {"token": page.value("token"), "exclude": id_of("ana").hex()})
    assert [details.get("open") is None for details in page.all("details")] == [True, False]


@pytest.mark.parametrize(("name", "given"), [("what", ["words"] * 20), ("exclude", [id_of("ana").hex()] * 60)])
def test_the_same_answer_many_times_is_named_and_nothing_is_stored(
    reporter: Visitor, trust: DeskTrust, name: str, given: list[str]
) -> None:
    token = reporter.get("/quick").value("token")
    page = reporter.post("/quick", ANSWERS | {"token": token, name: given})
    assert page.status == 422
    assert trust.count(Report) == 0


def test_whatever_goes_wrong_the_text_is_kept(
    reporter: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    token = reporter.get("/quick").value("token")
    monkeypatch.setattr(quick, "find_setting", lambda *_: {}["a bug"])
    page = reporter.post("/quick", ANSWERS | {"token": token, "words": "kept words"})
    assert page.status == 503
    assert page.value("words").strip() == "kept words"
    assert "We could not receive your report." in page.words
    assert ["KeyError" in record.getMessage() for record in caplog.records] == [True]
    assert "a bug" not in caplog.text


def test_a_part_of_a_form_without_a_name_is_refused(reporter: Visitor) -> None:
    body = b"--x\r\nContent-Disposition: form-data\r\n\r\nwords\r\n--x--\r\n"
    answer = reporter.client.post("/quick", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 400


@pytest.mark.usefixtures("years")
def test_over_the_limit_a_message_is_kept_and_taken_half_a_minute_later(make: Make, trust: DeskTrust) -> None:
    app = make(send_limit_network="1 per year")
    app.extensions["heard"] = replace(app.extensions["heard"], clock=lambda: trust.now)
    visitor = Visitor(app, public=True)
    sent = visitor.post("/quick", ANSWERS | {"token": visitor.get("/quick").value("token")})
    visitor.post("/return", {"code": code_of(sent)})
    reply = {"token": visitor.get("/inbox").value("token"), "text": "kept"}
    page = visitor.post("/inbox/reply", reply)
    assert (page.value("token"), page.value("text").strip()) == (reply["token"], "kept")
    assert trust.count(Message) == 0
    later = trust.now + timedelta(seconds=31)
    app.extensions["heard"] = replace(app.extensions["heard"], clock=lambda: later)
    assert visitor.post("/inbox/reply", reply).status == 303
    assert trust.count(Message) == 1
