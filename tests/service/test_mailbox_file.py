"""A file from the mailbox: one message, one file, sealed to a case that proves itself."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.domain.errors import NotReceived
from app.domain.receipts import parse_receipt
from app.security.form_token import FormToken
from app.security.keys import new_seed, public_key
from app.security.mailbox_key import MailboxKey, mailbox_key
from app.services.attachment_intake import AttachmentDraft, AttachmentIntake, clean_files
from app.services.mailbox import read_mailbox
from app.services.mailbox_file import FileTexts, is_file_sent, send_file
from app.storage.local import LocalStore
from app.storage.spool import SpoolFolder
from models.attachment import Attachment
from models.conversation import Message
from models.mailbox import Mailbox, MailboxMessage
from models.outbox import Outbox
from models.reporter_event import ReporterEvent
from tests.service.desk import DeskTrust

MOST = 20
WORDS = b"He shouted at me. " * 300


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "files")


def clean(store: LocalStore, content: bytes = WORDS) -> AttachmentDraft:
    intake = AttachmentIntake(SpoolFolder(store.folder.parent / "spool"), store)
    spool = intake.new_spool()
    spool.write(content)
    (file,) = clean_files(intake, [AttachmentDraft("a.txt", spool)])
    return file


def texts(before: int) -> FileTexts:
    return FileTexts(
        f"Text {before + 1}. We found no hidden details.", f"The reporter added a file: Text {before + 1}."
    )


def opened(trust: DeskTrust) -> tuple[MailboxKey, FormToken]:
    key = mailbox_key(parse_receipt(trust.send()), trust.sealer.mailbox_pepper)
    return key, FormToken(b"n" * 16, int(trust.now.timestamp()), trust.sealer.form_keys.current)


def counts(
    trust: DeskTrust, tables: Sequence[type] = (Attachment, Message, MailboxMessage, ReporterEvent)
) -> list[int]:
    return [trust.count(table) for table in tables]


def stored(store: LocalStore) -> int:
    return len(list(store.folder.iterdir())) if store.folder.exists() else 0


def test_a_file_is_a_message_on_both_sides_and_an_event_for_the_desk(trust: DeskTrust, store: LocalStore) -> None:
    key, token = opened(trust)
    file = clean(store)
    notices = trust.count(Outbox)
    assert not is_file_sent(trust.public, key, token, file)
    send_file(trust.public, key, token, file, texts, most=MOST)
    assert is_file_sent(trust.public, key, token, file)
    assert counts(trust) == [1, 1, 1, 1] and stored(store) == 1
    assert trust.events("message.received") == 1 and trust.count(Outbox) == notices + 1
    with trust.public(reading=True) as work:
        assert work.connection.scalars(select(ReporterEvent.kind)).one() == "wrote"


def test_the_same_page_from_eight_threads_is_one_file(trust: DeskTrust, store: LocalStore) -> None:
    key, token = opened(trust)
    files = [clean(store) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda file: send_file(trust.public, key, token, file, texts, most=MOST), files))
    assert counts(trust) == [1, 1, 1, 1]
    assert stored(store) == 1
    send_file(trust.public, key, token, clean(store, WORDS + b"more"), texts, most=MOST)
    assert counts(trust) == [2, 2, 2, 2]


def test_of_files_sent_at_once_each_has_its_number_and_no_more_than_the_limit_come_in(
    trust: DeskTrust, store: LocalStore
) -> None:
    key, _ = opened(trust)
    tokens = [FormToken(bytes([n]) * 16, int(trust.now.timestamp()), trust.sealer.form_keys.current) for n in range(4)]
    files = [clean(store, WORDS + b"%d" % n) for n in range(4)]
    start = threading.Barrier(4)

    def send(token: FormToken, file: AttachmentDraft) -> bool:
        start.wait(10)
        return send_file(trust.public, key, token, file, texts, most=3)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, tokens, files)) == [False, True, True, True]
    view = read_mailbox(trust.public, key)
    assert view is not None
    assert sorted(message.text[:6] for message in view.messages) == ["Text 1", "Text 2", "Text 3"]
    assert (view.files, stored(store)) == (3, 3)


def test_a_case_key_that_does_not_prove_itself_gets_no_file(trust: DeskTrust, store: LocalStore) -> None:
    key, token = opened(trust)
    with trust.public() as work:
        work.connection.execute(update(Mailbox).values(case_public_key=public_key(new_seed())))
    with pytest.raises(NotReceived):
        send_file(trust.public, key, token, clean(store), texts, most=MOST)
    assert counts(trust) == [0, 0, 0, 0] and stored(store) == 0


def test_a_mailbox_that_is_over_takes_no_file(trust: DeskTrust, store: LocalStore) -> None:
    key, token = opened(trust)
    with trust.public() as work:
        work.connection.execute(update(Mailbox).values(expires_on=trust.today - timedelta(days=1)))
    for gone in (key, MailboxKey(b"x" * 16, key.seed)):
        with pytest.raises(NotReceived):
            send_file(trust.public, gone, token, clean(store), texts, most=MOST)
    assert counts(trust) == [0, 0, 0, 0]
