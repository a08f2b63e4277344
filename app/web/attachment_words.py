"""What a reporter reads about their files: what each is called now, and what was taken out of it."""

from collections.abc import Sequence

from babel.lists import format_list
from flask_babel import gettext

from app.services.attachment_intake import AttachmentDraft
from app.web.locale import language
from models.vocabulary.attachment import FILE_NAMES, REMOVED
from models.vocabulary.word import N_, label

CALLED = N_("%(kind)s %(number)s")
WITH_REMOVED = N_("%(name)s. We removed: %(removed)s.")
WITHOUT_REMOVED = N_("%(name)s. We found no hidden details.")


def file_lines(files: Sequence[AttachmentDraft], before: int = 0) -> tuple[str, ...]:
    """Return a line for each clean file, in the language of the request: `Photo 1. We removed: where it was taken.`

    `before` is how many files the case has already.
    """
    return tuple(_line(file, number) for number, file in enumerate(files, before + 1))


def _line(file: AttachmentDraft, number: int) -> str:
    if file.clean is None:
        raise ValueError("A file that was not cleaned has no name yet.")
    name = gettext(CALLED, kind=gettext(label(FILE_NAMES, file.clean.kind.code)), number=number)
    removed = [gettext(label(REMOVED, code)) for code in file.clean.removed]
    if not removed:
        return str(gettext(WITHOUT_REMOVED, name=name))
    return str(gettext(WITH_REMOVED, name=name, removed=format_list(removed, "unit", locale=language())))
