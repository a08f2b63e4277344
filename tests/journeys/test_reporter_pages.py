"""Every page that a reporter can meet, in every state, narrow and wide, from either side, with and without script."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.fixtures.served import ROOT, Served
from tests.journeys.conftest import AXE
from tests.journeys.reporter_pages import LINES, ROUTES, STANDING, Line, Visit

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS, DIRECTIONS = (320, 1280), ("ltr", "rtl")
VNU = ROOT / "frontend/node_modules/vnu-jar/build/dist/vnu.jar"
NOT_PAGES = {
    "GET /about-you": "goes to the start page",
    "GET /leave": "goes to another site",
    "GET /static/<name>": "files",
    "GET /account/signed-out": "the desk's",
    "GET /login": "the desk's",
}
EXAMINE = """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]}).then(found =>
  found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(" ")).join(", ")}`))"""

DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
"""After a new size, the page is drawn in it before anything is measured."""


@pytest.fixture(scope="module", params=[
    pytest.param(True, id="script", marks=pytest.mark.xdist_group("pages")),
    pytest.param(False, id="plain", marks=pytest.mark.xdist_group("pages-plain")),
])  # fmt: skip
def visit(request: pytest.FixtureRequest, browser: Browser, pages: Served, pages_instance: Path) -> Iterator[Visit]:
    """One window for all pages: a page more costs its own loading alone."""
    opened = Visit(browser, pages, request.param, pages_instance)
    yield opened
    opened.close()


def reach(visit: Visit, line: Line) -> None:
    visit.problems.clear()
    visit.let_script_run(False)
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    line.reach(visit)
    assert visit.document is not None and visit.document.status == line.status, visit.page.url


def examined(visit: Visit) -> list[str]:
    found: list[str] = visit.page.evaluate(EXAMINE, RULES)
    if not visit.page.evaluate(
        "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) <= innerWidth"
    ):
        found.append("it scrolls sideways")
    return found


@pytest.mark.parametrize("line", STANDING, ids=lambda line: line.name)
def test_a_page_is_usable_in_every_size_and_direction(visit: Visit, line: Line) -> None:
    reach(visit, line)
    page, problems = visit.page, visit.problems
    visit.let_script_run(True)
    # Our policy forbids scripts that we did not write; the engine is put in past it.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(DRAWN)
        for direction in DIRECTIONS:
            page.evaluate("direction => { document.documentElement.dir = direction; }", direction)
            problems += [f"{width} {direction}: {one}" for one in examined(visit)]
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    problems += [f"forced colours: {one}" for one in examined(visit)]
    if page.evaluate("document.getAnimations().length"):
        problems.append("something moves although less motion was asked for")
    page.emulate_media(forced_colors="none", reduced_motion="no-preference")
    assert not problems
    assert not visit.tab.foreign


def test_no_public_page_is_left_out() -> None:
    public = {route for route in ROUTES if route.startswith("GET ")} - set(NOT_PAGES)
    staffed = {route for route in public if route.startswith(("GET /cases", "GET /admin", "GET /account"))}
    assert public - staffed <= {line.route for line in LINES}
    assert len({line.name for line in LINES}) == len(LINES)


@pytest.mark.xdist_group("pages-plain")
def test_the_html_of_every_page_is_valid(browser: Browser, pages: Served, pages_instance: Path, tmp_path: Path) -> None:
    if shutil.which("java") is None or not VNU.exists():
        if os.environ.get("HEARD_NEEDS_BROWSER"):
            pytest.fail("No Java or no vnu.jar here, and HEARD_NEEDS_BROWSER asks for the HTML validator.")
        pytest.skip("No Java or no vnu.jar here: the HTML of the pages is not validated.")
    visit = Visit(browser, pages, False, pages_instance)
    for number, line in enumerate(STANDING):
        reach(visit, line)
        assert visit.document is not None
        (tmp_path / f"{number:02}-{line.name.replace('/', '_').replace(' ', '-')}.html").write_bytes(
            visit.document.body()
        )
    visit.close()
    files = sorted(map(str, tmp_path.glob("*.html")))
    assert len(files) == len(STANDING)
    done = subprocess.run(["java", "-Xss1m", "-jar", str(VNU), "--errors-only", *files], capture_output=True, text=True)
    assert not done.stderr.replace(f"file:{tmp_path}/", "").splitlines()
    assert done.returncode == 0
