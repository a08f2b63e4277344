"""The file store in a folder of this computer: one file for each id, named by its hex digits."""

import fcntl
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from app.domain.errors import Misconfigured, Unreadable
from app.storage.spool import has_reserve
from app.storage.store import Store

STEP = 65536
REWRITTEN = timedelta(minutes=1)
"""How long after midnight a file is dated once it has been written anew. That it is complete is told by midnight."""
_DAY = 86_400_000_000_000
_NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)
_PART = re.compile(r"[0-9a-f]{32}\.[0-9a-f]{16}", re.ASCII)
"""A copy under way: its name is drawn anew each time, so that of two workers neither moves what the other writes."""
_WRITE_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW


@dataclass(frozen=True)
class LocalStore:
    """Files in `folder`, which is made, mode 0700, where it is missing."""

    folder: Path

    def write(self, file_id: bytes, chunks: Iterable[bytes], day: date) -> int:
        """Keep a new file and return its size; file and name are on the disk for good when this returns."""
        path = self._path(file_id)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        size = _write(path, chunks, _midnight(day))
        try:
            self._sync_folder()
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return size

    def has_room(self) -> bool:
        """Return whether the disk keeps its reserve."""
        return has_reserve(self.folder)

    def read(self, file_id: bytes) -> Iterator[bytes]:
        """Yield the bytes of a file. Raises `Unreadable` when there is none."""
        try:
            with self._path(file_id).open("rb") as file:
                while chunk := file.read(STEP):
                    yield chunk
        except OSError:
            raise Unreadable from None

    def remove(self, file_id: bytes) -> None:
        """Remove a file; one that is gone already is no error."""
        if not self._path(file_id).exists():
            return
        with self._alone():
            self._path(file_id).unlink(missing_ok=True)
        self._sync_folder()

    def ids_before(self, day: date) -> list[bytes]:
        """Return the ids of the files that were written before `day`."""
        found = []
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if _NAME.fullmatch(path.name) and _day_of(path) < day:
                found.append(bytes.fromhex(path.name))
        return found

    def rewrite_before(self, day: date) -> int:
        """Write every file from before `day` anew, once and in no order, so that nothing tells its time of day.

        The system keeps when a file was made and last changed; afterwards that is the hour of this. What breaks off
        leaves the old file as it was, the others are written all the same, and then the first error is raised.
        """
        if not self.folder.is_dir():
            return 0
        for path in list(self.folder.iterdir()):
            if _PART.fullmatch(path.name):
                path.unlink(missing_ok=True)
        waiting = [file_id for file_id in self.ids_before(day) if _is_as_sent(self._path(file_id))]
        secrets.SystemRandom().shuffle(waiting)
        done, failed = 0, []
        for file_id in waiting:
            try:
                done += self._rewrite(file_id)
            except OSError as error:
                # One bad place on the disk does not keep the times of all the others.
                failed.append(error)
        if waiting or _day_of(self.folder) < day:
            # The folder tells when a file last came or went.
            os.utime(self.folder, (_midnight(day).timestamp(),) * 2)
            self._sync_folder()
        if failed:
            raise failed[0]
        return done

    def _rewrite(self, file_id: bytes) -> bool:
        path = self._path(file_id)
        part = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        try:
            _write(part, self.read(file_id), _midnight(_day_of(path)) + REWRITTEN)
        except Unreadable:
            # Removed meanwhile: then it is not to come back.
            return False
        try:
            with self._alone():
                # Removed meanwhile, it is not to come back.
                if there := path.exists():
                    part.rename(path)
            return there
        finally:
            part.unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold off every other process that would remove or replace a file of this folder."""
        descriptor = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _path(self, file_id: bytes) -> Path:
        if len(file_id) != 16:
            raise ValueError("The id of a file has 16 bytes.")
        return self.folder / file_id.hex()

    def _sync_folder(self) -> None:
        descriptor = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _write(path: Path, chunks: Iterable[bytes], dated: datetime) -> int:
    """Write a new file to the disk for good and return its size; whatever goes wrong leaves none."""
    descriptor = os.open(path, _WRITE_NEW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            size = sum(map(file.write, chunks))
            file.flush()
            # The clock time at which somebody sent a file is nobody's business.
            os.utime(file.fileno(), (dated.timestamp(),) * 2)
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return size


def _is_as_sent(path: Path) -> bool:
    """Return whether a file is complete and not yet written anew: one that is being written is dated to the moment."""
    try:
        return path.stat().st_mtime_ns % _DAY == 0
    except FileNotFoundError:
        return False


def _day_of(path: Path) -> date:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    except FileNotFoundError:
        # Removed by another process since the folder was read.
        return date.max


def check_store(store: Store) -> None:
    """Raise `Misconfigured` unless the folder takes a file that is forced to the disk, and gives it back."""
    probe, content = secrets.token_bytes(16), secrets.token_bytes(64)
    try:
        store.write(probe, [content], date(2000, 1, 1))
        given = b"".join(store.read(probe))
        store.remove(probe)
    except (OSError, Unreadable):
        given = b""
    if given != content:
        raise Misconfigured("HEARD_FILES: the folder for files cannot be written. Check its owner and its space.")
