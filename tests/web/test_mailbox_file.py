"""A file added from the mailbox reaches the readers of the case, and nobody else, without what was hidden in it."""

import io

from PIL import Image

from models.attachment import Attachment
from models.conversation import Message
from tests.fixtures.pages import Page, Visitor
from tests.fixtures.pictures import MARK, jpeg
from tests.service.desk import DeskTrust
from tests.web.conftest import send


def add(reporter: Visitor, content: bytes, name: str = "IMG_2031.jpg", token: str = "") -> Page:
    """Send one file from the open mailbox."""
    token = token or reporter.get("/inbox/file").value("token")
    return reporter.post("/inbox/file", {"token": token, "files": (io.BytesIO(content), name)})


def in_mailbox(reporter: Visitor) -> Visitor:
    reporter.post("/return", {"code": send(reporter)})
    return reporter


def past_gate(ana: Visitor, reference: str) -> None:
    token = ana.get(f"/cases/{reference}/gate").value("csrf_token")
    ana.post(f"/cases/{reference}/gate", {"csrf_token": token, "answer": "no"})


def test_a_photo_from_the_mailbox_can_be_downloaded_by_a_reader(
    reporter: Visitor, ana: Visitor, trust: DeskTrust
) -> None:
    answer = add(in_mailbox(reporter), jpeg())
    assert answer.response.headers["Location"] == "/inbox/file?sent=1"
    page = reporter.get("/inbox/file?sent=1")
    assert "We have your file." in page.words
    assert "Photo 1. We removed: where it was taken, the name of the camera or program" in page.words
    reference = trust.only_reference()
    past_gate(ana, reference)
    assert "1 file from the reporter" in ana.get(f"/cases/{reference}").words
    files = ana.get(f"/cases/{reference}/files")
    assert "1. Photo 1.jpg" in files.words and "Added 16 November" in files.words
    assert "Not scanned for viruses" in files.words
    (link,) = [a.get("href") or "" for a in files.all("a") if a.get("download") is not None]
    got = ana.get(link).response
    assert got.status_code == 200
    assert got.headers["Content-Disposition"] == f'attachment; filename="{reference}-1.jpg"'
    assert got.mimetype == "application/octet-stream"
    with Image.open(io.BytesIO(got.data)) as picture:
        assert picture.size == (320, 200)
    assert MARK.encode() not in got.data
    assert trust.events("attachment.read") == 1


def test_a_file_sent_twice_is_one_file(reporter: Visitor, trust: DeskTrust) -> None:
    token = in_mailbox(reporter).get("/inbox/file").value("token")
    for _ in range(2):
        assert add(reporter, jpeg(), token=token).status == 303
    assert (trust.count(Attachment), trust.count(Message)) == (1, 1)
