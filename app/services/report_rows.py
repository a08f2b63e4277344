"""The rows and the queue card of one report, before they are stored."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.report_content import Answer

Row = Mapping[str, Any]
CARD_ANSWERS = ("who", "by", "when", "privacy", "place")
NUMBERS = ("month", "year")
WITNESSED = frozenset({"colleague", "patient", "someone_else"})
RETENTION = "incident_standard"


@dataclass(frozen=True)
class SentReport:
    """Every row of one report."""

    mailbox: Row
    case: Row
    report: Row
    grants: tuple[Row, ...]
    deadlines: tuple[Row, ...]
    attachments: tuple[Row, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 over report, card, grants and files, for the audit leaf; never over a counting fact."""
        others = (row["sealed"] for row in (*self.grants, *self.attachments))
        parts = (self.report["sealed"], self.case["card"], *others)
        return hashlib.sha256(b"".join(parts)).hexdigest()


def sealed_answers(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Return the answers as a report holds them: the month and the year as numbers."""
    return {name: int(str(answer)) if name in NUMBERS else answer for name, answer in answers.items()}


def card_content(form: str, lang: str, day: date, answers: Mapping[str, Answer], files: int = 0) -> dict[str, Any]:
    """Return one queue line: codes only, no words and no names."""
    what = answers.get("what", [])
    needs = [code for code in answers.get("help", ()) if code != "none"]
    card: dict[str, Any] = {
        "day": day.isoformat(),
        "form": form,
        "lang": lang,
        "what": [what] if isinstance(what, str) else list(what),
        "flags": ["witness_account"] if answers.get("who") in WITNESSED else [],
        "files": files,
    }
    if needs:
        card["help"] = needs
    card.update({name: answers[name] for name in CARD_ANSWERS if name in answers})
    return card


def case_row(
    *,
    case_id: bytes,
    reference: str,
    public_key: bytes,
    possible_danger: bool,
    spam_lane: bool,
    next_due: date,
    day: date,
    card: bytes,
) -> Row:
    """Return a new case: the clear columns of ruling 32 and the sealed card."""
    return {
        "id": case_id,
        "reference": reference,
        "public_key": public_key,
        "record_public_key": None,
        "status": "received",
        "priority": "p1" if possible_danger else "p3",
        "owner": None,
        "possible_danger": possible_danger,
        "spam_lane": spam_lane,
        "paused": False,
        "legal_hold": False,
        "withdrawn": False,
        "retention_class": RETENTION,
        "version": 1,
        "next_due_on": next_due,
        "received_on": day,
        "screened_on": None,
        "acknowledged_on": None,
        "triaged_on": None,
        "feedback_on": None,
        "closed_on": None,
        "card": card,
    }
