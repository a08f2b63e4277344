"""The tables of the mailbox name everything that they are asked for: a kind that is added is missed here first."""

from datetime import date
from itertools import product

import pytest
from flask import Flask

from app.domain.errors import Unreadable
from app.domain.sealed_content import MESSAGE_KINDS, encode_content
from app.public.mailbox_page import ACTS, CONSENTED, FIRST_CONTROL, LATE, PROMISED
from app.services.case import NEW_KINDS, CaseMessage
from app.services.mailbox import SHOWN_CLOCKS, MailboxMessageView
from app.services.mailbox_closing import BADLY
from app.services.mailbox_known import consent_message, known_message
from app.services.mailbox_message import OwnMessage
from app.services.mailbox_stop import stop_message
from app.services.reporter_event import ANSWERED, APPLIED
from app.triage.mailbox_words import TOLD, told_text
from models.vocabulary.mailbox import ASKED, YES_NO
from tests.web.mailbox import FORMS

SENT = (
    OwnMessage("message", "wrote", "Hello"),
    OwnMessage("file", "wrote", "Photo 1."),
    known_message({"privacy": "anonymous"}),
    consent_message({"panel": "yes", "story": "no"}),
    BADLY,
    *(stop_message(word.code) for word in ASKED),
)
"""One of each message that a reporter can send."""
OURS = {"outcome", "notice"}
"""The kinds that only the team sends."""
SAID = {"message", "file"}
"""The kinds of a reporter that are shown in their own words."""
sent_kinds = {draft.kind for draft in SENT}
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def told(draft: OwnMessage) -> str:
    return told_text(CaseMessage("reporter", "The reporter", date(2026, 11, 16), draft.text, True, draft.kind))


def test_every_kind_of_message_comes_from_the_reporter_or_from_us() -> None:
    assert sent_kinds | OURS == set(MESSAGE_KINDS)


def test_every_promise_that_is_shown_has_words_for_in_time_and_for_late() -> None:
    assert PROMISED.keys() == LATE.keys() == set(SHOWN_CLOCKS)
    assert all("%(day)s" in words for words in (*PROMISED.values(), *LATE.values()))


def test_every_pair_of_answers_about_use_has_words_of_its_own() -> None:
    codes = [word.code for word in YES_NO]
    assert CONSENTED.keys() == set(product(codes, codes))
    assert len(set(CONSENTED.values())) == len(CONSENTED)


@pytest.mark.parametrize("answers", [{"panel": "maybe", "story": "no"}, {"panel": "yes"}])
def test_answers_that_the_words_do_not_know_are_no_message(answers: dict[str, str]) -> None:
    content = {"from": "reporter", "day": "2026-11-16", "kind": "consent", "text": "", "files": [], "consent": answers}
    with pytest.raises(Unreadable):
        encode_content("mailbox", content)


@on_sqlite
def test_what_a_reporter_changed_is_shown_in_words_and_what_they_wrote_as_written(app: Flask) -> None:
    assert ACTS.keys() | SAID == sent_kinds and ACTS.keys().isdisjoint(SAID)
    with app.test_request_context("/inbox"):
        for draft in SENT:
            if draft.kind in ACTS:
                view = MailboxMessageView("you", date(2026, 11, 16), draft.text, draft.kind, **draft.more)
                assert ACTS[draft.kind](view).endswith("."), draft.kind


@on_sqlite
def test_a_message_about_use_without_answers_is_read_as_no(app: Flask) -> None:
    with app.test_request_context("/inbox"):
        assert (
            ACTS["consent"](MailboxMessageView("you", date(2026, 11, 16), kind="consent", text=""))
            == (CONSENTED["no", "no"])
        )


def test_every_form_of_the_mailbox_page_has_a_control_that_an_error_leads_to() -> None:
    assert FIRST_CONTROL.keys() == {name for name, form in FORMS.items() if form.page == "/inbox"}


def test_every_message_is_new_for_the_desk_by_the_event_it_comes_with_or_is_applied() -> None:
    assert NEW_KINDS.keys() == set(ANSWERED)
    for draft in SENT:
        waits = draft.event not in APPLIED
        assert [event for event, kinds in NEW_KINDS.items() if draft.kind in kinds] == [draft.event] * waits, draft.kind


def test_the_timeline_tells_of_every_message_in_words_of_its_own() -> None:
    assert TOLD.keys() | {"message", "stop"} == sent_kinds
    assert len({told(draft) for draft in SENT}) == len(SENT)
