"""What a PDF brings along and does not draw goes; whatever a drawing may need stays."""

import io
import os

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from app.storage import sanitising_used
from app.storage.sanitising_child import NotCleaned
from app.storage.sanitising_document import clean_document
from tests.fixtures.documents import new_pdf, saved
from tests.fixtures.pictures import MARK, jpeg

BOX = Array([0, 0, 9, 9])


def clean(pdf: Pdf) -> tuple[frozenset[str], Pdf]:
    cleaned = clean_document(io.BytesIO(saved(pdf)))
    return cleaned.removed, Pdf.open(io.BytesIO(bytes(cleaned.content)))


def form(pdf: Pdf, drawing: bytes, **keys: object) -> Stream:
    return Stream(pdf, drawing, Type=Name.XObject, Subtype=Name.Form, BBox=BOX, **keys)


def letters() -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)


def names(pdf: Pdf, kind: str, page: int = 0) -> set[str]:
    return set(pdf.pages[page].obj.Resources.get(f"/{kind}", Dictionary()).keys())


def test_forms_pictures_and_letters_that_nothing_draws_go_with_all_they_bring() -> None:
    pdf = new_pdf()
    hidden = form(
        pdf, b"BT /F2 9 Tf (" + MARK.encode() + b") Tj ET", Resources=Dictionary(Font=Dictionary(F2=letters()))
    )
    picture = Stream(pdf, jpeg(), Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, Filter=Name.DCTDecode)
    resources = pdf.pages[0].obj.Resources
    resources.XObject, resources.Font.F9 = Dictionary(U=hidden, J=picture), letters()
    resources.Pattern, resources.Properties = Dictionary(P=form(pdf, b"n")), Dictionary(M=Dictionary(MCID=1))
    removed, after = clean(pdf)
    assert [names(after, kind) for kind in ("XObject", "Pattern", "Properties", "Font")] == [
        set(),
        set(),
        set(),
        {"/F1"},
    ]
    assert not any(isinstance(one, Stream) and MARK.encode() in one.read_bytes() for one in after.objects)
    assert removed == {"details"}


def test_what_is_drawn_stays_however_it_is_named_and_from_wherever() -> None:
    pdf = new_pdf()
    resources = pdf.pages[0].obj.Resources
    # This form brings nothing along: it draws with what the page has, which the page itself does not name.
    resources.XObject = Dictionary({"/A B": form(pdf, b"/G1 gs BT /F2 9 Tf (a) Tj ET"), "/Ä": form(pdf, b"n")})
    resources.Font.F2, resources.ExtGState = letters(), Dictionary(G1=Dictionary(LW=1))
    resources.ColorSpace = Dictionary(DefaultRGB=Array([Name.CalRGB, Dictionary(WhitePoint=Array([1, 1, 1]))]))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/A#20B Do /#c3#84 Do BT /F#31 9 Tf (a) Tj ET")
    removed, after = clean(pdf)
    assert removed == frozenset()
    assert names(after, "XObject") == {"/A B", "/Ä"} and names(after, "Font") == {"/F1", "/F2"}
    assert names(after, "ExtGState") == {"/G1"} and names(after, "ColorSpace") == {"/DefaultRGB"}


def test_what_pages_share_or_inherit_stays_as_long_as_one_of_them_draws_it() -> None:
    pdf = new_pdf()
    for _ in range(3):
        pdf.add_blank_page()
    shared = pdf.make_indirect(Dictionary(Font=Dictionary({f"/F{number}": letters() for number in range(1, 6)})))
    for number, page in enumerate(pdf.pages, 1):
        page.obj.Contents = pdf.make_stream(b"BT /F%d 9 Tf (a) Tj ET" % number)
        page.obj.Resources = shared
    del pdf.pages[3].obj.Resources
    pdf.Root.Pages.Resources = Dictionary(Font=Dictionary(F4=letters(), F1=letters()))
    _, after = clean(pdf)
    assert [names(after, "Font", page) for page in range(3)] == [{"/F1", "/F2", "/F3"}] * 3
    assert names(after, "Font", 3) == {"/F4"}


def test_letters_made_of_drawings_and_letters_of_fields_stay() -> None:
    pdf = new_pdf()
    glyph = pdf.make_stream(b"9 0 d0 /G1 gs /X1 Do")
    own = Dictionary(
        ExtGState=Dictionary(G1=Dictionary(LW=1)), XObject=Dictionary(X1=form(pdf, b"n"), X2=form(pdf, b"n"))
    )
    pdf.pages[0].obj.Resources.Font.F1 = Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary(a=glyph),
                                                   Resources=own)  # fmt: skip
    field = Dictionary(Subtype=Name.Widget, FT=Name.Tx, Rect=BOX, V=String("a"), DA=String("/Cour 9 Tf 0 g"))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(field)])
    fonts = Dictionary(Font=Dictionary(Helv=letters(), Cour=letters(), Jane=letters()))
    pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].obj.Annots, DA=String("/Helv 0 Tf"), DR=fonts)
    _, after = clean(pdf)
    left = after.pages[0].obj.Resources.Font.F1.Resources
    assert (set(left.ExtGState.keys()), set(left.XObject.keys())) == ({"/G1"}, {"/X1"})
    assert set(after.Root.AcroForm.DR.Font.keys()) == {"/Helv", "/Cour"}


def test_colours_that_a_picture_or_a_palette_names_stay() -> None:
    pdf = new_pdf()
    palette = Array([Name.Indexed, Name("/C2"), 1, String(b"abc%ef")])
    picture = Stream(pdf, b"a", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8)
    picture.ColorSpace, resources = Name("/C1"), pdf.pages[0].obj.Resources
    resources.XObject = Dictionary(I0=picture)
    resources.ColorSpace = Dictionary(C1=palette, C2=Array([Name.DeviceRGB]), C3=Array([Name.DeviceRGB]))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/I0 Do BT /F1 9 Tf (a) Tj ET")
    _, after = clean(pdf)
    assert names(after, "ColorSpace") == {"/C1", "/C2"}
    assert bytes(after.pages[0].obj.Resources.ColorSpace.C1[3]) == b"abc%ef"


def test_the_structure_points_at_nothing_that_no_page_has() -> None:
    pdf = new_pdf()
    drawn, hidden = (pdf.make_indirect(form(pdf, b"BT (" + MARK.encode() + b") Tj ET")) for _ in range(2))
    note, lost = (pdf.make_indirect(Dictionary(Subtype=Name.Text, Rect=BOX, Contents=String(MARK))) for _ in range(2))
    pdf.pages[0].obj.Annots, pdf.pages[0].obj.Resources.XObject = Array([note]), Dictionary(X1=drawn)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/X1 Do BT /F1 9 Tf (a) Tj ET")
    pointers = [Dictionary(Type=Name.OBJR, Obj=one) for one in (note, lost, drawn, hidden)]
    within = [Dictionary(Type=Name.MCR, Stm=one, MCID=0) for one in (drawn, hidden)]
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Array([*pointers, *within]))
    removed, after = clean(pdf)
    left = ["/Obj" in one or "/Stm" in one for one in after.Root.StructTreeRoot.K]
    assert left == [True, False, True, False, True, False]
    assert removed == {"details"}
    assert [
        str(one.Contents)
        for one in after.objects
        if isinstance(one, Dictionary) and "/Contents" in one and "/Rect" in one
    ] == [MARK]


@pytest.mark.parametrize("contents", [3, True, Name.Jane, String("a"), Dictionary(), Array([]), Array([3])])
def test_a_page_whose_drawing_is_none_is_empty(contents: object) -> None:
    pdf = new_pdf()
    pdf.pages[0].obj.Contents = contents
    _, after = clean(pdf)
    assert names(after, "Font") == set()


def test_very_many_names_in_very_many_lists_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = new_pdf()
    pdf.pages[0].obj.Resources.Font = Dictionary({f"/{os.urandom(4).hex()}": letters() for _ in range(9)})
    assert clean(pdf)
    monkeypatch.setattr(sanitising_used, "MOST_COMPARED", 1)
    with pytest.raises(NotCleaned, match="heavy"):
        clean(pdf)
