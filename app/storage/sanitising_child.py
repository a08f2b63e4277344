"""The child in which files of strangers are taken apart: no network, little memory, little time, nothing inherited.

It reads one file from its input and writes one line of JSON and the clean file to its output. Nothing else: no
folder, no log, no name. `app.storage.sanitising` starts it.
"""

import ctypes
import io
import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

CPU_SECONDS = 20
MEMORY_BYTES = 512 * 1024 * 1024
NEW_USER, NEW_NETWORK, NEW_IPC = 0x10000000, 0x40000000, 0x08000000
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
_EVERY_FILE_ACCESS = (1 << 13) - 1
_DIE_WITH_PARENT, _NO_DUMP, _NO_NEW_RIGHTS = 1, 4, 38
_LIMITS = (
    (resource.RLIMIT_CPU, CPU_SECONDS),
    (resource.RLIMIT_AS, MEMORY_BYTES),
    (resource.RLIMIT_CORE, 0),
    # A file could be written only with a length of nothing.
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_NOFILE, 32),
)


@dataclass(frozen=True)
class Cleaned:
    """A clean file and the codes of what was taken out."""

    content: bytes | memoryview = field(repr=False)
    removed: frozenset[str]


class NotCleaned(Exception):
    """The file is not taken; `problem` is `huge`, `locked` or `damaged`."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def confine() -> None:
    """Give up what cleaning does not need. Network and files go where the kernel lets them; the limits always hold."""
    kernel = ctypes.CDLL(None, use_errno=True)
    kernel.prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    kernel.prctl(_NO_DUMP, 0, 0, 0, 0)
    kernel.prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0)
    kernel.unshare(NEW_USER | NEW_NETWORK | NEW_IPC)
    _close_folders(kernel)
    for limit, most in _LIMITS:
        resource.setrlimit(limit, (most, most))


def _close_folders(kernel: ctypes.CDLL) -> None:
    """Let no file be opened any more, by path or by name, on kernels that know Landlock (5.13 and later)."""
    attributes = ctypes.c_uint64(_EVERY_FILE_ACCESS)
    rules = kernel.syscall(_LANDLOCK_CREATE, ctypes.byref(attributes), ctypes.sizeof(attributes), 0)
    if rules >= 0:
        kernel.syscall(_LANDLOCK_RESTRICT, rules, 0)
        os.close(rules)


def run(clean: Callable[[io.BytesIO], Cleaned], samples: Iterable[bytes]) -> None:
    """Clean the file that comes in and write the answer. Whatever a parser raises means: damaged.

    `samples` are cleaned first: libraries load parts of themselves late, and later no file can be opened.
    """
    for sample in samples:
        clean(io.BytesIO(sample))
    confine()
    try:
        cleaned = clean(io.BytesIO(sys.stdin.buffer.read()))
        answer: dict[str, object] = {"removed": sorted(cleaned.removed)}
        content = cleaned.content
    except NotCleaned as refused:
        answer, content = {"problem": refused.problem}, b""
    except MemoryError:
        answer, content = {"problem": "huge"}, b""
    except Exception:
        answer, content = {"problem": "damaged"}, b""
    output = sys.stdout.buffer
    output.write(json.dumps(answer).encode() + b"\n")
    output.write(content)
    output.flush()
    # Taking a large picture down object by object would only cost time.
    os._exit(0)
