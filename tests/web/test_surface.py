"""Two processes: one takes reports and can open none, the other answers them and holds none of its secrets."""

import pytest

from tests.fixtures.pages import Visitor
from tests.service.desk import PASSPHRASE, DeskTrust
from tests.web.conftest import Make, send

NOTHING = b"not given to this surface, 32 by"


@pytest.fixture
def intake(make: Make) -> Visitor:
    return Visitor(make(surface="intake", desk_pepper=NOTHING, csrf_key=NOTHING), public=True)


@pytest.fixture
def desk(make: Make) -> Visitor:
    return Visitor(make(surface="desk", intake_secret=NOTHING, mailbox_pepper=NOTHING), public=False)


def test_a_report_crosses_from_one_process_to_the_other_and_the_answer_comes_back(
    intake: Visitor, desk: Visitor, trust: DeskTrust
) -> None:
    code = send(intake, words="He said it twice.")
    path = f"/cases/{trust.only_reference()}"
    desk.post("/login", {"email": "ana@x.test", "passphrase": PASSPHRASE})
    token = desk.get(f"{path}/gate").value("csrf_token")
    desk.post(f"{path}/gate", {"answer": "no", "csrf_token": token})
    page = desk.get(path)
    assert "He said it twice." in page.words
    hidden = {name: page.value(name) for name in ("csrf_token", "once")}
    assert desk.post(f"{path}/conversation", hidden | {"text": "Are you safe?"}).status == 303
    intake.post("/return", {"code": code})
    inbox = intake.get("/inbox")
    assert "Are you safe?" in inbox.words
    intake.post("/inbox/reply", {"token": inbox.value("token"), "text": "Yes."})
    assert "Yes." in desk.get(path).words


def test_each_process_serves_its_own_pages_alone(intake: Visitor, desk: Visitor) -> None:
    for path in ("/login", "/cases", "/cases/3W7Q-DH4K", "/account/session", "/admin/places", "/admin/posters"):
        assert intake.get(path).status == 404
    for path in ("/", "/quick", "/return", "/inbox", "/leave", "/w/7KQ4", "/privacy", "/easy-read", "/paper-form"):
        assert desk.get(path).status == 404
    assert intake.post("/login", {}).status == 404
    assert desk.post("/quick", {}).status == 404
