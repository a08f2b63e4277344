"""The one question about the reporter, asked after the receipt."""

from forms.base import Form
from forms.fields import Question
from models.vocabulary.ethnicity import ETHNIC_2021

ETHNIC = "ethnic_2021"


class EqualityForm(Form):
    """One answer out of twenty; not to say is one of them."""

    questions = (
        Question(
            ETHNIC,
            "What is your ethnic group?",
            options=ETHNIC_2021,
            missing="Select your ethnic group, or choose “I would rather not say”",
        ),
    )

    def check_together(self) -> None:
        """Take one answer."""
        field = self.fields[ETHNIC]
        if len(field.answer) > 1:
            field.error = field.question.missing
