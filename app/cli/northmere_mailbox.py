"""What a few reporters of Northmere change in their mailboxes: how they are known, whether we go on, what is used."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.cli.northmere import DemoReport
from app.cli.northmere_days import TODAY, after
from app.cli.northmere_names import GUARDIAN_ID

KNOWN = "known"
STOP = "stop"
CONSENT = "consent"


@dataclass(frozen=True)
class DemoChange:
    """One change: its kind, and what a reporter chooses."""

    kind: str
    chosen: Mapping[str, str] = field(default_factory=dict)


CHANGES = (
    DemoChange(KNOWN, {"privacy": "anonymous"}),
    DemoChange(KNOWN, {"privacy": "confidential", "contact": "07700 900461", "safe_times": "After six, by text"}),
    DemoChange(CONSENT, {"panel": "yes", "story": "yes"}),
    DemoChange(STOP, {"choice": "stop_keep_count"}),
    DemoChange(STOP, {"choice": "delete_words"}),
    DemoChange(CONSENT, {"panel": "yes", "story": "no"}),
    DemoChange(KNOWN, {"privacy": "named", "name": "Mina Sol", "contact": "mina.sol@northmere.example"}),
)
"""The last reporters who opened their mailbox and wrote nothing, newest first, each make one of these."""


def changes_of(reports: Iterable[DemoReport]) -> Iterator[tuple[DemoReport, str, DemoChange]]:
    """Yield each change with its report and its day; `reports` are the open ones in the order of their days.

    Nothing is drawn: whoever changes something follows from what was told.
    """
    able = [
        report
        for report in reports
        if report.facts.get("mailbox") == "opened" and report.owner != GUARDIAN_ID and "exclude" not in report.answers
    ]
    for report, change in zip(reversed(able), CHANGES, strict=False):
        last = date.fromisoformat(report.steps[-1].day)
        yield report, min(after(last, 1), after(TODAY, -1)).isoformat(), change
