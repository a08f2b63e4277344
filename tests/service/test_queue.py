"""The queue: only granted cases, danger first, every case once over all pages."""

from datetime import timedelta

from app.security.session_key import SessionKey, new_session_token, session_key
from app.services.card_shelf import CardShelf, clear_shelf
from app.services.queue import read_queue
from tests.service.desk import DeskTrust, id_of


def test_the_queue_shows_danger_first_and_every_granted_case_once(trust: DeskTrust) -> None:
    for number in range(60):
        trust.today += timedelta(days=number % 2)
        trust.send(words=f"Report {number}")
    trust.send(danger="yes")
    trust.send(exclude=[id_of("ana").hex()])
    pages, after = [], None
    for _ in range(3):
        page = read_queue(trust.as_person("ana"), after=after)
        pages.append(page)
        after = page.rows[-1].position
    assert [(page.before, len(page.rows), page.total) for page in pages] == [(0, 25, 61), (25, 25, 61), (50, 11, 61)]
    rows = [row for page in pages for row in page.rows]
    assert len({row.reference for row in rows}) == 61
    assert rows[0].in_danger and rows[0].clock == "screen"
    dues = [row.position.due_on for row in rows[1:]]
    assert dues == sorted(dues)
    assert all(row.place and row.place.name == "Willow Ward" and row.is_new for row in rows)
    back = read_queue(trust.as_person("ana"), before=pages[2].rows[0].position)
    assert [row.reference for row in back.rows] == [row.reference for row in pages[1].rows]
    assert trust.events("cards.opened") == 4
    assert read_queue(trust.as_person("ben")).total == 62


def test_an_empty_queue_opens_nothing(trust: DeskTrust) -> None:
    page = read_queue(trust.as_person("ana"))
    assert (page.rows, page.total) == ((), 0)
    assert trust.events("cards.opened") == 0


def test_a_page_kept_for_a_session_is_sealed_and_goes_with_it(trust: DeskTrust) -> None:
    trust.send()
    ana, shelf = trust.as_person("ana"), CardShelf(session_key(new_session_token()))
    first = read_queue(ana, shelf=shelf)
    assert read_queue(ana, shelf=shelf) == first and trust.events("cards.opened") == 2
    stranger = CardShelf(SessionKey(shelf.key.session_id, b"x" * 32))
    assert read_queue(ana, shelf=stranger) == first
    digest = b"d" * 32
    shelf.keep(digest, {b"c" * 16: {"by": "staff"}})
    assert shelf.find(digest) == {b"c" * 16: {"by": "staff"}} and stranger.find(digest) is None
    clear_shelf(shelf.key.session_id)
    assert shelf.find(digest) is None
