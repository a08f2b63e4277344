"""The scanner: asked over a real socket; away, slow or strange it never stands in the way."""

import socket
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import Misconfigured
from app.storage.antivirus import CLEAN, FOUND, NOT_SCANNED, Antivirus, antivirus_at
from tests.fixtures.clamd import EICAR, clamd

FILE = [b"a" * 100_000, b"", b"b" * 7]


def scanner_at(address: str, seconds: float = 5) -> Antivirus:
    made = antivirus_at(address)
    assert made is not None
    return replace(made, seconds=seconds)


def test_a_clean_file_and_a_virus_are_told_apart() -> None:
    with clamd() as (address, seen):
        assert scanner_at(address).scan(FILE) == CLEAN
        assert scanner_at(address).scan([EICAR[:10], EICAR[10:]]) == FOUND
        assert seen.seen == [b"".join(FILE), EICAR]


def test_a_socket_of_this_computer_will_do() -> None:
    # A path of a socket may hold about 100 characters; pytest's folders are longer.
    with tempfile.TemporaryDirectory() as folder, clamd(str(Path(folder) / "s")) as (address, _):
        assert scanner_at(address).scan(FILE) == CLEAN


@pytest.mark.parametrize("behaviour", ["slow", "closed", "strange"])
def test_a_scanner_that_does_not_answer_leaves_the_file_unscanned(behaviour: str) -> None:
    with clamd(behaviour=behaviour) as (address, _):
        assert scanner_at(address, seconds=0.3).scan(FILE) == NOT_SCANNED


def test_a_file_larger_than_the_scanner_takes_is_unscanned() -> None:
    with clamd() as (address, _):
        assert scanner_at(address, seconds=20).scan([b"x" * 1_000_000] * 40) == NOT_SCANNED


def test_no_scanner_there_at_all_leaves_the_file_unscanned() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    assert scanner_at(f"127.0.0.1:{port}").scan(FILE) == NOT_SCANNED
    assert scanner_at("/nowhere/clamd.ctl").scan(FILE) == NOT_SCANNED


def test_a_setting_names_a_path_or_a_host_and_port() -> None:
    assert antivirus_at("") is None
    assert scanner_at("/run/clamd").address == "/run/clamd"
    assert scanner_at("[::1]:3310").address == ("::1", 3310)
    for wrong in ("clamd", "localhost:", "localhost:0", "localhost:99999", "http://x:1", "a b:1"):
        with pytest.raises(Misconfigured, match="HEARD_ANTIVIRUS"):
            antivirus_at(wrong)
