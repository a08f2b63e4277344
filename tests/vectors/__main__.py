"""`python -m tests.vectors FILE...` runs acceptance vectors through the product."""

import json
import sys
from pathlib import Path

from tests.vectors.crypto import Tally, run_crypto

_NOT_YET = {"spc_xmr.json": "spc", "measures.json": "measures", "release_noise.json": "release_noise"}


def run_file(path: Path) -> int:
    """Print the result of one file; return 0 all agree, 1 differences, 2 not supported."""
    vectors = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(vectors, dict) or vectors.get("format") != "heard/1":
        print(f"{path.name}: format not supported yet ({_NOT_YET.get(path.name, 'unknown')})")
        return 2
    tally = Tally()
    run_crypto(vectors, tally)
    print(f"{path.name}: {tally.checks} checks, {len(tally.differences)} differences")
    if tally.differences:
        print(f"first difference: {tally.differences[0]}")
    return 1 if tally.differences else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python -m tests.vectors FILE...")
    sys.exit(max(run_file(Path(name)) for name in sys.argv[1:]))
