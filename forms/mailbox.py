"""The mailbox: entering a receipt code, and writing to us."""

from forms.base import Form
from forms.fields import Question
from forms.message import EMPTY, LONGEST, TOO_LONG
from models.vocabulary.word import N_

REPLY = "reply"
REPLY_VERSION = 1
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
