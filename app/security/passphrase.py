"""Passphrases: Argon2id verifier and key-encryption key, a cap on how many run, and what is too weak."""

import hmac
import re
import secrets
import threading
import unicodedata

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.domain.errors import Busy, Refused
from app.security.context import ctx

DEFAULT_PARAMETERS = "m=65536,t=3,p=4"
SHORTEST = 15
LONGEST = 128
SALT_LENGTH = 16
WAIT_SECONDS = 5.0

_PARAMETERS = re.compile(r"m=([1-9]\d{0,7}),t=([1-9]\d{0,2}),p=([1-9]\d{0,2})")
_LARGEST_MEMORY_KIB = 1 << 20
# fmt: off
_COMMON_WORDS = (
    "password", "passphrase", "passwort", "letmein", "welcome", "qwertyuiop", "qwerty", "asdfghjkl", "zxcvbnm",
    "azerty", "iloveyou", "administrator", "admin", "changeme", "secret", "login", "monkey", "dragon",
    "football", "liverpool", "arsenal", "chelsea", "sunshine", "princess", "summer", "winter", "spring",
    "autumn", "monday", "hospital", "nhs", "nurse", "doctor", "trust", "heard", "northmere", "correct", "horse",
    "battery", "staple", "test", "guest", "default", "master", "abcdefgh", "abcdef", "abc",
)
# fmt: on
_SEQUENCES = ("0123456789" * 3, "9876543210" * 3, "abcdefghijklmnopqrstuvwxyz" * 2, "qwertyuiopasdfghjklzxcvbnm")
# OpenSSL 4.0.3 never returns when two derivations with several lanes share its thread pool (ADR 0056).
_slots = threading.BoundedSemaphore(1)


def new_salt() -> bytes:
    """Return a new salt, 16 random bytes; verifier and key have one each."""
    return secrets.token_bytes(SALT_LENGTH)


def normalise_passphrase(passphrase: str) -> bytes:
    """Return the passphrase in NFKC and UTF-8; raise `Refused` when it is longer than 128 characters."""
    if len(passphrase) > LONGEST:
        raise Refused("Use 128 characters or fewer.")
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def _read_parameters(parameters: str) -> tuple[int, int, int]:
    match = _PARAMETERS.fullmatch(parameters)
    if match is None or int(match[1]) > _LARGEST_MEMORY_KIB:
        raise ValueError("Argon2 parameters are not readable")
    return int(match[1]), int(match[2]), int(match[3])


def _stretch(passphrase: str, salt: bytes, pepper: bytes, context: bytes, parameters: str) -> bytes:
    memory, iterations, lanes = _read_parameters(parameters)
    normalised = normalise_passphrase(passphrase)
    function = Argon2id(
        salt=salt, length=32, iterations=iterations, lanes=lanes, memory_cost=memory, ad=context, secret=pepper
    )
    if not _slots.acquire(timeout=WAIT_SECONDS):
        raise Busy
    try:
        return function.derive(normalised)
    finally:
        _slots.release()


def login_verifier(
    passphrase: str, user_id: bytes, salt: bytes, pepper: bytes, parameters: str = DEFAULT_PARAMETERS
) -> bytes:
    """Return what sign-in compares, 32 bytes; raise `Busy` when too many run at once."""
    return _stretch(passphrase, salt, pepper, ctx(b"login", user_id), parameters)


def passphrase_is_right(
    passphrase: str, user_id: bytes, salt: bytes, pepper: bytes, verifier: bytes, parameters: str = DEFAULT_PARAMETERS
) -> bool:
    """Return whether `passphrase` belongs to the stored verifier."""
    return hmac.compare_digest(login_verifier(passphrase, user_id, salt, pepper, parameters), verifier)


def vault_kek(
    passphrase: str, user_id: bytes, salt: bytes, pepper: bytes, parameters: str = DEFAULT_PARAMETERS
) -> bytes:
    """Return the key that wraps an identity seed, 32 bytes; raise `Busy` when too many run at once."""
    return _stretch(passphrase, salt, pepper, ctx(b"vault-kek", user_id), parameters)


def _without_common_words(folded: str) -> str:
    for word in sorted(_COMMON_WORDS, key=len, reverse=True):
        folded = folded.replace(word, "")
    return folded


def _is_common(folded: str) -> bool:
    letters = "".join(character for character in folded if character.isalnum())
    doubled = letters + letters
    repeated = len(letters) > 1 and letters in doubled[1:-1]
    in_sequence = any(letters in sequence for sequence in _SEQUENCES)
    left = "".join(character for character in _without_common_words(letters) if not character.isdigit())
    return len(set(letters)) < 5 or repeated or in_sequence or len(left) < 3


def check_passphrase_strength(passphrase: str) -> None:
    """Raise `Refused` with the rule that a new passphrase breaks: 15 to 128 characters and not a common one."""
    if len(passphrase) > LONGEST:
        raise Refused("Use 128 characters or fewer.")
    folded = unicodedata.normalize("NFKC", passphrase).casefold()
    if len(folded) < SHORTEST:
        raise Refused("Use at least 15 characters. Several words are easier to remember than one.")
    if _is_common(folded):
        raise Refused("This passphrase is too easy to guess. Use words that do not belong together.")
