"""`flask worker-key`: the keys of a financial year, made on the worker's side."""

import json
import re
from base64 import b64encode

import click
from flask.cli import AppGroup

from app.domain.errors import Misconfigured, Unreadable
from app.domain.financial_year import financial_year_of
from app.services.worker_key import YearKey, make_year_keys
from app.web.context import heard

worker_key = AppGroup("worker-key", help="The keys of each financial year. Run it where HEARD_WORKER_KEY is.")


def roster_entry(key: YearKey) -> dict[str, str]:
    """Return what the roster document lists under `aggregation` for a year."""
    public = b64encode(key.public_key).decode("ascii")
    return {"year": key.financial_year, "kid": key.kid.hex(), "pk": public}


@worker_key.command("make")
@click.argument("financial_year", default="")
def make(financial_year: str) -> None:
    """Make the keys of a year such as FY2026, by default the current one, and print what the roster has to list."""
    parts = heard()
    year = financial_year or financial_year_of(parts.today())
    if not re.fullmatch(r"FY[0-9]{4}", year):
        raise click.BadParameter("a financial year is written FY2026: April 2026 to March 2027")
    try:
        with parts.open_work() as work:
            made = make_year_keys(work, parts.worker_key(), year)
    except Unreadable:
        raise click.ClickException("HEARD_WORKER_KEY is not the key that this year was sealed under.") from None
    except Misconfigured as error:
        raise click.ClickException(str(error)) from None
    click.echo(json.dumps(roster_entry(made)))
