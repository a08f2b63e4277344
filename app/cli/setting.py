"""`flask setting`: what the trust itself decides, shown and changed."""

import json
from typing import Any

import click
from flask.cli import with_appcontext

from app.domain.errors import Refused
from app.domain.setting import BY_NAME, TABLE
from app.services.setting import change_setting, read_settings
from app.web.context import heard


@click.group("setting")
def setting() -> None:
    """What the trust itself decides: its name, its numbers, how long it keeps what."""


@setting.command("show")
@with_appcontext
def show() -> None:
    """Print every setting as it stands; a star marks those that the trust has not decided yet."""
    with heard().open_work(reading=True) as work:
        values = read_settings(work)
    for row in TABLE:
        mark = "*" if values[row.name] == row.default else " "
        click.echo(f"{mark} {row.name:25}{json.dumps(values[row.name], ensure_ascii=False)}")


@setting.command("set")
@click.argument("name", type=click.Choice([row.name for row in TABLE]), metavar="NAME")
@click.argument("value")
@with_appcontext
def change(name: str, value: str) -> None:
    """Change one setting. VALUE is text as it stands, or JSON where the setting is a number, a list or names."""
    row = BY_NAME[name]
    if row.kept_by:
        raise click.ClickException(f"{name} is changed by {row.kept_by} alone.")
    try:
        with heard().open_work() as work:
            change_setting(work, name, value.strip() if isinstance(row.default, str) else _read(value))
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"{name} is changed. The pages follow within seconds.")


@setting.command("reference")
def reference() -> None:
    """Print `docs/reference/trust-settings.md`."""
    click.echo(reference_page(), nl=False)


def reference_page() -> str:
    """Return the page of all settings of a trust."""
    lines = [
        "# Settings of the trust",
        "",
        "What the trust itself decides is kept in the database, with every version it ever had. Shown by",
        "`.venv/bin/flask setting show`, changed by `.venv/bin/flask setting set NAME VALUE`, unless the last column",
        "names what changes it. The defaults are made up: a trust sets its own before its first report. This page is",
        "made by `flask setting reference`; a test compares them.",
        "",
        "| name | meaning | unit | default | changed by |",
        "|---|---|---|---|---|",
    ]
    for row in TABLE:
        default = json.dumps(row.default, ensure_ascii=False)
        lines.append(f"| `{row.name}` | {row.meaning} | {row.rule.unit} | `{default}` | {row.kept_by or 'command'} |")
    return "\n".join(lines) + "\n"


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
