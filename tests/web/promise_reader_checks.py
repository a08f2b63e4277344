"""One check for each promise about who can read a report."""

import pytest

from app.domain.errors import NotFound
from app.security.trustee import open_by_trustees, seal_trustee_copies
from app.services.case_scope import require_case
from app.services.roster import current_roster
from app.services.setting import change_setting
from models.vocabulary.promise import NEVER_GIVEN, ONLY_READERS, STAND_INS, STAYS_LOCKED, Promise
from tests.service.desk import PEOPLE, id_of
from tests.web.promise_world import World


def _named_between(world: World, start: Promise, end: Promise) -> set[bytes]:
    """Return the ids of those whom the privacy page names after one sentence and before another."""
    with world.trust.public() as work:
        change_setting(work, "reader_names", {id_of(name).hex(): f"Reader {name}." for name in PEOPLE})
    words = world.privacy().partition(start.text)[2].partition(end.text)[0]
    return {id_of(name) for name in PEOPLE if f"Reader {name}." in words}


def only_readers(world: World) -> None:
    named = _named_between(world, ONLY_READERS, NEVER_GIVEN)
    assert world.send()
    assert named == world.granted() == {id_of(name) for name in ("ana", "ben", "cat")}


def never_given(world: World) -> None:
    """Everybody on the list can be ticked on both forms; nobody who is ticked gets a key, also when few are left."""
    named = {one.hex() for one in _named_between(world, ONLY_READERS, NEVER_GIVEN)}
    for path in ("/quick", "/report"):
        boxes = [box.get("value") for box in world.reporter.get(path).all("input") if box.get("name") == "exclude"]
        assert set(boxes) == named, path
    assert world.send(exclude=[id_of(name).hex() for name in ("ana", "cat")])
    assert not world.granted() & {id_of("ana"), id_of("cat")}


def stand_ins(world: World) -> None:
    named = _named_between(world, STAND_INS, STAYS_LOCKED)
    assert named == {id_of("gus")}
    assert world.send(exclude=[id_of("ana").hex()])
    assert not world.granted() & named, "two of the readers are left"
    assert world.send(exclude=[id_of(name).hex() for name in ("ana", "ben")], words="another")
    assert world.granted() >= named


def stays_locked(world: World) -> None:
    """With nobody left it is sealed to the recovery key alone, which opens with the codes of two or more people."""
    world.trust.sign_roster(2, people=("ana", "ben"), ana="manages", ben="works_in")
    assert world.trust.send()
    with world.trust.public(reading=True) as work:
        recovery = current_roster(work).recovery_id
    assert world.granted() == {recovery}
    for name in PEOPLE:
        with pytest.raises(NotFound):
            require_case(world.trust.as_person(name), world.trust.only_reference())
    codes = ["A" * 27, "B" * 27, "C" * 27]
    with pytest.raises(ValueError, match="two or more"):
        seal_trustee_copies(recovery, b"s" * 32, codes, 1)
    copies = seal_trustee_copies(recovery, b"s" * 32, codes, 2)
    for place, code in enumerate(codes):
        with pytest.raises(KeyError):
            open_by_trustees(recovery, {place: code}, copies)
