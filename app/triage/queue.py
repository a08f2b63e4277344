"""The queue of cases."""

import re
from datetime import date
from typing import Any

from flask import Blueprint, g, request
from werkzeug.wrappers import Response as AnyResponse

from app.domain.deadline import NEVER_DUE
from app.domain.due_chip import due_chip
from app.domain.permissions import who_may
from app.services.queue import BEFORE_SPAM_DANGER, Card, Position, QueuePage, QueueRow, read_queue
from app.triage.case import place_text
from app.web.access import open_to
from app.web.context import unit_of_work
from app.web.page import page
from models.vocabulary.case import STEP
from models.vocabulary.incident import WHAT_SHORT
from models.vocabulary.people import HELP, PRIVACY, SOURCE, TARGET
from models.vocabulary.word import Word, label

UNREADABLE = "This line could not be opened"
_POSITION = re.compile(r"([0-3])\.(\d{4}-\d{2}-\d{2})\.([0-9a-f]{32})", re.ASCII)
blueprint = Blueprint("queue", __name__)


@blueprint.get("/cases")
@open_to(*who_may("see_queue"))
def show() -> AnyResponse:
    """Show 25 cases, danger first, then soonest due, the spam lane last."""
    after, before = _position("after"), _position("before")
    shown = read_queue(unit_of_work, after=after, before=before, shelf=g.desk.shelf)
    if not shown.rows and shown.total:
        # The page that was asked for has emptied since: begin again.
        shown = read_queue(unit_of_work)
    return page("triage/queue.html", view=_view(shown))


def _position(name: str) -> Position | None:
    match = _POSITION.fullmatch(request.args.get(name, ""))
    if match is None:
        return None
    try:
        return Position(int(match[1]), date.fromisoformat(match[2]), bytes.fromhex(match[3]))
    except ValueError:
        return None


def _href(name: str, position: Position) -> str:
    return f"/cases?{name}={position.rank}.{position.due_on.isoformat()}.{position.case_id.hex()}"


def _view(shown: QueuePage) -> dict[str, Any]:
    rows, last = shown.rows, shown.before + len(shown.rows)
    return {
        "counts": _counts(shown),
        "order": f"Danger first, then soonest deadline{', the spam lane last' if shown.spam else ''}",
        "spam_danger": _spam_danger(shown.spam_danger),
        "spam_danger_href": _href("after", BEFORE_SPAM_DANGER),
        "rows": [_row(row, shown.today) for row in rows],
        "shown_text": f"{shown.before + 1} to {last} of {shown.total}",
        "previous_href": _href("before", rows[0].position) if rows and shown.before else None,
        "next_href": _href("after", rows[-1].position) if rows and last < shown.total else None,
    }


def _counts(shown: QueuePage) -> str:
    """Return how many cases there are, and how many of them wait in the spam lane."""
    every = f"{shown.total} {'case' if shown.total == 1 else 'cases'} in your queue."
    lane = f" {shown.spam} of them {'is' if shown.spam == 1 else 'are'} in the spam lane."
    return every + lane if shown.spam else every


def _spam_danger(count: int) -> str:
    """Return what leads to the danger in the spam lane, "" when there is none."""
    cases = f"{count} {'case' if count == 1 else 'cases'} in the spam lane {'says' if count == 1 else 'say'}"
    return f"{cases} that someone may be in danger" if count else ""


def _row(row: QueueRow, today: date) -> dict[str, Any]:
    card = row.card
    by, who = _one(SOURCE, card, "by"), _one(TARGET, card, "who")
    needs = [label(HELP, code) for code in card.get("help", ()) if code != "none"]
    return {
        "reference": row.reference,
        "href": f"/cases/{row.reference}",
        "badges": [text for text, shown in _badges(row) if shown],
        "unread": row.is_new or row.has_reply or row.known_changed,
        "mode": _mode(row),
        "what": "; ".join(label(WHAT_SHORT, code) for code in card.get("what", ())) or UNREADABLE,
        "by_to": f"By: {by} · To: {who}" if card else "",
        "needs": ", ".join(needs),
        "place": row.place.name if row.place else place_text(str(card.get("place", "")), None),
        "site": row.place.site if row.place and row.place.site != row.place.name else "",
        "chip": due_chip(_due_on(row), today, danger=row.in_danger),
        "step": label(STEP, row.clock or ""),
        "owner": row.owner,
    }


def _mode(row: QueueRow) -> str:
    """Return how the reporter is known: the card says how they were when they reported, and never changes."""
    mode = _one(PRIVACY, row.card, "privacy")
    return f"Was {mode}, changed since" if row.known_changed and mode else mode


def _due_on(row: QueueRow) -> date:
    """Return the day that the chip is about; none where no clock runs."""
    return NEVER_DUE if row.is_stopped or row.is_closed else row.position.due_on


def _badges(row: QueueRow) -> tuple[tuple[str, bool], ...]:
    """Return every badge of a line, and whether it is shown."""
    return (
        ("Reply", row.has_reply),
        ("New", row.is_new and not row.has_reply),
        ("Closed", row.is_closed),
        ("Asked to stop", row.is_stopped),
        ("Changed how they are known", row.known_changed),
        ("Spam lane", row.in_spam_lane),
    )


def _one(words: tuple[Word, ...], card: Card, name: str) -> str:
    return label(words, str(card.get(name, "")))
