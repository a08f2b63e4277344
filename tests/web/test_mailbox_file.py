"""A file added from the mailbox reaches the readers of the case, and nobody else, without what was hidden in it."""

import io
from datetime import timedelta

import pytest
from pikepdf import Encryption
from PIL import Image
from sqlalchemy import update

from app.public import mailbox_file
from app.services.attachment_intake import MOST_BYTES
from app.storage.local import LocalStore
from app.web import uploads
from app.web.sealed_form import SealedForm
from models.attachment import Attachment
from models.conversation import Message
from models.mailbox import Mailbox
from tests.fixtures.documents import heavy_document, new_pdf, saved
from tests.fixtures.pages import Visitor
from tests.fixtures.pictures import MARK, bomb, jpeg, png
from tests.service.desk import DeskTrust
from tests.web.desk import pass_gate
from tests.web.mailbox import add_file, add_files, in_mailbox


def test_a_photo_from_the_mailbox_can_be_downloaded_by_a_reader(
    reporter: Visitor, ana: Visitor, trust: DeskTrust
) -> None:
    answer = add_file(in_mailbox(reporter), jpeg())
    assert answer.response.headers["Location"] == "/inbox/file?sent=1"
    page = reporter.get("/inbox/file?sent=1")
    assert "We have your file." in page.words
    assert "Photo 1. We removed: where it was taken, the name of the camera or program" in page.words
    reference = trust.only_reference()
    pass_gate(ana, f"/cases/{reference}")
    assert "1 file from the reporter" in ana.get(f"/cases/{reference}").words
    files = ana.get(f"/cases/{reference}/files")
    assert "Files Hidden" in files.words and "1. Photo" not in files.words
    assert "Photo 1.jpg Sent Added later, 16 November" in files.words
    assert "Virus check Not scanned" in files.words
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
        assert add_file(reporter, jpeg(), token=token).status == 303
    assert (trust.count(Attachment), trust.count(Message)) == (1, 1)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.png", b"<svg><script>alert(1)</script></svg>", "a.png is not a type we can open."),
        ("a.docx", b"PK\x03\x04word/document.xml", "a.docx is not a type we can open. Save it as a PDF and add that."),
        ("a.jpg", b"", "a.jpg is empty"),
        ("a.jpg", b"x" * (25 * 1024 * 1024 + 1), "a.jpg is larger than 25 MB"),
        ("a.jpg", jpeg()[:900], "We could not open a.jpg. It may be damaged."),
        ("a.png", bomb(), "a.png is too big a picture for us to open."),
        ("a.pdf", saved(new_pdf(), encryption=Encryption(owner="o", user="u")), "a.pdf has a password or is locked."),
        ("a.pdf", heavy_document(), "a.pdf has too much in it for us to open."),
        ("", b"", "Choose a file"),
    ],
    ids=["svg", "office", "empty", "limit + 1", "cut", "bomb", "locked", "heavy", "none"],
)
def test_a_file_that_cannot_be_taken_is_named_and_the_page_comes_back(
    reporter: Visitor, trust: DeskTrust, name: str, content: bytes, sentence: str
) -> None:
    token = in_mailbox(reporter).get("/inbox/file").value("token")
    page = add_file(reporter, content, name, token)
    assert page.status == 422
    assert page.errors()[0].startswith(sentence)
    assert page.value("token") == token
    assert "Choose your file again" in page.words
    assert trust.count(Attachment) == 0
    assert add_file(reporter, jpeg(), token=token).status == 303


def test_two_files_at_once_and_too_many_in_all_are_refused(
    reporter: Visitor, trust: DeskTrust, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = in_mailbox(reporter).get("/inbox/file").value("token")
    page = add_files(reporter, token, [("a.txt", b"words"), ("b.txt", b"words")])
    assert page.errors() == ["Add one file at a time"]
    monkeypatch.setattr(mailbox_file, "MOST_LATER", 1)
    assert add_file(reporter, b"words", "a.txt").status == 303
    assert add_file(reporter, b"more", "b.txt").errors()[0].startswith("You have added 20 files.")
    assert trust.count(Attachment) == 1


def test_files_are_numbered_as_they_are_added(reporter: Visitor) -> None:
    in_mailbox(reporter)
    for content, name in ((jpeg(), "a.jpg"), (b"words", "b.txt"), (png(), "c.png")):
        add_file(reporter, content, name)
    words = reporter.get("/inbox/file").words
    assert "Photo 1. We removed" in words
    assert "Text 2. We found no hidden details." in words
    assert "Photo 3. We removed" in words


def test_without_an_open_mailbox_nothing_is_taken(
    reporter: Visitor, trust: DeskTrust, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reporter.get("/inbox/file").response.headers["Location"] == "/return"
    page = add_file(reporter, jpeg(), token="x")
    assert page.response.headers["Location"] == "/return"
    with monkeypatch.context() as watched:
        watched.setattr(SealedForm, "feed", lambda *_, **__: pytest.fail("a file was read"))
        page = add_file(reporter, b"x" * 30_000_000, token="x")
    assert page.response.headers["Location"] == "/return"
    in_mailbox(reporter)
    assert add_files(reporter, "x", [("a.jpg", jpeg())], headers={}).status == 403
    with trust.public() as work:
        work.connection.execute(update(Mailbox).values(expires_on=trust.today - timedelta(days=1)))
    assert reporter.get("/inbox/file").response.headers["Location"] == "/return"
    assert trust.count(Attachment) == 0


def test_a_page_whose_token_is_lost_asks_to_press_again(reporter: Visitor, trust: DeskTrust) -> None:
    page = add_file(in_mailbox(reporter), jpeg(), token="altered")
    assert page.status == 200
    assert "Please press the button again. Nothing has been lost." in page.words
    assert "Choose your file again" in page.words
    assert trust.count(Attachment) == 0


def test_a_file_is_opened_only_after_the_token(reporter: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object) -> None:
        raise AssertionError("opened")

    in_mailbox(reporter)
    monkeypatch.setattr(uploads, "clean_files", opened)
    assert add_file(reporter, jpeg(), token="altered").status == 200


def test_a_full_disk_is_no_end_of_the_page(
    reporter: Visitor, trust: DeskTrust, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_mailbox(reporter)
    token = reporter.get("/inbox/file").value("token")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(LocalStore, "write", full)
        page = add_file(reporter, jpeg(), token=token)
    assert page.status == 503
    assert page.value("token") == token
    assert trust.count(Attachment) == 0
    assert add_file(reporter, jpeg(), token=token).status == 303


def test_the_page_says_its_limits_and_each_thing_once(reporter: Visitor) -> None:
    page = in_mailbox(reporter).get("/inbox/file")
    assert "A photo, a PDF or a text. 25 MB, one file at a time." in page.words
    assert [label.text for label in page.all("label")] == ["Choose a file"]
    assert ["".join(heading.itertext()) for heading in page.all("h1")] == ["Add a file"]
    assert MOST_BYTES == 25 * 1024 * 1024
