"""The streams of a PDF that do not draw: palettes, profiles, programs, tables of letters. What they say stays."""

import io
import re
import zlib
from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, StreamDecodeLevel, String

from app.storage.sanitising_child import Cleaned, NotCleaned
from app.storage.sanitising_colour import strip_profile
from app.storage.sanitising_document import clean_document
from app.storage.sanitising_walk import MOST_VALUES
from tests.fixtures.documents import new_pdf, saved
from tests.fixtures.pictures import MARK, jpeg

PALETTE = bytes([0x10, 0x20, 0x30, 0x25, 0x41, 0x42, 0x28, 0x60, 0x0A, 0x80, 0x90, 0xA0])
"""Four colours, with the bytes that begin a comment and a text in a program."""


def clean(pdf: Pdf) -> tuple[Cleaned, Pdf]:
    cleaned = clean_document(io.BytesIO(saved(pdf, compress_streams=False, stream_decode_level=StreamDecodeLevel.none)))
    return cleaned, Pdf.open(io.BytesIO(bytes(cleaned.content)))


def with_colours(pdf: Pdf, *space: object) -> None:
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(C0=Array(space))  # type: ignore[arg-type]
    drawn = pdf.pages[0].obj.Contents.read_bytes()
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/C0 cs " + drawn)


def colours(pdf: Pdf) -> Object:
    return pdf.pages[0].obj.Resources.ColorSpace.C0


def of_three(pdf: Pdf) -> Object:
    return Array([Name.ICCBased, Stream(pdf, b"", N=3)])


@pytest.mark.parametrize("base", [lambda _: Name.DeviceRGB, of_three], ids=["RGB", "profile"])
@pytest.mark.parametrize("as_stream", [True, False])
@pytest.mark.parametrize("words", [b"", MARK.encode()])
def test_a_palette_keeps_every_colour_and_nothing_behind_them(
    base: Callable[[Pdf], Object], as_stream: bool, words: bytes
) -> None:
    pdf = new_pdf()
    data = PALETTE + words
    with_colours(pdf, Name.Indexed, base(pdf), 3, pdf.make_stream(data) if as_stream else String(data))
    cleaned, after = clean(pdf)
    left = colours(after)[3]
    assert (left.read_bytes() if isinstance(left, Stream) else bytes(left)) == PALETTE
    assert cleaned.removed == ({"details"} if words else set())


def stream(pdf: Pdf, data: bytes, **keys: object) -> Stream:
    return Stream(pdf, data, **keys)


def test_a_function_of_samples_keeps_every_sample() -> None:
    pdf = new_pdf()
    samples = stream(pdf, PALETTE + MARK.encode(), FunctionType=0, Domain=Array([0, 1]), Range=Array([0, 1] * 3),
                     Size=Array([4]), BitsPerSample=8)  # fmt: skip
    with_colours(pdf, Name.Separation, Name.Spot, Name.DeviceRGB, samples)
    _, after = clean(pdf)
    assert colours(after)[3].read_bytes() == PALETTE


@pytest.mark.parametrize(
    ("program", "left"),
    [
        (b"{ 360 mul sin\n2 div exch 1.5e-3 ge {pop} if }", b"{ 360 mul sin 2 div exch 1.5e-3 ge {pop} if }"),
        (b"{ pop 0 } (JANE) JANE %JANE\n<4A> /JANE", b"{ pop 0 }"),
    ],
)
def test_a_program_keeps_what_it_computes_with(program: bytes, left: bytes) -> None:
    pdf = new_pdf()
    tint = stream(pdf, program, FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1]))
    with_colours(pdf, Name.Separation, Name.Spot, Name.DeviceGray, tint)
    _, after = clean(pdf)
    assert colours(after)[3].read_bytes().split() == left.split()


TABLE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe)
/Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
2 beginbfchar <0041> <0061> <0042> <00620063> endbfchar
1 beginbfrange <0043> <0044> [<0063> <0064>] <45> <46> /space endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


def test_the_table_of_the_letters_keeps_what_each_means() -> None:
    pdf = new_pdf()
    words = b"%!PS JANE\n/Notice (JANE (a) \\) b) def /JANE <4A616E65> def JANE " + TABLE + b" 1 begincidchar (JANE)"
    pdf.pages[0].obj.Resources.Font.F1.ToUnicode = pdf.make_stream(words)
    _, after = clean(pdf)
    left = after.pages[0].obj.Resources.Font.F1.ToUnicode.read_bytes()
    assert TABLE.split() == left[left.index(b"/CIDInit") :].split()[: len(TABLE.split())]
    assert not re.search(rb"JANE|4A61|Notice", left)


def with_picture(pdf: Pdf, data: bytes, *filters: Name) -> None:
    picture = stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8,
                     ColorSpace=Name.DeviceGray, Filter=Array(filters))  # fmt: skip
    pdf.pages[0].obj.Resources.XObject = Dictionary(I0=picture)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/I0 Do")


def test_what_is_not_looked_at_is_not_unpacked_either() -> None:
    """Packed twice, four kilobytes stand for gigabytes."""
    pdf = new_pdf()
    packed = zlib.compress(zlib.compress(bytes(50_000_000)))
    with_picture(pdf, packed, Name.FlateDecode, Name.FlateDecode)
    _, after = clean(pdf)
    assert after.pages[0].obj.Resources.XObject.I0.read_raw_bytes() == packed


def test_a_picture_that_no_reader_can_draw_keeps_nothing() -> None:
    for filters in ((Name.DCTDecode, Name.FlateDecode), (Name("/Jane"),)):
        pdf = new_pdf()
        with_picture(pdf, jpeg(), *filters)
        cleaned, after = clean(pdf)
        assert after.pages[0].obj.Resources.XObject.I0.read_raw_bytes() == b""
        assert cleaned.removed == {"details"}


def test_a_list_that_is_come_to_by_many_ways_counts_each_time() -> None:
    pdf = new_pdf()
    numbers = pdf.make_indirect(Array([1] * (MOST_VALUES // 10)))
    for key in ("PageLabels", "Names", "Outlines", "StructTreeRoot", "MarkInfo", "OutputIntents"):
        pdf.Root[f"/{key}"] = numbers
    assert clean(pdf)
    for key in ("ExtGState", "Pattern", "Shading", "XObject", "Properties"):
        pdf.pages[0].obj.Resources[f"/{key}"] = numbers
    with pytest.raises(NotCleaned, match="heavy"):
        clean(pdf)


def profile_of(*tags: tuple[bytes, int, int], content: bytes = b"", mark: bytes = b"acsp") -> bytes:
    head = bytes(12) + b"mntrRGB XYZ " + bytes(12) + mark + bytes(88)
    table = b"".join(name + place.to_bytes(4, "big") + size.to_bytes(4, "big") for name, place, size in tags)
    return head + len(tags).to_bytes(4, "big") + table + content


XYZ = b"XYZ JANE" + bytes(12)


@pytest.mark.parametrize(
    ("data", "is_empty"),
    [
        (profile_of((b"wtpt", 156, 20), (b"JANE", 156, 20), content=XYZ), False),
        (profile_of((b"rTRC", 156, 999), (b"gTRC", 156, 999), content=b"curv\0\0\0\0\0\0\0\0JANE"), False),
        (profile_of((b"desc", 156, 20), (b"A2B0", 156, 20), content=b"desc\0\0\0\0JANEOVERLAP!"), False),
        (profile_of((b"desc", 156, 20), (b"A2B0", 144, 32), content=b"desc\0\0\0\0JANEOVERLAP!"), False),
        (profile_of((b"wtpt", 156, 20), (b"bkpt", 160, 20), content=XYZ + b"XYZ " * 9), False),
        (profile_of((b"A2B0", 156, 30), (b"A2B1", 160, 30), content=b"mAB mAB JANE" + bytes(30)), True),
        (profile_of(*[(b"A2B0", 0, 9_000_000)] * 150_000), True),
        (profile_of((b"wtpt", 144, 20), content=XYZ, mark=b"JANE"), True),
        (b"JANE" * 5, True),
    ],
)
def test_a_profile_keeps_numbers_alone(data: bytes, is_empty: bool) -> None:
    left = strip_profile(data)
    assert b"JANE" not in left
    assert (left == b"") is is_empty
    assert int.from_bytes(left[:4], "big") == len(left)


def test_names_of_the_standard_and_languages_stay() -> None:
    pdf = new_pdf()
    pdf.Root.PageLayout, pdf.pages[0].obj.Tabs = Name.TwoPageRight, Name.S
    pdf.pages[0].obj.Annots = Array([
        Dictionary(Subtype=Name.FreeText, Rect=Array([0, 0, 9, 9]), DA=String("0 .5 0 rg /F1 9 Tf"), LE=Name.OpenArrow)
    ])  # fmt: skip
    part = Dictionary(S=Name.Table, Lang=String("zh-Hant-TW"), A=Dictionary(O=Name.Table, Scope=Name.Row))
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=part)
    for language in ("en", "en-GB", "pt_BR", "sr-Cyrl-RS", "es-419", ""):
        pdf.Root.Lang = String(language)
        cleaned, after = clean(pdf)
        assert str(after.Root.Lang) == language
        assert cleaned.removed == frozenset()
    assert dict(after.Root.StructTreeRoot.K.A.items()) == {"/O": Name.Table, "/Scope": Name.Row}
    assert (after.Root.PageLayout, after.pages[0].obj.Tabs) == (Name.TwoPageRight, Name.S)
    assert dict(after.pages[0].obj.Annots[0].items()) == dict(pdf.pages[0].obj.Annots[0].items())
