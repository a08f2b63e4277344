"""A sealed spool: no plaintext on the disk, no name, and nothing back from a changed file."""

import gc
import hashlib
import os
import resource
from pathlib import Path

import pytest

from app.domain.errors import Misconfigured, Unreadable
from app.storage.spool import FILES_SHARE, SealedSpool, SpoolFolder, check_spools

WORDS = b"WHAT WAS SAID ON THE WARD. " * 5000


def test_what_was_written_comes_back_and_stands_nowhere_in_clear(tmp_path: Path) -> None:
    spool = SpoolFolder(tmp_path / "spool").new(1_000_000)
    for start in range(0, len(WORDS), 1000):
        spool.write(WORDS[start : start + 1000])
    assert spool.seek(0) == 0
    assert b"".join(spool.chunks()) == WORDS == b"".join(spool.chunks())
    assert (spool.size, spool.sha256) == (len(WORDS), hashlib.sha256(WORDS).hexdigest())
    assert list((tmp_path / "spool").iterdir()) == []
    assert (tmp_path / "spool").stat().st_mode & 0o777 == 0o700
    sealed = os.pread(spool._descriptor, 10_000_000, 0)
    assert len(sealed) > len(WORDS) and b"WHAT WAS SAID" not in sealed
    assert os.fstat(spool._descriptor).st_mode & 0o777 == 0o600
    assert os.fstat(spool._descriptor).st_nlink == 0


def test_over_the_limit_nothing_is_kept_and_the_size_is_still_known(tmp_path: Path) -> None:
    spool = SealedSpool(tmp_path, 100)
    spool.write(b"x" * 100)
    assert not spool.too_large
    spool.write(b"x")
    spool.write(b"x" * 1000)
    assert spool.too_large and spool.size == 1101 and spool._descriptor == -1
    with pytest.raises(Unreadable):
        list(spool.chunks())


def test_a_changed_or_cut_spool_gives_an_error(tmp_path: Path) -> None:
    for damage in (lambda fd: os.pwrite(fd, b"\x00", 70_000), lambda fd: os.ftruncate(fd, 90_000)):
        spool = SealedSpool(tmp_path, 1_000_000)
        spool.write(WORDS)
        b"".join(spool.chunks())
        damage(spool._descriptor)
        with pytest.raises(Unreadable):
            list(spool.chunks())


def test_a_spool_is_written_before_it_is_read_and_only_from_its_start(tmp_path: Path) -> None:
    spool = SealedSpool(tmp_path, 10)
    assert list(spool.chunks()) in ([], [b""], [b"", b""])
    with pytest.raises(ValueError):
        spool.write(b"more")
    with pytest.raises(ValueError):
        spool.seek(3)


def test_a_spool_that_is_forgotten_gives_its_space_back(tmp_path: Path) -> None:
    gc.collect()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(50):
        SealedSpool(tmp_path, 1000).write(b"x" * 100)
    closed = SealedSpool(tmp_path, 1000)
    closed.write(b"x")
    closed.close()
    closed.close()
    with pytest.raises(Unreadable):
        list(closed.chunks())
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) <= before


def test_a_file_system_without_unnamed_files_does_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "O_TMPFILE")
    spool = SealedSpool(tmp_path, 1000)
    spool.write(b"kept")
    assert list(tmp_path.iterdir()) == []
    assert b"".join(spool.chunks()) == b"kept"


def test_a_full_disk_is_told_and_raises_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    spool = SealedSpool(tmp_path, 1_000_000)
    spool.write(b"x" * 100_000)
    with monkeypatch.context() as broken:
        broken.setattr(os, "write", full)
        assert spool.write(b"y" * 100_000) == 100_000
    assert spool.write(b"z") == 1
    assert spool.failed and spool.size == 200_001 and spool._descriptor == -1
    with pytest.raises(Unreadable):
        list(spool.chunks())


def test_a_disk_that_fills_while_a_file_comes_in_keeps_its_reserve(tmp_path: Path) -> None:
    room = iter([True, True, False])
    spool = SpoolFolder(tmp_path / "spool").new(1_000_000, lambda: next(room))
    for kept in (True, True, False, False):
        assert spool.write(b"x" * 100_000) == 100_000
        assert (spool._descriptor >= 0) is kept
    assert spool.failed and spool.size == 400_000
    empty = SpoolFolder(tmp_path / "spool").new(1_000_000, lambda: False)
    assert empty.write(b"") == 0 and not empty.failed


def test_the_last_files_that_a_process_may_open_are_for_words(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = len(os.listdir("/proc/self/fd")) + 100
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, before[1]))
    try:
        spools = [SealedSpool(tmp_path, 1000) for _ in range(most)]
        for spool in spools:
            spool.write(b"x")
        left = [os.open(tmp_path, os.O_RDONLY) for _ in range(most // 5)]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    for descriptor in left:
        os.close(descriptor)
    kept = [spool for spool in spools if not spool.failed]
    assert 0 < len(kept) < most * FILES_SHARE
    assert all(b"".join(spool.chunks()) == b"x" for spool in kept)


def test_a_folder_that_takes_no_spool_stops_the_start(tmp_path: Path) -> None:
    check_spools(SpoolFolder(tmp_path / "spool"))
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(Misconfigured, match="HEARD_INSTANCE"):
        check_spools(SpoolFolder(tmp_path / "taken"))
