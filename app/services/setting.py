"""Settings that the trust changes in the product: append-only versions, the highest counts."""

import json
from typing import Any

from sqlalchemy import func, select

from app.services.work import Work
from models.setting import Setting

DEFAULTS: dict[str, Any] = {
    "trust_name": "Northmere",
    "trust_note": "",
    "danger_text": "Call security on 2222, or 999.",
    "support_name": "Staff support line",
    "support_phone": "01234 567890",
    "support_note": "24 hours",
    "guardian_phone": "01234 567891",
    "other_way_phone": "01234 567892",
    "reader_names": {},
    "partners": {},
    "delete_all_offered": True,
    "public_host": "heard.northmere.example",
    "poster_languages": ["pl", "ro", "pa", "ur", "pt", "es", "ar", "bn", "gu", "it"],
    "poster_languages_checked": [],
    "keep_words_months": 12,
    "keep_record_years": 10,
    "keep_serious_years": 20,
    "accessibility_email": "accessibility@northmere.example",
    "accessibility_reply_days": 10,
    "paper_address": "",
    "bsl_video": "",
    "bsl_relay": "",
    "languages_checked": {},
    "languages_first": ["pl", "ur"],
}
"""Every setting with the value it has until the trust sets its own."""


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
    """Store a new version of one setting. Raises `KeyError` for an unknown name."""
    if name not in DEFAULTS:
        raise KeyError(name)
    last = work.connection.scalar(select(func.max(Setting.version)).where(Setting.name == name)) or 0
    text = json.dumps(value, ensure_ascii=False)
    work.insert(Setting, {"name": name, "version": last + 1, "value": text, "set_on": work.today})
    work.audit("setting.changed", name=name, version=last + 1)
