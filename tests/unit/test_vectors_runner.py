"""The runner of vectors: it agrees with a true file and names what differs in a false one."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.vectors.__main__ import run_file

ROOT = Path(__file__).parents[2]
TRUE = ROOT / "tests" / "vectors" / "crypto.json"


@pytest.fixture
def false(tmp_path: Path) -> Path:
    """A copy of the vectors in which one value of one receipt is wrong."""
    vectors: dict[str, Any] = json.loads(TRUE.read_text(encoding="utf-8"))
    case = vectors["receipt"]["derive"][0]
    case["mailbox_id"] = bytes(byte ^ 1 for byte in bytes.fromhex(case["mailbox_id"])).hex()
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(vectors), encoding="utf-8")
    return path


def run(*files: Path) -> "subprocess.CompletedProcess[str]":
    """Run the command as a reviewer does."""
    command = [sys.executable, "-m", "tests.vectors", *map(str, files)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_one_wrong_value_is_named_and_ends_with_1(false: Path) -> None:
    done = run(TRUE, false)
    assert done.returncode == 1
    good, counted, named = done.stdout.splitlines()
    assert good.startswith("crypto.json: ") and good.endswith(" checks, 0 differences")
    assert counted.endswith(" checks, 1 differences")
    assert named.startswith("first difference: mailbox id: got ")


def test_a_format_that_no_code_reads_yet_is_said_to_be_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "measures.json"
    path.write_text('{"format": "heard-measures/1"}', encoding="utf-8")
    assert run_file(path) == 2
    assert capsys.readouterr().out == "measures.json: format not supported yet (measures)\n"


@pytest.mark.parametrize("path", sorted(TRUE.parent.glob("*.json")), ids=lambda path: path.name)
def test_every_committed_file_agrees(path: Path) -> None:
    assert run_file(path) == 0


def test_without_a_file_it_says_how_it_is_called() -> None:
    done = run()
    assert done.returncode == 1
    assert done.stderr == "usage: python -m tests.vectors FILE...\n"
