"""Files never take what words need: over a limit, and on a disk that is nearly full, words are taken without them."""

import shutil
from collections import namedtuple
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from pikepdf import Pdf

from app.services import attachment_intake
from app.services.attachment_intake import AttachmentDraft, AttachmentIntake
from app.storage import sanitising, spool
from app.storage.sanitising_document import MOST_DRAWN
from app.web.arriving import ARRIVING, Arriving
from app.web.uploads import PostedFiles
from models.attachment import Attachment
from models.report import Report
from tests.fixtures.documents import saved
from tests.fixtures.pages import Visitor
from tests.service.desk import DeskTrust
from tests.web.conftest import Make, code_of
from tests.web.mailbox import add_file, in_mailbox
from tests.web.report import WORDS, send_files

LATER = "We could not receive a.txt just now. Send the rest without it, and add it later."
FILES = [("a.txt", b"x" * 1_500_000)]
Disk = namedtuple("Disk", "total used free")


@pytest.mark.parametrize(("total", "free", "kept"), [(100, 6, True), (100, 4, False), (10, 3, True), (10, 1, False)])
def test_a_disk_that_is_nearly_full_takes_words_and_no_files(
    reporter: Visitor, trust: DeskTrust, monkeypatch: pytest.MonkeyPatch, total: int, free: int, kept: bool
) -> None:
    gigabyte = 1024**3
    disk = Disk(total * gigabyte, (total - free) * gigabyte, free * gigabyte)
    token = reporter.get("/report").value("token")
    with monkeypatch.context() as full:
        full.setattr(spool.shutil, "disk_usage", lambda _: disk)
        page = send_files(reporter, FILES, token)
        assert bool(code_of(page)) is kept
        if not kept:
            assert (page.status, page.errors()) == (422, [LATER])
            assert page.value("words").strip() == WORDS
            assert code_of(send_files(reporter, [], token))
    assert trust.count(Attachment) == kept
    assert shutil.disk_usage("/").total != disk.total


@pytest.mark.usefixtures("years")
def test_a_network_brings_so_many_megabytes_of_files_and_words_without_end(make: Make, trust: DeskTrust) -> None:
    reporter = Visitor(make(file_limit_network="3 per year"), public=True)
    assert code_of(send_files(reporter, FILES))
    token = reporter.get("/report").value("token")
    page = send_files(reporter, FILES, token)
    assert (page.status, page.errors()) == (422, [LATER])
    assert code_of(send_files(reporter, [], token))
    assert trust.count(Attachment) == 1
    assert add_file(in_mailbox(reporter), b"words", "a.txt").errors() == [LATER]


@pytest.mark.usefixtures("years")
def test_over_the_limit_of_sends_an_old_page_brings_its_words_and_no_file(make: Make, trust: DeskTrust) -> None:
    app = make(send_limit_network="2 per year")
    start, reporter = trust.now, Visitor(app, public=True)
    app.extensions["heard"] = replace(app.extensions["heard"], clock=lambda: start)
    in_mailbox(reporter)
    token, file_token = (reporter.get(path).value("token") for path in ("/report", "/inbox/file"))
    assert code_of(send_files(reporter, []))
    app.extensions["heard"] = replace(app.extensions["heard"], clock=lambda: start + timedelta(seconds=60))
    page = send_files(reporter, FILES, token)
    assert (page.status, page.errors()) == (422, [LATER])
    assert add_file(reporter, b"words", "a.txt", file_token).status == 200
    assert code_of(send_files(reporter, [], token))
    assert (trust.count(Attachment), trust.count(Report)) == (0, 3)


def dear_document() -> bytes:
    """Return a small PDF that takes a second or more to clean."""
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].obj.Contents = pdf.make_stream(b"1 " * (MOST_DRAWN // 4))
        return saved(pdf, compress_streams=True)


@pytest.mark.usefixtures("years")
def test_what_is_dear_to_open_counts_as_more_than_its_bytes(make: Make, trust: DeskTrust) -> None:
    dear = dear_document()
    assert len(dear) < 20_000
    reporter = Visitor(make(file_limit_network="4 per year"), public=True)
    assert code_of(send_files(reporter, [("a.pdf", dear)]))
    page = send_files(reporter, [("a.txt", b"words")])
    assert (page.status, page.errors()) == (422, [LATER])
    assert trust.count(Attachment) == 1


@pytest.mark.usefixtures("years")
def test_the_limit_is_asked_again_before_each_file(
    make: Make, trust: DeskTrust, monkeypatch: pytest.MonkeyPatch
) -> None:
    dear, opened = dear_document(), []
    monkeypatch.setattr(
        attachment_intake, "clean_into", lambda *given: (opened.append(given), sanitising.clean_into(*given))[1]
    )
    reporter = Visitor(make(file_limit_network="4 per year"), public=True)
    page = send_files(reporter, [(f"{name}.pdf", dear) for name in "xab"])
    assert page.status == 422
    assert page.errors() == [LATER.replace("a.txt", f"{name}.pdf") for name in "ab"]
    assert (len(opened), trust.count(Attachment)) == (1, 0)


def test_files_for_which_no_place_came_free_are_to_be_sent_later(app: Flask) -> None:
    intake: AttachmentIntake = app.extensions["heard_files"]
    posted = PostedFiles((AttachmentDraft("a.txt", intake.new_spool()),))
    for has_place in (True, False):
        arriving = {ARRIVING: Arriving(is_in=True, has_place=has_place)}
        with app.test_request_context("/report", method="POST", environ_overrides=arriving):
            assert [error.text % error.parts for error in posted.clean().errors] == ([] if has_place else [LATER])
