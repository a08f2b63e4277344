"""A report travels from a ward terminal to an answer."""

from tests.fixtures.pages import Visitor
from tests.service.desk import WARD, DeskTrust
from tests.web.conftest import send


def test_a_report_is_read_and_answered_and_the_answer_is_read(
    reporter: Visitor, ana: Visitor, trust: DeskTrust
) -> None:
    code = send(reporter, words="He said <b>it</b> twice.", place=WARD.hex())
    reference = trust.only_reference()
    queue = ana.get("/cases")
    assert reference in queue.words
    assert "Willow Ward" in queue.words
    assert "He said" not in queue.words

    gate = ana.get(f"/cases/{reference}")
    assert gate.response.headers["Location"] == f"/cases/{reference}/gate"
    page = ana.get(f"/cases/{reference}/gate")
    assert "He said" not in page.words
    ana.post(f"/cases/{reference}/gate", {"answer": "no", "csrf_token": page.value("csrf_token")})
    case = ana.get(f"/cases/{reference}")
    assert "He said <b>it</b> twice." in case.words
    assert trust.events("case.opened") == 1

    answer = ana.post(
        f"/cases/{reference}/conversation",
        {"text": "Thank you. Are you safe?", "csrf_token": case.value("csrf_token")},
    )
    assert answer.status == 303
    opened = reporter.post("/return", {"code": code.lower().replace("-", " ")})
    assert opened.response.headers["Location"] == "/inbox"
    inbox = reporter.get("/inbox")
    assert "Thank you. Are you safe?" in inbox.words
    sent = reporter.post("/inbox/reply", {"token": inbox.value("token"), "text": "Yes, I am."})
    assert sent.status == 303
    assert "Yes, I am." in ana.get(f"/cases/{reference}").words
    assert "Reply" in ana.get("/cases").words


def test_leaving_deletes_the_mailbox_cookie_and_nothing_else(reporter: Visitor) -> None:
    code = send(reporter)
    reporter.post("/return", {"code": code})
    answer = reporter.get("/leave").response
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    cookies = answer.headers.getlist("Set-Cookie")
    assert {cookie.split("=")[0] for cookie in cookies} == {"__Host-m"}
    assert "Max-Age=0" in cookies[-1]
    assert reporter.get("/inbox").status == 303
