"""Which sentences the public pages say: found in templates, views, forms and vocabulary, and in nothing of the desk."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from jinja2.ext import babel_extract

ROOT = Path(__file__).parents[2]
TEMPLATES = ("templates/layout.html", "templates/public_layout.html", "templates/components", "templates/public",
             "templates/errors")  # fmt: skip
"""Templates of the public pages. A sentence counts where `_` or `ngettext` says it."""
MODULES = ("app/domain", "app/services", "app/web", "app/public", "forms", "models/vocabulary")
"""Modules that hold sentences of the public pages, marked with `N_`, `gettext`, `ngettext` or `say`."""
DESK_MODULES = frozenset(
    {"forms/conflict.py", "forms/conversation.py", "forms/sign_in.py", "models/vocabulary/case.py"}
)
"""What only signed-in people read."""
DESK_LISTS = frozenset(
    {"AGREED", "ASKED", "CAME", "OPENS", "ROLES", "SCAN", "SIZES", "SOURCE", "TARGET", "TOLD_BY", "WHAT_SHORT"}
)
"""Lists in modules of both sides that only signed-in people read."""
TABLES = {"app/domain/workflow.py": frozenset({"STATUS_WORDS"})}
"""Tables whose values a reporter reads, in a layer that cannot mark them."""
NAMED: Mapping[str, tuple[tuple[int, ...], frozenset[str]]] = {
    "Word": ((1, 2), frozenset({"label", "hint"})),
    "Question": ((1, 2), frozenset({"label", "hint", "missing", "too_long", "needed"})),
}
"""Calls whose texts are said without a mark: the places and the names of those texts."""
KEYWORDS: dict[str, Any] = {"_": None, "N_": None, "gettext": None, "say": None, "ngettext": (1, 2),
                            "say_number": (1, 2)}  # fmt: skip
Found = Iterator[tuple[int, str, Any, list[str]]]


def public_sentences() -> Catalog:
    """Return the template catalogue: every sentence of the public pages, with the files that say it."""
    catalogue = Catalog()
    for path in _files(TEMPLATES, "*.html"):
        _add(catalogue, path, babel_extract, {"silent": "false"})
    for path in _files(MODULES, "*.py"):
        if _name(path) not in DESK_MODULES:
            _add(catalogue, path, extract_python, {"tables": TABLES.get(_name(path), frozenset())})
    return catalogue


def _files(folders: tuple[str, ...], pattern: str) -> Iterator[Path]:
    for folder in folders:
        path = ROOT / folder
        yield from sorted(path.rglob(pattern)) if path.is_dir() else [path]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _add(catalogue: Catalog, path: Path, method: Any, options: dict[str, Any]) -> None:
    with path.open("rb") as file:
        for _line, said, _comments, _context in extract(method, file, KEYWORDS, options=options):
            catalogue.add(said, locations=[(_name(path), 0)])


def extract_python(fileobj: Any, _keywords: object, _tags: object, options: Mapping[str, Any]) -> Found:
    """Yield the sentences of a module, as babel asks of an extraction method: line, function, texts, comments."""
    tree = ast.parse(fileobj.read())
    for node in tree.body:
        if not _assigned(node) & DESK_LISTS:
            yield from _calls(node)
        if _assigned(node) & options["tables"]:
            yield from _values(node)


def _assigned(node: ast.stmt) -> frozenset[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return frozenset(target.id for target in targets if isinstance(target, ast.Name))


def _calls(node: ast.AST) -> Found:
    for call in (found for found in ast.walk(node) if isinstance(found, ast.Call)):
        name = _called(call)
        if name in NAMED:
            places, names = NAMED[name]
            given = [call.args[place] for place in places if place < len(call.args)]
            given += [keyword.value for keyword in call.keywords if keyword.arg in names]
            yield from ((text.lineno, "N_", _text(text), []) for text in given if _text(text))
        elif name in KEYWORDS and call.args:
            texts = tuple(map(_text, call.args))
            yield call.lineno, name, texts if len(texts) > 1 else texts[0], []


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _values(node: ast.stmt) -> Found:
    value = getattr(node, "value", None)
    for text in value.values if isinstance(value, ast.Dict) else ():
        if _text(text):
            yield text.lineno, "N_", _text(text), []


def _text(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value else None
