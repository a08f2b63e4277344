"""The one family of errors, each message the sentence the person sees; and what a log may say of any error."""

import traceback


class HeardError(Exception):
    """Base of every error that Heard raises on purpose."""

    sentence = "Something went wrong."

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(self.sentence if sentence is None else sentence)


class Unreadable(HeardError):
    """Sealed text did not open. It never says which check failed."""

    sentence = "This could not be opened."

    def __init__(self) -> None:
        super().__init__(self.sentence)


class Refused(HeardError):
    """A rule of the service forbids the act; the message is the rule."""

    sentence = "This is not allowed."


class NotReceived(HeardError):
    """A report or message was not stored; the person keeps the text and can send again."""

    sentence = "We have not received it. Your text is still here. Please press Send again."


class Unreachable(NotReceived):
    """The database cannot be reached or written; whoever asked for something finds out what to say of it."""

    sentence = "We cannot reach our records just now."


class MailboxGone(NotReceived):
    """The mailbox has expired or was withdrawn: whoever wrote is asked for the code, like anyone else."""


class VaultLocked(HeardError):
    """The signed-in person must unlock the vault before sealed text can be opened."""

    sentence = "Unlock your vault to go on."


class NotFound(HeardError):
    """Absent, ungranted and excluded look alike."""

    sentence = "We could not find that page."


class Busy(HeardError):
    """Too many slow computations at once."""

    sentence = "Busy, try again."


class Misconfigured(HeardError):
    """The process must not start; the message names the setting, never its value."""

    sentence = "A setting is missing or wrong."


class MistypedReceipt(HeardError):
    """A receipt or printed code was mistyped; `reason` is `length`, `symbol` or `check`."""

    sentence = "There is a typing mistake in the receipt."

    def __init__(self, reason: str) -> None:
        super().__init__(self.sentence)
        self.reason = reason


def place_of(error: Exception) -> str:
    """Return the type of an error and where it arose: all that is logged of it, since its words can hold values."""
    frames = traceback.extract_tb(error.__traceback__)
    # The use case says more than the tool in which the error came up.
    used = [one for one in frames if "/app/services/" in one.filename and not one.filename.endswith("/work.py")]
    chosen = used or frames
    place = f"{chosen[-1].filename}:{chosen[-1].lineno}" if chosen else "nowhere"
    return f"{type(error).__name__} at {place}"
