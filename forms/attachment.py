"""Adding files: the limits in words, and the sentence for each file that cannot be taken."""

from collections.abc import Mapping

from models.vocabulary.word import N_

NAME = "file"
VERSION = 1
FIELD = "files"
MOST_IN_REPORT = 5
MOST_LATER = 20
"""Files that one mailbox takes after the report; each is a message of its own."""
LABEL_ONE = N_("Choose a file")
HINT = N_("We remove hidden details such as where a photo was taken.")
NOTHING = N_("Choose a file")
ACCEPT = ".jpg,.jpeg,.png,.webp,.pdf,.txt,image/jpeg,image/png,image/webp,application/pdf,text/plain"
SENTENCES: Mapping[str, str] = {
    "many": N_("You can add up to 5 files"),
    "one": N_("Add one file at a time"),
    "together": N_("Together your files are larger than 100 MB"),
    "full": N_("You have added 20 files. Tell us in a message if you have more"),
    "large": N_("%(name)s is larger than 25 MB"),
    "type": N_(
        "%(name)s is not a type we can open. Use JPEG, PNG, WebP, PDF or text. You can print a document to PDF."
    ),
    "office": N_("%(name)s is not a type we can open. Save it as a PDF and add that."),
    "empty": N_("%(name)s is empty"),
    "huge": N_("%(name)s is too big a picture for us to open. Make it smaller, or take a screenshot and add that."),
    "heavy": N_("%(name)s has too much in it for us to open. Print fewer pages to a new PDF, or take a screenshot."),
    "locked": N_("%(name)s has a password or is locked. Print it to a new PDF and add that."),
    "damaged": N_("We could not open %(name)s. It may be damaged. Try to save it again, or take a screenshot."),
    "unkept": N_("We could not receive %(name)s just now. Send the rest without it, and add it later."),
    "virus": N_("%(name)s may hold a virus, so we cannot keep it. Take a screenshot and add that."),
}
"""One sentence for each problem that a file can have."""
