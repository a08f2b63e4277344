import json
from pathlib import Path

from app.security.self_test import run_self_test
from tests.vectors.crypto import Tally, run_crypto

VECTORS = Path(__file__).parents[1] / "vectors" / "crypto.json"


def test_every_vector_agrees():
    tally = Tally()
    run_crypto(json.loads(VECTORS.read_text(encoding="utf-8")), tally)
    assert tally.differences == []
    assert tally.checks > 400


def test_self_test_passes():
    run_self_test()
