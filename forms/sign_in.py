"""The sign-in form."""

from collections.abc import Mapping
from dataclasses import dataclass, field

NOTHING_ENTERED = "Enter your email and your passphrase"
LONGEST_EMAIL = 254


@dataclass(frozen=True)
class SignInForm:
    """What was typed, and the sentence that says what is missing (empty when nothing is)."""

    email: str
    passphrase: str = field(repr=False)
    error: str = ""


def read_sign_in(posted: Mapping[str, str]) -> SignInForm:
    """Return the posted sign-in form, checked."""
    email, passphrase = posted.get("email", "").strip(), posted.get("passphrase", "")
    unusable = "\0" in email + passphrase or len(email) > LONGEST_EMAIL
    missing = not email or not passphrase or unusable
    return SignInForm("" if unusable else email, passphrase, NOTHING_ENTERED if missing else "")
