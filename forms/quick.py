"""The quick form for staff: five questions on one page."""

from collections.abc import Mapping, Sequence

from forms.base import Answers, Form
from forms.fields import Question
from models.vocabulary.incident import PLACE_OTHER, WHAT_QUICK, WHEN_QUICK
from models.vocabulary.people import BY, PRIVACY, WHO_QUICK
from models.vocabulary.word import N_, Sentence

NAME = "quick"
VERSION = 1
ONLY_NOT_ANONYMOUS = ("name", "contact", "safe_times")
"""Not kept when the reporter chooses Anonymous."""


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
        Question(
            "privacy",
            "How should we treat your report?",
            options=PRIVACY,
            missing="Choose how you want us to treat your report",
        ),
        Question(
            "name",
            "Your name",
            "You can leave this empty if you choose Confidential.",
            limit=100,
            too_long="Your name must be 100 characters or fewer",
        ),
        Question("contact", "Phone or email", limit=254, too_long="Phone or email must be 254 characters or fewer"),
        Question(
            "safe_times",
            "When and how is it safe to contact you? (optional)",
            limit=200,
            too_long="When and how it is safe must be 200 characters or fewer",
        ),
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
        self._check_privacy()

    def _check_exclude(self) -> None:
        exclude = self.fields["exclude"]
        ticked = frozenset(exclude.answer)
        if not ticked <= self._readers or len(ticked) != len(exclude.answer):
            exclude.error = N_("Tick only people on this list")
        elif ticked == self._readers:
            pattern = N_("Leave at least one person who can read it, or call %(phone)s")
            exclude.error = Sentence(pattern, phone=self._call)

    def _check_privacy(self) -> None:
        privacy = self.fields["privacy"]
        if privacy.error:
            return
        name, contact = self.fields["name"], self.fields["contact"]
        if privacy.answer == ["anonymous"]:
            for code in ONLY_NOT_ANONYMOUS:
                self._forgive(code)
            return
        if privacy.answer == ["named"] and not name.error and not name.answer:
            name.error = N_("Enter your name, or choose Confidential")
        if not contact.error and not contact.answer:
            contact.error = N_("Enter a phone number or email, or choose Anonymous")

    def _forgive(self, code: str) -> None:
        field = self.fields[code]
        # What is thrown away need not be short; a NUL is refused everywhere.
        if field.error == field.question.too_long:
            field.error = ""
