"""Processes count together in a real Valkey. When it is slow, full, emptied or gone, reports go on as before."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.web import limits_counter
from app.web.limits_counter import ANSWER_SECONDS, Counter, SharedPlace
from models.report import Report
from tests.fixtures.pages import Visitor
from tests.fixtures.valkey import RunningValkey, wait_until
from tests.service.desk import DeskTrust
from tests.web.conftest import ANSWERS, Make, code_of

SENDERS, EACH = 8, 12


@pytest.fixture
def valkey(monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningValkey]:
    monkeypatch.setattr(limits_counter, "RETRY_SECONDS", 0.05)
    running = RunningValkey()
    yield running
    running.stop()


def counter_of(app: Flask) -> Counter:
    counter: Counter = app.extensions["heard_limits"].counter
    return counter


def shared_of(app: Flask) -> SharedPlace:
    shared = counter_of(app).shared
    assert shared is not None
    return shared


def connected(app: Flask) -> Flask:
    """Wait until the application counts in Valkey."""
    shared_of(app).look_for_it()
    wait_until(lambda: shared_of(app).is_up)
    return app


def is_taken(app: Flask, words: str, address: str = "192.0.2.1") -> bool:
    reporter = Visitor(app, public=True)
    answers = ANSWERS | {"token": reporter.get("/quick").value("token"), "words": words}
    page = reporter.post("/quick", answers, environ_overrides={"REMOTE_ADDR": address})
    assert page.status == 200
    return bool(code_of(page))


def send_page(client: FlaskClient, page: str, words: str) -> bool:
    """Send a blank form with the token that its page shows; return whether a receipt came."""
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None
    answers = ANSWERS | {"token": token[1], "words": words}
    answer = client.post(
        "/quick", data=answers, base_url="https://localhost", headers={"Sec-Fetch-Site": "same-origin"}
    )
    return answer.status_code == 200 and "We have your report" in answer.text


def test_two_processes_share_one_limit_and_valkey_holds_no_address(make: Make, valkey: RunningValkey) -> None:
    one, other = (connected(make(valkey_url=valkey.url, send_limit_network="3 per hour")) for _ in range(2))
    assert [is_taken(app, str(n)) for n, app in enumerate((one, other, one, other))] == [True, True, True, False]
    assert is_taken(other, "of another network", "198.51.100.1")
    held = {name: left for name, left in valkey.content().items() if name != limits_counter.TRIAL_NAME}
    shapes = sorted(name.rsplit(":", 1)[-1].split("/")[:2] for name in held)
    assert [shape[0] for shape in shapes if len(shape) > 1] == ["LIMITER", "LIMITER"]
    networks = [name.split("/")[2] for name in held if "LIMITER" in name]
    assert all(len(network) == 4 and int(network, 16) >= 0 for network in networks), held
    assert all(0 < left <= 3600 for left in held.values()), held


def test_valkey_stopped_and_started_under_load_costs_no_report(
    make: Make, trust: DeskTrust, valkey: RunningValkey, caplog: pytest.LogCaptureFixture
) -> None:
    app = connected(make(valkey_url=valkey.url, send_limit_network="1000 per hour"))

    def send(sender: int) -> bool:
        # Without the checks of a page: they ask whether a session is open, and others have theirs open meanwhile.
        client = app.test_client()
        pages = (client.get("/quick", base_url="https://localhost") for _ in range(EACH))
        return all([send_page(client, page.text, f"{sender} {number}") for number, page in enumerate(pages)])

    with ThreadPoolExecutor(SENDERS) as pool:
        sent = [pool.submit(send, sender) for sender in range(SENDERS)]
        wait_until(lambda: trust.count(Report) >= SENDERS)
        valkey.stop()
        assert trust.count(Report) < SENDERS * EACH, "all had been sent before it stopped"
        assert all(one.result() for one in sent)
    assert trust.count(Report) == SENDERS * EACH
    assert not shared_of(app).is_up
    assert "limits.valkey_away" in caplog.text
    assert str(valkey.port) not in caplog.text and "Traceback" not in caplog.text
    valkey.start()
    wait_until(lambda: shared_of(app).is_up)
    assert is_taken(app, "afterwards")
    assert any("LIMITER" in name for name in valkey.content())


def test_a_frozen_valkey_holds_up_one_send_for_a_moment_and_the_limit_goes_on_in_memory(
    make: Make, valkey: RunningValkey
) -> None:
    app = connected(make(valkey_url=valkey.url, send_limit_network="2 per hour"))
    limits = app.extensions["heard_limits"]
    hit = limits_counter.Hit("send", limits.send_network)
    took, over = [], []
    with valkey.frozen():
        for _ in range(4):
            before = time.monotonic()
            over.append(counter_of(app).is_over(b"net", 0, hit))
            took.append(time.monotonic() - before)
    assert over == [False, False, True, True]
    assert took[0] < ANSWER_SECONDS + 0.5
    assert max(took[1:]) < ANSWER_SECONDS, "only the first one waits"
    wait_until(lambda: shared_of(app).is_up)


def test_an_emptied_valkey_begins_to_count_anew_for_all(make: Make, valkey: RunningValkey) -> None:
    one, other = (connected(make(valkey_url=valkey.url, send_limit_network="1 per hour")) for _ in range(2))
    assert [is_taken(one, "a"), is_taken(other, "b")] == [True, False]
    for command in (("FLUSHALL",), ("SCRIPT", "FLUSH")):
        valkey.command(*command)
    assert [is_taken(other, "c"), is_taken(one, "d")] == [True, False]


def test_a_valkey_that_is_full_is_as_good_as_none(make: Make, valkey: RunningValkey) -> None:
    app = connected(make(valkey_url=valkey.url, send_limit_network="1 per hour"))
    valkey.command("CONFIG", "SET", "maxmemory-policy", "noeviction")
    valkey.command("CONFIG", "SET", "maxmemory", "1")
    assert [is_taken(app, "a"), is_taken(app, "b")] == [True, False]
    assert not shared_of(app).is_up
    valkey.command("CONFIG", "SET", "maxmemory", "0")
    wait_until(lambda: shared_of(app).is_up)


def test_heard_starts_and_takes_reports_where_no_valkey_ever_was(make: Make, trust: DeskTrust) -> None:
    app = make(valkey_url="valkey://127.0.0.1:1", send_limit_network="2 per hour")
    assert [is_taken(app, str(number)) for number in range(3)] == [True, True, False]
    assert trust.count(Report) == 2
