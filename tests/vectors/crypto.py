"""Runs the crypto.json vectors; keys and envelopes here, tokens and people in `crypto_people`."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.domain import merkle, receipts, report_content
from app.domain.errors import HeardError, MistypedReceipt, Refused, Unreadable
from app.security import attachment_file, envelope, keys, mailbox_key, opening, signing
from app.security.context import ctx
from tests.vectors import crypto_people

Vectors = dict[str, Any]


@dataclass
class Tally:
    checks: int = 0
    differences: list[str] = field(default_factory=list)

    def equal(self, name: str, got: object, expected: object) -> None:
        self.checks += 1
        if got != expected:
            self.differences.append(f"{name}: got {got!r:.120}, expected {expected!r:.120}")

    def refuses(self, name: str, act: Callable[[], object], error: type[HeardError] = Unreadable) -> None:
        self.checks += 1
        try:
            act()
        except error:
            return
        except Exception as raised:
            self.differences.append(f"{name}: raised {type(raised).__name__}")
            return
        self.differences.append(f"{name}: was accepted")


def b64(text: str) -> bytes:
    return base64.b64decode(text)


def _basics(v: Vectors, tally: Tally) -> None:
    for case in v["context"]:
        tally.equal("context", ctx(*map(bytes.fromhex, case["parts"])).hex(), case["out"])
    for case in v["canonical_json"]["encode"]:
        tally.equal("canonical_json", report_content.canonical_json(case["value"]).hex(), case["out"])
        tally.equal(
            "canonical_json read", report_content.read_canonical_json(bytes.fromhex(case["out"])), case["value"]
        )
    for text in v["canonical_json"]["refuse_text"]:
        tally.refuses(f"canonical_json {text!r}", lambda t=text: report_content.read_canonical_json(t.encode("utf-8")))
    for case in v["xwing"]:
        made = keys.public_key(bytes.fromhex(case["seed"]))
        tally.equal("xwing public key", made, b64(case["public_key_b64"]))
        tally.equal("xwing kid", keys.kid(made).hex(), case["kid"])
        tally.equal("xwing hash", keys.key_hash(made).hex(), case["public_key_sha256"])
    for case in v["signing_key"]:
        seed = signing.signing_seed(bytes.fromhex(case["identity_seed"]))
        tally.equal("signing seed", seed.hex(), case["ed25519_seed"])
        tally.equal("signing public", signing.signing_public_key(seed).hex(), case["ed25519_public"])


def _padding(v: Vectors, tally: Tally) -> None:
    p = v["padding"]
    tally.equal("bucket purposes", set(envelope.BUCKETS), set(p["buckets"]))
    for kind, buckets in p["buckets"].items():
        tally.equal(f"buckets {kind}", envelope.BUCKETS[kind], None if buckets is None else tuple(buckets))
    for case in p["pad"]:
        data = case["data"]
        raw = hashlib.shake_256(b"shared/p").digest(case["length"]) if data is None else bytes.fromhex(data)
        tally.equal("pad data", hashlib.sha256(raw).hexdigest(), case["data_sha256"])
        padded = envelope.pad(case["kind"], raw)
        tally.equal("pad length", len(padded), case["padded_length"])
        tally.equal("pad", hashlib.sha256(padded).hexdigest(), case["padded_sha256"])
        tally.equal("unpad", envelope.unpad(case["kind"], padded), raw)
    for case in p["pad_refuse"]:
        tally.refuses("pad too long", lambda c=case: envelope.pad(c["kind"], bytes(c["length"])), Refused)
    for case in p["unpad_refuse"]:
        tally.refuses(f"unpad {case['why_text']}", lambda c=case: envelope.unpad(c["kind"], bytes.fromhex(c["padded"])))


def _open(case: Vectors) -> bytes:
    parts = tuple(map(bytes.fromhex, case["context"]))
    purpose = parts[0].decode("latin-1")
    return opening.open_envelope(purpose, parts[1:], bytes.fromhex(case["seed"]), b64(case["envelope_b64"]))


def _envelopes(v: Vectors, tally: Tally) -> None:
    for case in v["envelope"]["open"]:
        tally.equal(f"envelope {case['kind']}", _open(case), b64(case["plaintext_b64"]))
    for case in v["envelope"]["refuse"]:
        tally.refuses(f"envelope {case['why_text']}", lambda c=case: _open(c))
    for section, seed_name, opener in (
        ("grant", "case", opening.open_grant),
        ("record_grant", "record", opening.open_record_grant),
    ):

        def act(case: Vectors, opener: Callable[..., bytes] = opener) -> bytes:
            return opener(bytes.fromhex(case["case_id"]), bytes.fromhex(case["identity_seed"]), b64(case["grant_b64"]))

        for case in v[section]["open"]:
            seed = act(case)
            tally.equal(section, seed.hex(), case[f"{seed_name}_seed"])
            tally.equal(f"{section} kid", keys.kid(keys.public_key(seed)).hex(), case[f"{seed_name}_kid"])
        for case in v[section]["refuse"]:
            tally.refuses(f"{section} {case['why_text']}", lambda c=case, a=act: a(c))
    for case in v["escrow"]["open"]:
        got = opening.open_escrow(
            bytes.fromhex(case["user_id"]), bytes.fromhex(case["recovery_seed"]), b64(case["escrow_b64"])
        )
        tally.equal("escrow", got.hex(), case["identity_seed"])


def _parsing(v: Vectors, tally: Tally) -> None:
    r = v["receipt"]
    for case in r["check"]:
        tally.equal("check symbol", receipts.check_symbol(case["symbols_text"]), case["check_text"])
    for case in r["parse_accept"]:
        tally.equal(f"parse {case['input_text']!r}", receipts.parse_receipt(case["input_text"]), case["symbols_text"])
    for case in r["parse_refuse"]:
        try:
            reason = f"accepted {receipts.parse_receipt(case['input_text'])}"
        except MistypedReceipt as error:
            reason = error.reason
        tally.equal(f"parse {case['input_text']!r:.60}", reason, case["reason_text"])
    for case in v["printed_code"]:
        symbols = receipts.symbols_from_bits(bytes.fromhex(case["random"]), 27)
        tally.equal("printed code", symbols, case["symbols_text"])
        tally.equal("printed code text", receipts.format_printed_code(symbols), case["display_text"])
        tally.equal("printed code read", receipts.parse_printed_code(case["display_text"]), symbols)
    for case in v["content_digest"]:
        answers = report_content.normalise_answers(case["raw_answers"])
        tally.equal("normalised answers", answers, case["normalised_answers"])
        content = {"form": case["form_text"], "version": case["version"], "answers": answers, "files": case["files"]}
        tally.equal("content", report_content.canonical_json(content), b64(case["canonical_b64"]))
        digest = report_content.content_digest(case["form_text"], case["version"], answers, case["files"])
        tally.equal("content digest", digest.hex(), case["sha256"])


def _audit(v: Vectors, tally: Tally) -> None:
    hashes = [merkle.leaf_hash(leaf.encode()) for leaf in v["merkle"]["leaf_text"]]
    for size, root in enumerate(v["merkle"]["root_by_size"]):
        tally.equal(f"merkle {size}", merkle.root(hashes[:size]).hex(), root)
    c = v["checkpoint"]
    seed, public, origin = bytes.fromhex(c["ed25519_seed"]), bytes.fromhex(c["ed25519_public"]), c["origin_text"]
    checkpoint = signing.Checkpoint(origin, c["size"], bytes.fromhex(c["root"]))
    tally.equal("checkpoint public", signing.signing_public_key(seed), public)
    tally.equal("checkpoint key hash", signing.note_key_hash(origin, public).hex(), c["key_hash"])
    tally.equal("checkpoint note", signing.make_note(checkpoint, seed), c["note_text"])
    tally.equal("checkpoint read", signing.read_note(c["note_text"], origin, public), checkpoint)
    for case in c["refuse"]:
        tally.refuses(
            f"checkpoint {case['why_text']}", lambda n=case["note_text"]: signing.read_note(n, origin, public)
        )


def _attachments(v: Vectors, tally: Tally) -> None:
    a = v["attachment"]
    key, context = bytes.fromhex(a["key"]), ctx(*map(bytes.fromhex, a["context"]))

    def opened(case: Vectors) -> bytes:
        return b"".join(attachment_file.open_stream(key, context, [b64(case["ciphertext_b64"])]))

    for case in a["open"]:
        tally.equal("attachment length", len(opened(case)), case["length"])
        tally.equal("attachment", hashlib.sha256(opened(case)).hexdigest(), case["plaintext_sha256"])
    for case in a["stored_length"]:
        tally.equal("stored length", attachment_file.stored_length(case["size"]), case["stored"])
    for case in a["refuse"]:
        tally.refuses(f"attachment {case['why_text']}", lambda c=case: opened(c))


def _links(v: Vectors, tally: Tally) -> None:
    for case in v["link"]:
        tally.equal("link", mailbox_key.link_of(bytes.fromhex(case["mailbox_seed"])).hex(), case["link"])
    for expected, group in ((True, v["rekey"]["accept"]), (False, v["rekey"]["refuse"])):
        for case in group:
            link, mailbox, named, value = (
                bytes.fromhex(case[name]) for name in ("link", "mailbox_id", "case_key", "rekey")
            )
            got = mailbox_key.rekey_is_right(link, mailbox, b64(case["case_public_key_b64"]), named, value)
            tally.equal(f"rekey {case.get('why_text', 'right')}", got, expected)


def run_crypto(vectors: Vectors, tally: Tally) -> None:
    """Run every section of crypto.json."""
    for section in (_basics, _padding, _envelopes, _parsing, _audit, _attachments, _links):
        section(vectors, tally)
    crypto_people.run_tokens(vectors, tally)
    crypto_people.run_people(vectors, tally)
