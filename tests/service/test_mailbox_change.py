"""What a reporter changes in the mailbox: sealed to both sides, sent twice it is one, and the last one counts."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.domain.mailbox_acts import NO_CONSENT, in_order
from app.domain.sealed_content import decode_content
from app.security.opening import Opener
from app.services import mailbox_message
from app.services.case_scope import require_case
from app.services.conversation import reply
from app.services.mailbox import MailboxView
from app.services.mailbox_known import change_known, give_consent
from app.services.mailbox_message import send_message
from app.services.mailbox_stop import ask_to_stop, carry_on
from models.conversation import Message
from models.mailbox import MailboxMessage
from models.reporter_event import ReporterEvent
from tests.service.desk import DeskTrust
from tests.service.mailbox import Reporter, as_ana, new_reporter, pass_days

NAMED = {"privacy": "named", "name": "Ada Obi", "contact": "07700 900123", "safe_times": "After six"}


@pytest.fixture
def nurse(trust: DeskTrust) -> Reporter:
    return new_reporter(trust)


def events(trust: DeskTrust) -> list[str]:
    with trust.public(reading=True) as work:
        return sorted(work.connection.scalars(select(ReporterEvent.kind)))


def again(reporter: Reporter, name: str) -> Callable[[], None]:
    """Return an act that sends the same page each time."""
    trust, key, token = reporter.trust.public, reporter.key, reporter.token()
    return {
        "message": lambda: send_message(trust, key, token, "Hello?"),
        "known": lambda: change_known(trust, key, token, NAMED),
        "consent": lambda: give_consent(trust, key, token, {"panel": "yes", "story": "no"}),
        "stop": lambda: ask_to_stop(trust, key, token, "stop_keep_count"),
        "delete": lambda: ask_to_stop(trust, key, token, "delete_words"),
    }[name]


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("message", "wrote"), ("known", "known_changed"), ("consent", "wrote"),
        ("stop", "stop_asked"), ("delete", "delete_asked"),
    ],
)  # fmt: skip
def test_each_act_is_two_seals_and_one_event_however_often_its_page_is_sent(
    trust: DeskTrust, nurse: Reporter, name: str, event: str
) -> None:
    act = again(nurse, name)
    for _ in range(3):
        act()
    assert trust.count(Message) == trust.count(MailboxMessage) == 1
    assert events(trust) == [event]
    assert trust.events("message.received") == 1


def test_a_page_sent_again_after_its_undo_does_not_stop_again(trust: DeskTrust, nurse: Reporter) -> None:
    stop = again(nurse, "stop")
    stop()
    nurse.undo()
    stop()
    assert nurse.view.acts.withdrawal is None
    assert events(trust) == ["stop_asked", "stop_undone"]


def test_two_pages_of_one_stop_are_one_stop_and_one_undo_takes_it_back(trust: DeskTrust, nurse: Reporter) -> None:
    nurse.stop()
    nurse.stop()
    nurse.undo()
    nurse.undo()
    assert events(trust) == ["stop_asked", "stop_undone"]
    assert nurse.view.acts.withdrawal is None


def test_many_windows_that_stop_at_once_are_one_stop(trust: DeskTrust, nurse: Reporter) -> None:
    pages, failed = [nurse.token() for _ in range(8)], []
    together = threading.Barrier(len(pages))

    def send(page: int) -> None:
        try:
            together.wait(30)
            ask_to_stop(trust.public, nurse.key, pages[page], "stop_keep_count")
        except BaseException as error:
            failed.append(error)

    windows = [threading.Thread(target=send, args=(number,)) for number in range(len(pages))]
    for window in windows:
        window.start()
    for window in windows:
        window.join(60)
    assert failed == []
    assert events(trust) == ["stop_asked"]
    assert trust.count(Message) == trust.count(MailboxMessage) == 1


def test_a_change_is_decided_again_when_a_message_comes_in_between(
    trust: DeskTrust, nurse: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, between = mailbox_message.read_mailbox, [lambda: nurse.write("In between")]

    def slowly(*given: object) -> MailboxView | None:
        view = read(*given)  # type: ignore[arg-type]
        if between:
            between.pop()()
        return view

    monkeypatch.setattr(mailbox_message, "read_mailbox", slowly)
    nurse.stop()
    assert events(trust) == ["stop_asked", "wrote"]
    assert nurse.view.seen == 2


def test_the_last_of_two_changes_of_one_day_counts_on_both_sides(trust: DeskTrust, nurse: Reporter) -> None:
    for _ in range(4):
        nurse.be_known(**NAMED)
        nurse.be_known(privacy="anonymous")
    for acts in (nurse.view.acts, as_ana(trust).acts):
        assert acts.known == {"privacy": "anonymous"}
        assert acts.known_on == trust.today
    nurse.be_known(**NAMED)
    assert nurse.view.acts.known == as_ana(trust).acts.known == NAMED


def test_messages_of_one_day_stand_in_the_order_in_which_they_were_sent(trust: DeskTrust, nurse: Reporter) -> None:
    said = [f"Message {number}" for number in range(12)]
    for text in said:
        nurse.write(text)
    assert [message.text for message in nurse.view.messages] == said
    assert [message.text for message in as_ana(trust).messages] == said


def test_question_and_answer_of_one_day_stand_in_their_order_on_both_sides(trust: DeskTrust, nurse: Reporter) -> None:
    ana = trust.as_person("ana")
    said = []
    for number in range(4):
        nurse.write(f"Answer {number}")
        reply(ana, require_case(ana, trust.only_reference()), f"Question {number}?")
        said += [f"Answer {number}", f"Question {number}?"]
    assert [message.text for message in nurse.view.messages] == said
    assert [message.text for message in as_ana(trust).messages] == said


def test_consent_is_no_until_it_is_given_and_can_be_taken_back(trust: DeskTrust, nurse: Reporter) -> None:
    assert nurse.view.acts.consent == as_ana(trust).acts.consent == NO_CONSENT == {"panel": "no", "story": "no"}
    nurse.consent("no", "no")
    assert events(trust) == []
    nurse.consent("yes", "yes")
    pass_days(trust, 2)
    nurse.consent("yes", "no")
    for acts in (nurse.view.acts, as_ana(trust).acts):
        assert acts.consent == {"panel": "yes", "story": "no"}
        assert acts.consent_on == trust.today
    assert events(trust) == ["wrote", "wrote"]


def test_nothing_that_a_reporter_sends_holds_a_time_finer_than_a_day(trust: DeskTrust, nurse: Reporter) -> None:
    for name in ("message", "known", "consent", "stop"):
        again(nurse, name)()
    with trust.public(reading=True) as work:
        rows = work.connection.execute(select(MailboxMessage)).all()
    with Opener(nurse.key.seed) as opener:
        contents = [
            decode_content("mailbox", opener.open("mailbox", (nurse.key.mailbox_id, row.id), row.sealed))
            for row in rows
        ]
    allowed = {"v", "from", "day", "kind", "text", "files", "turn", "known", "consent"}
    assert all(content.keys() <= allowed and content["from"] == "reporter" for content in contents)
    assert {content["day"] for content in contents} == {"2026-11-16"}
    assert sorted(content["turn"] for content in contents) == [1, 2, 3, 4]


def test_an_undo_without_a_stop_and_a_weaker_choice_send_nothing(trust: DeskTrust, nurse: Reporter) -> None:
    nurse.undo()
    assert trust.count(Message) == 0
    nurse.stop("delete_words")
    for choice in ("stop_keep_count", "delete_words"):
        nurse.stop(choice)
    carry_on(trust.public, nurse.key, nurse.token())
    assert trust.count(Message) == 1


def test_messages_from_before_there_were_turns_stand_first_in_their_day() -> None:
    written = [
        {"day": "2026-11-16", "from": "staff", "at": "2026-11-16T10:00:00Z", "text": "d"},
        {"day": "2026-11-16", "from": "reporter", "turn": 2, "text": "c"},
        {"day": "2026-11-16", "from": "reporter", "text": "b"},
        {"day": "2026-11-15", "from": "staff", "at": "2026-11-15T10:00:00Z", "text": "a"},
    ]
    assert [one["text"] for one in in_order(written)] == ["a", "b", "d", "c"]
