"""What a reporter may ask for in the mailbox, in the words of both sides."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.vocabulary.word import N_, Word


@dataclass(frozen=True)
class Confirmation:
    """What is asked once more before a choice is sent: the question, what happens then, and the button."""

    question: str
    consequence: str
    button: str


_WORDS_GO = N_("Your words, your messages and your files go. We keep that something happened, and what we did.")
_ALL_GOES = N_("Your words go, what we noted about it goes, and it is taken out of the count.")
WITHDRAWAL: tuple[Word, ...] = (
    Word(
        "stop_keep_count",
        "Stop looking into it, keep it in the count",
        "We do nothing more with it. You can change your mind for 30 days.",
    ),
    Word(
        "delete_words",
        "Delete what I wrote, keep only that something happened",
        _WORDS_GO,
    ),
    Word(
        "delete_all",
        "Delete everything",
        _ALL_GOES,
    ),
)
CONFIRMATIONS: Mapping[str, Confirmation] = {
    "stop_keep_count": Confirmation(
        N_("Shall we stop?"),
        N_("We do nothing more with your report. It stays in the count."),
        N_("Yes, stop"),
    ),
    "delete_words": Confirmation(
        N_("Shall we delete what you wrote?"),
        _WORDS_GO,
        N_("Yes, delete what I wrote"),
    ),
    "delete_all": Confirmation(
        N_("Shall we delete everything?"),
        _ALL_GOES,
        N_("Yes, delete everything"),
    ),
}
"""By the same codes."""
WITHDRAWN: tuple[Word, ...] = (
    Word("stop_keep_count", "You asked us to stop and to keep it in the count."),
    Word("delete_words", "You asked us to delete what you wrote and to keep only that something happened."),
    Word("delete_all", "You asked us to delete everything."),
    Word("stop_undone", "You asked us to carry on after all."),
)
"""The same choices once they were made, as the reporter reads them."""

ASKED: tuple[Word, ...] = (
    Word("stop_keep_count", "Asked to stop, keep the count"),
    Word("delete_words", "Asked us to delete what they wrote"),
    Word("delete_all", "Asked us to delete everything"),
    Word("stop_undone", "Asked us to carry on after all"),
)
"""The same choices as the desk reads them."""

YES_NO: tuple[Word, ...] = (Word("yes", "Yes"), Word("no", "No"))
SCORE: tuple[Word, ...] = (
    Word("1", "1: not at all"),
    Word("2", "2: not well"),
    Word("3", "3: partly"),
    Word("4", "4: well"),
    Word("5", "5: very well"),
)
"""Was this dealt with well?"""

TREATED_BADLY = "treated_badly"
"""The text of a `check_in` message: the reporter was treated badly for telling us."""
