"""What stops and undos add up to, in any order within a day, and how clocks keep the days they had left."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.deadline import (
    CLOCKS,
    NEVER_DUE,
    is_running,
    is_working_day,
    next_due_on,
    resume_clock,
    stop_clock,
    working_days_between,
)
from app.domain.withdrawal import (
    CHOICES,
    EVENTS,
    KEEP,
    STOPPING,
    UNDONE,
    Withdrawal,
    changes_of,
    choices_left,
    is_stopped,
    withdrawal_of,
)
from models.vocabulary.mailbox import ASKED, CONFIRMATIONS, WITHDRAWAL, WITHDRAWN
from models.vocabulary.word import codes

DAY = date(2026, 11, 16)
LATER = DAY + timedelta(days=9)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def test_every_choice_has_its_event_and_its_words_on_both_sides() -> None:
    assert EVENTS.keys() == {*CHOICES, UNDONE} == codes(ASKED) == codes(WITHDRAWN)
    assert tuple(word.code for word in WITHDRAWAL) == tuple(CONFIRMATIONS) == CHOICES
    assert len({one.question for one in CONFIRMATIONS.values()} | {one.button for one in CONFIRMATIONS.values()}) == 6
    assert {EVENTS[choice] for choice in CHOICES} == STOPPING
    assert all(word.hint for word in WITHDRAWAL)


def test_what_was_asked_does_not_hang_on_the_order_within_a_day() -> None:
    acts = [(KEEP, DAY), (UNDONE, DAY), (KEEP, DAY)]
    found = {withdrawal_of(order) for order in itertools.permutations(acts)}
    assert found == {Withdrawal(KEEP, DAY)}
    assert {withdrawal_of(order) for order in itertools.permutations(acts[:2])} == {None}


@pytest.mark.parametrize(
    ("acts", "choice", "asked_on"),
    [
        ([(KEEP, DAY)], KEEP, DAY),
        ([(KEEP, DAY), (UNDONE, LATER), (KEEP, LATER)], KEEP, LATER),
        ([(KEEP, DAY), ("delete_words", LATER)], "delete_words", LATER),
        ([("delete_words", DAY), ("delete_all", LATER)], "delete_all", LATER),
        ([("delete_all", DAY), (UNDONE, LATER)], "delete_all", DAY),
    ],
)
def test_the_strongest_choice_stands_and_a_deletion_is_not_undone(
    acts: list[tuple[str, date]], choice: str, asked_on: date
) -> None:
    standing = withdrawal_of(acts)
    assert standing == Withdrawal(choice, asked_on)
    assert standing.until == asked_on + timedelta(days=30)
    assert standing.can_be_undone is (choice == KEEP)


def test_only_stronger_choices_are_left_and_only_what_the_trust_offers() -> None:
    assert choices_left(None, delete_all=True) == CHOICES
    assert choices_left(None, delete_all=False) == CHOICES[:2]
    assert choices_left(Withdrawal(KEEP, DAY), delete_all=True) == CHOICES[1:]
    assert choices_left(Withdrawal("delete_words", DAY), delete_all=False) == ()
    assert choices_left(Withdrawal("delete_all", DAY), delete_all=True) == ()


@pytest.mark.parametrize(
    ("stopped", "events", "changes"),
    [
        (False, [], []),
        (False, [("stop_asked", DAY)], [(True, DAY)]),
        (False, [("stop_undone", LATER), ("stop_asked", DAY)], [(True, DAY), (False, LATER)]),
        (False, [("stop_undone", DAY), ("stop_asked", DAY)], []),
        (True, [("stop_undone", DAY), ("stop_asked", DAY)], []),
        (True, [("stop_undone", DAY)], [(False, DAY)]),
        (True, [("delete_asked", DAY)], []),
        (False, [("delete_asked", DAY), ("stop_asked", DAY), ("stop_undone", DAY)], [(True, DAY)]),
        (False, [("wrote", DAY), ("known_changed", DAY)], []),
    ],
)
def test_events_change_a_case_day_by_day(
    stopped: bool, events: list[tuple[str, date]], changes: list[tuple[bool, date]]
) -> None:
    assert changes_of(stopped, events) == changes
    assert is_stopped(stopped, events) is (changes[-1][0] if changes else stopped)


@given(st.sampled_from(sorted(CLOCKS)), DAYS, st.integers(-60, 90))
def test_a_stopped_clock_is_neither_met_nor_late_and_runs_on_where_it_stopped(clock: str, day: date, left: int) -> None:
    due = day + timedelta(days=left)
    stopped = stop_clock(clock, due, day)
    assert not is_running(stopped) and is_running(due)
    assert DAY < stopped < NEVER_DUE
    again = resume_clock(clock, stopped, day)
    if not CLOCKS[clock].working:
        assert again == due
    else:
        # A due day on a free day has as many working days left as the working day before it.
        assert working_days_between(day, again) == working_days_between(day, due)
        assert working_days_between(again, day) == working_days_between(due, day)
    if is_working_day(due) and is_working_day(day):
        assert again == due


@given(st.sampled_from(sorted(CLOCKS)), DAYS, st.integers(0, 90), st.integers(0, 30))
def test_no_day_left_is_lost_while_a_clock_is_stopped(clock: str, day: date, left: int, pause: int) -> None:
    due, resumed = day + timedelta(days=left), day + timedelta(days=pause)
    again = resume_clock(clock, stop_clock(clock, due, day), resumed)
    if CLOCKS[clock].working:
        assert working_days_between(resumed, again) == working_days_between(day, due)
    else:
        assert again - resumed == due - day


def test_a_stopped_clock_is_not_next() -> None:
    stopped = stop_clock("close", LATER, DAY)
    assert next_due_on([stopped]) == NEVER_DUE
    assert next_due_on([stopped, DAY]) == DAY
