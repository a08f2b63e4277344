"""The question about the reporter as tests meet it."""

from sqlalchemy import select

from app.domain.sealed_content import decode_content
from app.security.opening import open_envelope
from app.security.worker_key import AGGREGATION, open_worker_row
from models.equality import Equality
from models.worker_key import WorkerKey
from tests.fixtures.pages import Page, Visitor
from tests.service.desk import WORKER_KEY, DeskTrust
from tests.web.conftest import ANSWERS, code_of

BUTTON = "Answer one question about you (optional)"


def receipt(reporter: Visitor, **answers: object) -> Page:
    """Send the quick form and return the receipt page."""
    token = reporter.get("/quick").value("token")
    page = reporter.post("/quick", ANSWERS | {"token": token} | answers)
    assert code_of(page)
    return page


def token_on(page: Page) -> str:
    """Return the token that the receipt page carries, "" without the question."""
    return page.value("token") if BUTTON in page.words else ""


def answers_stored(trust: DeskTrust) -> list[str]:
    """Return the answers as the worker reads them."""
    with trust.public(reading=True) as work:
        sealed = work.connection.scalars(
            select(WorkerKey.sealed).where(WorkerKey.use == AGGREGATION, WorkerKey.financial_year == "FY2026")
        ).one()
        rows = work.connection.execute(select(Equality)).all()
    seed = open_worker_row(WORKER_KEY, AGGREGATION, "FY2026", sealed)
    contents = [open_envelope("equality", (b"FY2026", row.id), seed, row.sealed) for row in rows]
    return sorted(decode_content("equality", content)["ethnic_2021"] for content in contents)
