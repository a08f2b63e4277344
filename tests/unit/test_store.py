"""The file store: forced to the disk, named by id alone, and silent about the time of day."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.domain.errors import Misconfigured, Unreadable
from app.storage.local import LocalStore, check_store

DAY = date(2026, 11, 16)
ONE, TWO = b"1" * 16, b"2" * 16


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "files")


def test_a_file_is_written_read_and_removed(store: LocalStore) -> None:
    assert store.write(ONE, [b"ab", b"", b"cde"], DAY) == 5
    assert b"".join(store.read(ONE)) == b"abcde"
    path = store.folder / ONE.hex()
    assert path.stat().st_mode & 0o777 == 0o600
    store.remove(ONE)
    store.remove(ONE)
    assert list(store.folder.iterdir()) == []
    with pytest.raises(Unreadable):
        list(store.read(ONE))


def test_file_and_folder_are_forced_to_the_disk_before_it_returns(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda fd: synced.append(os.readlink(f"/proc/self/fd/{fd}")))
    store.write(ONE, [b"x"], DAY)
    assert synced == [str(store.folder / ONE.hex()), str(store.folder)]


def test_a_file_tells_the_day_and_no_more(store: LocalStore) -> None:
    store.write(ONE, [b"x"], DAY)
    seen = (store.folder / ONE.hex()).stat()
    assert datetime.fromtimestamp(seen.st_mtime, UTC) == datetime(2026, 11, 16, tzinfo=UTC)
    assert seen.st_atime == seen.st_mtime


def test_files_before_a_day_are_told_apart(store: LocalStore) -> None:
    assert store.ids_before(DAY) == []
    store.write(ONE, [b"x"], DAY)
    store.write(TWO, [b"x"], date(2026, 11, 14))
    (store.folder / "notes.txt").write_text("not ours")
    assert store.ids_before(DAY) == [TWO]
    assert sorted(store.ids_before(date(2026, 11, 17))) == [ONE, TWO]


def test_a_write_that_breaks_off_leaves_nothing(store: LocalStore) -> None:
    def broken() -> object:
        yield b"half"
        raise OSError("no space")

    with pytest.raises(OSError):
        store.write(ONE, broken(), DAY)  # type: ignore[arg-type]
    assert list(store.folder.iterdir()) == []


def test_no_file_is_written_over_and_no_path_can_be_named(store: LocalStore) -> None:
    store.write(ONE, [b"x"], DAY)
    with pytest.raises(FileExistsError):
        store.write(ONE, [b"y"], DAY)
    assert b"".join(store.read(ONE)) == b"x"
    with pytest.raises(ValueError):
        store.remove(b"../secret")


def test_a_folder_that_takes_no_file_stops_the_start(store: LocalStore, tmp_path: Path) -> None:
    check_store(store)
    assert list(store.folder.iterdir()) == []
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(Misconfigured, match="HEARD_FILES"):
        check_store(LocalStore(tmp_path / "taken"))
