"""People of the desk: adding them with their own keys, and naming them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from app.security.keys import new_seed, public_key
from app.security.passphrase import DEFAULT_PARAMETERS, check_passphrase_strength, login_verifier, new_salt
from app.security.vault import PASSPHRASE, wrap_by_passphrase
from app.services.work import Work
from models.credential import Credential
from models.user import User
from models.vault import Vault


@dataclass(frozen=True)
class NewPerson:
    """Somebody who is to sign in; `seed` is given only where it must be the same every time."""

    id: bytes
    email: str
    name: str
    role: str
    passphrase: str = field(repr=False)
    seed: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class PreparedPerson:
    """The rows of one person, made outside any transaction."""

    user: Mapping[str, object]
    credential: Mapping[str, object] = field(repr=False)
    vault: Mapping[str, object] = field(repr=False)
    public_key: bytes = field(repr=False)


def plain_email(email: str) -> str:
    """Return an e-mail address as it is stored and looked up."""
    return email.strip().casefold()


def prepare_person(person: NewPerson, pepper: bytes, argon2: str = DEFAULT_PARAMETERS) -> PreparedPerson:
    """Return verifier, vault and key of a new person. Slow on purpose: two Argon2 computations.

    Raises `Refused` when the passphrase is too short or too common.
    """
    check_passphrase_strength(person.passphrase)
    seed = person.seed or new_seed()
    own_key = public_key(seed)
    login_salt, vault_salt = new_salt(), new_salt()
    return PreparedPerson(
        user={
            "id": person.id,
            "email": plain_email(person.email),
            "name": person.name,
            "role": person.role,
            "active": True,
        },
        credential={
            "user_id": person.id,
            "salt": login_salt,
            "verifier": login_verifier(person.passphrase, person.id, login_salt, pepper, argon2),
            "argon2": argon2,
        },
        vault={
            "user_id": person.id,
            "method": PASSPHRASE,
            "salt": vault_salt,
            "argon2": argon2,
            "wrap": wrap_by_passphrase(person.passphrase, person.id, vault_salt, pepper, seed, argon2),
            "public_key": own_key,
        },
        public_key=own_key,
    )


def store_person(work: Work, person: PreparedPerson) -> None:
    """Store one person with verifier and vault."""
    work.insert(User, person.user)
    work.insert(Credential, person.credential)
    work.insert(Vault, person.vault)
    work.audit("role.changed", role=str(person.user["role"]), user=bytes(person.user["id"]).hex())  # type: ignore[call-overload]  # always bytes


def name_people(work: Work, user_ids: Iterable[bytes | None]) -> Mapping[bytes, str]:
    """Return the names of these people by id; unknown ids are left out."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    if not wanted:
        return {}
    return {row.id: row.name for row in work.connection.execute(select(User.id, User.name).where(User.id.in_(wanted)))}
