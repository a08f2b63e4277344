"""The directory as the trust keeps it: what the public sees, what is overdue, and who checked it."""

from datetime import date, timedelta

import pytest

from app.domain.errors import NotFound, Refused
from app.services.support_directory import (
    add_services,
    change_service,
    list_overdue,
    list_services,
    record_check,
    show_service,
)
from app.services.support_directory_file import NewService
from models.support_directory import SupportService
from tests.service.desk import DeskTrust
from tests.service.support_directory import new


def add(trust: DeskTrust, *services: NewService) -> int:
    with trust.public() as work:
        return add_services(work, services)


def check(trust: DeskTrust, *names: str, by: str = "Ruth") -> None:
    with trust.public() as work:
        for name in names:
            record_check(work, name, by)


def shown(trust: DeskTrust) -> list[str]:
    with trust.public(reading=True) as work:
        return [service.name for service in list_services(work)]


def overdue(trust: DeskTrust) -> dict[str, date | None]:
    with trust.public(reading=True) as work:
        return {service.name: service.checked_on for service in list_overdue(work)}


def test_a_service_is_shown_from_its_check_until_a_year_later(trust: DeskTrust) -> None:
    add(trust, new("Line"))
    assert shown(trust) == []
    assert overdue(trust) == {"Line": None}
    check(trust, "Line")
    first = trust.today
    assert shown(trust) == ["Line"]
    assert overdue(trust) == {}
    trust.today = date(2027, 11, 16)
    assert shown(trust) == ["Line"]
    trust.today += timedelta(days=1)
    assert shown(trust) == []
    assert overdue(trust) == {"Line": first}
    check(trust, "Line")
    assert shown(trust) == ["Line"]


def test_own_lines_come_first_and_among_them_those_to_talk_to(trust: DeskTrust) -> None:
    add(trust, new("Zebra", "staff helpline"), new("Alpha", "staff"), new("beta", "patients"), new("Aid", "legal"))
    check(trust, "Zebra", "Alpha", "beta", "Aid")
    assert shown(trust) == ["Zebra", "Alpha", "beta", "Aid"]


def test_tags_are_shown_in_the_order_of_the_vocabulary_and_unknown_ones_are_passed_over(trust: DeskTrust) -> None:
    add(trust, new("Line", "women retired_tag abuse staff"))
    check(trust, "Line")
    with trust.public(reading=True) as work:
        assert list_services(work)[0].tags == ("abuse", "staff", "women")


def test_adding_again_changes_nothing_that_the_trust_has(trust: DeskTrust) -> None:
    assert add(trust, new("Line", phone="01632 960000"), new("Other")) == 2
    check(trust, "Line")
    assert add(trust, new("Line", phone="01632 960999"), new("Third")) == 1
    with trust.public(reading=True) as work:
        assert [(one.name, one.phone) for one in list_services(work)] == [("Line", "01632 960000")]
    assert trust.count(SupportService) == 3
    events = trust.events("setting.changed")
    assert add(trust, new("Line")) == 0
    assert trust.events("setting.changed") == events


def test_a_hidden_service_is_neither_shown_nor_a_task(trust: DeskTrust) -> None:
    add(trust, new("Line"), new("Other"))
    check(trust, "Line", "Other")
    with trust.public() as work:
        show_service(work, "Line", visible=False)
    assert shown(trust) == ["Other"]
    trust.today = date(2028, 1, 1)
    assert overdue(trust).keys() == {"Other"}
    check(trust, "Line", "Other")
    with trust.public() as work:
        show_service(work, "Line", visible=True)
    assert shown(trust) == ["Line", "Other"]


def test_every_change_is_in_the_log_and_a_mistake_changes_nothing(trust: DeskTrust) -> None:
    add(trust, new("Line"))
    events = trust.events("setting.changed")
    check(trust, "Line")
    with trust.public() as work:
        show_service(work, "Line", visible=False)
    assert trust.events("setting.changed") == events + 2
    with pytest.raises(NotFound, match="no service of this name: Lime"):
        check(trust, "Lime")
    for by in ("", "  ", "x" * 101):
        with pytest.raises(Refused, match="Say who checked it"):
            check(trust, "Line", by=by)
    with pytest.raises(NotFound), trust.public() as work:
        show_service(work, "Lime", visible=True)
    assert trust.events("setting.changed") == events + 2


def test_details_change_as_a_file_could_hold_them_and_the_check_stays(trust: DeskTrust) -> None:
    add(trust, new("Line"), new("Other"))
    check(trust, "Line", "Other")
    events = trust.events("setting.changed")
    with trust.public() as work:
        change_service(work, "Line", {"phone": "01632 960111", "tags": "staff legal", "name": "Long line"})
    assert trust.events("setting.changed") == events + 1
    with trust.public(reading=True) as work:
        found = {service.name: service for service in list_services(work)}
    assert found.keys() == {"Long line", "Other"}
    changed = found["Long line"]
    assert (changed.phone, changed.tags, changed.checked_on) == ("01632 960111", ("legal", "staff"), trust.today)
    for values, sentence in (
        ({"url": "http://x.test"}, "url: does not begin with https://"),
        ({"name": ""}, "name: must not be empty"),
        ({"name": "Other"}, "Another service has this name: Other"),
        ({"tags": "nothing"}, "tags: nothing is not a tag"),
    ):
        with pytest.raises(Refused, match=sentence), trust.public() as work:
            change_service(work, "Long line", values)
    with pytest.raises(NotFound), trust.public() as work:
        change_service(work, "Line", {"phone": ""})
    assert trust.events("setting.changed") == events + 1
    # Without the tag of somebody to talk to, it stands after the other one.
    assert shown(trust) == ["Other", "Long line"]
