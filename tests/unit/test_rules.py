import ast
from pathlib import Path

import pytest

from app.domain import direction, permissions, workflow
from app.domain.errors import NotFound, Refused

DOMAIN = Path(direction.__file__).parent
FORBIDDEN = {"sqlalchemy", "cryptography", "jinja2", "wtforms", "os", "random", "secrets", "time", "flask"}


def test_every_status_has_its_words_and_is_reached():
    reached = {after for following in workflow.TRANSITIONS.values() for after in following}
    assert reached | {"received"} == set(workflow.STATUSES)
    for table in (workflow.STATUS_WORDS, workflow.STATUS_NAMES):
        assert set(table) == set(workflow.STATUSES)


@pytest.mark.parametrize("before", workflow.STATUSES)
@pytest.mark.parametrize("after", workflow.STATUSES)
def test_moves_follow_the_table_and_nothing_else(before, after):
    allowed = after in workflow.TRANSITIONS[before]
    assert workflow.can_move(before, after) == allowed
    if not allowed:
        with pytest.raises(Refused):
            workflow.check_can_move(before, after)


def test_the_refusal_says_what_to_do():
    with pytest.raises(Refused) as caught:
        workflow.check_can_move("received", "closed")
    assert str(caught.value) == (
        "A case cannot go from Received to Closed. Record the safety check first, or choose why it ends here."
    )


@pytest.mark.parametrize("before", workflow.STATUSES)
def test_short_close_needs_a_reason_and_an_open_case(before):
    for reason in workflow.SHORT_CLOSE_REASONS:
        assert workflow.can_move(before, "closed", reason) == (before != "closed")
        assert not workflow.can_move(before, "triaged", reason)
    assert not workflow.can_move(before, "closed", "done")


def test_permissions_name_known_roles_only():
    for act, roles in permissions.PERMISSIONS.items():
        assert roles, act
        assert roles <= set(permissions.ROLES)
    assert {"read_case", "reply", "see_queue"} <= permissions.PERMISSIONS.keys()


@pytest.mark.parametrize("role", ["director", "assurance", "auditor", "admin"])
@pytest.mark.parametrize("act", ["read_case", "reply", "see_queue", "give_grant", "sign_roster"])
def test_people_without_keys_have_no_act_on_cases(role, act):
    assert not permissions.is_allowed([role], act)
    with pytest.raises(NotFound):
        permissions.check_is_allowed([role], act)


def test_unknown_acts_and_clashing_roles_are_refused():
    assert not permissions.is_allowed(permissions.ROLES, "anything_else")
    assert not permissions.roles_fit_together(["admin", "lead"])
    assert permissions.roles_fit_together(["lead", "director"])
    permissions.check_is_allowed(["lead"], "read_case")


@pytest.mark.parametrize(
    ("role", "who", "by", "expected"),
    [
        ("staff", "me", "patient", "third_party_to_staff"),
        ("staff", "colleague", "staff", "staff_to_staff"),
        ("staff", "patient", "staff", "staff_to_patient"),
        ("visitor", "me", "public", "third_party_to_patient"),
        ("patient", "cared_for", "patient", "patient_to_patient"),
        ("not_given", "me", "staff", "not_known"),
        ("volunteer", "several", "staff", "not_known"),
    ],
)
def test_directions(role, who, by, expected):
    assert direction.sent_direction(role, who, by) == expected


def test_directions_are_complete():
    for role, row in direction.AFFECTED.items():
        for who in row:
            for by in ("patient", "visitor", "public", "staff", "unknown"):
                assert direction.release_cell(direction.sent_direction(role, who, by))
    for role, who, by in (("patient", "colleague", "staff"), ("staff", "me", "x"), ("x", "me", "staff")):
        with pytest.raises(Refused):
            direction.sent_direction(role, who, by)
    assert direction.report_class("anonymous", "me") == "own"
    assert direction.report_class("named", "me") == direction.report_class("anonymous", "several") == "other"


@pytest.mark.parametrize("path", sorted(DOMAIN.glob("*.py")), ids=lambda path: path.name)
def test_the_domain_imports_no_library_and_no_clock(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
            assert not names[0].startswith("app.") or names[0].startswith("app.domain")
        assert not {name.split(".")[0] for name in names} & FORBIDDEN
