"""What a reporter has said in the mailbox, read from the opened messages: the same on both sides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.domain.withdrawal import Withdrawal, withdrawal_of

Content = Mapping[str, Any]
NO_CONSENT: Mapping[str, str] = {"panel": "no", "story": "no"}
"""Nobody has agreed to anything until they say so."""


@dataclass(frozen=True)
class MailboxActs:
    """The last of each change, None or the default where there was none."""

    known: Mapping[str, str] | None = field(default=None, repr=False)
    """How the reporter is known: privacy, name, contact, safe times. Before the first change only the report says."""
    known_on: date | None = None
    consent: Mapping[str, str] = field(default_factory=lambda: NO_CONSENT)
    consent_on: date | None = None
    withdrawal: Withdrawal | None = None


def in_order(contents: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return messages in the order of their days, and within a day of their turns.

    Those without a turn come first in their day, what the reporter wrote before our answer.
    """
    return sorted(contents, key=_place)


def _place(content: Content) -> tuple[str, int, bool, str]:
    return content["day"], content.get("turn", 0), content["from"] != "reporter", content.get("at", "")


def acts_of(contents: Sequence[Content]) -> MailboxActs:
    """Return what the messages, in their order, add up to."""
    own = [content for content in contents if content["from"] == "reporter"]
    known = _last(own, "known")
    consent = _last(own, "consent")
    return MailboxActs(
        known=known["known"] if known else None,
        known_on=_day(known),
        consent=consent["consent"] if consent else NO_CONSENT,
        consent_on=_day(consent),
        withdrawal=withdrawal_of((one["text"], _day_of(one)) for one in own if one["kind"] == "stop"),
    )


def _last(contents: Sequence[Content], kind: str) -> Content | None:
    """Return the last message of a kind that holds what its kind is for."""
    return next((one for one in reversed(contents) if one["kind"] == kind and kind in one), None)


def _day_of(content: Content) -> date:
    return date.fromisoformat(content["day"])


def _day(content: Content | None) -> date | None:
    return _day_of(content) if content else None
