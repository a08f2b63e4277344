"""Tokens, cookies, vaults, sessions, trustees, rosters and worker keys of crypto.json."""

import base64
from datetime import date
from typing import Any

from app.domain import receipts
from app.security import (
    equality_token,
    form_token,
    keys,
    mailbox_cookie,
    mailbox_key,
    passphrase,
    roster,
    session_key,
    trustee,
    vault,
    worker_key,
)


def b64(text: str) -> bytes:
    return base64.b64decode(text)


def _keys(case: dict[str, Any]) -> form_token.FormKeys:
    return form_token.FormKeys(bytes.fromhex(case["intake_secret"]))


def _receipts(v: dict[str, Any], tally: Any) -> None:
    for case in v["receipt"]["derive"]:
        receipt_key = _keys(case).current.receipt
        tally.equal("receipt key", receipt_key.hex(), case["receipt_key"])
        nonce, digest = bytes.fromhex(case["nonce"]), bytes.fromhex(case["content_digest"])
        tally.equal("receipt", form_token.receipt_for(receipt_key, nonce, digest), case["symbols_text"])
    for case in v["receipt"]["derive"] + v["receipt"]["derive_mailbox"]:
        tally.equal("receipt text", receipts.format_receipt(case["symbols_text"]), case["receipt_text"])
        mailbox = mailbox_key.mailbox_key(case["symbols_text"], bytes.fromhex(case["pepper"]))
        tally.equal("mailbox id", mailbox.mailbox_id.hex(), case["mailbox_id"])
        tally.equal("mailbox seed", mailbox.seed.hex(), case["mailbox_seed"])
        if "mailbox_kid" in case:
            tally.equal("mailbox kid", keys.kid(keys.public_key(mailbox.seed)).hex(), case["mailbox_kid"])
    for case in v["message_id"]:
        parts = (bytes.fromhex(case[name]) for name in ("receipt_key", "mailbox_id", "nonce", "content_digest"))
        tally.equal("message id", form_token.message_id(*parts).hex(), case["message_id"])
    for case in v["equality_row_id"]:
        parts = (bytes.fromhex(case[name]) for name in ("receipt_key", "nonce", "content_digest"))
        tally.equal("equality row id", form_token.equality_row_id(*parts).hex(), case["row_id"])


def _cookies(v: dict[str, Any], tally: Any) -> None:
    section = v["mailbox_cookie"]
    for case in section["open"]:
        got = mailbox_cookie.read_mailbox_cookie(_keys(case), case["cookie_b64u"])
        tally.equal("cookie key", _keys(case).current.cookie.hex(), section["cookie_key"])
        tally.equal("cookie times", (got.first_seen, got.last_seen), (case["first_seen"], case["last_seen"]))
        tally.equal("cookie id", got.mailbox.mailbox_id.hex(), case["mailbox_id"])
        tally.equal("cookie seed", got.mailbox.seed.hex(), case["mailbox_seed"])
    for case in section["refuse"]:
        tally.refuses(
            f"cookie {case['why_text']}",
            lambda c=case: mailbox_cookie.read_mailbox_cookie(_keys(c), c["cookie_b64u"]),
        )


def run_tokens(v: dict[str, Any], tally: Any) -> None:
    """Run receipts, form and equality tokens, mailbox cookies."""
    _receipts(v, tally)
    _cookies(v, tally)

    def form(case: dict[str, Any]) -> form_token.FormToken:
        return _keys(case).read_form_token(case["token_b64u"], case["form_text"], case["version"])

    for case in v["form_token"]["open"]:
        tally.equal("form key", _keys(case).current.form.hex(), v["form_token"]["form_key"])
        tally.equal("form token", (form(case).nonce.hex(), form(case).issued), (case["nonce"], case["issued"]))
    for case in v["form_token"]["refuse"]:
        tally.refuses(f"form token {case['why_text']}", lambda c=case: form(c))
    for case in v["equality_token"]["open"]:
        got = equality_token.read_equality_token(_keys(case), case["token_b64u"])
        tally.equal("equality key", _keys(case).current.equality.hex(), v["equality_token"]["equality_key"])
        named = (got.month, got.sent_direction, got.report_class, got.row_id.hex())
        expected = (case["month_text"], case["direction_text"], case["class_text"], case["row_id"])
        tally.equal("equality token", named, expected)
    for case in v["equality_token"]["refuse"]:
        tally.refuses(
            f"equality token {case['why_text']}",
            lambda c=case: equality_token.read_equality_token(_keys(c), c["token_b64u"]),
        )


def _kek(case: dict[str, Any]) -> bytes:
    user, salt, pepper = (bytes.fromhex(case[name]) for name in ("user_id", "salt", "desk_pepper"))
    if case["method_text"] == "passphrase":
        return passphrase.vault_kek(case["passphrase_text"], user, salt, pepper, case["argon2_text"])
    return vault.code_kek(receipts.parse_printed_code(case["code_text"]), user, salt)


def _unwrap(case: dict[str, Any]) -> bytes:
    return vault.unwrap_seed(_kek(case), bytes.fromhex(case["user_id"]), case["method_text"], b64(case["wrap_b64"]))


def _vaults(v: dict[str, Any], tally: Any) -> None:
    for case in v["vault"]["open"]:
        tally.equal("kek", _kek(case).hex(), case["kek"])
        tally.equal("vault", _unwrap(case).hex(), case["identity_seed"])
    for case in v["vault"]["refuse"]:
        try:
            _kek(case)
        except Exception:
            tally.checks += 1
            continue
        tally.refuses(f"vault {case['why_text']}", lambda c=case: _unwrap(c))
    login = v["vault"]["login_verifier"]
    for case in login if isinstance(login, list) else [login]:
        user, salt, pepper = (bytes.fromhex(case[name]) for name in ("user_id", "salt", "desk_pepper"))
        got = passphrase.login_verifier(case["passphrase_text"], user, salt, pepper, case["argon2_text"])
        tally.equal("login verifier", got.hex(), case["verifier"])
    for case in v["session"]:
        session = session_key.session_key(case["cookie_b64u"])
        tally.equal("session id", session.session_id.hex(), case["session_id"])
        tally.equal("session key", session.key.hex(), case["session_key"])
        cell = session_key.open_cell(session, bytes.fromhex(case["user_id"]), b64(case["cell_b64"]))
        tally.equal("session cell", cell.hex(), case["identity_seed"])


def _trustees(v: dict[str, Any], tally: Any) -> None:
    t = v["trustee"]
    recovery_id, seed = bytes.fromhex(t["recovery_id"]), bytes.fromhex(t["recovery_seed"])
    codes = [receipts.parse_printed_code(text) for text in t["code_texts"]]
    copies = {bytes.fromhex(subset): b64(copy) for subset, copy in t["copies_b64"].items()}
    tally.equal("trustee subsets", set(trustee.seal_trustee_copies(recovery_id, seed, codes, t["k"])), set(copies))
    for subset, copy in copies.items():
        chosen = {index: codes[index] for index in subset}
        tally.equal("trustee copy", trustee.open_by_trustees(recovery_id, chosen, {subset: copy}), seed)
    for case in t["refuse"]:
        subset, given = bytes.fromhex(case["subset"]), [codes[index] for index in case["order"]]
        tally.refuses(
            f"trustee {case['why_text']}",
            lambda s=subset, g=given: trustee.open_trustee_copy(recovery_id, s, g, copies[s]),
        )


def _verify(case: dict[str, Any]) -> roster.Roster:
    return roster.verify_roster(
        b64(case["document_b64"]),
        [(bytes.fromhex(signed["key"]), b64(signed["sig_b64"])) for signed in case["signatures"]],
        pinned=[bytes.fromhex(key) for key in case["pinned"]],
        quorum=case["quorum"],
        trust=case["trust_text"],
        highest_version_seen=case["highest_version_seen"],
    )


def run_people(v: dict[str, Any], tally: Any) -> None:
    """Run vaults, sessions, trustees, rosters and worker keys."""
    _vaults(v, tally)
    _trustees(v, tally)
    for case in v["roster"]["accept"]:
        tally.equal("roster trust", _verify(case).trust, case["trust_text"])
        tally.equal("roster is current", _verify(case).has_expired(date.fromisoformat(case["on_text"])), False)
    for case in v["roster"]["refuse"]:
        tally.refuses(f"roster {case['why_text']}", lambda c=case: _verify(c))

    def row(case: dict[str, Any]) -> bytes:
        secret = bytes.fromhex(case["worker_key"])
        return worker_key.open_worker_row(secret, case["use_text"], case["year_text"], b64(case["cell_b64"]))

    for case in v["worker_key"]["open"]:
        tally.equal("worker key", row(case).hex(), case["secret"])
    for case in v["worker_key"]["refuse"]:
        tally.refuses(f"worker key {case['why_text']}", lambda c=case: row(c))
