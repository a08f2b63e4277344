"""The public-key half: seal to a recipient. Nothing here can open."""

from app.security.envelope import SUITE, envelope_header, envelope_info, pad
from app.security.keys import kid, load_public_key


def seal(purpose: str, ids: tuple[bytes, ...], recipient_public_key: bytes, content: bytes) -> bytes:
    """Return an envelope of `content` that only the recipient can open, in that place only.

    Raises `Refused` when the content is too long for its purpose, `ValueError` on a public key that is not one.
    """
    header = envelope_header(kid(recipient_public_key))
    sealed = SUITE.encrypt(
        pad(purpose, content), load_public_key(recipient_public_key), envelope_info(header, purpose, ids)
    )
    return header + sealed
