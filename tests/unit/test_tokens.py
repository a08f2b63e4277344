import secrets
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Busy, Refused, Unreadable
from app.security import passphrase, trustee, vault, worker_key
from app.security.aead_blob import from_base64url, to_base64url
from app.security.equality_token import EqualityToken, read_equality_token, seal_equality_token
from app.security.form_token import FormKeys
from app.security.mailbox_cookie import MailboxCookie, read_mailbox_cookie, seal_mailbox_cookie
from app.security.mailbox_key import mailbox_key
from app.security.session_key import new_session_token, open_cards, open_cell, seal_cards, seal_cell, session_key

OLD, NEW = secrets.token_bytes(32), secrets.token_bytes(32)
KEYS = FormKeys(OLD)
NONCE = secrets.token_bytes(16)
TOKEN = KEYS.seal_form_token(NONCE, 1_795_340_467, "quick", 3)
EQUALITY = EqualityToken("2026-11", "staff_staff", "own", NONCE)
MAILBOX = mailbox_key("7KQ4M2XD9FTPHRW3V8B", NEW)
COOKIE = MailboxCookie(1000, 2000, MAILBOX)
FAST = "m=32,t=1,p=4"

READERS = {
    "form": (TOKEN, lambda text: KEYS.read_form_token(text, "quick", 3)),
    "equality": (seal_equality_token(KEYS.current, EQUALITY), lambda text: read_equality_token(KEYS, text)),
    "cookie": (seal_mailbox_cookie(KEYS, COOKIE), lambda text: read_mailbox_cookie(KEYS, text)),
}


@pytest.mark.parametrize("name", READERS)
def test_any_changed_byte_is_unreadable(name):
    text, read = READERS[name]
    blob = from_base64url(text)
    read(text)
    for place in range(len(blob)):
        changed = bytearray(blob)
        changed[place] ^= 1 << (place % 8)
        with pytest.raises(Unreadable):
            read(to_base64url(bytes(changed)))


@pytest.mark.parametrize("name", READERS)
def test_a_token_of_another_kind_is_unreadable(name):
    for other, (text, _) in READERS.items():
        if other != name:
            with pytest.raises(Unreadable):
                READERS[name][1](text)


@given(st.text(max_size=130))
def test_any_text_is_unreadable(text):
    for _, read in READERS.values():
        with pytest.raises(Unreadable):
            read(text)


def test_the_previous_secret_is_accepted_and_gives_the_same_receipt():
    rotated = FormKeys(NEW, previous=OLD)
    token, digest = rotated.read_form_token(TOKEN, "quick", 3), bytes(32)
    assert token.receipt_for(digest) == KEYS.read_form_token(TOKEN, "quick", 3).receipt_for(digest)
    assert token.issued == 1_795_340_467
    with pytest.raises(Unreadable):
        FormKeys(NEW).read_form_token(TOKEN, "quick", 3)
    with pytest.raises(Unreadable):
        rotated.read_form_token(TOKEN, "\ud800", 3)


def test_equality_values_outside_their_lists_are_not_sealed():
    for wrong in (
        EqualityToken("2026-13", "other", "own", NONCE),
        EqualityToken("2026-11", "x", "own", NONCE),
        EqualityToken("2026-11", "other", "own", b""),
    ):
        with pytest.raises(ValueError, match="."):
            seal_equality_token(KEYS.current, wrong)


def test_mailbox_cookie_times():
    assert read_mailbox_cookie(KEYS, seal_mailbox_cookie(KEYS, COOKIE)) == COOKIE
    assert COOKIE.is_current(2000 + 900)
    assert not COOKIE.is_current(2000 + 901)
    assert not MailboxCookie(1000, 8200, MAILBOX).is_current(8201)
    assert COOKIE.needs_reissue(2061)


def test_secrets_are_in_no_repr():
    shown = repr(
        [KEYS, KEYS.current, KEYS.read_form_token(TOKEN, "quick", 3), COOKIE, session_key(new_session_token())]
    )
    for secret in (OLD, MAILBOX.seed, KEYS.current.receipt, NONCE):
        assert repr(secret)[2:-1] not in shown


def test_sessions():
    session, user, seed = session_key(new_session_token()), bytes(16), secrets.token_bytes(32)
    assert open_cell(session, user, seal_cell(session, user, bytearray(seed))) == seed
    assert open_cards(session, seal_cards(session, b"[]")) == b"[]"
    with pytest.raises(Unreadable):
        open_cell(session_key(new_session_token()), user, seal_cell(session, user, seed))
    for wrong in ("", "AAAA", new_session_token() + "="):
        with pytest.raises(Unreadable):
            session_key(wrong)


def test_vault_trustees_and_worker_rows():
    user, salt, seed = bytes(16), passphrase.new_salt(), secrets.token_bytes(32)
    wrap = vault.wrap_by_passphrase("a long passphrase", user, salt, OLD, seed, FAST)
    assert vault.unwrap_by_passphrase("a long passphrase", user, salt, OLD, wrap, FAST) == seed
    with pytest.raises(Unreadable):
        vault.unwrap_by_passphrase("another passphrase", user, salt, OLD, wrap, FAST)
    code = vault.new_printed_code()
    assert vault.unwrap_by_code(code, user, salt, vault.wrap_by_code(code, user, salt, seed)) == seed
    codes = [vault.new_printed_code() for _ in range(5)]
    copies = trustee.seal_trustee_copies(NONCE, seed, codes, 3)
    assert len(copies) == 10
    assert trustee.open_by_trustees(NONCE, {4: codes[4], 0: codes[0], 2: codes[2]}, copies) == seed
    row = worker_key.seal_worker_row(OLD, "noise", "FY2026", seed)
    assert worker_key.open_worker_row(OLD, "noise", "FY2026", row) == seed


def test_sign_in_and_parameters():
    verifier = passphrase.login_verifier("caf\u00e9 " * 4, NONCE, bytes(16), OLD, FAST)
    assert passphrase.passphrase_is_right("cafe\u0301 " * 4, NONCE, bytes(16), OLD, verifier, FAST)
    assert not passphrase.passphrase_is_right("cafe " * 4, NONCE, bytes(16), OLD, verifier, FAST)
    for wrong in ("", "m=1", "m=99999999,t=3,p=4", "m=65536,t=3,p=4 "):
        with pytest.raises(ValueError, match="readable"):
            passphrase.vault_kek("x", NONCE, bytes(16), OLD, wrong)
    with pytest.raises(Refused):
        passphrase.vault_kek("x" * 129, NONCE, bytes(16), OLD, FAST)


def test_too_many_at_once_is_busy(monkeypatch):
    monkeypatch.setattr(passphrase, "WAIT_SECONDS", 0.01)
    taken = 0
    while passphrase._slots.acquire(blocking=False):
        taken += 1
    try:
        with pytest.raises(Busy):
            passphrase.vault_kek("x", NONCE, bytes(16), OLD, FAST)
    finally:
        for _ in range(taken):
            passphrase._slots.release()


def test_derivations_at_the_same_moment_all_finish() -> None:
    def derive() -> None:
        for _ in range(4):
            passphrase.login_verifier("four people at once", NONCE, bytes(16), OLD, "m=8192,t=1,p=4")

    threads = [threading.Thread(target=derive, daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)


@pytest.mark.parametrize(
    "weak",
    [
        "short",
        "x" * 129,
        "a" * 20,
        "password12345678",
        "correct horse battery staple",
        "123456789012345",
        "abcabcabcabcabcabc",
    ],
)
def test_weak_passphrases_are_refused(weak):
    with pytest.raises(Refused):
        passphrase.check_passphrase_strength(weak)


@pytest.mark.parametrize("good", ["violet teapot under marble", "Ein Krokodil singt leise", "ночь улица фонарь аптека"])
def test_good_passphrases_pass(good):
    passphrase.check_passphrase_strength(good)
