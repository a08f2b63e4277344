"""The files of a case on the desk: after the gate, recorded before the first byte, never run or shown by a browser."""

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from app.services import attachment_reading
from app.storage.spool import SealedSpool
from app.triage.attachment import size_text
from app.web.uploads import file_intake
from models.audit import AuditEvent
from tests.fixtures.pages import Page, Visitor
from tests.fixtures.pictures import jpeg
from tests.service.desk import DeskTrust
from tests.web.conftest import Make
from tests.web.desk import pass_gate
from tests.web.mailbox import add_file, in_mailbox

TEXT = b"He shouted at me. " * 5000


@pytest.fixture
def reference(reporter: Visitor, trust: DeskTrust) -> str:
    """A case with two files that were added from its mailbox."""
    in_mailbox(reporter)
    for content, name in ((TEXT, "a.txt"), (jpeg(), "b.jpg")):
        assert add_file(reporter, content, name).status == 303
    return trust.only_reference()


def links(ana: Visitor, reference: str) -> list[str]:
    page = ana.get(f"/cases/{reference}/files")
    return [a.get("href") or "" for a in page.all("a") if a.get("download") is not None]


def id_in(link: str) -> bytes:
    """Return the id of the file that a link leads to."""
    return bytes.fromhex(urlsplit(link).path.rsplit("/", 1)[1])


def leaves(trust: DeskTrust) -> Iterator[dict[str, str]]:
    with trust.public(reading=True) as work:
        yield from (json.loads(leaf) for leaf in work.connection.scalars(select(AuditEvent.leaf)))


def test_the_gate_stands_before_the_files(ana: Visitor, reference: str, trust: DeskTrust) -> None:
    for path in (f"/cases/{reference}/files", f"/cases/{reference}/files/{'0' * 32}"):
        assert ana.get(path).response.headers["Location"] == f"/cases/{reference}/gate"
    assert trust.events("attachment.read") == trust.events("case.opened") == 0


def test_a_download_is_only_ever_saved(ana: Visitor, reference: str, trust: DeskTrust) -> None:
    pass_gate(ana, f"/cases/{reference}")
    got = ana.get(links(ana, reference)[0]).response
    assert got.data == TEXT
    headers = got.headers
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"] == f'attachment; filename="{reference}-1.txt"'
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Content-Length"] == str(len(TEXT))
    read = [leaf for leaf in leaves(trust) if leaf["event"] == "attachment.read"]
    assert len(read) == 1 and read[0]["attachment"] == id_in(links(ana, reference)[0]).hex()


@pytest.mark.parametrize("number", ["", "?n=0", "?n=1%0d%0aX:y", "?n=../1", "?n=%D9%A1", "?n=1000"])
def test_a_number_that_no_list_gives_names_nothing(ana: Visitor, reference: str, number: str) -> None:
    pass_gate(ana, f"/cases/{reference}")
    got = ana.get(urlsplit(links(ana, reference)[0]).path + number).response
    assert got.headers["Content-Disposition"] == f'attachment; filename="{reference}-file.txt"'


def test_the_reading_is_recorded_before_a_byte_is_opened(
    ana: Visitor, reference: str, trust: DeskTrust, monkeypatch: pytest.MonkeyPatch
) -> None:
    pass_gate(ana, f"/cases/{reference}")
    (link, _) = links(ana, reference)

    def broken(*_: object) -> SealedSpool:
        assert trust.events("attachment.read") == 1
        raise attachment_reading.Unreadable

    monkeypatch.setattr(attachment_reading, "_proven", broken)
    page = ana.get(link)
    assert page.status == 410
    assert "This file does not open." in page.words
    assert trust.events("attachment.read") == 1


def test_unknown_files_and_cases_of_others_look_alike(ana: Visitor, reference: str, trust: DeskTrust) -> None:
    pass_gate(ana, f"/cases/{reference}")
    pages = [ana.get(f"/cases/{case}/files/{file}") for case, file in (
        (reference, "0" * 32), (reference, "nothing"), ("3W7Q-DH4K", id_in(links(ana, reference)[0]).hex()),
    )]  # fmt: skip
    assert [page.status for page in pages] == [404] * 3
    assert len({page.text for page in pages}) == 1
    assert trust.events("access.refused") == 3


def test_who_is_not_signed_in_sees_nothing(reporter: Visitor, reference: str) -> None:
    for path in (f"/cases/{reference}/files", f"/cases/{reference}/files/{'0' * 32}"):
        assert reporter.get(path).response.headers["Location"] == "/login"


def test_a_file_that_is_gone_leaves_the_list_standing(app: Flask, ana: Visitor, reference: str) -> None:
    pass_gate(ana, f"/cases/{reference}")
    first, second = links(ana, reference)
    with app.app_context():
        file_intake().store.remove(id_in(first))
    page = ana.get(first)
    assert page.status == 410
    assert "2. Photo 2.jpg" in page.words
    assert ana.get(second).status == 200


def test_a_withheld_file_is_listed_and_not_handed_out(
    make: Make, ana: Visitor, reference: str, trust: DeskTrust
) -> None:
    pass_gate(ana, f"/cases/{reference}")
    (link, _) = links(ana, reference)
    ana.app.extensions["heard_files"] = make(withholds_unscanned=True).extensions["heard_files"]
    page: Page = ana.get(f"/cases/{reference}/files")
    assert "Not scanned, so it is withheld" in page.words
    assert not links(ana, reference)
    refused = ana.get(link)
    assert refused.status == 403
    assert "This file was not scanned for viruses, so it is not shown." in refused.words


def test_the_case_page_counts_its_files_and_tells_of_each(ana: Visitor, reference: str) -> None:
    pass_gate(ana, f"/cases/{reference}")
    words = ana.get(f"/cases/{reference}").words
    assert "2 files from the reporter" in words
    assert "The reporter added a file: Text 1." in words
    assert "The reporter added a file: Photo 2." in words


def test_a_case_without_files_says_so(ana: Visitor, reporter: Visitor, trust: DeskTrust) -> None:
    in_mailbox(reporter)
    reference = trust.only_reference()
    pass_gate(ana, f"/cases/{reference}")
    assert "There are no files." in ana.get(f"/cases/{reference}/files").words
    assert "from the reporter" not in ana.get(f"/cases/{reference}").words


def test_sizes_are_told_in_words() -> None:
    assert [size_text(size) for size in (1, 2048, 2_500_000)] == ["1 byte", "2 kB", "2.4 MB"]
