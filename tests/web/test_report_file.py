"""Files that come with a report: kept with it, or named with everything else still on the page."""

import pytest

from app.public.report_sending import AGAIN
from app.services.attachment_intake import MOST_BYTES, MOST_TOGETHER_BYTES
from forms.attachment import MOST_IN_REPORT
from models.attachment import Attachment
from models.report import Report
from tests.fixtures.pages import Visitor
from tests.fixtures.pictures import jpeg
from tests.fixtures.uploads import CONTENT_TYPE, Files, form_body
from tests.service.desk import DeskTrust
from tests.web.conftest import code_of
from tests.web.desk import pass_gate
from tests.web.mailbox import add_file
from tests.web.report import WORDS, send_files


def test_a_report_with_files_is_one_report_and_its_readers_get_the_files(
    reporter: Visitor, ana: Visitor, trust: DeskTrust
) -> None:
    token = reporter.get("/report").value("token")
    files = [("IMG_1.jpg", jpeg()), ("notes.txt", WORDS.encode())]
    pages = [send_files(reporter, files, token) for _ in range(2)]
    assert "Photo 1. We removed:" in pages[0].words and "Text 2. We found no hidden details." in pages[0].words
    codes = {code_of(page) for page in pages}
    assert len(codes) == 1 and "" not in codes
    assert (trust.count(Report), trust.count(Attachment)) == (1, 2)
    reference = trust.only_reference()
    pass_gate(ana, f"/cases/{reference}")
    assert "2 files from the reporter" in ana.get(f"/cases/{reference}").words
    page = ana.get(f"/cases/{reference}/files")
    assert "Photo 1.jpg Sent With the report" in page.words and "Text 2.txt Sent With the report" in page.words
    links = [a.get("href") or "" for a in page.all("a") if a.get("download") is not None]
    assert ana.get(links[1]).response.data == WORDS.encode()


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([("plan%.svg", b"<svg/>")], "plan%.svg is not a type we can open. Use JPEG"),
        ([("a.jpg", jpeg()[:900])], "We could not open a.jpg. It may be damaged."),
        ([("a.jpg", b"x" * (25 * 1024 * 1024 + 1))], "a.jpg is larger than 25 MB"),
        ([("a.txt", b"x")] * 6, "You can add up to 5 files"),
        ([("<b>.txt", b"")], "<b>.txt is empty"),
    ],
    ids=["type", "damaged", "large", "many", "empty"],
)
def test_a_file_that_cannot_be_taken_costs_no_word_of_the_report(
    reporter: Visitor, trust: DeskTrust, files: Files, sentence: str
) -> None:
    token = reporter.get("/report").value("token")
    page = send_files(reporter, files, token)
    assert page.status == 422
    assert page.errors()[0].startswith(sentence)
    assert page.value("words").strip() == WORDS
    assert page.value("token") == token
    assert "Choose your files again" in page.words
    assert trust.count(Report) == 0
    assert code_of(send_files(reporter, [], token))


def test_files_are_asked_for_again_whatever_else_was_wrong(reporter: Visitor) -> None:
    assert "Choose your files again" in send_files(reporter, [("a.txt", b"x")], who="").words
    page = send_files(reporter, [("a.txt", b"x")], token="altered")
    assert AGAIN in page.words and "Choose your files again" in page.words
    assert "Choose your files again" not in send_files(reporter, [], token="altered").words


def test_text_that_is_not_utf_8_is_refused_beside_a_file_too(reporter: Visitor) -> None:
    body = form_body({"words": "MARK"}, [("a.jpg", jpeg())]).replace(b"MARK", b"\xff\xfe")
    assert reporter.post("/report", body, content_type=CONTENT_TYPE).status == 400
    page = send_files(reporter, [("a.txt", b"x")], words="a\x00b")
    assert page.status == 422


def test_a_file_has_one_name_on_both_sides_whenever_it_came(reporter: Visitor, ana: Visitor, trust: DeskTrust) -> None:
    sent = send_files(reporter, [("IMG_1.jpg", jpeg()), ("notes.txt", WORDS.encode())])
    reporter.post("/return", {"code": code_of(sent)})
    for content, name in ((b"more", "b.txt"), (jpeg(), "c.jpg")):
        assert add_file(reporter, content, name).status == 303
    inbox = reporter.get("/inbox/file").words
    assert inbox.index("Text 3. We found") < inbox.index("Photo 4. We removed")
    reference = trust.only_reference()
    pass_gate(ana, f"/cases/{reference}")
    page = ana.get(f"/cases/{reference}/files")
    links = [a for a in page.all("a") if a.get("download") is not None]
    assert ["".join(link.itertext()) for link in links] == ["Photo 1.jpg", "Text 2.txt", "Text 3.txt", "Photo 4.jpg"]
    got = ana.get(links[2].get("href") or "").response
    assert got.data == b"more" and got.headers["Content-Disposition"].endswith(f'filename="{reference}-3.txt"')
    assert "The reporter added a file: Photo 4." in ana.get(f"/cases/{reference}").words


def test_the_form_says_how_many_files_it_takes_and_how_large(reporter: Visitor) -> None:
    words = reporter.get("/report").words
    assert "Up to 5 files, 25 MB each, 100 MB together." in words
    assert "A large file can take some minutes to send. Please wait until the page changes." in words
    assert (MOST_IN_REPORT, MOST_BYTES, MOST_TOGETHER_BYTES) == (5, 25 * 1024 * 1024, 100 * 1024 * 1024)
