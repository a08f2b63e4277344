"""The full form, for everyone: thirteen questions, one page or one at a time."""

from collections.abc import Mapping, Sequence
from datetime import date

from forms.base import Answers, Form
from forms.fields import Field, Question
from forms.place import PLACE, check_place
from forms.privacy import PRIVACY_QUESTIONS, check_privacy
from forms.readers import EXCLUDE, ReaderChoice
from forms.steps import is_asked
from models.vocabulary.incident import BEFORE, DANGER, WANTS, WHAT, WHEN
from models.vocabulary.people import BY, CONSENT, GUARDIAN_ONLY, HELP, READER, REPORTER_ROLE, WHO
from models.vocabulary.word import N_

NAME = "report"
VERSION = 1
FIRST_YEAR = 1900
ASK_A_NUMBER = "call_me"
NO_NUMBER = N_("Enter a number that we can call, or untick Call me")
NOT_ANONYMOUS = N_("You gave a number for a call. Choose Confidential or Named, or remove the number")
ASK_AGREEMENT = N_("Does the person who told you agree that you send this?")
NO_AGREEMENT = N_("If they do not agree, please do not send it.")
WRONG_MONTH = N_("Month must be a number from 1 to 12")
WRONG_YEAR = N_("Year must include 4 numbers")
IN_FUTURE = N_("The date must not be in the future")

QUESTIONS = (
    Question("role", "Which is you?", options=REPORTER_ROLE, missing="Select which is you"),
    Question("who", "Who did it happen to?", options=WHO, missing="Select who it happened to"),
    Question(
        "consent",
        "Do they know that you are telling us?",
        "Leave out anything that would show who they are if they might not want this.",
        options=CONSENT,
        missing="Select whether they know",
    ),
    Question(
        "words",
        "Tell us in your own words (optional)",
        "Write in any language. Leave out patient names and NHS numbers.",
        limit=5000,
        too_long="Your words must be 5,000 characters or fewer",
    ),
    Question(
        "what",
        "What happened?",
        "Select all that apply. It does not have to be a crime, and you do not need proof.",
        options=WHAT,
        many=True,
        missing="Select what happened",
    ),
    Question("what_else", "What was it? (optional)", limit=200, too_long="What it was must be 200 characters or fewer"),
    Question("by", "Who did this?", options=BY, missing="Select who did this"),
    Question("when", "When did it happen?", "A rough answer is fine.", options=WHEN, missing="Select when it happened"),
    Question("month", "Month"),
    Question("year", "Year"),
    PLACE,
    Question("before", "Has it happened before? (optional)", options=BEFORE),
    Question("wants", "What would help? (optional)", "Select all that apply.", options=WANTS, many=True),
    Question(
        "danger",
        "Is anyone in danger, or afraid of what happens next?",
        options=DANGER,
        missing="Select whether anyone is in danger",
    ),
    Question(
        "names",
        "Names (optional)",
        "Only if it helps. You can leave this empty.",
        limit=200,
        too_long="Names must be 200 characters or fewer",
    ),
    Question("help", "Do you need help from us to talk about this? (optional)", options=HELP, many=True),
    Question(
        "help_lang", "Which language? (optional)", limit=60, too_long="The language must be 60 characters or fewer"
    ),
    Question(
        "help_contact",
        "A number that is safe to call",
        limit=254,
        too_long="The number must be 254 characters or fewer",
        needed=NO_NUMBER,
        needed_with=(ASK_A_NUMBER,),
    ),
    Question(
        "help_times",
        "When is it safe to call? (optional)",
        limit=200,
        too_long="When it is safe must be 200 characters or fewer",
    ),
    *PRIVACY_QUESTIONS,
    Question("reader", "Who should read it? (optional)", options=READER),
    EXCLUDE,
)


class ReportForm(Form):
    """What anyone tells us; places and readers are those of the moment, `today` bounds the date."""

    questions = QUESTIONS
    # What the script says of one question before the next, in the words that the server would use.
    not_anonymous = NOT_ANONYMOUS
    ask_agreement = ASK_AGREEMENT
    no_agreement = NO_AGREEMENT
    wrong_month = WRONG_MONTH
    wrong_year = WRONG_YEAR
    in_future = IN_FUTURE

    def __init__(
        self,
        raw: Mapping[str, Sequence[str]] | None = None,
        answers: Answers | None = None,
        *,
        places: frozenset[str] = frozenset(),
        readers: ReaderChoice | None = None,
        today: date = date.max,
        for_someone: bool = False,
    ) -> None:
        super().__init__(raw, answers)
        self._places = places
        self._readers = readers or ReaderChoice()
        self._today = today
        self._for_someone = for_someone

    def check_together(self) -> None:
        """Check what depends on more than one field, or on the day."""
        fields = self.fields
        self._check_consent()
        check_month(fields["month"], fields["year"], self._today)
        check_place(fields["place"], self._places)
        self._check_help()
        self._readers.check(fields["exclude"], guardians_only=GUARDIAN_ONLY in fields["reader"].answer)
        check_privacy(fields)

    def _check_consent(self) -> None:
        who = {"who": self.fields["who"].answer}
        if not (self._for_someone or is_asked("consent", who)):
            self.fields["consent"].error = ""

    def _check_help(self) -> None:
        number, privacy = self.fields["help_contact"], self.fields["privacy"]
        if number.error:
            return
        reachable = number.answer or self.fields["contact"].answer
        if ASK_A_NUMBER in self.fields["help"].answer and not reachable:
            number.error = NO_NUMBER
        elif number.answer and privacy.answer == ["anonymous"]:
            privacy.error = NOT_ANONYMOUS


def check_month(month: Field, year: Field, today: date) -> None:
    """Set the errors of a month and year that were typed: both, or the year alone, and not to come."""
    if month.error or year.error:
        return
    months = _number(month)
    if month.answer and not 1 <= months <= 12:
        month.error = WRONG_MONTH
    years = _number(year)
    if (month.answer or year.answer) and not FIRST_YEAR <= years <= 9999:
        year.error = WRONG_YEAR
    if month.error or year.error or not year.answer:
        return
    if (years, months or 1) > (today.year, today.month):
        year.error = IN_FUTURE


def _number(field: Field) -> int:
    """Return the number that was typed, 0 when there is none."""
    text = field.answer[0] if field.answer else ""
    return int(text) if len(text) <= 4 and text.isascii() and text.isdecimal() else 0
