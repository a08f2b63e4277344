"""The budgets of the code: how long, how deep, how named. Ruff and import-linter hold the rest."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.database.schema import MIGRATIONS

ROOT = Path(__file__).parents[1]
ROOMS = ("app", "forms", "models", "notifications")
SETTINGS = tuple(ROOT.glob("config*.py"))
SOURCES = sorted([*SETTINGS, *(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))])
TESTS = sorted([*(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")])
LONGEST_MODULE, LONGEST_TEST, LONGEST_FUNCTION, MOST_SUPPRESSIONS = 250, 300, 40, 10
VAGUE = re.compile(r"(^|_)(utils?|helpers?|common|misc|managers?)(_|$)")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, FUNCTIONS):
            yield node


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_module_is_short_and_so_are_its_functions(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    for function in functions(path):
        assert (function.end_lineno or 0) - function.lineno < LONGEST_FUNCTION, function.name


def test_test_modules_are_short() -> None:
    assert not [name_of(p) for p in TESTS if len(p.read_text(encoding="utf-8").splitlines()) > LONGEST_TEST]


def test_public_functions_are_annotated_and_documented() -> None:
    bare = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and not node.name.startswith("_"):
                annotated = isinstance(node, ast.ClassDef) or node.returns is not None
                if not annotated or not ast.get_docstring(node):
                    bare.append(f"{name_of(path)}: {node.name}")
    assert not bare


def test_imports_stand_at_the_top() -> None:
    inside = [
        f"{name_of(path)}: {function.name}"
        for path in SOURCES
        for function in functions(path)
        if function.name != "create_app"
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    assert not inside


def test_no_test_module_imports_from_another() -> None:
    shared = re.compile(r"^(?:from|import) tests\.\S*\btest_", re.M)
    assert [name_of(path) for path in TESTS if shared.search(path.read_text("utf-8"))] == []


def test_no_file_has_a_vague_name() -> None:
    assert not [
        name_of(p) for p in SOURCES if any(VAGUE.search(part) for part in p.relative_to(ROOT).with_suffix("").parts)
    ]


def test_what_is_wrong_with_a_control_is_said_in_one_template() -> None:
    saying = [
        name_of(path) for path in (ROOT / "templates").rglob("*.html") if "nhsuk-error-message" in path.read_text()
    ]
    assert saying == ["templates/components/field_error.html"]


def test_suppressions_are_few_and_each_has_a_reason() -> None:
    found = [
        (name_of(path), line.strip())
        for path in SOURCES
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"# (type: ignore|noqa)", line)
    ]
    assert not [line for line in found if not re.search(r"# (type: ignore\[[^\]]+\]|noqa: \w+)\s+# \S+", line[1])]
    assert len(found) <= MOST_SUPPRESSIONS, found


def test_decision_numbers_are_unique() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs/adr").glob("[0-9]*.md")]
    assert numbers
    assert len(numbers) == len(set(numbers))


def test_every_revision_has_its_tests() -> None:
    for revision in (MIGRATIONS / "versions").glob("v*.py"):
        assert (ROOT / "tests/migrations" / f"test_{revision.stem[1:]}.py").exists(), revision.stem
