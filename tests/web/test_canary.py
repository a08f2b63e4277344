"""One hundred reports sent to a served process leave their words in no file, not even for a moment."""

import base64
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config import prepare_instance
from models.report import Report
from tests.fixtures.served import Served, environ_of, serve
from tests.service.desk import WARD, DeskTrust
from tests.web.conftest import ANSWERS

STEM = "canaryzqxword"
CANARIES = [f"{STEM}{number:03}" for number in range(100)]
BOUNDARY = "----heard"


def spellings(word: str) -> Iterator[bytes]:
    """Yield a word as it might be written down: plain, wide, hex, base64 at its three offsets."""
    data = word.encode()
    yield from (
        data,
        word.encode("utf-16-le"),
        word.encode("utf-16-be"),
        data.hex().encode(),
        data.hex().upper().encode(),
    )
    for offset in range(3):
        # The first and the last characters depend on the neighbours.
        yield base64.b64encode(b"\0" * offset + data)[4:-4]


PATTERNS = list(spellings(STEM))


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


class Watch(threading.Thread):
    """Reads every file that appears in a folder, again and again, until it is stopped."""

    def __init__(self, folder: Path) -> None:
        super().__init__(daemon=True)
        self.folder, self.over, self.rounds = folder, threading.Event(), 0
        self.seen: dict[Path, bytes] = {}

    def run(self) -> None:
        while not self.over.wait(0.001):
            self.rounds += 1
            for path in files_of(self.folder):
                try:
                    self.seen[path] = self.seen.get(path, b"") + path.read_bytes()
                except OSError:
                    continue


@contextmanager
def watched(folder: Path) -> Iterator[Watch]:
    """Watch a folder while the block runs."""
    folder.mkdir()
    watch = Watch(folder)
    watch.start()
    yield watch
    watch.over.set()
    watch.join()
    assert watch.rounds > 10


def post(address: str, body: bytes, content_type: str) -> str:
    request = urllib.request.Request(address, body, {"Content-Type": content_type, "Sec-Fetch-Site": "same-origin"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read().decode()


def token_of(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        text: str = answer.read().decode()
    return text.split('name="token" value="')[1].split('"')[0]


def send_all(served: Served) -> None:
    """Send every canary, each twice, one in ten with the full form and the words as a file as well."""
    for number, canary in enumerate(CANARIES):
        with_file = number % 10 == 0
        address = f"{served.address}/{'report' if with_file else 'quick'}"
        answers = ANSWERS | {
            "token": token_of(address), "words": f"Words with {canary} inside.", "privacy": "named",
            "name": canary, "contact": f"{canary}@x.test", "safe_times": canary, "place": WARD.hex(),
        }  # fmt: skip
        body, content_type = urllib.parse.urlencode(answers).encode(), "application/x-www-form-urlencoded"
        if with_file:
            answers |= {"role": "staff", "when": "week", "danger": "no"}
            parts = [
                f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                for name, value in answers.items()
            ]
            parts.append(
                f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="f.txt"\r\n\r\n{canary * 15_000}\r\n'
            )
            body, content_type = (
                "".join((*parts, f"--{BOUNDARY}--\r\n")).encode(),
                f"multipart/form-data; boundary={BOUNDARY}",
            )
        for _ in range(2):
            assert "We have your report" in post(address, body, content_type)


def test_the_spellings_find_a_word_where_it_is() -> None:
    for offset in range(3):
        text = base64.b64encode(b"x" * offset + CANARIES[7].encode() + b" and more")
        assert any(pattern in text for pattern in PATTERNS)
    assert any(pattern in b"..canaryzqxword007.." for pattern in PATTERNS)


def test_the_watch_sees_a_file_that_is_there_for_a_moment(tmp_path: Path) -> None:
    with watched(tmp_path / "tmp") as watch:
        for number in range(20):
            path = watch.folder / str(number)
            path.write_bytes(CANARIES[0].encode())
            watch.over.wait(0.01)
            path.unlink()
        watch.over.wait(0.05)
    assert watch.seen


def test_no_word_of_a_hundred_reports_is_in_any_file(trust: DeskTrust, database_url: str, tmp_path: Path) -> None:
    instance, log = tmp_path / "instance", tmp_path / "server.log"
    prepare_instance(instance)
    environ = environ_of(trust, database_url, instance)
    with watched(tmp_path / "tmp") as watch:
        folder = str(watch.folder)
        with serve(environ | {"TMPDIR": folder, "SQLITE_TMPDIR": folder, "TMP": folder, "TEMP": folder}, log) as served:
            send_all(served)
    assert trust.count(Report) == 100
    stored = trust.stored_bytes()
    assert len(stored) > 100 * 10_000
    if not trust.database.is_sqlite:
        logs = [path for path in files_of(Path(str(trust.database.engine.url.query["host"]))) if path.name == "log"]
        assert [path for path in logs if b"database system is ready" in path.read_bytes()], "the log was not looked at"
    found = {
        where: [pattern for pattern in PATTERNS if pattern in data]
        for where, data in {
            "database and its log": stored,
            "temporary folder": b"".join(watch.seen.values()),
            "server log": log.read_bytes(),
            "instance": b"".join(path.read_bytes() for path in files_of(instance)),
        }.items()
    }
    assert not any(found.values()), found


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("table", "path", "answers"),
    [
        ("report", "/quick", ANSWERS | {"words": CANARIES[0]}),
        ("credential", "/login", {"email": f"{CANARIES[0]}@x.test", "passphrase": CANARIES[0]}),
    ],
)
def test_an_error_in_the_middle_is_logged_without_a_word(
    trust: DeskTrust, database_url: str, tmp_path: Path, table: str, path: str, answers: dict[str, str]
) -> None:
    instance, log = tmp_path / "instance", tmp_path / "server.log"
    prepare_instance(instance)
    with serve(environ_of(trust, database_url, instance), log) as served:
        answers = answers | {"token": token_of(f"{served.address}/quick")}
        with trust.database.engine.begin() as connection:
            connection.exec_driver_sql(f"DROP TABLE {table}")
        with pytest.raises(urllib.error.HTTPError) as refused:
            post(
                f"{served.address}{path}", urllib.parse.urlencode(answers).encode(), "application/x-www-form-urlencoded"
            )
        assert refused.value.code == 503
        assert (CANARIES[0] in refused.value.read().decode()) is (path == "/quick")
    assert "Unreachable at " in log.read_text() or path == "/quick"
    assert STEM not in log.read_text()
