"""The directory: what its files may hold, when a check runs out, and which services fit a report."""

import re
from datetime import date
from pathlib import Path

import pytest

from app.cli.northmere_days import TODAY
from app.cli.northmere_support_directory import OVERDUE, OWN
from app.cli.support_directory import STARTING, read_services
from app.domain.direction import AFFECTED
from app.domain.errors import Refused
from app.domain.support_directory import (
    ABOUT_IT,
    ABOUT_THEM,
    HERE,
    SHOWN_BESIDE_RECEIPT,
    UNASKED,
    WANTED,
    choose,
    directory_order,
    is_checked,
    wanted_tags,
)
from app.services.support_directory import ServiceView
from app.services.support_directory_file import COLUMNS, read_service_file
from models.vocabulary.incident import WHAT
from models.vocabulary.people import BY, HELP, WHO, WHO_QUICK
from models.vocabulary.support_directory import AUDIENCE, NEED, TAG
from models.vocabulary.word import codes

LONGEST_WORD, LONGEST_SENTENCE = 11, 28
HEADER = ",".join(COLUMNS)
GOOD = "A line,Somebody listens.,staff helpline,01632 960000,Day and night,a@x.test,https://x.test/,Here,English"
# Name, tags, phone, email, website as frameworks.md gives them; the number of London Friend is written in groups.
TEN = {
    ("BAATN, The Black, African and Asian Therapy Network", "black asian mental_health", "",
     "administrator@baatn.org.uk", "https://www.baatn.org.uk/"),
    ("Digital Share", "digital essex", "", "", "https://digitalshare.org/"),
    ("Halo Project", "abuse women", "01642 683 045", "", "https://www.haloproject.org.uk/"),
    ("Inclusive Mosque Initiative", "muslim faith lgbtq women", "0203 189 1185", "admin@inclusivemosque.org",
     "https://inclusivemosque.org/"),
    ("Jami", "jewish faith mental_health", "020 8458 2223", "", "https://jamiuk.org/"),
    ("LAWRS", "women migrant latin_american abuse", "0808 145 4909", "", "https://lawrs.org.uk/what-we-do/"),
    ("London Friend", "lgbtq mental_health", "020 7833 1674", "office@londonfriend.org.uk",
     "https://londonfriend.org.uk/"),
    ("The OutHouse", "lgbtq essex mental_health", "01206 871 394", "info@theouthouse.org.uk",
     "https://theouthouse.org.uk/"),
    ("Sarbat LGBT Sikhs", "sikh faith lgbtq", "", "", "https://www.sarbat.net/"),
    ("Switchboard", "lgbtq helpline", "0300 330 0630", "", "https://switchboard.lgbt/"),
}  # fmt: skip


def test_the_ten_services_are_as_the_trust_directory_gives_them() -> None:
    read = {(one.name, one.tags, one.phone, one.email, one.url) for one in read_services(STARTING)}
    assert read >= TEN
    assert {one[0] for one in read - TEN} == {"Equality Advisory and Support Service", "True Vision", "Samaritans"}


@pytest.mark.parametrize("path", [STARTING, OWN], ids=["starting", "own"])
def test_what_a_service_does_is_said_in_short_words_and_sentences(path: Path) -> None:
    for one in read_services(path):
        for sentence in re.split(r"[.:] ", one.description):
            words = re.findall(r"[A-Za-z]+", sentence)
            assert len(words) <= LONGEST_SENTENCE, one.name
            assert not [word for word in words if len(word) > LONGEST_WORD], one.name


def test_the_lines_of_the_demonstration_reach_nobody() -> None:
    own = read_services(OWN)
    assert all(one.phone.startswith("01632 960") and not one.url for one in own)
    assert all(not one.email or one.email.endswith(".example") for one in own)
    assert {one.name for one in own}.isdisjoint(one.name for one in read_services(STARTING))
    assert OVERDUE.keys() <= {one.name for one in read_services(STARTING)}
    assert not any(is_checked(day, TODAY) for day in OVERDUE.values())


def test_every_tag_stands_once_and_every_service_says_what_for() -> None:
    assert len(codes(TAG)) == len(NEED) + len(AUDIENCE)
    for one in (*read_services(STARTING), *read_services(OWN)):
        assert codes(NEED) & set(one.tags.split()), one.name
    used = {tag for path in (STARTING, OWN) for one in read_services(path) for tag in one.tags.split()}
    assert used == codes(TAG)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (GOOD.replace("staff", "stuff"), "Line 2, tags: stuff is not a tag"),
        (GOOD.replace("https://x", "http://x"), "Line 2, url: does not begin with https://"),
        (GOOD.replace("https://x.test/", "javascript:alert(1)"), "Line 2, url: does not begin with https://"),
        (GOOD.replace("a@x.test", "at x"), "Line 2, email: is no email address"),
        (GOOD.replace("01632 960000", "call us"), "Line 2, phone: has other characters than digits and spaces"),
        (GOOD.replace("A line", "=A1"), "Line 2, name: must not begin with ="),
        (GOOD.replace("A line", ""), "Line 2, name: must not be empty"),
        (GOOD.replace("A line", "x" * 101), "Line 2, name: longer than 100 characters"),
        (GOOD.replace("staff helpline", "staff"), "Line 2, tags: none says what it helps with. Add one of helpline"),
        (GOOD + ",more", "Line 2, columns: there must be 9"),
        ("A line,Somebody listens.", "Line 2, columns: there must be 9"),
        (f"{GOOD}\n{GOOD}", "Line 3, name: stands twice"),
        ('"A line', "unexpected end of data"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named_and_then_none_is(line: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_service_file(f"{HEADER}\n{line}\n")
    assert sentence in str(refused.value)


def test_a_good_line_is_read_and_another_header_is_not(tmp_path: Path) -> None:
    assert read_service_file(f"{HEADER}\n{GOOD}\n")[0].phone == "01632 960000"
    for header in ("name,tags", HEADER + ",more", ""):
        with pytest.raises(Refused, match="Line 1: the columns must be name,description"):
            read_service_file(f"{header}\n{GOOD}\n")
    path = tmp_path / "latin.csv"
    path.write_bytes(f"{HEADER}\n{GOOD}\n".replace("line", "líne").encode("latin-1"))
    with pytest.raises(Refused, match="not UTF-8"):
        read_services(path)
    # Spreadsheets put a mark in front.
    path.write_text(f"{HEADER}\n{GOOD}\n", encoding="utf-8-sig")
    assert read_services(path)


@pytest.mark.parametrize(
    ("reviewed_on", "today", "counts"),
    [
        (None, date(2026, 11, 16), False),
        (date(2026, 11, 16), date(2026, 11, 16), True),
        (date(2025, 11, 16), date(2026, 11, 16), True),
        (date(2025, 11, 15), date(2026, 11, 16), False),
        (date(2024, 2, 29), date(2025, 2, 28), True),
        (date(2024, 2, 29), date(2025, 3, 1), False),
        (date(2026, 11, 17), date(2026, 11, 16), False),
    ],
)
def test_a_check_counts_for_twelve_months(reviewed_on: date | None, today: date, counts: bool) -> None:
    assert is_checked(reviewed_on, today) is counts


def test_the_table_of_what_fits_knows_every_role_and_only_answers_that_can_be_given() -> None:
    possible = {
        "role": set(AFFECTED),
        "who": codes((*WHO, *WHO_QUICK)),
        "what": codes(WHAT),
        "by": codes(BY),
        "help": codes(HELP),
    }
    assert {*ABOUT_THEM, *ABOUT_IT} == possible.keys()
    for (name, code), tags in WANTED.items():
        assert code in possible[name], (name, code)
        assert set(tags) <= codes(TAG)
        assert UNASKED.isdisjoint(tags), "nobody was asked about that"
    assert {code for name, code in WANTED if name == "role"} == set(AFFECTED) - {"not_given"}
    assert codes(AUDIENCE) - HERE == UNASKED, "every group is either one of the trust's own, or was not asked about"


def shown(role: str, **answers: str | list[str]) -> list[str]:
    services = sorted(
        (*read_services(STARTING), *read_services(OWN)),
        key=lambda one: directory_order(one.name, frozenset(one.tags.split())),
    )
    places = choose([frozenset(one.tags.split()) for one in services], wanted_tags(role, answers))
    assert len(places) <= SHOWN_BESIDE_RECEIPT
    return [services[place].name for place in places]


def test_staff_see_their_own_line_first_and_everybody_sees_their_rights_and_where_to_report() -> None:
    by_patient = shown("staff", who="me", what=["words"], by="patient")
    by_colleague = shown("staff", who="me", what=["unfair"], by="staff")
    assert by_patient[:3] == by_colleague[:3] == ["Staff support line", "Freedom to Speak Up Guardian", "Samaritans"]
    rights = {"Equality Advisory and Support Service", "True Vision"}
    for found in (
        by_patient,
        by_colleague,
        shown("patient", who="me", what=["words"], by="public"),
        shown("not_given"),
    ):
        assert rights <= set(found)


def test_patients_and_carers_see_who_speaks_up_for_them_and_no_staff_line() -> None:
    only_staff = {one.name for one in read_services(OWN) if HERE & set(one.tags.split()) == {"staff"}}
    assert len(only_staff) == 4
    for role, who in (("patient", "me"), ("family_carer", "cared_for"), ("visitor", "someone_else")):
        found = shown(role, who=who, what=["care"], by="staff")
        assert "Patient advocacy" in found[:3]
        assert only_staff.isdisjoint(found)
    assert shown("patient", help=["interpreter"], who="me", what=["words"])[0] == "Interpreting and BSL"


def test_whoever_tells_nothing_of_themselves_sees_who_listens_to_anybody_first() -> None:
    assert shown("not_given", who="someone_else", what=["words"], by="public")[0] == "Samaritans"


def test_somebody_to_talk_to_is_always_there() -> None:
    for role in AFFECTED:
        for who in codes((*WHO, *WHO_QUICK)):
            for by in codes(BY):
                found = shown(role, who=who, what=sorted(codes(WHAT)), by=by, help=["interpreter", "bsl"])
                assert "Samaritans" in found[:5], (role, who, by)


@pytest.mark.parametrize(
    ("url", "short"),
    [("https://lawrs.org.uk/what-we-do/", "lawrs.org.uk/what-we-do"), ("https://x.test", "x.test"), ("", "")],
)
def test_a_service_is_called_and_its_website_is_written_as_people_do(url: str, short: str) -> None:
    service = ServiceView("Line", "", (), "+44 (0)1632 960 000", "", "", url, "", "", TODAY)
    assert service.short_url == short
    assert service.phone_link == "tel:+44(0)1632960000"


def test_no_service_for_one_group_or_faith_is_chosen_for_what_was_not_asked() -> None:
    special = {one.name for one in read_services(STARTING) if UNASKED & set(one.tags.split())}
    for role in AFFECTED:
        for what in codes(WHAT):
            assert special.isdisjoint(shown(role, who="me", what=[what], by="unknown"))
