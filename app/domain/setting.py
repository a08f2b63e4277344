"""What the trust itself decides: one table of settings with their meaning, unit, default and rule."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

LONGEST_TEXT = 300
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?")
_CODE = re.compile(r"[a-z0-9]{1,20}")
_PHONE = re.compile(r"[0-9+][0-9 +()-]{2,29}")


@dataclass(frozen=True)
class Rule:
    """What a value may be: `unit` says it in words, `allows` decides."""

    unit: str
    allows: Callable[[Any], bool]


def _is_line(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_TEXT and value.isprintable()


def _matches(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _or_empty(allows: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value == "" or allows(value)


def _between(least: int, most: int) -> Rule:
    def allows(value: Any) -> bool:
        return type(value) is int and least <= value <= most

    return Rule(f"whole number, {least} to {most}", allows)


def _is_list_of_codes(value: Any) -> bool:
    return isinstance(value, list) and all(map(_matches(_CODE), value)) and len(set(value)) == len(value)


def _is_names_by_code(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_matches(_CODE), value)) and all(map(_is_line, value.values()))


def _is_names_by_id(value: Any) -> bool:
    ids = re.compile("[0-9a-f]{32}")
    return isinstance(value, dict) and all(map(_matches(ids), value)) and all(map(_is_line, value.values()))


def _is_marks(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(mark, dict) and "digest" in mark for mark in value.values())


LINE = Rule(f"one line of at most {LONGEST_TEXT} characters", _is_line)
LINE_OR_NONE = Rule(f"one line of at most {LONGEST_TEXT} characters, or nothing", _or_empty(_is_line))
PHONE = Rule("telephone number", _matches(_PHONE))
EMAIL = Rule("e-mail address", _matches(_EMAIL))
HOST = Rule("host name as people type it", _matches(_HOST))
LINK_OR_NONE = Rule("https address, or nothing", _or_empty(_matches(re.compile(r"https://\S{3,290}"))))
YES_OR_NO = Rule("true or false", lambda value: isinstance(value, bool))
CODES = Rule("list of language codes", _is_list_of_codes)
NAMES_BY_CODE = Rule('names by code: {"k7wq2d": "Mosaic Centre"}', _is_names_by_code)
NAMES_BY_ID = Rule('names by account, 32 hex digits: {"0f…": "Peter Osei"}', _is_names_by_id)
MARKS = Rule("who checked which language and on which day", _is_marks)


@dataclass(frozen=True)
class TrustSetting:
    """One setting: what it means, what it may be, what stands until the trust decides, and what else changes it."""

    name: str
    meaning: str
    rule: Rule
    default: Any
    kept_by: str = ""
    """The page or command that alone changes it; "" for `flask setting set`."""


_POSTERS = "the page Places and posters"
TABLE = (
    TrustSetting("trust_name", "name of the trust on every page", LINE, "Northmere"),
    TrustSetting("trust_note", "what the foot of the pages says of a made-up trust, which the bar then calls so",
                 LINE_OR_NONE, "", "the demonstration"),
    TrustSetting("danger_text", "whom staff call in danger, on the quick form", LINE, "Call security on 2222, or 999."),
    TrustSetting("support_name", "name of the staff support line", LINE, "Staff support line"),
    TrustSetting("support_phone", "number of the staff support line", PHONE, "01234 567890"),
    TrustSetting("support_note", "when the staff support line answers", LINE, "24 hours"),
    TrustSetting("guardian_phone", "number of the Freedom to Speak Up Guardian", PHONE, "01234 567891"),
    TrustSetting("other_way_phone", "number for everyone who would rather call, or wants a paper form", PHONE,
                 "01234 567892"),
    TrustSetting("other_way_hours", "when that number answers", LINE_OR_NONE, ""),
    TrustSetting("reader_names", "how the forms name the people whom a reporter can leave out",
                 NAMES_BY_ID, {}),
    TrustSetting("partners", "community partners by the code in their link; a code should be hard to guess",
                 NAMES_BY_CODE, {}),
    TrustSetting("delete_all_offered", "whether a reporter may ask us to delete everything, the count included",
                 YES_OR_NO, True),
    TrustSetting("public_host", "the address that posters lead to", HOST, "heard.northmere.example", _POSTERS),
    TrustSetting("poster_languages", "languages of the line at the foot of a poster", CODES,
                 ["pl", "ro", "pa", "ur", "pt", "es", "ar", "bn", "gu", "it"], _POSTERS),
    TrustSetting("poster_languages_checked", "those of them whose line a speaker has checked", CODES, [], _POSTERS),
    TrustSetting("keep_words_months", "months after closing for which the words of a case are kept", _between(1, 120),
                 12),
    TrustSetting("keep_record_years", "years after closing for which the record of a case is kept", _between(1, 100),
                 10),
    TrustSetting("keep_serious_years", "the same for severe harm, a crime or safeguarding", _between(1, 100), 20),
    TrustSetting("accessibility_email", "where to write about accessibility", EMAIL,
                 "accessibility@northmere.example"),
    TrustSetting("accessibility_reply_days", "working days until such a letter is answered", _between(1, 60), 10),
    TrustSetting("paper_address", "where a paper form is sent", LINE_OR_NONE, ""),
    TrustSetting("bsl_video", "a video of these pages in British Sign Language", LINK_OR_NONE, ""),
    TrustSetting("bsl_relay", "a video relay service for calls in British Sign Language", LINK_OR_NONE, ""),
    TrustSetting("languages_checked", "languages of the pages that a person has checked", MARKS, {},
                 "`flask translations checked`"),
    TrustSetting("languages_first", "languages that stand in the bar of every page, the others under More languages",
                 CODES, ["pl", "ur"]),
)  # fmt: skip
BY_NAME = {setting.name: setting for setting in TABLE}
DEFAULTS: dict[str, Any] = {setting.name: setting.default for setting in TABLE}
"""Every setting with the value it has until the trust sets its own."""
