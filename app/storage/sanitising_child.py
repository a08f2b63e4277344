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
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

CPU_SECONDS = 12
"""Three times what the dearest picture takes on a common processor."""
MEMORY_BYTES = 512 * 1024 * 1024
NEW_USER, NEW_NETWORK, NEW_IPC = 0x10000000, 0x40000000, 0x08000000
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
_LANDLOCK_ASK_VERSION, _LANDLOCK_WITH_TCP = 1, 4
_EVERY_FILE_ACCESS, _EVERY_TCP_ACCESS = (1 << 13) - 1, (1 << 2) - 1
NETWORK, TCP, FILES = WALLS = ("network", "tcp", "files")
"""A network of its own, in which there is nobody; no TCP and no files, by Landlock (Linux 6.7 and 5.13)."""
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
    """The file is not taken; `problem` is `huge`, `heavy`, `locked` or `damaged`."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def confine() -> frozenset[str]:
    """Give up what cleaning does not need, and return which `WALLS` the kernel put up; the limits always hold."""
    kernel = ctypes.CDLL(None, use_errno=True)
    kernel.prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    kernel.prctl(_NO_DUMP, 0, 0, 0, 0)
    kernel.prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0)
    alone = kernel.unshare(NEW_USER | NEW_NETWORK | NEW_IPC) == 0
    walls = frozenset({NETWORK} if alone else ()) | _lock_in(kernel)
    for limit, most in _LIMITS:
        resource.setrlimit(limit, (most, most))
    return walls


def _lock_in(kernel: ctypes.CDLL) -> frozenset[str]:
    """Let no file be opened any more, and on newer kernels no TCP connection be made; return which of the two hold."""
    version = kernel.syscall(_LANDLOCK_CREATE, None, 0, _LANDLOCK_ASK_VERSION)
    if version < 1:
        return frozenset()
    with_tcp = version >= _LANDLOCK_WITH_TCP
    # An older kernel refuses attributes that are longer than those it knows.
    attributes = (ctypes.c_uint64 * (2 if with_tcp else 1))(*(_EVERY_FILE_ACCESS, _EVERY_TCP_ACCESS)[: 1 + with_tcp])
    rules = kernel.syscall(_LANDLOCK_CREATE, ctypes.byref(attributes), ctypes.sizeof(attributes), 0)
    if rules < 0:
        return frozenset()
    holds = kernel.syscall(_LANDLOCK_RESTRICT, rules, 0) == 0
    os.close(rules)
    return frozenset() if not holds else frozenset({FILES, TCP} if with_tcp else {FILES})


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
    answer["seconds"] = time.process_time()
    output = sys.stdout.buffer
    output.write(json.dumps(answer).encode() + b"\n")
    output.write(content)
    output.flush()
    # Taking a large picture down object by object would only cost time.
    os._exit(0)
