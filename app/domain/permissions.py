"""Roles and acts: what each signed-in role may do. What is not named is refused."""

from collections.abc import Iterable, Mapping

from app.domain.errors import NotFound

ROLES = ("investigator", "lead", "director", "assurance", "auditor", "admin")

_CASE_READERS = frozenset({"investigator", "lead"})
_LEAD = frozenset({"lead"})
_ALL = frozenset(ROLES)

# Acts on cases are further limited to granted cases by keys; the table is only the first of four walls.
PERMISSIONS: Mapping[str, frozenset[str]] = {
    "see_queue": _CASE_READERS,
    "read_case": _CASE_READERS,
    "reply": _CASE_READERS,
    "write_note": _CASE_READERS,
    "change_case": _CASE_READERS,
    "close_case": _CASE_READERS,
    "read_attachment": _CASE_READERS,
    "export_case": _CASE_READERS,
    "give_grant": _CASE_READERS,
    "remove_grant": _LEAD,
    "read_grants": frozenset({"lead", "auditor"}),
    "sign_roster": _LEAD,
    "read_roster": frozenset({"lead", "auditor"}),
    "see_measures": _LEAD,
    "note_chart": _LEAD,
    "approve_disposal": _LEAD,
    "recode_case": _CASE_READERS,
    "read_release": frozenset({"investigator", "lead", "director", "assurance", "auditor"}),
    "export_release": frozenset({"lead", "director", "assurance"}),
    "approve_board_pack": frozenset({"lead", "director"}),
    "read_framework": frozenset({"lead", "director", "assurance"}),
    "write_framework": frozenset({"assurance"}),
    "write_step": frozenset({"lead", "assurance"}),
    "write_story": frozenset({"assurance"}),
    "approve_story": _LEAD,
    "read_own_events": _CASE_READERS,
    "read_case_events": _LEAD,
    "read_audit_log": frozenset({"auditor"}),
    "verify_audit_log": frozenset({"auditor", "admin"}),
    "invite_user": frozenset({"lead", "admin"}),
    "manage_users": frozenset({"admin"}),
    "manage_organisation": frozenset({"admin"}),
    "change_setting": frozenset({"admin"}),
    "import_file": frozenset({"admin"}),
    "see_health": frozenset({"lead", "auditor", "admin"}),
    "manage_backup": frozenset({"admin"}),
    "manage_own_account": _ALL,
}
NEVER_TOGETHER = (frozenset({"admin", "investigator"}), frozenset({"admin", "lead"}))


def is_allowed(roles: Iterable[str], act: str) -> bool:
    """Return whether one of `roles` may do `act`; an unknown act is refused."""
    return not PERMISSIONS.get(act, frozenset()).isdisjoint(roles)


def who_may(act: str) -> frozenset[str]:
    """Return the roles that may do `act`. Raises `KeyError` for an act that the table does not know."""
    return PERMISSIONS[act]


def check_is_allowed(roles: Iterable[str], act: str) -> None:
    """Raise `NotFound` unless one of `roles` may do `act`: forbidden and absent look alike."""
    if not is_allowed(roles, act):
        raise NotFound


def roles_fit_together(roles: Iterable[str]) -> bool:
    """Return whether one person may hold all of `roles`."""
    held = frozenset(roles)
    return held <= _ALL and not any(pair <= held for pair in NEVER_TOGETHER)
