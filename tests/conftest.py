"""Fixtures of every height: databases of both kinds, and a small trust in each."""

from collections.abc import Iterator

import pytest

from tests.fixtures.databases import KINDS, Databases, databases
from tests.service.desk import DeskTrust, make_trust


@pytest.fixture(scope="session")
def all_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    yield from databases(tmp_path_factory.mktemp("databases"))


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, all_databases: Databases) -> str:
    """The address of a fresh migrated database; each test runs on both kinds."""
    return all_databases.new(request.param)


@pytest.fixture
def trust(database_url: str) -> Iterator[DeskTrust]:
    """Three investigators, a guardian, one ward, a signed roster."""
    made = make_trust(database_url)
    yield made
    made.database.close()
