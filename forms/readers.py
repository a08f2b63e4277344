"""Who should not see a report: ticked by name from the readers of the moment."""

from dataclasses import dataclass

from forms.fields import Field, Question
from models.vocabulary.word import N_

NOBODY_LEFT = N_("Leave at least one person who can read it, or call %(call)s")
EXCLUDE = Question("exclude", "Who should not see your report? (optional)", many=True)


@dataclass(frozen=True)
class ReaderChoice:
    """Who can be ticked, by id: who reads reports, who stands in for them, and who reads one for guardians only."""

    team: frozenset[str] = frozenset()
    stand_ins: frozenset[str] = frozenset()
    guardians: frozenset[str] = frozenset()
    call: str = ""
    """The number for whoever wants none of them to read it."""

    def check(self, exclude: Field, *, guardians_only: bool = False) -> None:
        """Set the error when somebody who is no reader is ticked, or everybody who would read this report is."""
        if exclude.error or not exclude.answer:
            return
        ticked = frozenset(exclude.answer)
        if not ticked <= self.team | self.stand_ins or len(ticked) != len(exclude.answer):
            exclude.error = N_("Tick only people on this list")
        elif ticked >= (self.guardians if guardians_only else self.team):
            exclude.error, exclude.parts = NOBODY_LEFT, {"call": self.call}
