"""`flask support`: the directory of services that help, and what is overdue to be checked."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.domain.errors import NotFound, Refused
from app.services.support_directory import add_services, change_service, list_overdue, record_check, show_service
from app.services.support_directory_file import COLUMNS, NewService, read_service_file
from app.web.context import heard

STARTING = Path(__file__).with_suffix(".csv")
"""The services that every trust starts with, each to be checked before the public sees it."""
support = AppGroup("support", help="The directory of services that help.")


def read_services(path: Path) -> list[NewService]:
    """Return the services of a file. Raises `Refused` with every line that is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("The file is not UTF-8.") from None
    return read_service_file(text)


@support.command("seed")
@click.option("--file", "path", default=STARTING, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="CSV of your own services; without it, those that every trust starts with.")  # fmt: skip
def seed(path: Path) -> None:
    """Add services whose name is new. What is there already is not changed."""
    try:
        services = read_services(path)
    except Refused as error:
        raise click.ClickException(str(error)) from None
    with heard().open_work() as work:
        added = add_services(work, services)
    click.echo(f"Added {added} of {len(services)} services. The public sees each once it is checked:")
    click.echo('flask support checked "NAME" --by "WHO"')


@support.command("overdue")
@click.pass_context
def overdue(context: click.Context) -> None:
    """List services that nobody has checked for 12 months, or ever; exit 1 when there are any."""
    with heard().open_work(reading=True) as work:
        late = list_overdue(work)
    for service in late:
        when = f"last checked on {service.checked_on}" if service.checked_on else "not yet checked"
        click.echo(f"{service.name}: {when}")
    if late:
        click.echo(f"{len(late)} to check. Until then the public does not see them.")
        context.exit(1)
    click.echo("Every service was checked within the last 12 months.")


@support.command("checked")
@click.argument("name")
@click.option("--by", required=True, help="Who checked it.")
def checked(name: str, by: str) -> None:
    """Record that a service was checked today."""
    try:
        with heard().open_work() as work:
            record_check(work, name, by)
    except (NotFound, Refused) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{name}: checked on {work.today} by {by}.")


@support.command("change")
@click.argument("name")
@click.argument("details", nargs=-1, required=True)
def change(name: str, details: tuple[str, ...]) -> None:
    """Change details of a service, each written as COLUMN=TEXT, for example phone="01632 960000"."""
    values = dict(detail.partition("=")[::2] for detail in details)
    if unknown := [column for column in values if column not in COLUMNS]:
        raise click.BadParameter(f"{', '.join(unknown)}: the columns are {', '.join(COLUMNS)}")
    try:
        with heard().open_work() as work:
            change_service(work, name, values)
    except (NotFound, Refused) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{name}: changed {', '.join(values)}.")


@support.command("show")
@click.argument("name")
def show(name: str) -> None:
    """Show a service to the public, once it is checked."""
    _set_visible(name, True)


@support.command("hide")
@click.argument("name")
def hide(name: str) -> None:
    """Take a service out of the public list; it stays stored."""
    _set_visible(name, False)


def _set_visible(name: str, visible: bool) -> None:
    try:
        with heard().open_work() as work:
            show_service(work, name, visible=visible)
    except NotFound as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{name}: {'shown once checked' if visible else 'hidden'}.")
