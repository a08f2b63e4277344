"""Settings that the trust changes in the product: append-only versions, the highest counts."""

import json
from typing import Any

from sqlalchemy import func, select

from app.domain.errors import Refused
from app.domain.setting import BY_NAME, DEFAULTS
from app.services.work import Work
from models.setting import Setting


def read_settings(work: Work) -> dict[str, Any]:
    """Return every setting by name, the latest version of each, defaults where none was set."""
    latest = select(Setting.name, func.max(Setting.version).label("version")).group_by(Setting.name).subquery()
    rows = work.connection.execute(
        select(Setting.name, Setting.value).join(
            latest, (Setting.name == latest.c.name) & (Setting.version == latest.c.version)
        )
    )
    return DEFAULTS | {name: json.loads(value) for name, value in rows}


def settings_revision(work: Work) -> int:
    """Return a number that grows with every change of any setting."""
    return work.connection.scalar(select(func.coalesce(func.sum(Setting.version), 0))) or 0


def change_setting(work: Work, name: str, value: Any) -> None:
    """Store a new version of one setting. Raises `KeyError` for an unknown name, `Refused` for what it cannot be."""
    rule = BY_NAME[name].rule
    if not rule.allows(value):
        raise Refused(f"{name} must be: {rule.unit}.")
    last = work.connection.scalar(select(func.max(Setting.version)).where(Setting.name == name)) or 0
    text = json.dumps(value, ensure_ascii=False)
    work.insert(Setting, {"name": name, "version": last + 1, "value": text, "set_on": work.today})
    work.audit("setting.changed", name=name, version=last + 1)
