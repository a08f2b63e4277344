"""What an upload leaves behind and what it costs: plaintext in files, and memory, on the real server.

`python -m benchmarks.uploads` prints both figures as JSON. A test runs the same code on a small upload.
"""

import http.client
import io
import json
import os
import random
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from PIL import Image

from benchmarks.client import TOKEN, Client
from benchmarks.process import family
from config import prepare_instance
from tests.fixtures.databases import Databases
from tests.fixtures.served import Served, environ_of, serve
from tests.fixtures.uploads import CONTENT_TYPE, form_body
from tests.service.desk import make_trust

MARK = b"HEARD-UPLOAD-MARK-7f3a"
LARGEST = 25 * 1024 * 1024
TOGETHER = 32
SENT_AT_ONCE = 256 * 1024


@dataclass
class Watch:
    """What was seen while files were sent: bytes of the mark in any file, and that there was something to see."""

    folders: Sequence[Path]
    rounds: int = 0
    files: int = 0
    largest_open: int = 0
    found: list[str] = field(default_factory=list)
    rss_mb: list[float] = field(default_factory=list)


def _open_files(pid: int) -> Iterator[Path]:
    for member in family(pid):
        try:
            yield from Path(f"/proc/{member}/fd").iterdir()
        except OSError:
            continue


def _look(watch: Watch, path: Path, *, is_open: bool) -> None:
    try:
        if not path.is_file():
            return
        with path.open("rb") as file:
            content = file.read()
    except OSError:
        return
    watch.files += 1
    if is_open:
        watch.largest_open = max(watch.largest_open, len(content))
    if MARK in content:
        watch.found.append(f"{os.readlink(path) if is_open else path}: {content.count(MARK)}")


def rss_megabytes(pid: int) -> float:
    """Return the memory that the family of a process holds now, each shared page counted once, in MB."""
    kilobytes = 0
    for member in family(pid):
        try:
            text = Path(f"/proc/{member}/smaps_rollup").read_text()
        except OSError:
            continue
        kilobytes += int((re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE) or [0, 0])[1])
    return kilobytes / 1024


@contextmanager
def watching(served: Served, folders: Sequence[Path], *, files: bool = True) -> Iterator[Watch]:
    """Look at every file the server's processes hold open or keep in `folders`, and at their memory, all the while."""
    watch, over = Watch(folders), threading.Event()

    def look() -> None:
        while not over.is_set():
            watch.rounds += 1
            watch.rss_mb.append(rss_megabytes(served.pid))
            for path in _open_files(served.pid) if files else ():
                _look(watch, path, is_open=True)
            for folder in folders if files else ():
                for path in folder.rglob("*"):
                    _look(watch, path, is_open=False)
            over.wait(0.02)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield watch
    finally:
        over.set()
        thread.join()


def open_inbox(served: Served) -> str:
    """Send a report and return the cookie of its mailbox."""
    client = Client(served.address)
    code = client.send(client.blank_form())
    status, head, _ = client.ask("POST", "/return", urlencode({"code": code}).encode())
    client.close()
    if status != 303:
        raise RuntimeError(f"The mailbox did not open: {status}")
    cookie = SimpleCookie(
        next(line[12:] for line in head.decode().split("\r\n") if line.lower().startswith("set-cookie: "))
    )
    return "; ".join(f"{name}={one.value}" for name, one in cookie.items())


def send_file(served: Served, cookie: str, name: str, content: bytes, pause: float = 0) -> int:
    """Send one file from a mailbox and return the status of the answer; `pause` in seconds between its parts."""
    connection = http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=300)
    headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin"}
    connection.request("GET", "/inbox/file", headers=headers)
    found = TOKEN.search(connection.getresponse().read())
    body = form_body({"token": found[1].decode() if found else ""}, [(name, content)])
    sent = (body[at : at + SENT_AT_ONCE] for at in range(0, len(body), SENT_AT_ONCE))

    def paced() -> Iterator[bytes]:
        for part in sent:
            yield part
            time.sleep(pause)

    headers |= {"Content-Type": CONTENT_TYPE, "Content-Length": str(len(body))}
    connection.request("POST", "/inbox/file", paced(), headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def marked_text(size: int) -> bytes:
    """Return text that is the mark over and over."""
    return (MARK + b"\n") * (size // (len(MARK) + 1))


def large_photo(size: int) -> bytes:
    """Return a photo of about 12 million pixels that is padded to `size` bytes, as the largest phones write them."""
    noise = Image.frombytes("RGB", (1000, 750), random.Random(1).randbytes(2_250_000)).resize((4000, 3000))
    written = io.BytesIO()
    noise.save(written, "JPEG", quality=97)
    photo = written.getvalue()
    rest = size - len(photo)
    comments = [b"\xff\xfe\xff\xff" + bytes(65533)] * (rest // 65537)
    return photo[:2] + b"".join(comments) + photo[2:]


@contextmanager
def served_trust(**more: str) -> Iterator[tuple[Served, list[Path]]]:
    """Serve a small trust on SQLite; yield the server and every folder it may write to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        instance, temporary = folder / "instance", folder / "tmp"
        temporary.mkdir()
        prepare_instance(instance)
        url = Databases(folder).new("sqlite")
        trust = make_trust(url)
        trust.database.close()
        environ = environ_of(trust, url, instance) | {"TMPDIR": str(temporary)} | more
        with serve(environ, folder / "server.log") as served:
            yield served, [instance, temporary, Path(url.removeprefix("sqlite:///")).parent]


def measure_plaintext(size: int = LARGEST, pause: float = 0.03) -> dict[str, object]:
    """Return what was found of a marked text in any file while it was sent, taken in and stored."""
    with served_trust() as (served, folders):
        cookie = open_inbox(served)
        (folders[1] / "control").write_bytes(MARK)
        with watching(served, folders) as control:
            time.sleep(0.2)
        (folders[1] / "control").unlink()
        with watching(served, folders) as watch:
            status = send_file(served, cookie, "marked.txt", marked_text(size), pause)
        return {
            "status": status,
            "control_found": len(control.found) > 0,
            "rounds": watch.rounds,
            "files_read": watch.files,
            "largest_open_file": watch.largest_open,
            "plaintext_found": watch.found,
        }


def measure_memory(make: Callable[[int], bytes], together: int = TOGETHER, size: int = LARGEST) -> dict[str, object]:
    """Return how far the memory of the server grew while `together` files of `size` bytes were sent at once."""
    content = make(size)
    with served_trust() as (served, folders):
        cookies = [open_inbox(served) for _ in range(together)]
        send_file(served, cookies[0], "first", content[:3000] if make is marked_text else large_photo(0))
        before, started = rss_megabytes(served.pid), time.monotonic()
        with watching(served, folders, files=False) as watch, ThreadPoolExecutor(together) as pool:
            statuses = list(pool.map(lambda cookie: send_file(served, cookie, "one", content), cookies))
        return {
            "bytes_each": len(content),
            "statuses": sorted(set(statuses)),
            "seconds": round(time.monotonic() - started, 1),
            "before_mb": round(before, 1),
            "peak_mb": round(max(watch.rss_mb), 1),
            "growth_mb": round(max(watch.rss_mb) - before, 1),
            "after_mb": round(rss_megabytes(served.pid), 1),
        }


def measure_uploads() -> dict[str, dict[str, object]]:
    """Return every figure about files."""
    return {
        "plaintext": measure_plaintext(),
        "memory_text": measure_memory(marked_text),
        "memory_photo": measure_memory(large_photo),
    }


if __name__ == "__main__":
    print(json.dumps(measure_uploads(), indent=1))
