"""Files in words: what a clean file is called, and what was taken out of it."""

from models.vocabulary.word import Word

FILE_NAMES: tuple[Word, ...] = (
    Word("jpeg", "Photo"),
    Word("png", "Photo"),
    Word("webp", "Photo"),
    Word("pdf", "Document"),
    Word("text", "Text"),
)
"""What a file of each kind is called, with a number: its own name may tell who made it."""
REMOVED: tuple[Word, ...] = (
    Word("place", "where it was taken"),
    Word("camera", "the name of the camera or program"),
    Word("time", "the time it was made"),
    Word("author", "the name of who made it"),
    Word("words", "notes hidden in it"),
    Word("preview", "a small hidden copy"),
    Word("frames", "every picture but the first"),
    Word("scripts", "hidden programs"),
    Word("files", "files hidden in it"),
    Word("details", "other hidden details"),
)
"""What was taken out of a file, in the order in which it is told."""
SCAN: tuple[Word, ...] = (
    Word("clean", "None found"),
    Word("not_scanned", "Not scanned"),
    Word("withheld", "Not scanned, so it is withheld"),
)
"""What the virus scanner said, in the words of the desk."""
