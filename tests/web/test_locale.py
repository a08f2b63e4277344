"""Which languages are offered, to whom, and how a page in one of them is written."""

import re
from datetime import date

import pytest
from flask import Flask, g, render_template_string

from app.database.engine import Database
from app.domain.errors import Unreachable
from app.services.place import change_opens
from app.web.locale import day_text, href, list_text, long_day_text, number_text, phone_text
from app.web.translations import TRANSLATED
from app.web.wording import say, say_number
from forms.readers import NOBODY_LEFT
from tests.fixtures.pages import Visitor
from tests.service.desk import DeskTrust
from tests.web.conftest import send
from tests.web.locale import lang_of, row

DAY = date(2026, 11, 18)
pytestmark = [
    pytest.mark.usefixtures("spoken"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
"""What is written differs by language, not by database; what is stored of languages is tested on both."""
EVIL = '<img src=x onerror=alert(1)> 100 % "5"'


def test_the_demonstration_offers_what_nobody_has_checked_and_says_so(reporter: Visitor) -> None:
    page = reporter.get("/quick?w=7KQ4")
    assert row(page) == ["pl /quick?w=7KQ4&lang=pl", "ur /quick?w=7KQ4&lang=ur"]
    assert "Polski (draft) اردو (draft) More languages" in page.words
    assert "draft" not in reporter.get("/quick?lang=ur").words.replace("(draft)", "")
    assert re.search(r"⟦Ťħíś ƥáǧé íś á đŕáƒť", reporter.get("/quick?lang=ur").words)


@pytest.mark.parametrize("lang", ["xx", "", "it", "ur\x00", "UR", "../ur", "en-GB"])
def test_a_language_that_is_not_offered_is_english(reporter: Visitor, lang: str) -> None:
    page = reporter.get("/quick", query_string={"lang": lang})
    assert lang_of(page) == "en"
    assert not [a for a in page.all("a") if "lang=" in (a.get("href") or "") and not a.get("hreflang")]


def test_every_offered_language_is_listed_in_its_own_script_and_leads_back(reporter: Visitor) -> None:
    page = reporter.get("/languages?to=/quick%3Fw%3D7KQ4")
    found = [(a.get("lang"), a.get("dir"), a.get("href")) for a in page.all("a") if a.get("hreflang")][2:]
    assert found == [("en", "ltr", "/quick?w=7KQ4"), ("pl", "ltr", "/quick?w=7KQ4&lang=pl"),
                     ("ur", "rtl", "/quick?w=7KQ4&lang=ur")]  # fmt: skip
    assert "Panjabi" not in page.words


@pytest.mark.parametrize(
    "to", ["//evil.example/quick", "https://evil.example", "/cases", "/nowhere", "javascript:alert(1)", "/quick\x00",
           "http://[", "\\\\evil.example", "/quick/../cases", ""],
)  # fmt: skip
def test_the_list_of_languages_leads_to_no_page_but_a_public_one_of_ours(reporter: Visitor, to: str) -> None:
    page = reporter.get("/languages", query_string={"to": to})
    assert {a.get("href") for a in page.all("a") if a.get("hreflang") == "en"} == {"/"}


def test_the_choice_at_a_poster_is_offered_in_every_language(reporter: Visitor, trust: DeskTrust) -> None:
    with trust.public() as work:
        change_opens(work, "7KQ4", "choose")
    page = reporter.get("/w/7KQ4?lang=ur")
    assert row(page) == ["en /w/7KQ4", "pl /w/7KQ4?lang=pl"]
    assert "/quick?w=7KQ4&lang=ur" in [link.get("href") for link in page.all("a")]


def test_the_address_of_one_visitors_poster_is_not_in_the_page_of_the_next(reporter: Visitor) -> None:
    reporter.get("/quick?w=7KQ4")
    reporter.get("/quick?w=7KQ4&lang=ur")
    assert "7KQ4" not in reporter.get("/quick?lang=ur").text + reporter.get("/quick").text


def test_an_answer_to_a_form_offers_no_other_language(reporter: Visitor) -> None:
    assert row(reporter.post("/quick?lang=ur", {})) == []


def test_the_desk_is_english_whatever_is_asked(ana: Visitor, app: Flask) -> None:
    for path in ("/cases?lang=ur", "/nowhere?lang=ur"):
        page = ana.get(path)
        assert lang_of(page) == "en" and row(page) == [], path
    page = Visitor(app, public=False).get("/login?lang=ur")
    assert lang_of(page) == "en" and row(page) == []


def test_no_page_sets_a_cookie_for_its_language(app: Flask) -> None:
    for lang in TRANSLATED:
        assert "Set-Cookie" not in app.test_client().get(f"/quick?lang={lang}").headers


def test_a_receipt_in_another_language_shows_its_code_from_left_to_right(reporter: Visitor) -> None:
    token = reporter.get("/quick?lang=ur").value("token")
    answers = {"who": "me", "what": "words", "by": "patient", "when": "shift", "privacy": "anonymous", "place": "none"}
    page = reporter.post("/quick?lang=ur", answers | {"token": token})
    assert lang_of(page) == "ur"
    codes = [p for p in page.all("p") if (p.get("class") or "").startswith(("app-code", "app-slip__code"))]
    assert len(codes) == 2 and {p.get("dir") for p in codes} == {"ltr"} == {p.get("dir") for p in codes}
    assert "18 نومبر" in page.words and "14 دسمبر" in page.words and "11 فروری" in page.words
    assert all(bdi.get("dir") == "ltr" for bdi in page.all("bdi")) and page.all("bdi")
    assert send(reporter)


@pytest.mark.parametrize(
    ("lang", "short", "long"),
    [("en", "18 November", "18 November 2026"), ("pl", "18 listopada", "18 listopada 2026"),
     ("ur", "18 نومبر", "18 نومبر، 2026")],
)  # fmt: skip
def test_days_and_numbers_are_written_in_western_digits(app: Flask, lang: str, short: str, long: str) -> None:
    with app.test_request_context(f"/quick?lang={lang}"):
        assert (day_text(DAY), long_day_text(DAY)) == (short, long)
        assert re.sub(r"\D", "", number_text(5012)) == "5012" and number_text(5012).isascii() is (lang != "pl")


def test_no_language_writes_digits_of_its_own(app: Flask) -> None:
    for code in TRANSLATED:
        with app.test_request_context("/"):
            g.language = code
            for text in (day_text(DAY), long_day_text(DAY), number_text(1234567)):
                assert set(re.findall(r"\d", text)) == set(re.findall(r"[0-9]", text)) != set(), code


def test_words_that_the_trust_wrote_are_marked_as_english(reporter: Visitor) -> None:
    marked = [span for span in reporter.get("/quick?lang=ur").all("span") if span.get("lang") == "en"]
    assert {"Northmere", "Call security on 2222, or 999."} <= {"".join(span.itertext()) for span in marked}
    assert not [span for span in reporter.get("/quick").all("span") if span.get("lang")]


def test_what_no_catalogue_knows_is_shown_as_text(app: Flask) -> None:
    with app.test_request_context("/quick?lang=ur"):
        shown = render_template_string("{{ _(text) }} {{ _('Call %(phone)s', phone=text) }}", text=EVIL)
        assert "<img" not in shown and shown.count("100 % &#34;5&#34;") == 2
        assert say("") == "" and phone_text(EVIL).count("<") == 2


def test_a_sentence_with_values_is_said_in_the_language_of_the_page(app: Flask) -> None:
    with app.test_request_context("/quick?lang=ur"):
        assert "ćáĺĺ &lt;5&gt; % ŵŵŵŵŵ" in say(NOBODY_LEFT, call="<5> %")
        assert "5,012" in say_number(
            "You have written %(num)s character.", "You have written %(num)s characters.", 5012
        )
        assert list_text(["<a>", "b", "c"]) == "&lt;a&gt;، b، اور c"
        assert href("/support?for=staff#top") == "/support?for=staff&lang=ur#top"
    assert href("/support") == "/support"


def test_a_page_stays_in_its_language_while_the_database_is_away(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor(app, public=True)
    token = visitor.get("/quick?lang=ur").value("token")

    def away(*_: object, **__: object) -> None:
        raise Unreachable

    monkeypatch.setattr(Database, "transaction", away)
    page = visitor.post("/quick?lang=ur", {"token": token, "words": "kept"})
    assert page.status == 503 and lang_of(page) == "ur" and page.value("words").strip() == "kept"
    assert "⟦Ŵé ćóúĺđ ńóť ŕéćéíṽé ýóúŕ ŕéƥóŕť." in page.words
