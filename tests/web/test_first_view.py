"""What a phone loads before it shows a reporter page: the page, one style sheet and one script, compressed."""

import gzip
import json
import re
from pathlib import Path

import pytest
from flask import Flask

from app.web.translations import complete_languages
from tests.fixtures.pages import Visitor
from tests.web.conftest import ANSWERS, code_of

MOST_BYTES = 30_000
DIST = Path(__file__).parents[2] / "static/dist"
ROUTES = json.loads((Path(__file__).parent / "snapshots/routes.json").read_text(encoding="utf-8"))
ELSEWHERE = {"/leave", "/login", "/account/signed-out", "/inbox"}
"""Not a reporter's page, not a page, or one that needs a receipt and is asked for by itself."""
PAGES = sorted(
    {route.split()[1] for route, roles in ROUTES.items() if route.startswith("GET ") and roles == ["anyone"]}
    - ELSEWHERE
)
PAGES = [path for path in PAGES if "<" not in path and not path.startswith("/inbox/")]


def first_view(html: str) -> int:
    """Return the compressed bytes of a page and of everything that it loads before it is shown."""
    loaded = re.findall(
        r'(?:<link[^>]*rel="stylesheet"[^>]*href|<script[^>]*src|<img[^>]*src)="/static/([^"?]+)"', html
    )
    assert len(loaded) >= 2, "no style sheet or no script"
    return len(gzip.compress(html.encode(), 6)) + sum(_sent_bytes(DIST / Path(name).name) for name in loaded)


def _sent_bytes(path: Path) -> int:
    packed = path.with_name(f"{path.name}.br")
    return (packed if packed.exists() else path).stat().st_size


@pytest.mark.parametrize("lang", ["en", *complete_languages()])
def test_every_reporter_page_is_small(app: Flask, reporter: Visitor, lang: str) -> None:
    sizes = {}
    for path in PAGES:
        page = reporter.get(path, query_string={"lang": lang})
        if page.status == 200:
            sizes[path] = first_view(page.text)
    token = reporter.get("/quick").value("token")
    received = reporter.post("/quick", ANSWERS | {"token": token}, query_string={"lang": lang})
    sizes["received"] = first_view(received.text)
    reporter.post("/return", {"code": code_of(received)})
    sizes["/inbox"] = first_view(reporter.get("/inbox", query_string={"lang": lang}).text)
    assert {"/", "/quick", "/return", "received", "/inbox"} <= set(sizes)
    assert not {path: size for path, size in sizes.items() if size > MOST_BYTES}
