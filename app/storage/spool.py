"""A sealed spool: what is written to it reaches the disk encrypted, under a key that only this process holds."""

import errno
import hashlib
import logging
import os
import resource
import secrets
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag

from app.domain.errors import Misconfigured, Unreadable

KEY_LENGTH = 32
STEP = 65536
RESERVE_BYTES, RESERVE_SHARE = 5 * 1024**3, 5
FILES_SHARE = 0.75
"""Of the files that a process may have open, this share may be taken when a spool is begun."""
_CONTEXT = b"heard/1 spool"
log = logging.getLogger("heard.spool")


@dataclass(frozen=True)
class SpoolFolder:
    """Where spools are kept while a request lasts. Their files have no name, so a crash leaves none behind.

    The folder is made where it is missing.
    """

    path: Path

    def new(self, limit: int, has_room: Callable[[], bool] = lambda: True) -> "SealedSpool":
        """Return an empty spool that keeps at most `limit` bytes, and none once `has_room` says no."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return SealedSpool(self.path, limit, has_room)


def has_reserve(folder: Path) -> bool:
    """Return whether files may be added to the disk of a folder: some of it is kept for words, which are worth more."""
    try:
        disk = shutil.disk_usage(folder if folder.exists() else folder.parent)
    except OSError:
        return False
    return disk.free >= min(RESERVE_BYTES, disk.total // RESERVE_SHARE)


def check_spools(folder: SpoolFolder) -> None:
    """Raise `Misconfigured` unless spools can be written and read there."""
    content = secrets.token_bytes(STEP)
    try:
        spool = folder.new(STEP)
        spool.write(content)
        given = b"".join(spool.chunks())
    except (OSError, Unreadable):
        given = b""
    if given != content:
        raise Misconfigured("HEARD_INSTANCE: the folder for files under way cannot be written. Check owner and space.")


@dataclass
class SealedSpool:
    """Bytes written once and read any number of times. Over `limit` they are counted and no longer kept."""

    folder: Path
    limit: int
    has_room: Callable[[], bool] = field(default=lambda: True, repr=False)
    """Asked before each writing: a disk may fill while a file comes in."""
    size: int = 0
    failed: bool = False
    """Whether the disk took no more: whoever sent the bytes is asked again, and loses nothing else."""
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(KEY_LENGTH), repr=False)
    _descriptor: int = field(default=-1, repr=False)
    _closed: bool = False

    def __post_init__(self) -> None:
        self._digest = hashlib.sha256()
        self._encryptor: Cobblestone256Encryptor | None = Cobblestone256Encryptor(self._key, _CONTEXT)

    @property
    def too_large(self) -> bool:
        """Whether more was written than is kept."""
        return self.size > self.limit

    @property
    def sha256(self) -> str:
        """SHA-256 of everything that was written, in hex."""
        return self._digest.hexdigest()

    def write(self, data: bytes) -> int:
        """Seal and keep `data`; return its length. Nothing may be written after the first reading."""
        if self._encryptor is None:
            raise ValueError("The spool is complete.")
        self.size += len(data)
        self._digest.update(data)
        if data and not (self.failed or self.has_room()):
            self._fail("no room")
        if self.too_large or self.failed:
            self._drop()
        elif data:
            self._keep(self._encryptor.update(data))
        return len(data)

    def seek(self, position: int) -> int:
        """Go back to the start, as whoever fills a spool does when it is complete."""
        if position != 0:
            raise ValueError("A spool is read from its start.")
        return 0

    def chunks(self) -> Iterator[bytes]:
        """Yield what was written. Raises `Unreadable` when it was too large, is closed, or was changed on the disk."""
        self._complete()
        if self.too_large or self.failed or self._closed:
            raise Unreadable
        decryptor = Cobblestone256Decryptor(self._key, _CONTEXT)
        place = 0
        try:
            while sealed := os.pread(self._descriptor, STEP, place):
                place += len(sealed)
                yield decryptor.update(sealed)
            yield decryptor.finalize()
        except InvalidTag:
            raise Unreadable from None

    def close(self) -> None:
        """Give the space back. A spool that nobody refers to any more is closed by itself."""
        self._closed = True
        self._drop()

    def _complete(self) -> None:
        if self._encryptor is not None and not (self.too_large or self.failed or self._closed):
            self._keep(self._encryptor.finalize())
            self._encryptor = None

    def _keep(self, sealed: bytes) -> None:
        try:
            if self._descriptor < 0:
                self._descriptor = _unnamed_file(self.folder)
                self._release = weakref.finalize(self, os.close, self._descriptor)
                _check_number(self._descriptor)
            rest = memoryview(sealed)
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError as error:
            self._fail(type(error).__name__)

    def _fail(self, why: str) -> None:
        log.error("spool.failed %s", why)
        self.failed = True
        self._drop()

    def _drop(self) -> None:
        if self._descriptor >= 0:
            self._release()
            self._descriptor = -1


def _check_number(descriptor: int) -> None:
    """Raise `OSError` when this process has hardly any files left to open: words need them for the database."""
    # The system gives the lowest number that is free.
    if descriptor >= resource.getrlimit(resource.RLIMIT_NOFILE)[0] * FILES_SHARE:
        raise OSError(errno.EMFILE, "")


def _unnamed_file(folder: Path) -> int:
    """Return the descriptor of a new file without a name, readable and writable by this process alone."""
    try:
        return os.open(folder, os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except (OSError, AttributeError):
        # Some file systems know no unnamed files: the name goes before anything is written.
        descriptor, path = tempfile.mkstemp(dir=folder)
        os.unlink(path)
        return descriptor
