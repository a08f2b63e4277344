"""The vault: an identity seed wrapped by a passphrase or by the owner's printed code."""

import secrets

from app.domain.receipts import PRINTED_CODE_SYMBOLS, symbols_from_bits
from app.security.aead_blob import open_exact_blob, seal_blob
from app.security.context import ctx
from app.security.key_derivation import derive
from app.security.passphrase import DEFAULT_PARAMETERS, vault_kek

PASSPHRASE = "passphrase"
CODE = "code"


def new_printed_code() -> str:
    """Return the 27 symbols of a new printed code, 135 random bits; `format_printed_code` prints it."""
    return symbols_from_bits(secrets.token_bytes(17), PRINTED_CODE_SYMBOLS)


def code_kek(code_symbols: str, user_id: bytes, salt: bytes) -> bytes:
    """Return the key of a printed code's 27 symbols, 32 bytes."""
    return derive(code_symbols.encode("ascii"), salt, ctx(b"vault-code", user_id), 32)


def _context(user_id: bytes, method: str) -> bytes:
    return ctx(b"vault", user_id, method.encode("ascii"))


def wrap_seed(kek: bytes, user_id: bytes, method: str, identity_seed: bytes | bytearray) -> bytes:
    """Return the wrapped seed, 61 bytes; `method` is `passphrase` or `code`."""
    return seal_blob(kek, identity_seed, _context(user_id, method))


def unwrap_seed(kek: bytes, user_id: bytes, method: str, wrap: bytes) -> bytes:
    """Return the identity seed, 32 bytes; raise `Unreadable`."""
    return open_exact_blob(kek, wrap, _context(user_id, method), 32)


def wrap_by_passphrase(
    passphrase: str,
    user_id: bytes,
    salt: bytes,
    pepper: bytes,
    identity_seed: bytes | bytearray,
    parameters: str = DEFAULT_PARAMETERS,
) -> bytes:
    """Return the seed wrapped under a passphrase; the salt is the vault's, not the verifier's."""
    return wrap_seed(vault_kek(passphrase, user_id, salt, pepper, parameters), user_id, PASSPHRASE, identity_seed)


def unwrap_by_passphrase(
    passphrase: str,
    user_id: bytes,
    salt: bytes,
    pepper: bytes,
    wrap: bytes,
    parameters: str = DEFAULT_PARAMETERS,
) -> bytes:
    """Return the identity seed; raise `Unreadable` or `Busy`."""
    return unwrap_seed(vault_kek(passphrase, user_id, salt, pepper, parameters), user_id, PASSPHRASE, wrap)


def wrap_by_code(code_symbols: str, user_id: bytes, salt: bytes, identity_seed: bytes | bytearray) -> bytes:
    """Return the seed wrapped under the owner's printed code."""
    return wrap_seed(code_kek(code_symbols, user_id, salt), user_id, CODE, identity_seed)


def unwrap_by_code(code_symbols: str, user_id: bytes, salt: bytes, wrap: bytes) -> bytes:
    """Return the identity seed; raise `Unreadable`."""
    return unwrap_seed(code_kek(code_symbols, user_id, salt), user_id, CODE, wrap)
