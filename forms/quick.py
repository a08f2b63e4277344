"""The quick form for staff: five questions on one page."""

from collections.abc import Mapping, Sequence

from forms.base import Answers, Form
from forms.fields import Question
from forms.privacy import PRIVACY_QUESTIONS, check_privacy
from models.vocabulary.incident import PLACE_OTHER, WHAT_QUICK, WHEN_QUICK
from models.vocabulary.people import BY, WHO_QUICK

NAME = "quick"
VERSION = 1


class QuickForm(Form):
    """What a member of staff tells us; places and readers are those of the moment."""

    questions = (
        Question("place", "Where did it happen?", missing="Select where it happened"),
        Question("who", "Who did this happen to?", options=WHO_QUICK, missing="Select who this happened to"),
        Question(
            "what",
            "What happened?",
            "Select all that apply. It does not have to be a crime, and you do not need proof.",
            options=WHAT_QUICK,
            many=True,
            missing="Select what happened",
        ),
        Question(
            "words",
            "In your own words (optional)",
            "A sentence is enough. Leave out patient names and NHS numbers. "
            "You can add more later with your receipt code.",
            limit=2000,
            too_long="Your words must be 2,000 characters or fewer",
        ),
        Question("by", "Who did this?", options=BY, missing="Select who did this"),
        Question("when", "When did it happen?", options=WHEN_QUICK, missing="Select when it happened"),
        *PRIVACY_QUESTIONS,
        Question("exclude", "Who should not see your report? (optional)", many=True),
    )

    def __init__(
        self,
        raw: Mapping[str, Sequence[str]] | None = None,
        answers: Answers | None = None,
        *,
        places: frozenset[str] = frozenset(),
        readers: frozenset[str] = frozenset(),
        call: str = "",
    ) -> None:
        super().__init__(raw, answers)
        self._places = places | {word.code for word in PLACE_OTHER}
        self._readers = readers
        self._call = call

    def check_together(self) -> None:
        """Check place, readers, and the name and contact that a choice of privacy asks for."""
        place, exclude = self.fields["place"], self.fields["exclude"]
        if not place.error and (not place.answer or place.answer[0] not in self._places):
            place.error = place.question.missing
        if not exclude.error and exclude.answer:
            self._check_exclude()
        check_privacy(self.fields)

    def _check_exclude(self) -> None:
        exclude = self.fields["exclude"]
        ticked = frozenset(exclude.answer)
        if not ticked <= self._readers or len(ticked) != len(exclude.answer):
            exclude.error = "Tick only people on this list"
        elif ticked == self._readers:
            exclude.error = f"Leave at least one person who can read it, or call {self._call}"
