"""What the trust itself decides: held to its rule, kept in versions, and said in one reference page."""

from pathlib import Path
from typing import Any

import pytest

from app.cli.setting import reference_page
from app.domain.errors import Refused
from app.domain.setting import BY_NAME, TABLE, TrustSetting
from app.services.setting import change_setting, read_settings
from tests.service.desk import DeskTrust

PAGE = Path(__file__).parents[2] / "docs/reference/trust-settings.md"
WRONG: dict[str, Any] = {
    "one line of at most 300 characters": "",
    "one line of at most 300 characters, or nothing": "two\nlines",
    "telephone number": "call us",
    "e-mail address": "help@",
    "host name as people type it": "https://heard.trust.example/",
    "https address, or nothing": "http://trust.example/bsl",
    "true or false": "yes",
    "list of language codes": ["pl", "pl"],
    'names by code: {"k7wq2d": "Mosaic Centre"}': {"K7WQ2D": "Mosaic Centre"},
    'names by account, 32 hex digits: {"0f…": "Peter Osei"}': {"peter": "Peter Osei"},
    "who checked which language and on which day": {"ur": "checked"},
    "whole number, 1 to 120": 121,
    "whole number, 1 to 100": True,
    "whole number, 1 to 60": "10",
}
"""For each rule a value that it refuses."""


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.name)
def test_each_setting_takes_its_default_and_refuses_what_it_cannot_be(trust: DeskTrust, setting: TrustSetting) -> None:
    with trust.public() as work:
        change_setting(work, setting.name, setting.default)
        with pytest.raises(Refused, match=f"^{setting.name} must be: "):
            change_setting(work, setting.name, WRONG[setting.rule.unit])
        assert read_settings(work)[setting.name] == setting.default


def test_the_latest_version_counts(trust: DeskTrust) -> None:
    before = trust.events("setting.changed")
    for name in ("Coast NHS Trust", "Coast and Downs NHS Trust"):
        with trust.public() as work:
            change_setting(work, "trust_name", name)
    with trust.public(reading=True) as work:
        assert read_settings(work)["trust_name"] == "Coast and Downs NHS Trust"
    assert trust.events("setting.changed") == before + 2


def test_the_reference_page_is_the_table() -> None:
    assert len(BY_NAME) == len(TABLE)
    assert PAGE.read_text("utf-8") == reference_page(), (
        "run: flask setting reference > docs/reference/trust-settings.md"
    )
