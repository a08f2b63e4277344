"""Nobody who manages, works in or is close to a ward receives what is reported from it."""

import pytest
from sqlalchemy import select, update

from app.domain.receipts import parse_receipt
from app.security.mailbox_key import mailbox_key
from app.services.case_scope import require_case
from app.services.conflict import step_back
from app.services.place import add_places
from models.case import Case
from models.grant import Grant
from models.mailbox import Mailbox
from models.place import Place
from tests.service.desk import WARD, DeskTrust, id_of

ELSEWHERE = ("0c" * 16, "none")
TRUSTEES = {b"\x0b" * 16}
every_way = pytest.mark.parametrize("way", ["manages", "works_in", "conflicts"])


def ids_of(*names: str) -> set[bytes]:
    return set(map(id_of, names))


def readers_of(trust: DeskTrust, receipt: str) -> set[bytes]:
    """Return who holds a grant for the case of a receipt."""
    mailbox_id = mailbox_key(parse_receipt(receipt), trust.sealer.mailbox_pepper).mailbox_id
    with trust.public(reading=True) as work:
        case_id = select(Mailbox.case_id).where(Mailbox.id == mailbox_id).scalar_subquery()
        return set(work.connection.scalars(select(Grant.user_id).where(Grant.case_id == case_id)))


def step_back_all(trust: DeskTrust, *names: str) -> None:
    """Let each person say of the only case that they are close to it."""
    for name in names:
        person = trust.as_person(name)
        step_back(person, require_case(person, trust.only_reference()))


@every_way
def test_a_reader_bound_to_the_ward_gets_no_report_from_it_and_every_other_report(trust: DeskTrust, way: str) -> None:
    trust.sign_roster(2, ana=way)
    assert readers_of(trust, trust.send(place=WARD.hex())) == ids_of("ben", "cat")
    for place in ELSEWHERE:
        assert readers_of(trust, trust.send(place=place)) == ids_of("ana", "ben", "cat")


def test_the_guardian_joins_when_the_ward_leaves_one_reader(trust: DeskTrust) -> None:
    trust.sign_roster(2, ana="manages", ben="works_in")
    assert readers_of(trust, trust.send(place=WARD.hex())) == ids_of("cat", "gus")
    for place in ELSEWHERE:
        assert readers_of(trust, trust.send(place=place)) == ids_of("ana", "ben", "cat")


@every_way
def test_a_guardian_bound_to_the_ward_does_not_stand_in_for_it(trust: DeskTrust, way: str) -> None:
    trust.sign_roster(2, gus=way)
    excluded = [id_of("ana").hex(), id_of("ben").hex()]
    assert readers_of(trust, trust.send(place=WARD.hex(), exclude=excluded)) == ids_of("cat")
    for place in ELSEWHERE:
        assert readers_of(trust, trust.send(place=place, exclude=excluded)) == ids_of("cat", "gus")


@every_way
@pytest.mark.parametrize(
    ("place", "left"), [(WARD.hex(), ids_of("cat")), *((place, ids_of("cat", "gus")) for place in ELSEWHERE)]
)
def test_stepping_back_brings_in_a_guardian_who_is_not_bound_to_the_ward(
    trust: DeskTrust, way: str, place: str, left: set[bytes]
) -> None:
    trust.sign_roster(2, gus=way)
    receipt = trust.send(place=place)
    step_back_all(trust, "ana", "ben")
    assert readers_of(trust, receipt) == left


def test_the_roster_of_the_day_of_stepping_back_decides(trust: DeskTrust) -> None:
    receipt = trust.send(place=WARD.hex())
    trust.sign_roster(2, gus="manages")
    step_back_all(trust, "ana", "ben")
    assert readers_of(trust, receipt) == ids_of("cat")


def test_a_report_that_nobody_may_read_goes_to_the_trustees_with_an_alarm(
    trust: DeskTrust, caplog: pytest.LogCaptureFixture
) -> None:
    trust.sign_roster(2, ana="manages", ben="works_in", cat="conflicts", gus="manages")
    assert readers_of(trust, trust.send(place="none")) == ids_of("ana", "ben", "cat")
    assert "roster.case_needs_a_reader" not in caplog.text
    assert readers_of(trust, trust.send(place=WARD.hex())) == TRUSTEES
    assert "roster.case_needs_a_reader" in caplog.text
    assert trust.count(Case) == 2


def test_the_last_reader_who_steps_back_raises_the_same_alarm(
    trust: DeskTrust, caplog: pytest.LogCaptureFixture
) -> None:
    trust.sign_roster(2, gus="manages")
    receipt = trust.send(place=WARD.hex())
    step_back_all(trust, "ana", "ben")
    assert "roster.case_needs_a_reader" not in caplog.text
    step_back_all(trust, "cat")
    assert readers_of(trust, receipt) == TRUSTEES
    assert "roster.case_needs_a_reader" in caplog.text


def add_place(trust: DeskTrust, place_id: bytes, name: str, site: str = "Coast House", staff: int = 40) -> str:
    """Store one more place and return its id in the form of an answer."""
    row = {"id": place_id, "code": place_id.hex()[:4].upper(), "name": name, "site": site, "directorate": "medicine",
           "staff_count": staff, "active": True, "opens": "quick"}  # fmt: skip
    with trust.public() as work:
        add_places(work, [row])
    return place_id.hex()


@every_way
def test_a_reader_bound_to_a_ward_gets_no_report_from_the_whole_site(trust: DeskTrust, way: str) -> None:
    whole = add_place(trust, b"\x51" * 16, "Coast House")
    beside = add_place(trust, b"\x52" * 16, "Oak Ward")
    elsewhere = add_place(trust, b"\x53" * 16, "Harbour Hospital", "Harbour Hospital")
    trust.sign_roster(2, ana=way)
    assert readers_of(trust, trust.send(place=whole)) == ids_of("ben", "cat")
    for place in (beside, elsewhere):
        assert readers_of(trust, trust.send(place=place)) == ids_of("ana", "ben", "cat")


@every_way
def test_a_reader_bound_to_the_whole_site_gets_no_report_from_its_wards(trust: DeskTrust, way: str) -> None:
    beside = add_place(trust, b"\x52" * 16, "Oak Ward")
    elsewhere = add_place(trust, b"\x53" * 16, "Rowan Ward", "Harbour Hospital")
    with trust.public() as work:
        work.connection.execute(update(Place).where(Place.id == WARD).values(name="Coast House"))
    trust.sign_roster(2, ana=way)
    for place in (WARD.hex(), beside):
        assert readers_of(trust, trust.send(place=place)) == ids_of("ben", "cat")
    assert readers_of(trust, trust.send(place=elsewhere)) == ids_of("ana", "ben", "cat")


@pytest.mark.parametrize(("staff", "active"), [(10, True), (40, False)])
def test_people_of_a_ward_that_no_list_names_get_no_report_from_its_site(
    trust: DeskTrust, staff: int, active: bool
) -> None:
    whole = add_place(trust, b"\x51" * 16, "Coast House")
    with trust.public() as work:
        work.connection.execute(update(Place).where(Place.id == WARD).values(staff_count=staff, active=active))
    trust.sign_roster(2, ana="works_in")
    assert readers_of(trust, trust.send(place=whole)) == ids_of("ben", "cat")


def test_who_stands_in_for_those_who_step_back_is_not_bound_to_a_ward_of_the_site(trust: DeskTrust) -> None:
    trust.sign_roster(2, gus="manages")
    receipt = trust.send(place=add_place(trust, b"\x51" * 16, "Coast House"))
    step_back_all(trust, "ana", "ben")
    assert readers_of(trust, receipt) == ids_of("cat")
