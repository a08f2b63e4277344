"""Files of a report: sealed to the case, opened by its readers, told by nothing else."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.errors import NotFound, NotReceived, Refused, Unreadable
from app.security.attachment_file import stored_length
from app.security.form_token import FormToken
from app.security.opening import Opener
from app.services import attachment_intake, report
from app.services.attachment_intake import (
    PROBLEMS,
    AttachmentDraft,
    AttachmentIntake,
    FilesRefused,
    check_files,
    clean_files,
    remove_orphan_files,
)
from app.services.attachment_reading import AttachmentList, list_attachments, open_attachment
from app.services.case import read_case
from app.services.case_scope import GrantedCase, require_case
from app.services.conflict import pass_gate
from app.services.report import submit_report
from app.services.report_sealing import ReportDraft
from app.storage.antivirus import antivirus_at
from app.storage.local import LocalStore
from app.storage.spool import SpoolFolder
from forms.attachment import SENTENCES
from models.attachment import Attachment
from models.case import Case
from tests.fixtures.clamd import EICAR, clamd
from tests.fixtures.documents import document, with_info
from tests.fixtures.pictures import MARK, jpeg, png
from tests.service.desk import WARD, DeskTrust

TEXT = b"He shouted at me at the nurses' station.\r\n" * 400
ANSWERS = {"who": "me", "what": ["words"], "by": "patient", "when": "week", "privacy": "anonymous", "place": WARD.hex()}


@pytest.fixture
def intake(tmp_path: Path) -> AttachmentIntake:
    return AttachmentIntake(SpoolFolder(tmp_path / "spool"), LocalStore(tmp_path / "files"))


def received(intake: AttachmentIntake, *files: tuple[str, bytes]) -> tuple[AttachmentDraft, ...]:
    drafts = []
    for name, content in files:
        spool = intake.new_spool()
        spool.write(content)
        drafts.append(AttachmentDraft(name, spool))
    return tuple(drafts)


def draft(trust: DeskTrust, files: tuple[AttachmentDraft, ...], nonce: int = 1) -> ReportDraft:
    token = FormToken(nonce.to_bytes(16, "big"), int(trust.now.timestamp()), trust.sealer.form_keys.current)
    return ReportDraft("report", 1, token, ANSWERS, files=files)


def send_files(trust: DeskTrust, intake: AttachmentIntake, *files: tuple[str, bytes]) -> str:
    return submit_report(trust.public, draft(trust, clean_files(intake, received(intake, *files))))


def granted(trust: DeskTrust, name: str = "ana") -> GrantedCase:
    case = require_case(trust.as_person(name), trust.only_reference())
    pass_gate(trust.as_person(name), case)
    return require_case(trust.as_person(name), trust.only_reference())


def listed(trust: DeskTrust, intake: AttachmentIntake) -> AttachmentList:
    return list_attachments(trust.as_person("ana"), intake, granted(trust))


def test_files_of_a_report_come_back_renamed_in_their_order(trust: DeskTrust, intake: AttachmentIntake) -> None:
    send_files(trust, intake, ("IMG_1.jpg", jpeg()), ("a.txt", TEXT), ("b.pdf", document(with_info)), ("c.png", png()))
    views = listed(trust, intake).files
    assert [view.name for view in views] == ["Photo 1.jpg", "Text 1.txt", "Document 1.pdf", "Photo 2.png"]
    assert [view.added_on for view in views] == [None] * 4
    assert {view.scan for view in views} == {"not_scanned"}
    assert "place" in views[0].removed and views[1].removed == ()
    opened = open_attachment(trust.as_person("ana"), intake, granted(trust), views[1].id)
    assert b"".join(opened.content.chunks()) == TEXT
    assert (opened.name, opened.size) == ("Text 1.txt", len(TEXT))
    assert read_case(trust.as_person("ana"), granted(trust)).files == 4


def test_a_download_opens_the_grant_and_its_own_manifest_alone(
    trust: DeskTrust, intake: AttachmentIntake, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_files(trust, intake, *((f"{name}.txt", TEXT) for name in "abcde"))
    case, real, opened = granted(trust), Opener.open, []
    (wanted, *_) = listed(trust, intake).files

    def counted(self: Opener, purpose: str, *given: Any) -> bytes:
        opened.append(purpose)
        return real(self, purpose, *given)

    monkeypatch.setattr(Opener, "open", counted)
    open_attachment(trust.as_person("ana"), intake, case, wanted.id)
    assert opened == ["grant", "manifest"]


def test_nothing_of_a_file_stands_in_clear(trust: DeskTrust, intake: AttachmentIntake, tmp_path: Path) -> None:
    send_files(trust, intake, (f"{MARK}.txt", TEXT), (f"{MARK}.jpg", jpeg()))
    stored = [path.read_bytes() for path in (tmp_path / "files").iterdir()]
    assert sorted(map(len, stored)) == [stored_length(len(TEXT))] * 2
    everything = b"".join(stored) + trust.stored_bytes()
    for words in (MARK.encode(), b"nurses' station", b"Photo 1", b"image/jpeg", b"JFIF"):
        assert words not in everything
    assert list((tmp_path / "spool").iterdir()) == []


def test_the_same_page_with_its_files_is_one_report_and_another_file_another(
    trust: DeskTrust, intake: AttachmentIntake
) -> None:
    codes = [send_files(trust, intake, ("a.txt", TEXT)) for _ in range(2)]
    assert codes[0] == codes[1]
    assert (trust.count(Case), trust.count(Attachment)) == (1, 1)
    assert len(list(intake.store.folder.iterdir())) == 1  # type: ignore[attr-defined]
    assert send_files(trust, intake, ("a.txt", TEXT + b"!")) != codes[0]
    assert send_files(trust, intake, ("b.txt", TEXT)) != codes[0]


def test_a_file_that_was_not_cleaned_is_never_stored(trust: DeskTrust, intake: AttachmentIntake) -> None:
    with pytest.raises(ValueError):
        submit_report(trust.public, draft(trust, received(intake, ("a.jpg", jpeg()))))
    assert trust.count(Case) == 0


def test_a_clash_of_references_leaves_no_file_behind(
    trust: DeskTrust, intake: AttachmentIntake, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust.send()
    taken, real = trust.only_reference(), report.seal_report
    references = iter([taken, None])
    monkeypatch.setattr(report, "seal_report", lambda setting, draft: real(setting, draft, next(references)))
    send_files(trust, intake, ("a.txt", TEXT))
    assert trust.count(Attachment) == 1
    assert len(list(intake.store.folder.iterdir())) == 1  # type: ignore[attr-defined]


def test_a_report_that_is_not_stored_leaves_an_orphan_that_goes_after_a_day(
    trust: DeskTrust, intake: AttachmentIntake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise NotReceived

    with monkeypatch.context() as broken:
        broken.setattr(report, "store_report", away)
        with pytest.raises(NotReceived):
            send_files(trust, intake, ("a.txt", TEXT))
    send_files(trust, intake, ("a.txt", TEXT))
    removed = []
    for days in (0, 1, 2, 0):
        trust.today += timedelta(days=days)
        with trust.public() as work:
            removed.append(remove_orphan_files(work, intake.store))
    assert removed == [0, 0, 1, 0]
    with trust.public(reading=True) as work:
        (kept,) = work.connection.scalars(select(Attachment.id))
    assert b"".join(intake.store.read(kept))


@pytest.mark.parametrize(
    ("files", "codes"),
    [
        ([("a.txt", TEXT)] * 6, ["many"]),
        ([("a.txt", b""), ("a.jpg", jpeg())], ["empty"]),
        ([("a.txt", b"x" * (25 * 1024 * 1024 + 1))], ["large"]),
        ([("a.txt", b"x" * (25 * 1024 * 1024))], []),
        ([("a.png", b"<svg><script/></svg>"), ("b.jpg", b"GIF89a\x00")], ["type", "type"]),
        ([("a.docx", b"PK\x03\x04word/")], ["office"]),
        ([("a.txt", b"fine " * 9000 + b"\xff\xfe")], ["type"]),
    ],
)
def test_what_is_wrong_with_a_file_is_seen_without_opening_it(
    intake: AttachmentIntake, files: list[tuple[str, bytes]], codes: list[str]
) -> None:
    assert [problem.code for problem in check_files(received(intake, *files), 5)] == codes


def test_a_file_that_cannot_be_opened_is_named_and_the_others_are_not_blamed(intake: AttachmentIntake) -> None:
    with pytest.raises(FilesRefused) as refused:
        clean_files(intake, received(intake, ("a.jpg", jpeg()), ("b.jpg", jpeg()[:900])))
    assert [(problem.code, problem.name) for problem in refused.value.problems] == [("damaged", "b.jpg")]


def test_every_problem_has_its_sentence() -> None:
    assert set(SENTENCES) == set(PROBLEMS)
    assert attachment_intake.MOST_BYTES == 26_214_400


def test_a_virus_is_refused_and_a_scanned_file_says_so(trust: DeskTrust, tmp_path: Path) -> None:
    with clamd() as (address, scanner):
        spools, store = SpoolFolder(tmp_path / "spool"), LocalStore(tmp_path / "files")
        intake = AttachmentIntake(spools, store, antivirus_at(address))
        with pytest.raises(FilesRefused) as refused:
            clean_files(intake, received(intake, ("a.txt", EICAR)))
        assert refused.value.problems[0].code == "virus"
        send_files(trust, intake, ("a.jpg", jpeg()))
        assert MARK.encode() not in scanner.seen[-1]
    assert listed(trust, intake).files[0].scan == "clean"


def test_an_unscanned_file_is_withheld_where_the_trust_wants_it_so(trust: DeskTrust, intake: AttachmentIntake) -> None:
    send_files(trust, intake, ("a.txt", TEXT))
    strict = AttachmentIntake(intake.spools, intake.store, withholds_unscanned=True)
    (view,) = listed(trust, strict).files
    assert view.scan == "withheld" and not view.is_shown
    with pytest.raises(Refused):
        open_attachment(trust.as_person("ana"), strict, granted(trust), view.id)


@pytest.mark.parametrize("damage", ["cut to nothing", "cut", "changed", "gone", "another file"])
def test_a_file_that_is_not_what_was_stored_gives_nothing(
    trust: DeskTrust, intake: AttachmentIntake, tmp_path: Path, damage: str
) -> None:
    send_files(trust, intake, ("a.txt", TEXT * 10), ("b.txt", TEXT * 11))
    first, second = (view.id for view in listed(trust, intake).files)
    path, other = (tmp_path / "files" / file.hex() for file in (first, second))
    whole = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(
            {"cut to nothing": b"", "cut": whole[:-16400], "another file": other.read_bytes(),
             "changed": whole[:70000] + bytes([whole[70000] ^ 1]) + whole[70001:]}[damage]
        )  # fmt: skip
    with pytest.raises(Unreadable):
        open_attachment(trust.as_person("ana"), intake, granted(trust), first)
    assert open_attachment(trust.as_person("ana"), intake, granted(trust), second).name == "Text 2.txt"


def test_a_file_of_another_case_is_as_absent_as_none(trust: DeskTrust, intake: AttachmentIntake) -> None:
    send_files(trust, intake, ("a.txt", TEXT))
    mine = granted(trust)
    (view,) = listed(trust, intake).files
    trust.send()
    with trust.public(reading=True) as work:
        other = work.connection.scalars(select(Case.reference).where(Case.id != mine.id)).one()
    strange = require_case(trust.as_person("ana"), other)
    before = trust.events("access.refused")
    for case, file in ((strange, view.id), (mine, b"x" * 16), (mine, b"")):
        with pytest.raises(NotFound):
            open_attachment(trust.as_person("ana"), intake, case, file)
    assert trust.events("access.refused") == before + 3
    assert trust.events("attachment.read") == 0
