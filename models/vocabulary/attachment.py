"""Files in words: what a clean file is called, and what was taken out of it."""

from models.vocabulary.word import N_, Word

FILE_NAMES: tuple[Word, ...] = (
    Word("jpeg", N_("Photo")),
    Word("png", N_("Photo")),
    Word("webp", N_("Photo")),
    Word("pdf", N_("Document")),
    Word("text", N_("Text")),
)
"""What a file of each kind is called, with a number: its own name may tell who made it."""
REMOVED: tuple[Word, ...] = (
    Word("place", N_("where it was taken")),
    Word("camera", N_("the name of the camera or program")),
    Word("time", N_("the time it was made")),
    Word("author", N_("the name of who made it")),
    Word("words", N_("notes hidden in it")),
    Word("preview", N_("a small hidden copy")),
    Word("frames", N_("every picture but the first")),
    Word("scripts", N_("hidden programs")),
    Word("files", N_("files hidden in it")),
    Word("details", N_("other hidden details")),
)
"""What was taken out of a file, in the order in which it is told."""
SCAN: tuple[Word, ...] = (
    Word("clean", "None found"),
    Word("not_scanned", "Not scanned"),
    Word("withheld", "Not scanned, so it is withheld"),
)
"""What the virus scanner said, in the words of the desk."""
