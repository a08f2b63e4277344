"""Cleaning a file in a child process: it goes in and comes back through pipes, never through a file."""

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.domain.errors import Unreadable
from app.storage.inspection import head_of
from app.storage.picture_size import LOOKED_AT, claimed_pixels
from app.storage.sanitising_child import CPU_SECONDS, FILES, NETWORK, TCP
from app.storage.slots import NoSlot, Slots
from app.storage.spool import SealedSpool

ROOT = Path(__file__).parents[2]
PROGRAMS = {"jpeg": "picture", "png": "picture", "webp": "picture", "pdf": "document"}
WALL_SECONDS = 60
"""The child's own limit counts the time it computes; this one counts the time it takes."""
WAIT_SECONDS, MOST_WAITING = 20, 8
"""Who waits holds a thread that others need: what does not get its turn in time is added later."""
SLOTS = Slots(max(2, os.cpu_count() or 1), MOST_WAITING)
"""How many children run at once. A large file takes two slots: on two processors it runs alone."""
SMALL_PIXELS, SMALL_BYTES = 13_000_000, 8 * 1024 * 1024
"""Up to here a picture is small (what most phones take), and so is a document."""
INTERPRETER = (sys.executable, "-I", "-B", "-c")
log = logging.getLogger("heard.sanitising")
_STEP = 65536
_PROBLEMS = frozenset({"huge", "heavy", "locked", "damaged"})
_LONGEST_ANSWER = 4096


@dataclass(frozen=True)
class Result:
    """What became of a file: `problem` is "" when it is clean, else a code of the sentences for files."""

    problem: str
    removed: tuple[str, ...] = ()
    seconds: float = field(default=0, compare=False)
    """What it cost of the processor."""


def clean_into(target: SealedSpool, kind: str, source: SealedSpool) -> Result:
    """Clean a file of a kind in `PROGRAMS` and write it to `target`. Raises `Unreadable` from `source` only."""
    try:
        with SLOTS.take(_slots_of(kind, source), WAIT_SECONDS):
            return _clean(target, kind, source)
    except NoSlot:
        return Result("unkept")


def _clean(target: SealedSpool, kind: str, source: SealedSpool) -> Result:
    child = _start(PROGRAMS[kind])
    clock = threading.Timer(WALL_SECONDS, child.kill)
    clock.start()
    try:
        result = _exchange(child, source.chunks(), target)
        # A document is no picture, however much of the memory it takes.
        return replace(result, problem="heavy") if kind == "pdf" and result.problem == "huge" else result
    finally:
        clock.cancel()
        child.kill()
        child.wait()


def missing_walls() -> tuple[str, ...]:
    """Return what a child can still reach because this system lets it give up nothing: `network`, `files` or both."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
        f"from app.storage.sanitising_child import confine; print(*confine())"
    )
    child = subprocess.run([*INTERPRETER, code], capture_output=True, cwd="/", env={}, check=False)
    walls = frozenset(child.stdout.decode("ascii", "replace").split())
    reachable = {"network": walls.isdisjoint({NETWORK, TCP}), "files": FILES not in walls}
    return tuple(name for name, is_open in reachable.items() if is_open)


def report_missing_walls() -> None:
    """Log one alarm when a file of a stranger is opened where it could reach more than it should."""
    if missing := missing_walls():
        log.error("sanitising.wall_missing %s", " ".join(missing))


def _slots_of(kind: str, source: SealedSpool) -> int:
    if kind == "pdf":
        return 1 if source.size <= SMALL_BYTES else 2
    pixels = claimed_pixels(kind, head_of(source.chunks(), LOOKED_AT))
    return 1 if pixels is not None and pixels <= SMALL_PIXELS else 2


def _start(program: str) -> "subprocess.Popen[bytes]":
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
        f"from app.storage.sanitising_child import run; "
        f"from app.storage.sanitising_{program} import clean_{program}, samples; run(clean_{program}, samples())"
    )
    return subprocess.Popen(
        [*INTERPRETER, code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        close_fds=True,
        cwd="/",
        env={},
        start_new_session=True,
    )


def _exchange(child: "subprocess.Popen[bytes]", chunks: Iterable[bytes], target: SealedSpool) -> Result:
    if child.stdin is None or child.stdout is None:
        raise Unreadable
    with child.stdin, child.stdout:
        try:
            for chunk in chunks:
                child.stdin.write(chunk)
            child.stdin.close()
        except BrokenPipeError:
            # It has ended already; its answer, if there is one, says why.
            pass
        result = _answer_of(child.stdout.readline(_LONGEST_ANSWER))
        while chunk := child.stdout.read(_STEP):
            target.write(chunk)
    if result.problem:
        return result
    if child.wait() != 0 or target.size == 0:
        return Result("damaged", seconds=result.seconds)
    if target.failed:
        return Result("unkept", seconds=result.seconds)
    return Result("huge", seconds=result.seconds) if target.too_large else result


def _answer_of(line: bytes) -> Result:
    try:
        answer = json.loads(line)
        removed = tuple(str(code) for code in answer.get("removed", ()))
        problem = str(answer.get("problem", ""))
        seconds = float(answer.get("seconds", CPU_SECONDS))
    except (ValueError, AttributeError, TypeError):
        # Killed for its time or its memory before it could say anything.
        return Result("damaged", seconds=CPU_SECONDS)
    return Result(problem if not problem or problem in _PROBLEMS else "damaged", removed, seconds)
