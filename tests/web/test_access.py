"""Default deny: another role gets the page of an absent address; and who asks from outside gets nothing."""

import gzip
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.errors import Misconfigured, VaultLocked
from app.web.assets import read_assets
from app.web.errors import install_errors
from models.report import Report
from models.session import Session
from models.user import User
from tests.fixtures.pages import Visitor
from tests.service.desk import DeskTrust, id_of
from tests.web.conftest import ANSWERS, code_of, send


@pytest.mark.parametrize("role", ["director", "admin", "auditor", "assurance", "guardian", "made-up"])
def test_a_role_that_reads_no_cases_finds_no_case_pages(
    ana: Visitor, reporter: Visitor, trust: DeskTrust, role: str
) -> None:
    send(reporter)
    path = f"/cases/{trust.only_reference()}"
    token = ana.get("/cases").value("csrf_token")
    with trust.public() as work:
        work.connection.execute(update(User).where(User.id == id_of("ana")).values(role=role))
    for address in ("/cases", path, f"{path}/gate"):
        assert ana.get(address).status == 404
    assert ana.post(f"{path}/gate", {"answer": "no", "csrf_token": token}).status == 404


def test_a_person_who_was_switched_off_is_signed_out(ana: Visitor, trust: DeskTrust) -> None:
    with trust.public() as work:
        work.connection.execute(update(User).where(User.id == id_of("ana")).values(active=False))
    assert ana.get("/cases").response.headers["Location"] == "/login"


@pytest.mark.parametrize("cell", [None, b"x" * 61])
def test_a_session_without_a_key_that_opens_has_to_sign_in_again(
    ana: Visitor, reporter: Visitor, trust: DeskTrust, cell: bytes | None
) -> None:
    send(reporter)
    with trust.public() as work:
        work.connection.execute(update(Session).values(cell=cell))
    assert ana.get(f"/cases/{trust.only_reference()}/gate").response.headers["Location"] == "/login"


def test_a_locked_vault_leads_to_the_sign_in_page() -> None:
    app = Flask("bare")
    install_errors(app)

    @app.get("/")
    def show() -> str:
        raise VaultLocked

    assert app.test_client().get("/").headers["Location"] == "/login"


@pytest.mark.parametrize("origin", ["https://localhost", "http://[", "https://localhost:444", "http://localhost", ""])
def test_without_fetch_metadata_the_origin_has_to_be_ours(reporter: Visitor, trust: DeskTrust, origin: str) -> None:
    answers = ANSWERS | {"token": reporter.get("/quick").value("token")}
    page = reporter.post("/quick", answers, headers={"Origin": origin})
    ours = origin == "https://localhost"
    assert page.status == (200 if ours else 403)
    assert bool(code_of(page)) is ours


@pytest.mark.parametrize(
    ("site", "taken"),
    [("same-site", False), ("cross-site", False), ("", False), ("same-origin", True), ("none", True)],
)
def test_fetch_metadata_decides_even_when_the_origin_is_ours(
    reporter: Visitor, trust: DeskTrust, site: str, taken: bool
) -> None:
    answers = ANSWERS | {"token": reporter.get("/quick").value("token")}
    for origin in ({}, {"Origin": "https://localhost"}):
        page = reporter.post("/quick", answers, headers={"Sec-Fetch-Site": site} | origin)
        assert page.status == (200 if taken else 403)
    assert trust.count(Report) == taken


def test_a_multipart_form_is_taken_and_its_bytes_have_to_be_utf8(reporter: Visitor) -> None:
    answers = ANSWERS | {"token": reporter.get("/quick").value("token")}
    assert code_of(reporter.post("/quick", answers, content_type="multipart/form-data"))
    broken = b'--b\r\nContent-Disposition: form-data; name="words"\r\n\r\n\xff\r\n--b--\r\n'
    assert reporter.post("/quick", broken, content_type="multipart/form-data; boundary=b").status == 400


def test_a_null_in_a_field_that_nobody_asked_for_is_refused(reporter: Visitor) -> None:
    answers = ANSWERS | {"token": reporter.get("/quick").value("token")}
    for stray in ({"stray": "a\x00b"}, {"a\x00b": "stray"}):
        page = reporter.post("/quick", answers | stray)
        assert page.status == 422
        assert page.errors() == ["Remove the character that cannot be read"]


def test_only_people_on_the_list_can_be_excluded_and_what_is_thrown_away_need_not_be_short(reporter: Visitor) -> None:
    answers = ANSWERS | {"token": reporter.get("/quick").value("token")}
    page = reporter.post("/quick", answers | {"exclude": "f" * 32})
    assert page.errors() == ["Tick only people on this list"]
    assert code_of(reporter.post("/quick", answers | {"name": "x" * 500, "contact": "y" * 500}))


def test_styles_are_sent_compressed_where_the_browser_takes_it(reporter: Visitor) -> None:
    name = read_assets()[0]["main.css"]
    plain = reporter.get(f"/static/{name}").response
    assert "Content-Encoding" not in plain.headers
    sizes = [len(plain.get_data())]
    for taken, encoding in (("gzip, deflate, br;q=0", "gzip"), ("gzip, deflate, br, zstd", "br")):
        packed = reporter.get(f"/static/{name}", headers={"Accept-Encoding": taken}).response
        assert packed.headers["Content-Encoding"] == encoding
        assert encoding != "gzip" or gzip.decompress(packed.get_data()) == plain.get_data()
        sizes.append(len(packed.get_data()))
    assert sizes[0] > sizes[1] > sizes[2]
    for absent in ("nothing.css", "main.css", "manifest.json", "..%2f..%2fconfig.py"):
        assert reporter.client.get(f"/static/{absent}", base_url="https://localhost").status_code == 404


@pytest.mark.parametrize("manifest", [None, "not json", '{"main.css": "absent.css"}'])
def test_without_built_styles_heard_does_not_start(tmp_path: Path, manifest: str | None) -> None:
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest)
    with pytest.raises(Misconfigured, match="make assets"):
        read_assets(tmp_path)
