"""The order of case states: what may follow what, what the reporter reads, how a case ends."""

from collections.abc import Mapping

from app.domain.errors import Refused

TRANSITIONS: Mapping[str, tuple[str, ...]] = {
    "received": ("screened",),
    "screened": ("triaged",),
    "triaged": ("information_only", "local_resolution", "under_review", "referred"),
    "information_only": ("feedback_given",),
    "local_resolution": ("action_agreed",),
    "under_review": ("action_agreed", "referred"),
    "referred": ("under_review", "action_agreed"),
    "action_agreed": ("feedback_given",),
    "feedback_given": ("closed",),
    "closed": ("reopened",),
    "reopened": ("triaged",),
}
STATUSES = tuple(TRANSITIONS)
OPEN = frozenset(STATUSES) - {"closed"}

STATUS_NAMES: Mapping[str, str] = {
    "received": "Received",
    "screened": "Screened",
    "triaged": "Triaged",
    "information_only": "Information only",
    "local_resolution": "Local resolution",
    "under_review": "Under review",
    "referred": "Referred",
    "action_agreed": "Action agreed",
    "feedback_given": "Feedback given",
    "closed": "Closed",
    "reopened": "Reopened",
}
STATUS_WORDS: Mapping[str, str] = {
    "received": "Received",
    "screened": "Being read",
    "triaged": "Being read",
    "information_only": "Being read",
    "local_resolution": "We are acting",
    "under_review": "We are acting",
    "referred": "We are acting",
    "action_agreed": "We are acting",
    "feedback_given": "We are acting",
    "closed": "Closed: what we did",
    "reopened": "Being read",
}
CLOSE_REASONS = ("done", "passed_on", "information_only", "not_about_racism")
SHORT_CLOSE_REASONS = ("withdrawn", "duplicate_of", "test", "reporter_asked_to_stop")

_FIRST_STEPS: Mapping[str, str] = {
    "received": "Record the safety check first",
    "screened": "Finish triage first",
    "triaged": "Choose a route first",
    "information_only": "Send the reply first",
    "local_resolution": "Agree an action first",
    "under_review": "Agree an action first",
    "referred": "Agree an action first",
    "action_agreed": "Send the reply first",
    "feedback_given": "Close the case first",
    "closed": "Reopen the case first",
    "reopened": "Finish triage first",
}


def can_move(before: str, after: str, short_close_reason: str | None = None) -> bool:
    """Return whether a case may go from `before` to `after`; a short close needs one of its reasons."""
    if short_close_reason is not None:
        return before in OPEN and after == "closed" and short_close_reason in SHORT_CLOSE_REASONS
    return after in TRANSITIONS.get(before, ())


def check_can_move(before: str, after: str, short_close_reason: str | None = None) -> None:
    """Raise `Refused` with the rule when a case may not go from `before` to `after`."""
    if can_move(before, after, short_close_reason):
        return
    names = STATUS_NAMES.get(before, before), STATUS_NAMES.get(after, after)
    if before == after:
        raise Refused(f"The case is already {names[0]}.")
    ending = ", or choose why it ends here" if before in OPEN and after == "closed" else ""
    first = _FIRST_STEPS.get(before, "Choose another status")
    raise Refused(f"A case cannot go from {names[0]} to {names[1]}. {first}{ending}.")
