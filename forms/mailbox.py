"""The mailbox: entering a receipt code, writing to us, and what a reporter may change."""

from collections.abc import Mapping, Sequence

from forms.base import Answers, Form
from forms.fields import Choice, Question
from forms.message import EMPTY, LONGEST, TOO_LONG
from forms.privacy import PRIVACY_QUESTIONS, check_privacy
from models.vocabulary.mailbox import SCORE, WITHDRAWAL, YES_NO
from models.vocabulary.word import N_

VERSION = 1
REPLY = "reply"
KNOWN = "known"
STOP = "stop"
UNDO = "undo"
CONSENT = "consent"
CLOSING = "closing"
EMPTY_CODE = N_("Enter your receipt code")
MISTYPED = N_("That code has a typing mistake. Check each group of four.")


class ReplyForm(Form):
    """One message to the team."""

    questions = (
        Question(
            "text",
            "Write to us",
            "You decide whether to answer. Leave out patient names and NHS numbers.",
            limit=LONGEST,
            missing=EMPTY,
            too_long=TOO_LONG,
        ),
    )

    def check_together(self) -> None:
        """A message has to say something."""
        text = self.fields["text"]
        if not text.error and not text.answer:
            text.error = text.question.missing


class KnownForm(Form):
    """How the reporter wants to be known from now on."""

    questions = PRIVACY_QUESTIONS

    def check_together(self) -> None:
        """Check the name and contact that a choice asks for."""
        check_privacy(self.fields)


class StopForm(Form):
    """Which of the offered choices we should follow."""

    questions = (Question("choice", "What should we do?", options=WITHDRAWAL, missing="Choose what you want us to do"),)

    def __init__(
        self,
        raw: Mapping[str, Sequence[str]] | None = None,
        answers: Answers | None = None,
        *,
        offered: Sequence[str] = (),
    ) -> None:
        super().__init__(raw, answers)
        self._offered = frozenset(offered)

    @property
    def choices(self) -> list[Choice]:
        """The choices to show, in their order."""
        return [choice for choice in self.fields["choice"].choices if choice.code in self._offered]

    def check_together(self) -> None:
        """A choice that is not offered is no choice."""
        choice = self.fields["choice"]
        if not choice.error and not self._offered.issuperset(choice.answer):
            choice.error = choice.question.missing


class ConsentForm(Form):
    """What we may use; both are No until the reporter says otherwise."""

    questions = (
        Question(
            "panel",
            "May a panel read a copy without names?",
            "The panel is a small group that checks how we deal with racism. We take out names before they read it.",
            options=YES_NO,
            missing="Choose Yes or No for the panel",
        ),
        Question(
            "story",
            "May we tell what happened as a story, without names?",
            "We would write a few lines on our public page about what happened and what we changed. "
            "Someone who was there may still know it. Two people check it first.",
            options=YES_NO,
            missing="Choose Yes or No for the story",
        ),
    )


class ClosingForm(Form):
    """What a closed case asks; both questions may be left open."""

    questions = (
        Question(
            "score",
            "Was this dealt with well? (optional)",
            "You can answer once. We count the answers. Nobody who read your report sees yours.",
            options=SCORE,
        ),
        Question("badly", "Were you treated badly for telling us? (optional)", options=YES_NO),
    )

    def check_together(self) -> None:
        """Somebody who answers neither has nothing to send."""
        if not self.errors and not any(field.answer for field in self.fields.values()):
            self.fields["badly"].error = N_("Choose an answer, or leave this page as it is")
