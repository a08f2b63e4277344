"""The files of a case: what there is, and each of them to download."""

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from app.domain.errors import Refused, Unreadable
from app.domain.permissions import who_may
from app.domain.report_content import read_id
from app.services.attachment_reading import (
    AttachmentView,
    OpenedAttachment,
    list_attachments,
    number_in,
    open_attachment,
)
from app.services.case_scope import GrantedCase, require_case
from app.triage.case import GONE, unreadable_page
from app.web.access import open_to
from app.web.context import unit_of_work
from app.web.locale import day_text
from app.web.page import page
from app.web.uploads import file_intake
from models.vocabulary.attachment import REMOVED, SCAN
from models.vocabulary.word import label

BROKEN = "This file does not open. Tell the person who runs Heard. There may be a backup."
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_KILO = 1024
blueprint = Blueprint("attachment", __name__)


@blueprint.get("/cases/<reference>/files")
@open_to(*who_may("read_attachment"))
def show(reference: str) -> AnyResponse:
    """List the files of a case; who has not passed the conflict gate goes there first."""
    granted = require_case(unit_of_work, reference)
    if not granted.gate_passed:
        return redirect(f"/cases/{granted.row.reference}/gate", 303)
    return _list_page(granted)


@blueprint.get("/cases/<reference>/files/<attachment>")
@open_to(*who_may("read_attachment"))
def download(reference: str, attachment: str) -> AnyResponse:
    """Hand out one file, which no browser may run or show by itself."""
    granted = require_case(unit_of_work, reference)
    if not granted.gate_passed:
        return redirect(f"/cases/{granted.row.reference}/gate", 303)
    try:
        opened = open_attachment(unit_of_work, file_intake(), granted, read_id(attachment) or b"")
    except Refused as refused:
        return _list_page(granted, str(refused), 403)
    except Unreadable:
        return _list_page(granted, BROKEN, GONE)
    return _file(granted, opened)


def _file(granted: GrantedCase, opened: OpenedAttachment) -> Response:
    name = f"{granted.row.reference}-{number_in(opened.name)}.{opened.name.rpartition('.')[2]}"
    response = Response(opened.content.chunks(), content_type="application/octet-stream")
    response.call_on_close(opened.content.close)
    response.content_length = opened.size
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _list_page(granted: GrantedCase, problem: str = "", status: int = 200) -> AnyResponse:
    try:
        listed = list_attachments(unit_of_work, file_intake(), granted)
    except Unreadable:
        return unreadable_page(granted, problem)
    return page(
        "triage/attachment.html",
        status,
        reference=granted.row.reference,
        files=[_shown(view) for view in listed.files],
        unreadable=listed.unreadable,
        problem=problem,
    )


def _shown(view: AttachmentView) -> dict[str, object]:
    return {
        "id": view.id.hex(),
        "name": view.name,
        "size": size_text(view.size),
        "sent": f"Added later, {day_text(view.added_on)}" if view.added_on else "With the report",
        "scan": label(SCAN, view.scan),
        "removed": ", ".join(label(REMOVED, code) for code in view.removed),
        "is_shown": view.is_shown,
    }


def size_text(size: int) -> str:
    """Return a size in words: `12 bytes`, `340 kB`, `2.4 MB`."""
    if size < _KILO:
        return "1 byte" if size == 1 else f"{size} bytes"
    kilo = size / _KILO
    return f"{kilo:.0f} kB" if kilo < _KILO else f"{kilo / _KILO:.1f} MB"
