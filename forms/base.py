"""A form: its fields, their errors, and the summary of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from forms.fields import UNREADABLE, Field, Question, bind

Answers = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class FormError:
    """One line of the error summary."""

    text: str
    href: str
    parts: dict[str, str] = field(default_factory=dict, repr=False)
    """What stands in the text for its `%(name)s`."""
    also: "FormError | None" = None
    """The label of a second control that can mend it, and the way there."""


class Form:
    """Questions with what was given. `raw` is shown again as posted, `answers` are checked as normalised."""

    questions: tuple[Question, ...] = ()

    def __init__(self, raw: Mapping[str, Sequence[str]] | None = None, answers: Answers | None = None) -> None:
        given, normalised = raw or {}, answers or {}
        self.fields: dict[str, Field] = {
            question.name: bind(question, given.get(question.name, ()), normalised.get(question.name))
            for question in self.questions
        }
        self._stray = any(
            "\x00" in name or (name not in self.fields and any("\x00" in text for text in texts))
            for name, texts in given.items()
        )

    def validate(self) -> bool:
        """Check every field and set its error; return whether there is none."""
        for one in self.fields.values():
            one.error = ""
            one.check()
        self.check_together()
        return not self.errors

    def check_together(self) -> None:
        """Check what depends on more than one field."""

    @property
    def errors(self) -> list[FormError]:
        """The error summary, in the order of the page."""
        found = [FormError(one.error, f"#{one.name}", one.parts) for one in self.fields.values() if one.error]
        if self._stray:
            found.append(FormError(UNREADABLE, "#maincontent"))
        return found
