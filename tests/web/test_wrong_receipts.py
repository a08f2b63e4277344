"""Guessing receipts opens nothing, and whoever has the right one still comes in meanwhile."""

import os
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

from app.domain.receipts import ALPHABET, format_receipt, parse_receipt
from benchmarks.client import Client
from config import prepare_instance
from tests.fixtures.served import environ_of, serve
from tests.service.desk import DeskTrust

GUESSES = 100_000 if os.environ.get("HEARD_LONG_TESTS") else 800
SENDERS = 8
LONGEST_WAIT = 5


def guess(drawn: random.Random, right: str) -> str:
    """Return a receipt without a typing mistake: any, or one that differs from the right one in one symbol."""
    if drawn.random() < 0.5:
        return format_receipt("".join(drawn.choices(ALPHABET, k=19)))
    place = drawn.randrange(19)
    other = drawn.choice([symbol for symbol in ALPHABET if symbol != right[place]])
    return format_receipt(right[:place] + other + right[place + 1 :])


def enter(client: Client, code: str) -> tuple[int, bytes]:
    status, _head, body = client.ask("POST", "/return", urlencode({"code": code}).encode())
    return status, body


@pytest.mark.xdist_group("wrong-receipts")
def test_no_guess_opens_a_mailbox_and_the_right_code_does_all_the_while(
    trust: DeskTrust, database_url: str, tmp_path: Path
) -> None:
    instance = tmp_path / "instance"
    prepare_instance(instance)
    over = threading.Event()
    waited: list[float] = []
    with serve(environ_of(trust, database_url, instance), tmp_path / "server.log") as running:
        owner = Client(running.address)
        code = owner.send(owner.blank_form())
        right = parse_receipt(code)

        def attack(number: int) -> dict[int, int]:
            client, drawn, found = Client(running.address), random.Random(number), dict[int, int]()
            for _ in range(GUESSES // SENDERS):
                status, body = enter(client, guess(drawn, right))
                assert b"typing mistake" not in body
                found[status] = found.get(status, 0) + 1
            client.close()
            return found

        def come_in() -> int:
            times = 0
            while not over.is_set() or times == 0:
                before = time.monotonic()
                assert enter(owner, code)[0] == 303
                waited.append(time.monotonic() - before)
                times += 1
                over.wait(0.2)
            return times

        with ThreadPoolExecutor(SENDERS + 1) as pool:
            inside = pool.submit(come_in)
            attacks = [pool.submit(attack, number) for number in range(SENDERS)]
            try:
                answers = [one.result() for one in attacks]
            finally:
                over.set()
            assert inside.result() > 0
        owner.close()
    assert [set(one) for one in answers] == [{422}] * SENDERS
    assert sum(one[422] for one in answers) == GUESSES
    assert max(waited) < LONGEST_WAIT
