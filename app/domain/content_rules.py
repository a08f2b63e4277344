"""Rules for one value inside sealed content: each takes a value and says whether it fits."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from app.domain.report_content import LARGEST_INTEGER

Rule = Callable[[object], bool]
Schema = Mapping[str, Rule]

_HEX = re.compile(r"[0-9a-f]+")
_CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def text(longest: int) -> Rule:
    """Text of at most `longest` characters."""
    return lambda value: isinstance(value, str) and len(value) <= longest


def code(longest: int = 40) -> Rule:
    """A code: snake_case ASCII."""
    return lambda value: isinstance(value, str) and len(value) <= longest and _CODE.fullmatch(value) is not None


def one_of(*allowed: str | None) -> Rule:
    """One of the named values."""
    return lambda value: (value is None or isinstance(value, str)) and value in allowed


def hex_of(digits: int) -> Rule:
    """Lower-case hex digits."""
    return lambda value: isinstance(value, str) and len(value) == digits and _HEX.fullmatch(value) is not None


def integer(smallest: int = 0, largest: int = LARGEST_INTEGER) -> Rule:
    """An integer within its bounds; true and false are none."""
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and smallest <= value <= largest


def list_of(rule: Rule, longest: int) -> Rule:
    """A list of at most `longest` values."""
    return lambda value: isinstance(value, list) and len(value) <= longest and all(map(rule, value))


def either(*rules: Rule) -> Rule:
    """A value that fits one of the rules."""
    return lambda value: any(rule(value) for rule in rules)


def map_of(rule: Rule, longest: int) -> Rule:
    """An object of at most `longest` codes, each with a value that fits."""
    name = code(60)
    return lambda value: (
        isinstance(value, dict)
        and len(value) <= longest
        and all(name(key) and rule(item) for key, item in value.items())
    )


def boolean(value: object) -> bool:
    """True or false."""
    return isinstance(value, bool)


def day(value: object) -> bool:
    """A day, `2026-11-22`."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def month(value: object) -> bool:
    """A month, `2026-11`."""
    return isinstance(value, str) and _MONTH.fullmatch(value) is not None


def second(value: object) -> bool:
    """A UTC second, `2026-11-22T09:30:00Z`: staff acts only."""
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).strftime("%Y-%m-%dT%H:%M:%SZ") == value
    except ValueError:
        return False


def object_of(schema: Schema) -> Rule:
    """An object with every key of `schema` (a name ending in `?` may be absent), no other, all of which fit."""
    required = frozenset(name for name in schema if not name.endswith("?"))
    rules = {name.removesuffix("?"): rule for name, rule in schema.items()}
    known = rules.keys()
    return lambda value: (
        isinstance(value, dict)
        and required <= value.keys() <= known
        and all(rules[name](item) for name, item in value.items())
    )
