"""The two keys of a case and the grants that hand them to readers."""

from dataclasses import dataclass, field

from app.security.keys import Recipient, new_seed, recipient_of
from app.security.sealing import seal


@dataclass(frozen=True)
class NewKey:
    """A new key pair; the seed is granted at once, kept nowhere and not shown in `repr`."""

    seed: bytes = field(repr=False)
    recipient: Recipient = field(repr=False)

    @property
    def public_key(self) -> bytes:
        """The public half, 1,216 bytes."""
        return self.recipient.public_key


def new_key() -> NewKey:
    """Return a new case, record, mailbox, recovery or aggregation key."""
    seed = new_seed()
    return NewKey(seed, recipient_of(seed))


def seal_grant(case_id: bytes, case_seed: bytes, reader: Recipient) -> bytes:
    """Return the grant of a case key (words) to a reader."""
    return seal("grant", (case_id, reader.kid), reader, case_seed)


def seal_record_grant(case_id: bytes, record_seed: bytes, reader: Recipient) -> bytes:
    """Return the grant of a record key (codes, findings, reasons) to a reader."""
    return seal("record_grant", (case_id, reader.kid), reader, record_seed)


def seal_escrow(user_id: bytes, identity_seed: bytes, recovery_public_key: bytes) -> bytes:
    """Return an identity seed sealed to the trustees' recovery key."""
    return seal("escrow", (user_id,), recovery_public_key, identity_seed)
