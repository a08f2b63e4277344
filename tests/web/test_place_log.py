"""A served process writes no poster code into its log, and none of what a poster leads to."""

import urllib.error
import urllib.request
from pathlib import Path

from sqlalchemy import update

from config import prepare_instance
from models.place import Place
from tests.fixtures.served import environ_of, serve
from tests.service.desk import WARD, DeskTrust
from tests.web.conftest import POSTER_CODE


def test_a_served_process_logs_no_poster_code(trust: DeskTrust, database_url: str, tmp_path: Path) -> None:
    instance, log = tmp_path / "instance", tmp_path / "server.log"
    prepare_instance(instance)
    with trust.public() as work:
        work.connection.execute(update(Place).where(Place.id == WARD).values(code=POSTER_CODE))
    with serve(environ_of(trust, database_url, instance), log) as served:
        for path in (
            f"/w/{POSTER_CODE}",
            f"/quick?w={POSTER_CODE}",
            f"/w/{POSTER_CODE.lower()}",
            f"/nowhere/{POSTER_CODE}",
        ):
            try:
                with urllib.request.urlopen(served.address + path, timeout=10) as answer:
                    text = answer.read().decode()
                assert "Willow Ward" in text
            except urllib.error.HTTPError as refused:
                assert refused.code == 404
    written = b"".join(path.read_bytes() for path in (log, *(one for one in instance.rglob("*") if one.is_file())))
    assert written
    assert POSTER_CODE.encode().lower() not in written.lower()
    assert b"/quick" not in log.read_bytes()
