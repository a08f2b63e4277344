"""How a reporter wants to be known: the choice, the name and contact that go with it, and what is missing."""

from collections.abc import Mapping

from forms.fields import Field, Question
from models.vocabulary.people import PRIVACY
from models.vocabulary.word import N_

ONLY_NOT_ANONYMOUS = ("name", "contact", "safe_times")
"""Not kept when the reporter chooses Anonymous."""
NO_NAME = N_("Enter your name, or choose Confidential")
NO_CONTACT = N_("Enter a phone number or email, or choose Anonymous")
PRIVACY_QUESTIONS = (
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
        needed=NO_NAME,
        needed_with=("named",),
    ),
    Question(
        "contact",
        "Phone or email",
        limit=254,
        too_long="Phone or email must be 254 characters or fewer",
        needed=NO_CONTACT,
        needed_with=("confidential", "named"),
        needed_unless="help_contact",
    ),
    Question(
        "safe_times",
        "When and how is it safe to contact you? (optional)",
        limit=200,
        too_long="When and how it is safe must be 200 characters or fewer",
    ),
)


def check_privacy(fields: Mapping[str, Field]) -> None:
    """Set the errors of the name and contact that a choice of privacy asks for."""
    privacy, name, contact = fields["privacy"], fields["name"], fields["contact"]
    if privacy.error:
        return
    if privacy.answer == ["anonymous"]:
        for code in ONLY_NOT_ANONYMOUS:
            fields[code].forgive()
        return
    if privacy.answer == ["named"] and not name.error and not name.answer:
        name.error = NO_NAME
    if not contact.error and not contact.answer:
        contact.error = NO_CONTACT
