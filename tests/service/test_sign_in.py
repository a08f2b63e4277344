"""Signing in: right and wrong, slowed, never locked; sessions that run out."""

import pytest
from sqlalchemy import select

from app.domain.errors import Refused
from app.services.session import end_session, load_session
from app.services.sign_in import SignInRefused, SignInSlowed, sign_in
from app.services.user import NewPerson, prepare_person
from models.credential import SignInAttempt
from models.session import Session
from tests.service.desk import PASSPHRASE, PEPPER, DeskTrust, id_of


def test_sign_in_opens_a_session_with_the_persons_key(trust: DeskTrust) -> None:
    signed_in = sign_in(trust.public, PEPPER, " Ana@x.test ", PASSPHRASE)
    assert signed_in.role == "investigator"
    session = load_session(trust.public, signed_in.token)
    assert session is not None and session.actor.name == "Ana"
    assert session.vault is not None and bytes(session.vault.seed) == trust.seeds["ana"]
    assert trust.events("sign_in.succeeded") == 1


@pytest.mark.parametrize("email", ["ana@x.test", "nobody@x.test"])
def test_failures_are_stored_and_slow_the_account_without_locking_it(trust: DeskTrust, email: str) -> None:
    for _ in range(10):
        with pytest.raises(SignInRefused):
            sign_in(trust.public, PEPPER, email, "wrong wrong wrong wrong")
    assert trust.events("sign_in.failed") == 10
    with pytest.raises(SignInSlowed):
        sign_in(trust.public, PEPPER, email, PASSPHRASE)
    trust.wait(seconds=61)
    if email == "ana@x.test":
        assert sign_in(trust.public, PEPPER, email, PASSPHRASE).token
    else:
        with pytest.raises(SignInRefused):
            sign_in(trust.public, PEPPER, email, PASSPHRASE)


def test_a_session_ends_after_15_idle_minutes_and_after_8_hours(trust: DeskTrust) -> None:
    token = sign_in(trust.public, PEPPER, "ana@x.test", PASSPHRASE).token
    for _ in range(48):
        trust.wait(minutes=10)
        assert load_session(trust.public, token) is not None
    trust.wait(minutes=10)
    assert load_session(trust.public, token) is None
    token = sign_in(trust.public, PEPPER, "ana@x.test", PASSPHRASE).token
    trust.wait(minutes=16)
    assert load_session(trust.public, token) is None
    assert trust.count(Session) == 0


def test_a_wrong_cookie_and_an_ended_session_open_nothing(trust: DeskTrust) -> None:
    token = sign_in(trust.public, PEPPER, "ana@x.test", PASSPHRASE).token
    assert load_session(trust.public, "é") is None
    assert load_session(trust.public, "A" * 43) is None
    session = load_session(trust.public, token)
    assert session is not None
    end_session(trust.public, session.actor.session_id)
    assert load_session(trust.public, token) is None


def test_signing_in_on_one_device_leaves_the_other_one_signed_in(trust: DeskTrust) -> None:
    ran_out = sign_in(trust.public, PEPPER, "ana@x.test", PASSPHRASE).token
    trust.wait(hours=8, seconds=1)
    tokens = [sign_in(trust.public, PEPPER, f"{name}@x.test", PASSPHRASE).token for name in ("ana", "ben", "ana")]
    assert trust.count(Session) == 3
    assert all(load_session(trust.public, token) for token in tokens)
    assert load_session(trust.public, ran_out) is None


def test_failed_attempts_are_forgotten_after_a_success_and_only_ones_own(trust: DeskTrust) -> None:
    for email in ["ana@x.test"] * 9 + ["ben@x.test"]:
        with pytest.raises(SignInRefused):
            sign_in(trust.public, PEPPER, email, "wrong wrong wrong wrong")
    sign_in(trust.public, PEPPER, "ana@x.test", PASSPHRASE)
    with trust.public(reading=True) as work:
        assert work.connection.scalars(select(SignInAttempt.user_id)).all() == [id_of("ben")]
    for _ in range(2):
        with pytest.raises(SignInRefused):
            sign_in(trust.public, PEPPER, "ana@x.test", "wrong wrong wrong wrong")
    assert sign_in(trust.public, PEPPER, "ana@x.test", PASSPHRASE).token


def test_what_a_session_kept_in_memory_goes_when_it_ends(trust: DeskTrust) -> None:
    session = load_session(trust.public, sign_in(trust.public, PEPPER, "ana@x.test", PASSPHRASE).token)
    assert session is not None
    session.shelf.keep(b"d" * 32, {b"c" * 16: {"by": "staff"}})
    assert session.shelf.find(b"d" * 32)
    end_session(trust.public, session.actor.session_id)
    assert session.shelf.find(b"d" * 32) is None


def test_nobody_is_added_with_a_passphrase_that_is_easy_to_guess() -> None:
    with pytest.raises(Refused):
        prepare_person(NewPerson(b"x" * 16, "x@x.test", "X", "investigator", "password12345678"), PEPPER)
