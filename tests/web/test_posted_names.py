"""An answer under a name, or in a kind, that nobody reads is refused: whoever gave it must not believe it was heard."""

import pytest

from app.web.sealed_form import MOST_SPOOLS
from models.report import Report
from tests.fixtures.pages import Page, Visitor
from tests.fixtures.uploads import CONTENT_TYPE, form_body
from tests.service.desk import DeskTrust, id_of
from tests.web.conftest import code_of
from tests.web.report import FULL, fill, send_files

ANA = id_of("ana").hex()


def send_parts(reporter: Visitor, path: str, *bodies: bytes) -> Page:
    """Send several bodies as one form."""
    edge = b"--" + form_body({})[2 : form_body({}).index(b"\r\n")]
    return reporter.post(
        path, b"".join(body[: -len(edge) - 4] for body in bodies) + edge + b"--\r\n", content_type=CONTENT_TYPE
    )


@pytest.mark.parametrize("path", ["/report", "/quick"])
@pytest.mark.parametrize("given", ["", "a.txt"])
@pytest.mark.parametrize("before", [0, MOST_SPOOLS])
def test_a_file_where_a_tick_belongs_is_refused(
    reporter: Visitor, trust: DeskTrust, path: str, given: str, before: int
) -> None:
    fields = FULL | {"token": reporter.get(path).value("token")}
    files = [form_body({}, [("a.txt", b"x")])] * before
    page = send_parts(reporter, path, form_body(fields), *files, form_body({}, [(given, ANA.encode())], "exclude"))
    assert page.status == 400
    assert trust.count(Report) == 0


@pytest.mark.parametrize("name", ["Exclude", "EXCLUDE", "exclude[]", " exclude", "Who", "Token", "Website"])
def test_a_name_that_is_nearly_one_of_ours_is_refused(reporter: Visitor, trust: DeskTrust, name: str) -> None:
    for path in ("/report", "/quick"):
        assert reporter.post(path, FULL | {"token": reporter.get(path).value("token"), name: ANA}).status == 400
    assert trust.count(Report) == 0


def test_a_name_that_is_not_ours_costs_nothing(reporter: Visitor) -> None:
    assert code_of(fill(reporter, **{"__RequestVerificationToken": "x", "NoScript": "1"}))


@pytest.mark.parametrize("typed", [f"{ANA}\r", f" {ANA}\n"])
def test_a_tick_comes_back_as_it_is_understood(reporter: Visitor, typed: str) -> None:
    page = fill(reporter, who="", exclude=typed, role=" patient ")
    assert page.status == 422
    checked = [box.get("value") for box in page.all("input") if box.get("checked") is not None]
    assert ANA in checked and "patient" in checked
    assert code_of(send_files(reporter, [], exclude=ANA))
