"""The answer at the conflict gate."""

from collections.abc import Mapping

ANSWERS = ("no", "yes")


def read_conflict(posted: Mapping[str, str]) -> str | None:
    """Return `no` or `yes`; None for anything else, and the question is asked again."""
    answer = posted.get("answer", "")
    return answer if answer in ANSWERS else None
