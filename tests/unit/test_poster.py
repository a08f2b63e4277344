"""Posters: read aloud as well as seen, drawn with real letters, the same every time."""

import io
import json
from dataclasses import replace

import pikepdf
import pytest
import segno
import typst
from PIL import Image

from app.domain.errors import Misconfigured
from app.rendering import poster as rendering
from app.rendering import typst as renderer
from app.rendering.poster import LATIN, SCRIPTS, Line, Poster, poster_pdf
from models.vocabulary.place import SIZES
from models.vocabulary.place_poster import POSTER_LINES

LINES = tuple(Line(line.code, line.text, line.rtl) for line in POSTER_LINES)
POSTER = Poster(
    host="heard.northmere.example", code="7KQ4", place="Willow Ward, Coast House", service="Heard", trust="Northmere",
    phone="01234 567892", danger="Call security on 2222, or 999.", lines=LINES,
)  # fmt: skip
LONG = replace(
    POSTER,
    host="report.nottinghamshirehealthcare-partnership.nhs.uk",
    place="Adult Community Rehabilitation Team, Riverside 12, Queen Elizabeth the Queen Mother Hospital",
    trust="Nottinghamshire Healthcare and Community Partnership NHS Foundation Trust (made-up trust for demonstration)",
    danger="Call hospital security on extension 2222 at any time, or dial 999 from any phone.",
)
POINTS = {"a4": (595, 842), "a5": (420, 595)}


def opened(poster: Poster, size: str = "a4") -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(poster_pdf(poster, size)))


def drawn_at(poster: Poster, size: str, dots_per_inch: int) -> Image.Image:
    """Return the page as a picture in grey, drawn by the compiler and from the content of the printed one."""
    page = renderer.TEMPLATES / rendering.TEMPLATE
    data = {"data": json.dumps(rendering._content(poster, size), ensure_ascii=False)}
    made = renderer._compiler().compile(input=str(page), sys_inputs=data, format="png", ppi=dots_per_inch)
    assert isinstance(made, bytes)
    return Image.open(io.BytesIO(made)).convert("L")


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Return every element of the structure tree, in reading order."""

    def walk(node: pikepdf.Object) -> list[pikepdf.Dictionary]:
        children = node.get("/K", [])
        children = list(children) if isinstance(children, pikepdf.Array) else [children]
        below = [child for child in children if isinstance(child, pikepdf.Dictionary) and "/S" in child]
        return [one for child in below for one in (child, *walk(child))]

    return walk(pdf.Root.StructTreeRoot)


@pytest.mark.parametrize("size", [word.code for word in SIZES])
@pytest.mark.parametrize("poster", [POSTER, LONG, replace(POSTER, lines=())], ids=["usual", "long", "english"])
def test_a_poster_is_one_page_of_its_size(poster: Poster, size: str) -> None:
    pdf = opened(poster, size)
    [page] = pdf.pages
    assert tuple(round(float(value)) for value in page.MediaBox[2:]) == POINTS[size]


def test_a_poster_says_its_title_its_language_and_that_it_is_tagged() -> None:
    pdf = opened(POSTER)
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "en-GB"
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Tell us about racism here – Heard – Willow Ward, Coast House"
        assert metadata["pdfuaid:part"] == "1"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_the_code_has_a_text_and_there_are_headings_to_jump_to() -> None:
    pdf = opened(POSTER)
    found = elements(pdf)
    kinds = [str(one.S) for one in found]
    assert [str(one.Alt) for one in found if "/Alt" in one] == [
        "QR code. It opens https://heard.northmere.example/w/7KQ4"
    ]
    assert kinds.count("/Figure") == 1
    assert [kind for kind in kinds if kind.startswith("/H")] == ["/H1", "/H2", "/H2", "/H2"]


def test_each_line_is_marked_with_its_language() -> None:
    pdf = opened(POSTER)
    marked = {str(one.Lang) for one in elements(pdf) if "/Lang" in one}
    assert marked == {line.lang for line in LINES}


def test_the_same_poster_is_the_same_bytes_and_holds_no_day_of_its_making() -> None:
    made = poster_pdf(POSTER, "a4")
    renderer._compiler.cache_clear()
    assert poster_pdf(POSTER, "a4") == made
    assert b"2026" not in made
    assert poster_pdf(replace(POSTER, code="7KQ5"), "a4") != made


@pytest.mark.parametrize("poster", [POSTER, LONG], ids=["usual", "long"])
@pytest.mark.parametrize("size", [word.code for word in SIZES])
def test_the_code_that_is_drawn_opens_the_place_and_nothing_else(poster: Poster, size: str) -> None:
    picture = drawn_at(poster, size, 300)
    # Nothing else on the poster is quite black.
    left, top, right, bottom = picture.point(lambda level: 255 if level < 16 else 0).getbbox() or (0, 0, 0, 0)
    wanted = segno.make_qr(f"https://{poster.host}/w/7KQ4", error="q").matrix
    side = (right - left) / len(wanted)
    assert (bottom - top) / len(wanted) == pytest.approx(side, rel=0.02)
    # A camera needs modules of 0.5 mm and more: 6 dots of 300 to the inch.
    assert side >= 6
    drawn = [
        [picture.getpixel((left + (x + 0.5) * side, top + (y + 0.5) * side)) < 128 for x in range(len(wanted))]
        for y in range(len(wanted))
    ]
    assert drawn == [[bool(module) for module in row] for row in wanted]


def test_every_script_is_drawn_with_a_font_that_has_it() -> None:
    # PDF/UA refuses a letter without a glyph, so each line that renders is drawn in full.
    assert {LATIN, *SCRIPTS.values()} <= set(typst.Fonts(False, False, [str(renderer.FONTS)]).families())
    for line in LINES:
        assert opened(replace(POSTER, lines=(line,)))
    with pytest.raises(RuntimeError, match="could not be displayed"):
        poster_pdf(replace(POSTER, lines=(Line("ta", "தமிழ்", False),)), "a4")


def test_right_to_left_is_said_of_the_languages_that_are_written_so() -> None:
    assert {line.lang for line in LINES if line.rtl} == {"ar", "ur"}


def test_without_the_fonts_nothing_is_printed(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderer, "FONTS", tmp_path)
    renderer._compiler.cache_clear()
    with pytest.raises(Misconfigured, match="make assets"):
        poster_pdf(POSTER, "a4")
