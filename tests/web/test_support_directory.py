"""Help without a report: the directory, its filters, what stands beside a receipt, and the commands that keep it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.cli.northmere_support_directory import OWN
from app.cli.support_directory import STARTING, read_services
from app.services.support_directory import add_services, record_check, show_service
from app.services.support_directory_file import NewService
from app.web import public_content
from models.support_directory import SupportService
from models.vocabulary.support_directory import TAG
from tests.fixtures.pages import H, Page, Visitor
from tests.fixtures.pseudo import install_pseudo
from tests.service.desk import DeskTrust
from tests.service.support_directory import new
from tests.web.conftest import ANSWERS
from tests.web.report import fill

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages ask the database each time whether their content still holds."""
    monkeypatch.setattr(public_content, "FRESH_SECONDS", 0.0)


@pytest.fixture
def directory(trust: DeskTrust) -> list[NewService]:
    """Every service of the demonstration, each checked today."""
    services = [*read_services(STARTING), *read_services(OWN)]
    with trust.public() as work:
        add_services(work, services)
        for service in services:
            record_check(work, service.name, "Ruth")
    return services


@pytest.fixture
def run(app: Flask) -> Run:
    """Run a `flask support` command."""
    return lambda *words: app.test_cli_runner().invoke(args=["support", *words])


def names(page: Page) -> list[str]:
    return ["".join(heading.itertext()).strip() for heading in page.all("h3")]


def current(page: Page) -> list[str]:
    """The filters that are marked as the ones in force."""
    return ["".join(link.itertext()).strip() for link in page.all("a") if link.get("aria-current")]


def test_every_service_is_shown_with_all_that_is_known(reporter: Visitor, directory: list[NewService]) -> None:
    page = reporter.get("/support")
    assert sorted(names(page)) == sorted(service.name for service in directory)
    assert names(page)[0] == "Staff support line"
    for service in directory:
        for text in (service.description, service.phone, service.hours, service.email, service.area, service.languages):
            assert text in page.words, service.name
    assert page.words.count("Checked on 16 November 2026") == len(directory)
    links = {link.get("href"): link for link in page.all("a")}
    for service in directory:
        if service.url:
            assert links[service.url].get("rel") == "noreferrer"
        if service.phone:
            assert f"tel:{service.phone.replace(' ', '')}" in links
        if service.email:
            assert f"mailto:{service.email}" in links
    assert page.words.count("(leaves this site)") == sum(bool(service.url) for service in directory)


def test_danger_numbers_come_before_everything_else(reporter: Visitor, directory: list[NewService]) -> None:
    words = reporter.get("/support").words
    start = words.index("Get support")
    assert words.index(
        "If someone is in danger now: Call 999. In hospital, tell a member of staff.", start
    ) < words.index("What do you need?")


@pytest.mark.parametrize("tag", [tag.code for tag in TAG])
def test_a_filter_is_a_link_that_shows_the_services_with_its_tag(
    reporter: Visitor, directory: list[NewService], tag: str
) -> None:
    label = next(word.label for word in TAG if word.code == tag)
    assert f"/support?for={tag}" in {link.get("href") for link in reporter.get("/support").all("a")}
    page = reporter.get(f"/support?for={tag}")
    assert sorted(names(page)) == sorted(one.name for one in directory if tag in one.tags.split())
    assert current(page) == [label]
    assert label in ["".join(heading.itertext()) for heading in page.all("h2")]


def test_without_a_filter_or_with_an_unknown_one_everything_is_shown(
    reporter: Visitor, directory: list[NewService]
) -> None:
    for query in ("", "?for=", "?for=nonsense", "?for=%3Cb%3E", "?for=staff%00"):
        page = reporter.get(f"/support{query}")
        assert len(names(page)) == len(directory)
        assert set(current(page)) == {"Show all"}
        assert "<b>" not in page.text


def test_an_empty_directory_names_the_staff_line_and_a_tag_without_services_says_so(
    reporter: Visitor, trust: DeskTrust
) -> None:
    page = reporter.get("/support")
    assert names(page) == []
    assert "Staff support line" in page.words
    with trust.public() as work:
        add_services(work, [new("Line", "women")])
        record_check(work, "Line", "Ruth")
    offered = {link.get("href") or "" for link in reporter.get("/support").all("a")}
    assert {link for link in offered if "for=" in link} == {"/support?for=women"}
    page = reporter.get("/support?for=sikh")
    assert "We have no service for this just now." in page.words
    assert current(page) == ["Sikhs"]
    assert "Staff support line" in page.words


def test_a_change_shows_at_once_and_what_is_put_in_is_escaped(reporter: Visitor, trust: DeskTrust) -> None:
    marked = new('<b>Line</b> & "more"', description="<script>1</script>", url='https://x.test/"onclick', hours="a'b")
    with trust.public() as work:
        add_services(work, [marked])
    assert names(reporter.get("/support")) == []
    with trust.public() as work:
        record_check(work, marked.name, "Ruth")
    page = reporter.get("/support")
    assert names(page) == [marked.name]
    assert len(page.all("script")) == 1
    with trust.public() as work:
        show_service(work, marked.name, visible=False)
    assert names(reporter.get("/support")) == []


def aside(page: Page) -> str:
    [found] = [element for element in page.all("aside") if element.get("aria-label") == "Support"]
    return " ".join(" ".join(found.itertext()).split())


def receipt(reporter: Visitor, **answers: object) -> Page:
    token = reporter.get("/quick").value("token")
    return reporter.post("/quick", ANSWERS | {"token": token} | answers)


def test_the_receipt_shows_the_services_that_fit_the_staff_line_first(
    reporter: Visitor, directory: list[NewService]
) -> None:
    by_patient, by_colleague = aside(receipt(reporter)), aside(receipt(reporter, by="staff", what="unfair"))
    for shown in (by_patient, by_colleague):
        assert shown.startswith("Support, if you want it Staff support line 01632 960101")
        assert shown.endswith("All support services")
    for shown in (by_patient, by_colleague, aside(fill(reporter)), aside(fill(reporter, role="visitor"))):
        assert "Equality Advisory and Support Service" in shown
        assert "True Vision" in shown
        for one_group in ("Jami", "BAATN", "Inclusive Mosque", "LAWRS"):
            assert one_group not in shown
    assert aside(receipt(reporter)) == by_patient
    about_patient = aside(receipt(reporter, who="patient", by="staff"))
    assert "Patient advocacy" in about_patient


def test_a_patient_and_a_carer_see_who_speaks_up_for_them(reporter: Visitor, directory: list[NewService]) -> None:
    patient = aside(fill(reporter))
    carer = aside(fill(reporter, role="family_carer", who="cared_for", consent="agree"))
    asks = aside(fill(reporter, help=["interpreter"], help_lang="Urdu", help_contact="07700 900000", privacy="confidential",
                      contact="07700 900000"))  # fmt: skip
    for shown in (patient, carer):
        assert "Patient advocacy" in shown
        assert "Staff support line" not in shown
    assert "Interpreting and BSL" in asks
    assert "Samaritans" in patient


def test_a_receipt_in_a_trust_without_a_directory_names_the_staff_line(reporter: Visitor) -> None:
    assert "Staff support line" in aside(receipt(reporter))


def test_a_directory_without_a_line_for_staff_leaves_them_the_one_of_the_settings(
    reporter: Visitor, trust: DeskTrust
) -> None:
    with trust.public() as work:
        add_services(work, [new("Samaritans", "helpline")])
        record_check(work, "Samaritans", "Ruth")
    staff, patient = aside(receipt(reporter)), aside(fill(reporter))
    assert staff.index("Staff support line 01234 567890") < staff.index("Samaritans")
    assert "Samaritans" in patient
    assert "Staff support line" not in patient
    for query, named in (("", True), ("?for=staff", True), ("?for=helpline", False)):
        main = " ".join(" ".join(next(iter(reporter.get(f"/support{query}").all("main"))).itertext()).split())
        assert ("Staff support line" in main) is named


def test_a_changed_directory_gives_another_receipt_page(reporter: Visitor, trust: DeskTrust) -> None:
    for name in ("First line", "Another line"):
        assert name not in aside(receipt(reporter))
        with trust.public() as work:
            add_services(work, [new(name)])
            record_check(work, name, "Ruth")
        assert name in aside(receipt(reporter))


def test_the_directory_is_seeded_checked_and_found_overdue_by_commands(
    run: Run, trust: DeskTrust, reporter: Visitor
) -> None:
    assert run("overdue").exit_code == 0
    seeded = run("seed")
    assert (seeded.exit_code, trust.count(SupportService)) == (0, 13)
    assert "Added 13 of 13" in seeded.output
    assert "Added 0 of 13" in run("seed").output
    assert names(reporter.get("/support")) == []
    late = run("overdue")
    assert late.exit_code == 1
    assert "Jami: not yet checked" in late.output
    for service in read_services(STARTING):
        assert run("checked", service.name, "--by", "Ruth Adeyemi").exit_code == 0
    assert run("overdue").exit_code == 0
    assert len(names(reporter.get("/support"))) == 13
    assert run("hide", "Jami").exit_code == 0
    assert "Jami" not in names(reporter.get("/support"))
    assert run("show", "Jami").exit_code == 0
    assert "Jami" in names(reporter.get("/support"))


def test_a_detail_is_changed_by_a_command(run: Run, reporter: Visitor, directory: list[NewService]) -> None:
    changed = run("change", "Jami", "phone=020 7946 0000", "hours=Weekdays")
    assert changed.output == "Jami: changed phone, hours.\n"
    words = reporter.get("/support").words
    assert "020 7946 0000" in words and "Weekdays" in words
    for details, sentence in (
        (("fax=1",), "fax: the columns are name, description"),
        (("url=ftp://x",), "url: does not begin with https://"),
        ((), "Missing argument"),
    ):
        refused = run("change", "Jami", *details)
        assert refused.exit_code != 0
        assert sentence in refused.output


def test_a_command_names_what_is_wrong_and_changes_nothing(run: Run, trust: DeskTrust, tmp_path: Path) -> None:
    wrong = tmp_path / "own.csv"
    wrong.write_text(STARTING.read_text(encoding="utf-8").replace("helpline", "hotline"), encoding="utf-8")
    for words, sentence in (
        (("seed", "--file", str(wrong)), "tags: hotline is not a tag"),
        (("seed", "--file", str(tmp_path / "absent.csv")), "does not exist"),
        (("checked", "Nobody", "--by", "Ruth"), "no service of this name: Nobody"),
        (("checked", "Nobody"), "Missing option '--by'"),
        (("checked", "Nobody", "--by", " "), "Say who checked it"),
        (("change", "Nobody", "phone=1"), "no service of this name: Nobody"),
        (("hide", "Nobody"), "no service of this name: Nobody"),
        (("show", "Nobody"), "no service of this name: Nobody"),
    ):
        result = run(*words)
        assert result.exit_code != 0
        assert sentence in result.output
    assert trust.count(SupportService) == 0


@pytest.fixture
def spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Urdu says everything."""
    install_pseudo(tmp_path / "made", monkeypatch)


@pytest.mark.usefixtures("spoken")
def test_every_link_of_the_directory_keeps_the_language_and_the_filters_need_no_form(
    reporter: Visitor, directory: list[NewService]
) -> None:
    page = reporter.get("/support?for=legal&lang=ur")
    assert page.tree is not None and (page.tree.get("lang"), page.tree.get("dir")) == ("ur", "rtl")
    main = next(iter(page.all("main")))
    own = [link.get("href") or "" for link in main.iter(H + "a") if (link.get("href") or "").startswith("/")]
    assert len(own) == len(TAG) + 3
    assert not [path for path in own if "lang=ur" not in path]
    assert not list(main.iter(H + "form"))
    # What the trust wrote is English, and says so.
    headings = [heading for heading in page.all("h3") for part in heading.iter() if part.get("lang") == "en"]
    assert len(headings) == len(names(page)) == 2
