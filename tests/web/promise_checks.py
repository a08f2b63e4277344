"""One check for each promise: it fails when the promise is no longer true."""

import ast
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from sqlalchemy import DateTime, Time

from app.cli import serve
from app.domain.errors import NotFound
from app.security.mailbox_cookie import MailboxCookie
from app.security.mailbox_key import mailbox_key
from app.services.case_scope import require_case
from app.web.headers import CONTENT_SECURITY_POLICY
from app.web.public_content import ContentShelf
from models.base import Base
from models.equality import Equality
from models.vocabulary.promise import EQUALITY
from tests.fixtures.pages import Visitor
from tests.service.desk import WARD, id_of
from tests.web.conftest import ANSWERS, code_of, send
from tests.web.promise_file_checks import faces, hidden_details, not_scanned
from tests.web.promise_reader_checks import never_given, only_readers, stand_ins, stays_locked
from tests.web.promise_world import BROWSER, CANARY, HOME, PATHS, World

STAFF_TABLES = frozenset({"credential", "job", "roster", "session", "setting", "sign_in_attempt", "user", "vault"})
"""What staff and jobs cause. Every other table may hold something that a reporter causes."""
TELLING = re.compile(r"(^|_)(ip|address|agent|browser|host|hostname|login|device|network|time|hour|minute|at)(_|$)")


def locked(world: World) -> None:
    world.send(words=f"He said {CANARY}.")
    assert not [name for name, rows in world.dump().items() if CANARY in rows]
    assert CANARY in world.opened()
    assert world.granted() == {id_of(name) for name in ("ana", "ben", "cat")}


def no_name(world: World) -> None:
    assert world.send(privacy="anonymous")


def no_address(world: World) -> None:
    reporter_tables = {name: table for name, table in Base.metadata.tables.items() if name not in STAFF_TABLES}
    assert {"report", "case", "mailbox", "mailbox_message", "message"} <= set(reporter_tables)
    assert not [(name, column.name) for name, table in reporter_tables.items() for column in table.columns
                if TELLING.search(column.name)]  # fmt: skip
    world.send()
    for text in (*world.dump().values(), world.opened()):
        assert HOME not in text
        assert BROWSER not in text


def no_time(world: World) -> None:
    kept = [(name, column.name) for name, table in Base.metadata.tables.items() if name not in STAFF_TABLES
            for column in table.columns if isinstance(column.type, DateTime | Time)]  # fmt: skip
    assert kept == []
    world.send()
    assert re.search(r"'day': '2026-11-16'", world.opened())
    assert not re.search(r"\d\d:\d\d|T\d\d|\b1[789]\d{8}(\d{3})?\b", re.sub(r"'[0-9a-f]{32,}'", "", world.opened()))


def kept_away(world: World) -> None:
    world.send(exclude=[id_of("ben").hex()])
    assert id_of("ben") not in world.granted()
    with pytest.raises(NotFound):
        require_case(world.trust.as_person("ben"), world.trust.only_reference())


def receipt_lost(world: World) -> None:
    code = world.send()
    for text in (*world.dump().values(), world.opened()):
        assert code not in text
        assert code.replace("-", "") not in text


def posted_not_asked(world: World) -> None:
    """What is typed goes into the body of a request, so no address and no history holds it."""
    for path in PATHS:
        assert [form.get("method") for form in world.reporter.get(path).all("form")] in ([], ["post"])


def words_are_optional(world: World) -> None:
    assert world.send(words="", place="none")


def read_by_one(world: World) -> None:
    """The server gets the words as they are, and one reader alone can open them."""
    world.send(words=f"He said {CANARY}.")
    assert CANARY in world.opened()


def code_opens(world: World) -> None:
    stranger = Visitor(world.app, public=True)
    assert stranger.post("/return", {"code": send(world.reporter)}).response.headers["Location"] == "/inbox"


def only_what_you_tell(world: World) -> None:
    world.send(words="x", website="")
    answers = ast.literal_eval(world.opened())[0]["answers"]
    assert set(answers) <= {*ANSWERS, "words"}


def name_only_if(world: World) -> None:
    world.send(name=CANARY, contact=CANARY, safe_times=CANARY)
    assert CANARY not in world.opened()


def nothing_until_send(world: World) -> None:
    before = world.dump()
    for path in PATHS:
        world.reporter.get(path)
    token = world.reporter.get("/quick").value("token")
    assert world.reporter.post("/quick", {"token": token, "words": CANARY}).status == 422
    assert world.dump() == before


def no_cookie(world: World) -> None:
    for path in PATHS:
        assert "Set-Cookie" not in world.reporter.get(path).response.headers
    promised = int(re.findall(r"stops working (\d+) minutes", world.privacy())[0]) * 60
    key = mailbox_key("0" * 19, b"m" * 32)
    assert MailboxCookie(0, 0, key).is_current(promised)
    assert not MailboxCookie(0, 0, key).is_current(promised + 1)


def visits(world: World) -> None:
    code = world.send()
    before = world.dump()
    world.reporter.post("/return", {"code": code})
    assert world.reporter.get("/inbox").status == 200
    assert world.dump() == before
    calls = [node for node in ast.walk(ast.parse(Path(serve.__file__).read_text())) if isinstance(node, ast.Call)]
    [served] = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Granian"]
    given = {keyword.arg: ast.literal_eval(keyword.value) for keyword in served.keywords
             if isinstance(keyword.value, ast.Constant)}  # fmt: skip
    assert given["log_access"] is False


def poster_code(world: World) -> None:
    token = world.reporter.get("/quick?w=7KQ4").value("token")
    answers = {name: text for name, text in ANSWERS.items() if name != "place"}
    assert code_of(world.reporter.post("/quick", answers | {"token": token, "w": "7KQ4"}))
    assert WARD.hex() in world.opened()
    assert "7KQ4" not in world.opened()


def no_other_site(world: World) -> None:
    sources = re.findall(r"(?:src|action|ancestors|uri) ([^;]+)", CONTENT_SECURITY_POLICY)
    assert set(sources) == {"'none'", "'self'"}
    for path in PATHS:
        page = world.reporter.get(path)
        loaded = [one.get("src") or one.get("href") for tag in ("img", "script", "link") for one in page.all(tag)]
        assert all(address and re.match(r"/(?!/)", address) for address in loaded), loaded


def one_question(world: World) -> None:
    """The question is promised exactly where the receipt page asks it."""
    for counts in (True, False):
        if not counts:
            world.trust.sign_roster(2, years=())
            world.app.extensions["heard_content"] = ContentShelf()
        token = world.reporter.get("/quick").value("token")
        receipt = world.reporter.post("/quick", ANSWERS | {"token": token})
        assert ('action="/about-you"' in receipt.text) is counts
        assert [promise.text in world.privacy() for promise in EQUALITY] == [counts, counts]
        assert ("The question about you" in world.privacy()) is counts


def counted_apart(_world: World) -> None:
    table = Base.metadata.tables[Equality.__tablename__]
    assert not table.foreign_keys
    assert set(table.columns.keys()) == {"id", "financial_year", "sealed"}


CHECKS: Mapping[str, Callable[[World], None]] = {
    "locked": locked,
    "no_name": no_name,
    "no_address": no_address,
    "no_time": no_time,
    "kept_away": kept_away,
    "receipt_lost": receipt_lost,
    "network_sees": posted_not_asked,
    "words_point": words_are_optional,
    "while_sending": read_by_one,
    "readers_remember": read_by_one,
    "receipt_found": code_opens,
    "court": read_by_one,
    "only_readers": only_readers,
    "never_given": never_given,
    "stand_ins": stand_ins,
    "stays_locked": stays_locked,
    "only_what_you_tell": only_what_you_tell,
    "name_only_if": name_only_if,
    "nothing_until_send": nothing_until_send,
    "no_cookie": no_cookie,
    "visits": visits,
    "poster_code": poster_code,
    "no_other_site": no_other_site,
    "hidden_details": hidden_details,
    "not_scanned": not_scanned,
    "faces": faces,
    "one_question": one_question,
    "counted_apart": counted_apart,
}
