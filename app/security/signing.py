"""Ed25519 signatures: officers from their identity seed, checkpoints of the audit log (C2SP signed note)."""

import base64
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.domain.errors import Unreadable
from app.security.context import ctx
from app.security.key_derivation import expand

_NOTE_TYPE = b"\n\x01"
_NOTE = re.compile(r"([^\n]+)\n(0|[1-9][0-9]*)\n([A-Za-z0-9+/=]{44})\n\n— ([^\n ]+) ([A-Za-z0-9+/=]+)\n")


def signing_seed(identity_seed: bytes | bytearray) -> bytes:
    """Return the Ed25519 seed of an identity, 32 bytes."""
    return expand(identity_seed, ctx(b"sign"), 32)


def signing_public_key(ed25519_seed: bytes | bytearray) -> bytes:
    """Return the public key of an Ed25519 seed, 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(ed25519_seed).public_key().public_bytes_raw()


def signer_id(ed25519_public_key: bytes) -> bytes:
    """Return the 8 bytes that name a signer."""
    return hashlib.sha256(ed25519_public_key).digest()[:8]


def sign(ed25519_seed: bytes | bytearray, message: bytes) -> bytes:
    """Return an Ed25519 signature, 64 bytes; `message` carries its own context."""
    return Ed25519PrivateKey.from_private_bytes(ed25519_seed).sign(message)


def signature_is_right(ed25519_public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Return whether the signature is by this key over this message."""
    try:
        Ed25519PublicKey.from_public_bytes(ed25519_public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True)
class Checkpoint:
    """Origin, number of leaves and root (32 bytes) of the audit log on one day."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode('ascii')}\n"


def note_key_hash(origin: str, ed25519_public_key: bytes) -> bytes:
    """Return the 4 bytes that name a key in a signed note."""
    return hashlib.sha256(origin.encode() + _NOTE_TYPE + ed25519_public_key).digest()[:4]


def make_note(checkpoint: Checkpoint, ed25519_seed: bytes | bytearray) -> str:
    """Return the signed note of a checkpoint."""
    text = checkpoint.text()
    key_hash = note_key_hash(checkpoint.origin, signing_public_key(ed25519_seed))
    signature = base64.b64encode(key_hash + sign(ed25519_seed, text.encode())).decode("ascii")
    return f"{text}\n— {checkpoint.origin} {signature}\n"


def read_note(note: str, origin: str, ed25519_public_key: bytes) -> Checkpoint:
    """Return the checkpoint of a note that this key signed for this origin; raise `Unreadable`."""
    match = _NOTE.fullmatch(note)
    if match is None or match[1] != origin or match[4] != origin:
        raise Unreadable
    try:
        checkpoint = Checkpoint(origin, int(match[2]), base64.b64decode(match[3], validate=True))
        signed = base64.b64decode(match[5], validate=True)
    except ValueError:
        raise Unreadable from None
    text = checkpoint.text()
    if not note.startswith(text) or signed[:4] != note_key_hash(origin, ed25519_public_key):
        raise Unreadable
    if not signature_is_right(ed25519_public_key, signed[4:], text.encode()):
        raise Unreadable
    return checkpoint
