"""Who should not see a report: ticked by name from the readers of the moment."""

from forms.fields import Field, Question
from models.vocabulary.word import N_

NOBODY_LEFT = N_("Leave at least one person who can read it, or call %(call)s")
EXCLUDE = Question("exclude", "Who should not see your report? (optional)", many=True)


def check_exclude(exclude: Field, readers: frozenset[str], call: str) -> None:
    """Set the error when somebody who is no reader is ticked, or everybody is; `call` is the number to call then."""
    if exclude.error or not exclude.answer:
        return
    ticked = frozenset(exclude.answer)
    if not ticked <= readers or len(ticked) != len(exclude.answer):
        exclude.error = N_("Tick only people on this list")
    elif ticked == readers:
        exclude.error, exclude.parts = NOBODY_LEFT, {"call": call}
