"""The administrator's pages of places and posters: what they change, and what they do not reach."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.domain.permissions import ROLES
from app.services.place import add_places, require_place
from app.services.place_poster import change_posters
from app.services.setting import change_setting, read_settings
from app.web.translations import catalogue_digest
from models.place import Place
from models.user import User
from models.vocabulary.place import SIZES
from models.vocabulary.place_poster import POSTER_LINES
from models.vocabulary.word import Word
from tests.fixtures.pages import Visitor
from tests.fixtures.pseudo import install_pseudo
from tests.service.desk import PASSPHRASE, WARD, DeskTrust, id_of
from tests.web.conftest import Make, send

PLACES = "/admin/places"
PLACE = f"{PLACES}/7KQ4"
POSTERS = "/admin/posters"


def sign_in_as(app: Flask, trust: DeskTrust, role: str) -> tuple[Visitor, str]:
    """Give Cat a role, sign her in, and return where she lands."""
    with trust.public() as work:
        work.connection.execute(update(User).where(User.id == id_of("cat")).values(role=role))
    visitor = Visitor(app, public=False)
    answer = visitor.post("/login", {"email": "cat@x.test", "passphrase": PASSPHRASE})
    return visitor, answer.response.headers["Location"]


@pytest.fixture
def helen(app: Flask, trust: DeskTrust) -> Visitor:
    """An administrator, signed in."""
    visitor, landed = sign_in_as(app, trust, "admin")
    assert landed == PLACES
    return visitor


def setting(trust: DeskTrust, name: str) -> object:
    with trust.public(reading=True) as work:
        return read_settings(work)[name]


def test_an_administrator_begins_with_the_places_and_finds_no_case(
    helen: Visitor, reporter: Visitor, trust: DeskTrust
) -> None:
    send(reporter)
    page = helen.get(PLACES)
    assert page.status == 200
    assert page.title == "Places and posters – Heard"
    ways = [link.get("href") for nav in page.all("nav") for link in nav.iter("{http://www.w3.org/1999/xhtml}a")]
    assert ways == [PLACES]
    assert "/cases" not in page.text
    for path in ("/cases", f"/cases/{trust.only_reference()}"):
        refused = helen.get(path)
        assert refused.status == 404
        assert f'href="{PLACES}"' in refused.text
    assert helen.get("/login").response.headers["Location"] == PLACES


def test_a_poster_is_offered_in_every_size(helen: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = (*SIZES, Word("a3", "A3"))
    monkeypatch.setattr("app.admin.place.SIZES", sizes)
    for path in (PLACES, PLACE):
        links = [link for link in helen.get(path).all("a") if (link.get("href") or "").startswith(f"{PLACE}/poster")]
        assert [link.get("href") for link in links] == [f"{PLACE}/poster?size={size.code}" for size in sizes], path
        assert all(size.label in "".join(link.itertext()) for size, link in zip(sizes, links, strict=True))


def test_each_site_is_reached_at_once(helen: Visitor, trust: DeskTrust) -> None:
    with trust.public() as work:
        add_places(work, [{"id": b"m" * 16, "code": "M00R", "name": "Moor Lane", "site": "Moor Lane",
                           "directorate": "medicine", "staff_count": 900, "active": True, "opens": "quick"}])  # fmt: skip
    page = helen.get(PLACES)
    ids = [heading.get("id") for heading in page.all("h2") if (heading.get("id") or "").startswith("site")]
    jumps = [link.get("href") for link in page.all("a") if (link.get("href") or "").startswith("#site")]
    assert jumps == [f"#{one}" for one in ids]
    assert len(jumps) == 2


@pytest.mark.parametrize("role", [role for role in ROLES if role != "admin"])
def test_nobody_else_finds_the_places(app: Flask, trust: DeskTrust, role: str) -> None:
    visitor, landed = sign_in_as(app, trust, role)
    assert landed == "/cases"
    for path in (PLACES, PLACE, f"{PLACE}/poster", POSTERS):
        assert visitor.get(path).status == 404
    token = "0" if role not in ("investigator", "lead") else visitor.get("/cases").value("csrf_token")
    for path in (PLACE, POSTERS):
        assert visitor.post(path, {"opens": "report", "csrf_token": token}).status in (403, 404)
    with trust.public(reading=True) as work:
        assert require_place(work, "7KQ4").place.opens == "quick"


def test_who_is_not_signed_in_is_asked_to(app: Flask) -> None:
    stranger = Visitor(app, public=False)
    for path in (PLACES, PLACE, f"{PLACE}/poster", POSTERS):
        assert stranger.get(path).response.headers["Location"] == "/login"


def test_what_a_poster_opens_is_changed_and_audited(helen: Visitor, trust: DeskTrust, reporter: Visitor) -> None:
    assert reporter.get("/w/7KQ4").response.headers["Location"] == "/quick?w=7KQ4"
    page = helen.get(PLACE)
    [chosen] = [one.get("value") for one in page.all("input") if one.get("checked") is not None]
    assert chosen == "quick"
    before = trust.events("setting.changed")
    answer = helen.post(PLACE, {"opens": "report", "csrf_token": page.value("csrf_token")})
    assert answer.response.headers["Location"] == f"{PLACES}?saved=1"
    assert "Saved." in helen.get(f"{PLACES}?saved=1").words
    assert trust.events("setting.changed") == before + 1
    helen.app.extensions["heard_content"].looked = float("-inf")
    assert reporter.get("/w/7KQ4").response.headers["Location"] == "/report?w=7KQ4"


@pytest.mark.parametrize("opens", ["", "inbox", "quick\0"])
def test_another_answer_is_asked_for_again(helen: Visitor, trust: DeskTrust, opens: str) -> None:
    page = helen.post(PLACE, {"opens": opens, "csrf_token": helen.get(PLACE).value("csrf_token")})
    assert page.status == 422
    assert page.errors() == ["Choose what the poster opens"]
    with trust.public(reading=True) as work:
        assert require_place(work, "7KQ4").place.opens == "quick"


def test_a_form_of_another_page_changes_nothing(helen: Visitor, trust: DeskTrust) -> None:
    for path in (PLACE, POSTERS):
        assert helen.post(path, {"opens": "report", "host": "evil.example"}).status == 403
    assert setting(trust, "public_host") == "heard.northmere.example"


def test_a_place_that_is_not_there_is_not_found(helen: Visitor) -> None:
    token = helen.get(PLACE).value("csrf_token")
    for path in (f"{PLACES}/NONE", f"{PLACES}/NONE/poster", f"{PLACE}/poster?size=a3"):
        assert helen.get(path).status == 404
    assert helen.post(f"{PLACES}/NONE", {"opens": "quick", "csrf_token": token}).status == 404


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_the_poster_is_sent_as_pdf_and_stored_by_no_browser(helen: Visitor, size: str) -> None:
    answer = helen.get(f"{PLACE}/poster?size={size}").response
    assert answer.mimetype == "application/pdf"
    assert answer.get_data().startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="heard-poster-7KQ4-{size}.pdf"'


def test_a_small_place_gets_the_poster_of_its_site_or_none(helen: Visitor, trust: DeskTrust) -> None:
    with trust.public() as work:
        work.connection.execute(update(Place).where(Place.id == WARD).values(staff_count=3))
    assert helen.get(f"{PLACE}/poster").status == 404
    assert "its site has no entry" in helen.get(PLACES).words
    with trust.public() as work:
        add_places(work, [{"id": b"s" * 16, "code": "S1TE", "name": "Coast House", "site": "Coast House",
                           "directorate": "medicine", "staff_count": 900, "active": True, "opens": "quick"}])  # fmt: skip
    assert "use the poster of Coast House" in helen.get(PLACES).words
    assert "Use the poster of Coast House" in helen.get(PLACE).words
    answer = helen.get(f"{PLACE}/poster").response
    assert 'filename="heard-poster-S1TE-a4.pdf"' in answer.headers["Content-Disposition"]


@pytest.fixture
def polish_and_urdu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Have all pages in Polish and Urdu, and in no other language; return what it takes to check the Urdu ones."""
    install_pseudo(tmp_path / "spoken", monkeypatch)
    return catalogue_digest("ur")


def test_address_and_languages_of_all_posters_are_changed(
    polish_and_urdu: str, helen: Visitor, trust: DeskTrust, make: Make
) -> None:
    token = helen.get(POSTERS).value("csrf_token")
    answer = helen.post(
        POSTERS, {"host": "Heard.Trust.NHS.uk", "languages": ["ur", "pl"], "checked": ["ur"], "csrf_token": token}
    )
    assert answer.status == 303
    page = helen.get(PLACES)
    assert "heard.trust.nhs.uk" in page.words
    assert "Polish, Urdu" in page.words
    assert "Not yet checked by somebody who speaks the language: Polish." in page.words
    with trust.public() as work:
        change_setting(work, "languages_checked", {"ur": {"digest": polish_and_urdu}})
    real, _ = sign_in_as(make(demo_today=None), trust, "admin")
    assert "Urdu" in real.get(PLACES).words
    assert "Polish" not in real.get(PLACES).words


def test_a_language_without_pages_is_named_and_not_printed(
    polish_and_urdu: str, helen: Visitor, trust: DeskTrust
) -> None:
    page = helen.get(POSTERS)
    assert page.words.count("No pages in this language yet") == len(POSTER_LINES) - 2
    for name in ("Polish", "Urdu"):
        assert f"{name} No pages" not in page.words
    assert "Romanian No pages in this language yet" in page.words
    places = helen.get(PLACES).words
    assert "Languages Polish, Urdu" in places and "Romanian" not in places


def test_a_real_trust_prints_no_language_whose_pages_nobody_has_checked(
    polish_and_urdu: str, trust: DeskTrust, make: Make
) -> None:
    with trust.public() as work:
        change_posters(work, "heard.real.nhs.uk", ["ur"], ["ur"])
    helen, _ = sign_in_as(make(demo_today=None), trust, "admin")
    assert "Languages English alone" in helen.get(PLACES).words


def test_a_real_trust_that_has_set_nothing_prints_no_draft_and_is_called_no_demonstration(
    trust: DeskTrust, make: Make
) -> None:
    real = make(demo_today=None)
    helen, _ = sign_in_as(real, trust, "admin")
    assert not [line.name for line in POSTER_LINES if line.name in helen.get(PLACES).words]
    assert "demonstration" not in Visitor(real, public=True).get("/").words


@pytest.mark.parametrize("host", ["no host", "https://a.example", "a.exam\0ple"])
def test_an_address_that_cannot_be_kept_comes_back_with_what_was_ticked(
    helen: Visitor, trust: DeskTrust, host: str
) -> None:
    token = helen.get(POSTERS).value("csrf_token")
    page = helen.post(POSTERS, {"host": host, "languages": ["it"], "checked": ["it"], "csrf_token": token})
    assert page.status == 422
    assert len(page.errors()) == 1
    assert page.value("host") == host.replace("\0", "")
    assert [one.get("id") for one in page.all("input") if one.get("checked") is not None] == [
        "languages-it",
        "checked-it",
    ]
    assert setting(trust, "public_host") == "heard.northmere.example"


def test_the_command_writes_a_poster_for_each_place(app: Flask, trust: DeskTrust, tmp_path: Path) -> None:
    with trust.public() as work:
        add_places(work, [{"id": bytes([index]) * 16, "code": code, "name": name, "site": "Coast House",
                           "directorate": "medicine", "staff_count": staff, "active": True, "opens": "choose"}
                          for index, (code, name, staff) in enumerate((("S1TE", "Coast House", 900), ("TEAM", "Few", 4)))
                          ])  # fmt: skip
    run = app.test_cli_runner().invoke
    done = run(args=["posters", "--out", str(tmp_path / "all")])
    assert done.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == [
        "heard-poster-7KQ4-a4.pdf",
        "heard-poster-S1TE-a4.pdf",
    ]
    assert "7KQ4  quick   Willow Ward, Coast House" in done.output
    assert "2 written to" in done.output
    small = run(args=["posters", "--place", "team", "--size", "a5", "--out", str(tmp_path / "one")])
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["heard-poster-S1TE-a5.pdf"], small.output
    for place, sentence in (("NONE", "No place has the code NONE."), ("", "")):
        refused = run(args=["posters", "--place", place or "!!", "--out", str(tmp_path)])
        assert refused.exit_code == 1
        assert sentence in refused.output


def test_the_command_prints_nothing_that_would_point_to_few_people(
    app: Flask, trust: DeskTrust, tmp_path: Path
) -> None:
    with trust.public() as work:
        work.connection.execute(update(Place).values(staff_count=5))
        assert work.connection.scalars(select(Place.code)).all() == ["7KQ4"]
    refused = app.test_cli_runner().invoke(args=["posters", "--place", "7KQ4", "--out", str(tmp_path / "none")])
    assert refused.exit_code == 1
    assert "Fewer than 11 people work there" in refused.output
    assert not (tmp_path / "none").exists()
