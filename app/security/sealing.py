"""The public-key half: seal to a recipient. Nothing here can open."""

from app.security.envelope import SUITE, envelope_header, envelope_info, pad
from app.security.keys import Recipient, parse_public_key


def seal(purpose: str, ids: tuple[bytes, ...], recipient: Recipient | bytes, content: bytes) -> bytes:
    """Return an envelope of `content` that only the recipient can open, in that place only.

    Raises `Refused` when the content is too long for its purpose, `ValueError` on a public key that is not one.
    """
    reader = parse_public_key(recipient) if isinstance(recipient, bytes) else recipient
    header = envelope_header(reader.kid)
    return header + SUITE.encrypt(pad(purpose, content), reader.parsed, envelope_info(header, purpose, ids))
