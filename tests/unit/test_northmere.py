"""Northmere is the same every time, and nothing in it is real."""

import os
import subprocess
import sys

from app.cli import northmere, northmere_words

DIGEST = "aee3fd5a5902073b7d4d1140c4f261a088cabc1af84ff2bc577cb1dc109bb538"


def test_the_content_is_the_one_that_was_committed() -> None:
    assert northmere.generate().digest() == DIGEST


def test_another_hash_seed_time_zone_and_locale_change_nothing() -> None:
    environ = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    code = "from app.cli.northmere import generate; print(generate().digest())"
    answer = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == DIGEST


def test_the_size_of_the_trust() -> None:
    trust = northmere.generate()
    assert len(trust.places) == 180
    assert sum(place.staff_count for place in trust.places) == northmere.STAFF
    assert 400 <= len(trust.reports) <= 530
    assert sum(not report.closed_on for report in trust.reports) == northmere.STILL_OPEN
    assert all("2024-11-01" <= report.day <= "2026-10-31" for report in trust.reports)
    assert len({place.code for place in trust.places}) == 180
    assert any(place.name == "Willow Ward" and place.site == "Coast House" for place in trust.places)


def test_each_nhs_like_number_is_of_the_test_range() -> None:
    numbers = [
        str(report.answers.get("words", "")).split("The NHS number on the form was ")[1]
        for report in northmere.generate().reports
        if "NHS number" in str(report.answers.get("words", ""))
    ]
    assert numbers
    assert all(number.startswith("999") for number in numbers)


def test_every_kind_of_report_has_its_sentences() -> None:
    assert {code for code, _ in northmere.WHAT} == set(northmere_words.ACTS)
    assert {code for code, _ in northmere.BY_THIRD_PARTY} | {"staff", "unknown"} == set(northmere_words.OPENINGS)
