"""The headers of every route and of every kind of error, held to a snapshot."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from werkzeug.datastructures import Headers

from app.database.engine import Database
from app.web.assets import read_assets
from models.user import User
from tests.fixtures.pages import Page, Visitor
from tests.fixtures.snapshot import check_snapshot
from tests.service.desk import PASSPHRASE, DeskTrust, id_of
from tests.web.conftest import ANSWERS, send

SNAPSHOT = Path(__file__).parent / "snapshots/headers.json"
Seen = dict[str, dict[str, str]]


def shown(headers: Headers) -> dict[str, str]:
    """Return headers without what differs from run to run."""
    found: dict[str, str] = {}
    for name, value in headers:
        if name == "Content-Length":
            continue
        if name == "Set-Cookie":
            value = re.sub(r"^([^=]+)=[^;]+", r"\1=(sealed)", value)
        if name == "Allow":
            value = ", ".join(sorted(value.split(", ")))
        found[name] = value
    return found


def requests(app: Flask, reference: str) -> Iterator[tuple[str, str, str]]:
    """Yield every route: its name in the snapshot, its method, an address."""
    parts = {"<reference>": reference, "<code>": "7KQ4", "<name>": read_assets()[0]["main.css"],
             "<attachment>": "0" * 32}  # fmt: skip
    for rule in app.url_map.iter_rules():
        path = re.sub("<[a-z]+>", lambda match: parts[match[0]], rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield f"{method} {rule.rule}", method, path


def ask(visitor: Visitor, method: str, path: str, token: str = "") -> Page:
    return visitor.get(path) if method == "GET" else visitor.post(path, {"csrf_token": token})


def errors(reporter: Visitor, trust: DeskTrust, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Page]]:
    """Yield one page of every status that a reporter can meet."""
    yield "400", reporter.post("/quick", b"words=%ff", content_type="application/x-www-form-urlencoded")
    yield "400 unknown host", reporter.get("/quick", headers={"Host": "evil.example"})
    yield "403", reporter.post("/quick", {}, headers={"Sec-Fetch-Site": "cross-site"})
    yield "404", reporter.get("/nowhere")
    yield "405", reporter.get("/logout")
    yield "413", reporter.post("/quick", {"words": "x" * 1_000_000})
    yield "200 receipt", reporter.post("/quick", ANSWERS | {"token": reporter.get("/quick").value("token")})
    yield "200 quick, to be sent again", reporter.post("/quick", ANSWERS | {"token": "altered"})
    with monkeypatch.context() as broken:
        broken.setattr(Database, "transaction", lambda *_, **__: 1 / 0)
        yield "500", reporter.post("/return", {"code": "7KQ4-M2XD-9FTP-HRW3-V8BN"})


def administration(app: Flask, trust: DeskTrust, reference: str) -> Iterator[tuple[str, Page]]:
    """Yield every page of the administrator."""
    with trust.public() as work:
        work.connection.execute(update(User).where(User.id == id_of("cat")).values(role="admin"))
    cat = Visitor(app, public=False)
    cat.post("/login", {"email": "cat@x.test", "passphrase": PASSPHRASE})
    token = cat.get("/admin/posters").value("csrf_token")
    for name, method, path in requests(app, reference):
        if path.startswith("/admin"):
            yield f"{name} signed in → {{}}", ask(cat, method, path, token)


def gather(app: Flask, ana: Visitor, trust: DeskTrust, monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Return the headers of each answer by what was asked: of a reporter, of a signed-in person, of errors."""
    reporter = Visitor(app, public=False)
    code = send(reporter)
    reference = trust.only_reference()
    seen: Seen = {}
    pages = [(f"{name} → {{}}", ask(reporter, method, path)) for name, method, path in requests(app, reference)]
    pages.append(("POST /return with the receipt → {}", reporter.post("/return", {"code": code})))
    answers = {"email": "ana@x.test", "passphrase": PASSPHRASE}
    pages.append(("POST /login with the passphrase → {}", Visitor(app, public=False).post("/login", answers)))
    for name, method, path in (("GET /inbox", "GET", "/inbox"), ("POST /inbox/reply", "POST", "/inbox/reply"),
                               ("GET /inbox/file", "GET", "/inbox/file"), ("POST /inbox/file", "POST", "/inbox/file")):  # fmt: skip
        pages.append((f"{name} with the receipt → {{}}", ask(reporter, method, path)))
    token = ana.get("/cases").value("csrf_token")
    desk = [one for one in requests(app, reference) if one[2].startswith(("/cases", "/account"))]
    pages += [(f"{name} signed in → {{}}", ask(ana, method, path, token)) for name, method, path in desk]
    pages += administration(app, trust, reference)
    pages.append(("POST /logout signed in → {}", ask(ana, "POST", "/logout", token)))
    pages += [(f"{name}{{:.0}}", page) for name, page in errors(reporter, trust, monkeypatch)]
    for name, page in pages:
        headers = {key: value.replace(reference, "<reference>") for key, value in shown(page.response.headers).items()}
        seen[name.format(str(page.status))] = headers
    return seen


def test_no_header_changes_without_a_decision(
    app: Flask, ana: Visitor, trust: DeskTrust, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = gather(app, ana, trust, monkeypatch)
    everywhere = dict(set.intersection(*(set(headers.items()) for headers in seen.values())))
    differing = {
        name: {key: value for key, value in headers.items() if key not in everywhere} for name, headers in seen.items()
    }
    found = {"everywhere": everywhere} | differing
    check_snapshot(SNAPSHOT, found)


def test_only_the_mailbox_sign_in_and_their_ends_set_a_cookie() -> None:
    setting = {name for name, headers in json.loads(SNAPSHOT.read_text()).items() if "Set-Cookie" in headers}
    assert setting == {
        "GET /leave → 303", "POST /login with the passphrase → 303", "POST /logout signed in → 303",
        "POST /logout → 303", "POST /return with the receipt → 303",
    }  # fmt: skip
