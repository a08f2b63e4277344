"""Direction, release cell and class of a report, from what the reporter ticked."""

from collections.abc import Mapping

from app.domain.errors import Refused

NOT_KNOWN = "not_known"

_PUBLIC_ROW = {"me": "public", "cared_for": "public", "someone_else": "unknown", "several": "unknown"}
_STAFF_ROW = {"me": "staff", "cared_for": "public", "someone_else": "unknown", "several": "unknown"}

AFFECTED: Mapping[str, Mapping[str, str]] = {
    "staff": {**_STAFF_ROW, "colleague": "staff", "patient": "public"},
    "volunteer": _STAFF_ROW,
    "patient": _PUBLIC_ROW,
    "family_carer": _PUBLIC_ROW,
    "visitor": _PUBLIC_ROW,
    "not_given": {**_PUBLIC_ROW, "me": "unknown"},
}
DIRECTIONS: Mapping[str, Mapping[str, str]] = {
    "staff": {
        "patient": "third_party_to_staff",
        "visitor": "third_party_to_staff",
        "public": "third_party_to_staff",
        "staff": "staff_to_staff",
        "unknown": NOT_KNOWN,
    },
    "public": {
        "patient": "patient_to_patient",
        "visitor": "third_party_to_patient",
        "public": "third_party_to_patient",
        "staff": "staff_to_patient",
        "unknown": NOT_KNOWN,
    },
    "unknown": dict.fromkeys(("patient", "visitor", "public", "staff", "unknown"), NOT_KNOWN),
}
RELEASE_CELLS: Mapping[str, str] = {
    "third_party_to_staff": "third_party_staff",
    "staff_to_staff": "staff_staff",
    "staff_to_patient": "staff_patient",
    "patient_to_patient": "other",
    "third_party_to_patient": "other",
    "organisation_to_person": "other",
    NOT_KNOWN: "other",
}


def affected_group(role: str, who: str) -> str:
    """Return `staff`, `public` or `unknown`; raise `Refused` for a pair that the form does not offer."""
    group = AFFECTED.get(role, {}).get(who)
    if group is None:
        raise Refused("Choose who it happened to.")
    return group


def sent_direction(role: str, who: str, by: str) -> str:
    """Return the direction as sent, which never changes; raise `Refused` for an answer that is not offered."""
    direction = DIRECTIONS[affected_group(role, who)].get(by)
    if direction is None:
        raise Refused("Choose who did it.")
    return direction


def release_cell(direction: str) -> str:
    """Return the cell of the release tables that counts `direction`."""
    return RELEASE_CELLS[direction]


def report_class(privacy: str, who: str) -> str:
    """Return `own` for an anonymous report about oneself, `other` for every other."""
    return "own" if privacy == "anonymous" and who == "me" else "other"
