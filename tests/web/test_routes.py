"""Which addresses there are, who may open each, and the headers of every answer."""

from pathlib import Path

from flask import Flask

from tests.fixtures.pages import Visitor
from tests.fixtures.snapshot import check_snapshot

SNAPSHOT = Path(__file__).parent / "snapshots/routes.json"
PUBLIC = (
    "/", "/quick", "/report", "/for-someone", "/return", "/support", "/privacy", "/how-it-works", "/accessibility",
    "/easy-read", "/bsl", "/languages", "/other-ways", "/paper-form", "/nowhere",
)  # fmt: skip


def routes(app: Flask) -> dict[str, list[str]]:
    """Return who may open each route, by method and address."""
    return {
        f"{'/'.join(sorted((rule.methods or set()) - {'HEAD', 'OPTIONS'}))} {rule.rule}": sorted(
            getattr(app.view_functions[rule.endpoint], "open_to", ())
        )
        for rule in app.url_map.iter_rules()
    }


def test_no_address_appears_or_goes_without_a_decision(app: Flask) -> None:
    check_snapshot(SNAPSHOT, routes(app))


def test_every_public_page_keeps_the_promises_of_every_page(reporter: Visitor) -> None:
    for path in PUBLIC:
        page = reporter.get(path)
        assert page.status in (200, 404), path
        assert ("X-Robots-Tag" in page.response.headers) is (path != "/")
        assert page.response.headers["Permissions-Policy"]


def test_plain_http_promises_no_https(app: Flask) -> None:
    assert "Strict-Transport-Security" not in app.test_client().get("/").headers
    assert "Strict-Transport-Security" in app.test_client().get("/", base_url="https://localhost").headers
