"""The quick form for staff: five questions on one page."""

from collections.abc import Mapping, Sequence

from forms.base import Answers, Form
from forms.fields import Question
from forms.place import PLACE, check_place
from forms.privacy import PRIVACY_QUESTIONS, check_privacy
from forms.readers import EXCLUDE, ReaderChoice
from models.vocabulary.incident import WHAT_QUICK, WHEN_QUICK
from models.vocabulary.people import BY, WHO_QUICK

NAME = "quick"
VERSION = 1


class QuickForm(Form):
    """What a member of staff tells us; places and readers are those of the moment."""

    questions = (
        PLACE,
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
        EXCLUDE,
    )

    def __init__(
        self,
        raw: Mapping[str, Sequence[str]] | None = None,
        answers: Answers | None = None,
        *,
        places: frozenset[str] = frozenset(),
        readers: ReaderChoice | None = None,
    ) -> None:
        super().__init__(raw, answers)
        self._places = places
        self._readers = readers or ReaderChoice()

    def check_together(self) -> None:
        """Check place, readers, and the name and contact that a choice of privacy asks for."""
        check_place(self.fields["place"], self._places)
        self._readers.check(self.fields["exclude"])
        check_privacy(self.fields)
