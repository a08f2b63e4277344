"""`flask posters`: one PDF for each place and site, ready to print."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from app.domain.errors import HeardError
from app.domain.place_code import fold_place_code
from app.services.place import PlaceView, require_place
from app.services.place_poster import list_posters, make_poster
from app.services.setting import read_settings
from app.services.work import Work
from app.web.context import heard
from app.web.locale import offered
from models.vocabulary.place import SIZES


@click.command("posters")
@click.option("--place", default="", help="The code of one place; without it all of them.")
@click.option("--size", default="a4", type=click.Choice([word.code for word in SIZES]), help="a4 or a5.")
@click.option("--out", default="posters", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to.")
@with_appcontext
def posters(place: str, size: str, out: Path) -> None:
    """Write one poster for each place large enough to be named, and for each site."""
    parts = heard()
    with parts.open_work(reading=True) as work:
        settings = read_settings(work)
        chosen = (_one(work, place),) if place else list_posters(work)
    out.mkdir(parents=True, exist_ok=True)
    for view in chosen:
        path = out / f"heard-poster-{view.code}-{size}.pdf"
        path.write_bytes(make_poster(settings, offered(), view, size, with_drafts=parts.with_drafts))
        click.echo(f"{view.code}  {view.opens:<7} {view.line:<60} {path.name}")
    click.echo(f"{len(chosen)} written to {out}. They lead to https://{settings['public_host']}/w/…")


def _one(work: Work, code: str) -> PlaceView:
    try:
        poster = require_place(work, fold_place_code(code)).poster
    except HeardError:
        raise click.ClickException(f"No place has the code {code}.") from None
    if poster is None:
        raise click.ClickException("Fewer than 11 people work there, and its site has no entry. Nothing is printed.")
    return poster
