"""Questions of a form: what is asked, what may be answered, and the sentence shown when it is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.vocabulary.word import N_, Word, codes

UNREADABLE = N_("Remove the character that cannot be read")
NOT_OFFERED = N_("Choose only from the answers shown")


@dataclass(frozen=True)
class Choice:
    """One option as a template shows it."""

    code: str
    label: str
    hint: str = ""
    checked: bool = False


@dataclass(frozen=True)
class Question:
    """One question: its words, its options or its limit in characters, its error."""

    name: str
    label: str
    hint: str = ""
    options: tuple[Word, ...] = ()
    many: bool = False
    limit: int = 0
    missing: str = ""
    """Shown when nothing, or nothing known, was chosen. A choice without this sentence may be left open."""
    too_long: str = ""
    needed: str = ""
    """Shown when it is empty although a choice asks for it: one of `needed_with`, unless `needed_unless` is given."""
    needed_with: tuple[str, ...] = ()
    needed_unless: str = ""


@dataclass
class Field:
    """A question with what was given: `raw` as posted, `answer` as normalised."""

    question: Question
    raw: list[str] = field(default_factory=list, repr=False)
    answer: list[str] = field(default_factory=list, repr=False)
    error: str = ""
    parts: dict[str, str] = field(default_factory=dict, repr=False)
    """What stands in the error for its `%(name)s`."""

    @property
    def name(self) -> str:
        """The name of the control."""
        return self.question.name

    @property
    def label(self) -> str:
        """The words of the question."""
        return self.question.label

    @property
    def hint(self) -> str:
        """The hint."""
        return self.question.hint

    @property
    def written(self) -> int:
        """How many characters there are, when they are too many; else 0."""
        count = len(self.answer[0]) if self.answer else 0
        return count if 0 < self.question.limit < count else 0

    @property
    def value(self) -> str:
        """What was typed, never cut."""
        return self.raw[0].replace("\x00", "") if self.raw else ""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The options, with the given ones marked."""
        given = frozenset(text.strip() for text in self.raw)
        return tuple(
            Choice(word.code, word.label, word.hint or "", word.code in given) for word in self.question.options
        )

    def check(self) -> None:
        """Set the error when what was given cannot be accepted."""
        question = self.question
        if any("\x00" in text for text in self.raw):
            self.error = UNREADABLE
        elif question.options:
            self._check_choice()
        elif question.limit and any(len(text) > question.limit for text in self.answer):
            self.error = question.too_long

    def _check_choice(self) -> None:
        offered = codes(self.question.options)
        if not self.answer and not self.question.missing:
            return
        if not self.answer or not offered.issuperset(self.answer) or len(set(self.answer)) != len(self.answer):
            self.error = self.question.missing or NOT_OFFERED

    def forgive(self) -> None:
        """Drop the error of a text that is thrown away: it need not be short. A NUL is refused everywhere."""
        if self.error == self.question.too_long:
            self.error = ""


def bind(question: Question, raw: Sequence[str], answer: str | Sequence[str] | None) -> Field:
    """Return the question with what was given."""
    answers = [answer] if isinstance(answer, str) else list(answer or ())
    return Field(question, list(raw), answers)
