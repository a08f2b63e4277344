"""The conflict gate: stepping back leaves at least two readers."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.domain.errors import NotFound
from app.services.case import read_card, read_case
from app.services.case_scope import require_case
from app.services.conflict import pass_gate, step_back
from models.grant import Grant
from tests.service.desk import DeskTrust, id_of


def _holders(trust: DeskTrust) -> set[bytes]:
    with trust.public(reading=True) as work:
        return set(work.connection.scalars(select(Grant.user_id)))


def test_no_opens_the_case_once_and_for_all(trust: DeskTrust) -> None:
    trust.send()
    ana = trust.as_person("ana")
    granted = require_case(ana, trust.only_reference())
    card, place = read_card(ana, granted)
    assert "words" not in card and place is not None and place.line == "Willow Ward, Coast House"
    assert not granted.gate_passed
    pass_gate(ana, granted)
    pass_gate(ana, granted)
    assert require_case(ana, trust.only_reference()).gate_passed


def test_yes_takes_the_case_away_and_the_fallback_joins_the_last_two(trust: DeskTrust) -> None:
    trust.send()
    reference = trust.only_reference()
    step_back(trust.as_person("ana"), require_case(trust.as_person("ana"), reference))
    assert _holders(trust) == {id_of("ben"), id_of("cat")}
    with pytest.raises(NotFound):
        require_case(trust.as_person("ana"), reference)
    step_back(trust.as_person("ben"), require_case(trust.as_person("ben"), reference))
    assert _holders(trust) == {id_of("cat"), id_of("gus")}
    gus = trust.as_person("gus")
    assert read_case(gus, require_case(gus, reference)).answers["words"] == "He shouted at me."
    assert (trust.events("grant.removed"), trust.events("grant.added")) == (2, 1)


def test_the_last_reader_leaves_the_case_to_the_trustees(trust: DeskTrust) -> None:
    trust.send()
    reference = trust.only_reference()
    for name in ("ana", "ben", "cat", "gus"):
        step_back(trust.as_person(name), require_case(trust.as_person(name), reference))
    assert _holders(trust) == {b"\x0b" * 16}


def test_a_reference_is_read_as_people_type_it(trust: DeskTrust) -> None:
    trust.send()
    reference = trust.only_reference()
    for typed in (reference, reference.lower(), reference.replace("-", ""), f" {reference.replace('-', ' ')} "):
        assert require_case(trust.as_person("ana"), typed).row.reference == reference


def test_two_readers_who_step_back_at_once_leave_somebody_who_can_read(trust: DeskTrust) -> None:
    # Cat and Gus are kept out, so that Ana and Ben are the only readers and nobody may stand in.
    trust.send(exclude=[id_of("cat").hex(), id_of("gus").hex()])
    reference = trust.only_reference()
    granted = {name: require_case(trust.as_person(name), reference) for name in ("ana", "ben")}
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda name: step_back(trust.as_person(name), granted[name]), granted))
    assert _holders(trust) == {b"\x0b" * 16}


def test_a_grant_that_does_not_open_is_made_anew_for_whoever_stands_in(trust: DeskTrust) -> None:
    trust.send(exclude=[id_of("cat").hex()])
    reference = trust.only_reference()
    with trust.public() as work:
        case_id = work.connection.scalars(select(Grant.case_id).limit(1)).one()
        work.insert(Grant, {"case_id": case_id, "user_id": id_of("gus"), "sealed": b"junk" * 295})
    for name in ("ana", "ben"):
        step_back(trust.as_person(name), require_case(trust.as_person(name), reference))
    gus = trust.as_person("gus")
    assert read_case(gus, require_case(gus, reference)).answers["words"] == "He shouted at me."


def test_the_gate_is_written_to_the_log_before_anything_is_opened(trust: DeskTrust) -> None:
    trust.send()
    reference = trust.only_reference()
    pass_gate(trust.as_person("ana"), require_case(trust.as_person("ana"), reference))
    step_back(trust.as_person("ben"), require_case(trust.as_person("ben"), reference))
    assert (trust.events("conflict.denied"), trust.events("conflict.declared")) == (1, 1)
