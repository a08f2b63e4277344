"""Files of earlier days are written anew: afterwards nothing on the disk tells the time at which one was sent."""

import os
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.errors import Unreadable
from app.storage.local import STEP, LocalStore

DAY, NEXT = date(2026, 11, 16), date(2026, 11, 17)
IDS = [bytes([number]) * 16 for number in range(1, 13)]
CONTENT = os.urandom(3 * STEP)


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    made = LocalStore(tmp_path / "files")
    for file_id in IDS:
        made.write(file_id, [file_id, CONTENT], DAY)
    return made


def path_of(store: LocalStore, file_id: bytes) -> Path:
    return store.folder / file_id.hex()


def changed(store: LocalStore) -> list[int]:
    """Return when each file was last changed, as the disk knows it, in the order of sending."""
    return [path_of(store, file_id).stat().st_ctime_ns for file_id in IDS]


def test_every_file_of_an_earlier_day_is_written_anew_once_with_the_same_bytes_and_day(store: LocalStore) -> None:
    before = changed(store)
    assert store.rewrite_before(DAY) == 0 and changed(store) == before
    opened = [path_of(store, file_id).open("rb") for file_id in IDS]
    assert store.rewrite_before(NEXT) == len(IDS)
    after = changed(store)
    assert min(after) > max(before)
    for file_id, old in zip(IDS, opened, strict=True):
        # Another file under the same name: the old one, with the time at which it was made, is gone.
        assert (os.fstat(old.fileno()).st_nlink, path_of(store, file_id).stat().st_nlink) == (0, 1)
        old.close()
        assert b"".join(store.read(file_id)) == file_id + CONTENT
        seen = path_of(store, file_id).stat()
        assert datetime.fromtimestamp(seen.st_mtime, UTC).date() == DAY
        assert seen.st_mode & 0o777 == 0o600
    assert store.rewrite_before(NEXT) == store.rewrite_before(NEXT + timedelta(days=9)) == 0
    assert changed(store) == after
    assert sorted(store.ids_before(NEXT)) == IDS


def test_the_new_order_is_not_the_order_of_sending(store: LocalStore) -> None:
    store.rewrite_before(NEXT)
    after = changed(store)
    # By chance twelve files stay in order, or turn round, once in 240 million times.
    assert after != sorted(after) and after != sorted(after, reverse=True)


def test_the_folder_does_not_tell_when_a_file_last_came_or_went(store: LocalStore) -> None:
    midnight = datetime(2026, 11, 17, tzinfo=UTC).timestamp()
    store.rewrite_before(NEXT)
    assert store.folder.stat().st_mtime == midnight
    os.utime(store.folder, (midnight + 41_943,) * 2)
    store.rewrite_before(NEXT + timedelta(days=1))
    assert store.folder.stat().st_mtime == midnight + 86_400


def test_what_breaks_off_leaves_the_old_file_and_is_cleared_away_the_next_time(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = changed(store)
    left = store.folder / f"{IDS[0].hex()}.{'0' * 16}"
    left.write_bytes(b"half")
    (store.folder / "notes.txt").write_text("not ours")

    def full(_: int) -> None:
        raise OSError("no space")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(OSError):
            store.rewrite_before(NEXT)
    assert changed(store) == before
    assert {path.name for path in store.folder.iterdir()} == {*(one.hex() for one in IDS), "notes.txt"}
    assert store.rewrite_before(NEXT) == len(IDS)
    assert b"".join(store.read(IDS[0])) == IDS[0] + CONTENT


def test_a_reader_gets_the_whole_file_whatever_happens_meanwhile(store: LocalStore) -> None:
    reading = store.read(IDS[3])
    start = next(reading)
    store.rewrite_before(NEXT)
    assert start + b"".join(reading) == IDS[3] + CONTENT


def test_a_file_that_is_removed_meanwhile_does_not_come_back(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def remove_first(descriptor: int) -> None:
        sync(descriptor)
        for file_id in IDS:
            path_of(store, file_id).unlink(missing_ok=True)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(os, "fsync", remove_first)
        assert store.rewrite_before(NEXT) == 0
    assert list(store.folder.iterdir()) == []
    with pytest.raises(Unreadable):
        list(store.read(IDS[0]))


def test_a_removal_that_comes_between_the_look_and_the_move_waits_and_wins(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    move, removers = Path.rename, []

    def remove_meanwhile(part: Path, path: Path) -> Path:
        removers.append(threading.Thread(target=store.remove, args=(bytes.fromhex(path.name),)))
        removers[-1].start()
        # Nothing holds it but the lock; without one it is over long before.
        removers[-1].join(0.05)
        return move(part, path)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Path, "rename", remove_meanwhile)
        assert store.rewrite_before(NEXT) == len(IDS)
    for remover in removers:
        remover.join(10)
    assert list(store.folder.iterdir()) == []


def test_one_error_of_the_disk_keeps_no_other_file_from_being_written_anew(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync, before, calls = os.fsync, changed(store), []

    def fail_once(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 3:
            raise OSError(5, "Input/output error")
        sync(descriptor)

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fail_once)
        with pytest.raises(OSError, match="Input/output"):
            store.rewrite_before(NEXT)
    same = [old for old, new in zip(before, changed(store), strict=True) if old == new]
    assert len(same) == 1
    assert store.rewrite_before(NEXT) == 1


def test_a_file_that_is_still_being_written_is_let_be(store: LocalStore) -> None:
    late = b"L" * 16

    def slow() -> object:
        yield b"before midnight, "
        path = path_of(store, late)
        os.utime(path, ns=(1, 1_794_000_000_123_456_789))
        assert store.rewrite_before(date(2100, 1, 1)) == len(IDS)
        yield b"after midnight"

    store.write(late, slow(), DAY)  # type: ignore[arg-type]
    assert b"".join(store.read(late)) == b"before midnight, after midnight"
    assert store.rewrite_before(NEXT) == 1


def test_a_store_without_a_folder_has_nothing_to_write(tmp_path: Path) -> None:
    assert LocalStore(tmp_path / "none").rewrite_before(NEXT) == 0
