"""The directory of Northmere: the services that every trust starts with, and lines of its own that nobody answers."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path

from app.cli.support_directory import STARTING, read_services
from app.database.engine import Database
from app.services.setting import change_setting
from app.services.support_directory import add_services, record_check
from app.services.work import OpenWork, Sealer, make_open_work

OWN = Path(__file__).with_suffix(".csv")
CHECKED_ON = date(2026, 11, 3)
CHECKED_BY = "Content editor"
OVERDUE: Mapping[str, date] = {"Digital Share": date(2025, 10, 20), "Sarbat LGBT Sikhs": date(2025, 11, 4)}
"""Last checked more than a year before the demonstration day: the public does not see them."""
CONTACTS: Mapping[str, str] = {
    "support_phone": "01632 960101",
    "guardian_phone": "01632 960102",
    "other_way_phone": "01632 960108",
    "other_way_hours": "Monday to Friday, 8am to 6pm",
    "paper_address": "Heard, Post room, Coast House, Northmere",
}
"""Settings of the trust, with numbers that the regulator keeps free for fiction."""


def store_directory(database: Database, sealer: Sealer, set_up_on: date) -> None:
    """Store the services, each on the day it was added and checked."""

    def opened_on(day: date) -> OpenWork:
        at = datetime.combine(day, time(10), UTC)
        return make_open_work(database, sealer, clock=lambda: at, today=lambda: day)

    services = read_services(OWN) + read_services(STARTING)
    with opened_on(set_up_on)() as work:
        add_services(work, services)
        for name, value in CONTACTS.items():
            change_setting(work, name, value)
    for day in sorted({CHECKED_ON, *OVERDUE.values()}):
        with opened_on(day)() as work:
            for service in services:
                if OVERDUE.get(service.name, CHECKED_ON) == day:
                    record_check(work, service.name, CHECKED_BY)
