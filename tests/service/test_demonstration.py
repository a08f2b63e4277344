"""The demonstration trust is sealed like any other: its readers open its cases, 24 are open and 3 are late."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.cli.demo import build_demo
from app.cli.northmere import STILL_LATE, STILL_OPEN, TODAY, generate
from app.factory import create_app
from app.services.sign_in import sign_in
from config import load_settings, prepare_instance
from models.case import Case
from models.grant import Grant
from tests.fixtures.databases import Databases


@pytest.fixture(params=["sqlite", "postgresql"])
def instance(request: pytest.FixtureRequest, tmp_path: Path, all_databases: Databases) -> dict[str, str]:
    prepare_instance(tmp_path)
    return {"HEARD_INSTANCE": str(tmp_path), "DATABASE_URL": all_databases.new(request.param)}


def test_northmere_is_built_through_the_services(instance: dict[str, str]) -> None:
    empty = create_app(load_settings(instance)).extensions["heard"]
    build_demo(empty)
    empty.database.close()
    settings = load_settings(instance)
    assert settings.demo_today == TODAY
    heard = create_app(settings).extensions["heard"]
    with heard.open_work(reading=True) as work:
        cases = work.session.scalars(select(Case)).all()
        grants = work.session.scalar(select(func.count()).select_from(Grant))
    assert len(cases) == len(generate().reports)
    assert grants == 5 * len(cases)
    still_open = [case for case in cases if case.status != "closed"]
    assert len(still_open) == STILL_OPEN
    assert sum(case.next_due_on < TODAY for case in still_open) == STILL_LATE
    token = sign_in(heard.open_work, settings.desk_pepper, "peter.osei@northmere.example", "window saddle maple twelve")
    assert token
    heard.database.close()


def test_production_refuses_the_demonstration(instance: dict[str, str]) -> None:
    heard = create_app(load_settings(instance)).extensions["heard"]
    with pytest.raises(Exception, match="refused"):
        build_demo(replace(heard, settings=replace(heard.settings, production=True)))
    heard.database.close()
