"""The child that opens files of strangers: bombs hurt nobody, and it can reach nothing."""

import io
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from app.storage import sanitising
from app.storage.sanitising import PROGRAMS, ROOT, Result, clean_into, missing_walls
from app.storage.sanitising_child import CPU_SECONDS, FILES, NETWORK, TCP
from app.storage.sanitising_picture import MOST_EXACT_WEBP_PIXELS, MOST_WEBP_PIXELS
from app.storage.spool import SealedSpool, SpoolFolder
from tests.fixtures.documents import document, heavy_document, with_info, with_inline_photo, with_profile
from tests.fixtures.pictures import MARK, bomb, drawing, jpeg, png, webp


@pytest.fixture
def spools(tmp_path: Path) -> SpoolFolder:
    return SpoolFolder(tmp_path / "spool")


def clean(spools: SpoolFolder, kind: str, data: bytes, limit: int = 64_000_000) -> tuple[Result, SealedSpool]:
    source, target = spools.new(len(data)), spools.new(limit)
    source.write(data)
    return clean_into(target, kind, source), target


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("jpeg", jpeg()),
        ("png", png()),
        ("webp", webp()),
        ("pdf", document(with_info)),
        ("pdf", document(with_inline_photo)),
        ("pdf", document(with_profile)),
    ],
)
def test_each_kind_comes_back_clean(spools: SpoolFolder, kind: str, data: bytes) -> None:
    result, target = clean(spools, kind, data)
    assert result.problem == "" and result.removed
    content = b"".join(target.chunks())
    assert MARK.encode() not in content
    assert set(PROGRAMS) == {"jpeg", "png", "webp", "pdf"}


@pytest.mark.parametrize(
    ("kind", "data", "problem"),
    [
        ("png", bomb(), "huge"),
        ("png", png()[:300], "damaged"),
        ("jpeg", jpeg()[:2000], "damaged"),
        ("jpeg", b"\xff\xd8\xff<html><script>alert(1)</script>", "damaged"),
        ("webp", b"RIFF\x04\x00\x00\x00WEBP", "damaged"),
        ("pdf", b"%PDF-1.7\n%%EOF", "damaged"),
        ("pdf", b"%PDF-" + bytes(1_000_000), "damaged"),
    ],
)
def test_what_cannot_be_opened_is_named(spools: SpoolFolder, kind: str, data: bytes, problem: str) -> None:
    assert clean(spools, kind, data)[0] == Result(problem)


def test_a_page_in_the_clothes_of_a_picture_is_drawn_anew(spools: SpoolFolder) -> None:
    both = jpeg(comment="<script>alert(1)</script>") + b"<html><script>alert(1)</script></html>" + b"PK\x03\x04" * 9
    result, target = clean(spools, "jpeg", both)
    assert result.problem == ""
    content = b"".join(target.chunks())
    assert b"script" not in content and b"PK\x03\x04" not in content


def test_a_file_that_grows_too_large_is_not_kept(spools: SpoolFolder) -> None:
    noise = Image.frombytes("RGB", (200, 200), os.urandom(120_000))
    assert clean(spools, "png", png(noise), limit=1000)[0] == Result("huge")


def test_a_document_that_draws_too_much_is_refused_for_what_it_is_before_it_costs_much(spools: SpoolFolder) -> None:
    data = heavy_document()
    assert len(data) < 60_000
    result, _ = clean(spools, "pdf", data)
    assert result.problem == "heavy"
    assert 0 < result.seconds < CPU_SECONDS / 2


def test_the_largest_picture_we_promise_to_open_is_opened(spools: SpoolFolder) -> None:
    result, target = clean(spools, "jpeg", jpeg(drawing((7900, 5000)), quality=80))
    assert result.problem == ""
    with Image.open(io.BytesIO(b"".join(target.chunks()))) as picture:
        assert picture.size == (7900, 5000)


def webp_of(pixels: int, mode: str, lossless: bool) -> bytes:
    size = (4000, pixels // 4000)
    # Neither one colour nor noise: what a camera or a screen shows.
    picture = Image.effect_noise((400, 400), 90).resize(size, Image.Resampling.BICUBIC).convert(mode)
    if mode == "RGBA":
        picture.putalpha(drawing(size, "L"))
    return webp(picture, lossless=lossless, method=0, quality=60)


@pytest.mark.parametrize(
    ("mode", "lossless", "most"),
    [
        ("RGB", False, MOST_WEBP_PIXELS),
        ("RGBA", False, MOST_EXACT_WEBP_PIXELS),
        ("RGB", True, MOST_EXACT_WEBP_PIXELS),
        ("RGBA", True, MOST_EXACT_WEBP_PIXELS),
    ],
)
def test_the_largest_webp_of_each_sort_is_opened_and_a_larger_one_is_named_too_big(
    spools: SpoolFolder, mode: str, lossless: bool, most: int
) -> None:
    assert clean(spools, "webp", webp_of(most, mode, lossless))[0].problem == ""
    larger = Image.new(mode, (4000, most // 4000 + 1))
    assert clean(spools, "webp", webp(larger, lossless=lossless, method=0))[0] == Result("huge")


def test_the_largest_webp_that_can_be_claimed_is_named_too_big_before_it_is_opened(spools: SpoolFolder) -> None:
    side = (16382).to_bytes(3, "little")
    small = webp(lossless=True, exif=b"", xmp=b"")
    extended = b"VP8X" + (10).to_bytes(4, "little") + bytes(4) + side + side
    data = b"WEBP" + extended + small[12:]
    assert clean(spools, "webp", b"RIFF" + len(data).to_bytes(4, "little") + data)[0] == Result("huge")


PROBE = """
import encodings.idna, json, os, socket, sys, threading, time
sys.path.insert(0, {root!r})
from app.storage.sanitising_child import confine
found = ["descriptor " + one for one in os.listdir("/proc/self/fd") if int(one) > 3]
for _ in range({threads}):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
walls = sorted(confine())
def attempt(name, act):
    try:
        act()
        found.append(name)
    except (OSError, MemoryError, ZeroDivisionError):
        pass
attempt("reading", lambda: open("/etc/hostname").read())
attempt("file", lambda: os.write(os.open({folder!r} + "/x", os.O_CREAT | os.O_WRONLY), b"x"))
attempt("network", lambda: socket.create_connection(("127.0.0.1", {port}), 2))
attempt("memory", lambda: bytearray(600_000_000))
found += ["environment " + name for name in os.environ if name != "LC_CTYPE"]
print(json.dumps([walls, found]))
sys.stdout.flush()
os._exit(0)
"""


@pytest.mark.parametrize("threads", [0, 1])
def test_the_child_can_write_no_file_reach_no_server_and_knows_nothing(tmp_path: Path, threads: int) -> None:
    """With a second thread the kernel refuses the child a network of its own, and the other wall has to hold."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        probe = PROBE.format(root=str(ROOT), folder=str(tmp_path), port=server.getsockname()[1], threads=threads)
        found = subprocess.run(
            [sys.executable, "-I", "-c", probe], env={}, capture_output=True, check=False, timeout=30
        )
    walls, reached = json.loads(found.stdout)
    assert not (threads and NETWORK in walls)
    without = {"network": {NETWORK, TCP}.isdisjoint(walls), "reading": FILES not in walls}
    assert [name for name in reached if not without.get(name)] == [], found.stderr.decode()
    assert not (tmp_path / "x").exists() or (tmp_path / "x").stat().st_size == 0
    if any(without.values()):
        pytest.skip(f"this kernel leaves open to the child: {[name for name, is_open in without.items() if is_open]}")


@pytest.mark.parametrize(
    ("walls", "alarm"),
    [
        ("network tcp files", []),
        ("tcp files", []),
        ("network files", []),
        ("files", ["sanitising.wall_missing network"]),
        ("network", ["sanitising.wall_missing files"]),
        ("", ["sanitising.wall_missing network files"]),
    ],
)
def test_a_wall_that_is_missing_is_told_once_by_its_name(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, walls: str, alarm: list[str]
) -> None:
    monkeypatch.setattr(sanitising, "INTERPRETER", ("/bin/sh", "-c", f"echo {walls}"))
    sanitising.report_missing_walls()
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == alarm


def test_the_walls_of_this_system_are_those_of_a_child() -> None:
    probe = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from app.storage.sanitising_child import confine"
    walls = subprocess.check_output([sys.executable, "-I", "-c", f"{probe}; print(*confine())"], text=True).split()
    assert ("network" in missing_walls()) is {NETWORK, TCP}.isdisjoint(walls)
    assert ("files" in missing_walls()) is (FILES not in walls)


def test_a_child_that_never_ends_is_killed(spools: SpoolFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sanitising, "WALL_SECONDS", 0.2)
    sleeper = [sys.executable, "-I", "-c", "import sys, time; sys.stdin.buffer.read(); time.sleep(60)"]

    def start(_program: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(sleeper, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    monkeypatch.setattr(sanitising, "_start", start)
    assert clean(spools, "png", png())[0] == Result("damaged")


def test_a_child_that_computes_for_too_long_is_ended_by_its_own_limit() -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from app.storage import sanitising_child as c; " \
           "c._LIMITS = ((c.resource.RLIMIT_CPU, 1),); c.confine()\nwhile True: pass"  # fmt: skip
    assert subprocess.run([sys.executable, "-I", "-c", code], check=False, timeout=30).returncode < 0


def test_a_child_that_breaks_off_in_the_middle_gives_nothing(
    spools: SpoolFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code in ("print('{\"removed\": []}'); print('half'); raise SystemExit(1)", "print('no answer')", "print('[]')"):
        command = [sys.executable, "-I", "-c", code]

        def start(_program: str, command: list[str] = command) -> "subprocess.Popen[bytes]":
            return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

        monkeypatch.setattr(sanitising, "_start", start)
        assert clean(spools, "png", png() * 40)[0] == Result("damaged")
