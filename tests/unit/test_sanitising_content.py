"""Drawings keep every instruction that readers know, as it was written, and nothing else."""

import contextlib
import time
import zlib

import pytest

from app.storage.sanitising_content import MOST_ODD, TooMuch, clean_drawing
from app.storage.sanitising_shapes import SHAPES, SPACES, STREAMS, WITH_NAMES, WITH_TEXT

KNOWN = (
    b"q Q h S s f F f* B B* b b* n W W* BT ET T* EMC BX EX 1 w 0 J 0 j 10. M 1 i .5 g -.5 G 1 Tc 1 Tw 100 Tz 12 TL 0 Tr "
    b"-1 Ts 1 2 m 1 2 l 1 2 Td 1 2 TD 1 2 d0 1 0 0 rg 1 0 0 RG 1 2 3 4 re 1 2 3 4 v 1 2 3 4 y 1 0 0 0 k 1 0 0 0 K "
    b"1 0 0 1 0 0 cm 1 2 3 4 5 6 c 1 0 0 1 0 0 Tm 1 2 3 4 5 6 d1 1 sc 1 2 SC 1 2 3 4 5 6 7 8 9 scn 1 2 /P0 scn /P0 SCN "
    b"/Perceptual ri /G0 gs /C0 cs /C0 CS /X0 Do /S0 sh /F1 12 Tf (a) Tj (a)' 1 2 (a) \" [(a) -1 <41>] TJ [(a)1(b)]TJ "
    b"[3 1] 0 d [] 0 d /Span BMC /OC /MC0 BDC /P <</MCID 3>> BDC /Artifact <</Type /Pagination>> DP "
)
TEXTS = (b"(a (b) c)", b"(\\) % \\( BT)", b"(((((((8)))))))", b"(a\nb\0c\xff)", b"()", b"<41 42>", b"(\\\\)", b"<>")


@pytest.mark.parametrize("gap", [b" ", b"\n", b"\r\n", b" \0"])
def test_what_readers_know_stays_byte_by_byte(gap: bytes) -> None:
    data = KNOWN.replace(b" ", gap)
    assert clean_drawing(data) == (data, False)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_whatever_its_brackets_hold(text: bytes) -> None:
    data = b"BT " + text + b" Tj ET"
    assert clean_drawing(data) == (data, False)


@pytest.mark.parametrize(
    ("data", "left"),
    [
        (b"(secret) zz 1 w", b"1 w"),
        (b"(secret) 1 0 0 1 0 0 cm", b"1 0 0 1 0 0 cm"),
        (b"9 9 9 9 1 w", b"1 w"),
        (b"1 0 % secret\n0 1 0 0 cm", b"1 0 0 1 0 0 cm"),
        (b"[(a) % secret ]\n(b)] TJ", b"[ (a) (b) ] TJ"),
        (b"/secret 1 2 3 /P0 scn", b"1 2 3 /P0 scn"),
        (b"/secret BMC EMC", b"/Span BMC EMC"),
        (b"/P <</MCID 0/Lang (secret)>> BDC EMC", b"/P << /MCID 0 >> BDC EMC"),
        (b"/secret <</A <</B [(secret)]>> /MCID 4>> BDC EMC", b"/Span << /MCID 4 >> BDC EMC"),
        (b"/secret /MC0 BDC EMC", b"/Span /MC0 BDC EMC"),
        (b"<</A (secret)>> q", b"q"),
        (b"q ) > { secret } Q", b"q Q"),
        (b"q % secret", b"q"),
        (b"(secret) BI /W 1 /H 1 ID \x01 EI Q", b"BI /W 1 /H 1 ID \x01 EI Q"),
        (b"BI /W 1 /Foo /secret /H 1 /L 9 ID \x01\nEI Q", b"BI /W 1 /H 1 ID \x01 EI Q"),
        (b"BI /W 1 /CS [/I /RGB 1 <00>] /D [0 1] /Foo [/a] ID \x01\nEI", b"BI /W 1 /CS [ /I /RGB 1 <00> ] /D [ 0 1 ] ID \x01 EI"),
    ],
)  # fmt: skip
def test_what_rides_along_goes(data: bytes, left: bytes) -> None:
    plain, changed = clean_drawing(data)
    assert (plain.split(), changed) == (left.split(), True)
    assert clean_drawing(plain)[0].split() == left.split()


def test_the_data_of_a_picture_may_look_like_instructions() -> None:
    picture = b"\x00 EI \x80\x81 EI (\xff %\n EI"
    data = b"q BI /W 9 /H 3 /BPC 8 /CS /G ID " + picture + b"\nEI BI /W 1 ID \x01\nEI\nQ"
    plain, changed = clean_drawing(data)
    assert not changed
    assert picture + b"\nEI" in plain
    packed = zlib.compress(bytes(range(256)) * 9)
    assert packed in clean_drawing(b"BI /W 48 /H 48 /BPC 8 /CS /G /F /Fl ID " + packed + b"\nEI Q")[0]


@pytest.mark.parametrize(
    "data", [b"(a Tj", b"(((((((((((a))))))))))) Tj", b"BI /W 1 ID \x01\x02", b"BI /W 1 ID \x01 EI \xff"]
)
def test_what_cannot_be_told_apart_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="an end"):
        clean_drawing(data)


def test_a_drawing_of_nothing_that_is_known_is_too_much() -> None:
    plain, changed = clean_drawing(b"zz " * (MOST_ODD - 1))
    assert (plain.strip(), changed) == (b"", True)
    with pytest.raises(TooMuch):
        clean_drawing(b"zz " * (MOST_ODD + 1))


@pytest.mark.parametrize("data", [b"1 " * 500_000, b"[ " * 500_000, b"(" * 500_000, b"((a) " * 200_000,
                                  b"BI /W 1 ID " + b" EI (\\( " * 100_000, b"1 " * 500_000 + b"scn"])  # fmt: skip
def test_no_drawing_takes_more_than_its_length_in_time(data: bytes) -> None:
    started = time.process_time()
    with contextlib.suppress(ValueError):
        clean_drawing(data)
    assert time.process_time() - started < 3


def test_every_role_has_a_shape_and_every_shape_is_used() -> None:
    named = {role for shape in (*SHAPES.values(), *SPACES.values()) for role in shape.values()}
    chosen = {"root", "pages", "note", "field", "form", "image", "layer", "marked"}
    assert named - {"", "name", "text", "letters", "language", "address", "icon_name", "page"} <= SHAPES.keys() | {
        "annotation",
        "object",
        "drawn",
        "property",
    }
    assert SHAPES.keys() <= named | chosen
    assert STREAMS - {"drawn"} <= SHAPES.keys() and SHAPES.keys() >= WITH_NAMES | WITH_TEXT


def test_nothing_that_draws_is_forgotten() -> None:
    """Each key of the tables of ISO 32000 that changes what is drawn."""
    for role, keys in {
        "state": "LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR TR2 FL SM SA BM SMask CA ca AIS TK",
        "image": "Width Height ColorSpace BitsPerComponent Intent ImageMask Mask Decode Interpolate SMask SMaskInData "
        "OC Matte Filter DecodeParms",
        "form": "BBox Matrix Resources Group OC Filter DecodeParms",
        "pattern": "PatternType PaintType TilingType BBox XStep YStep Resources Matrix Shading ExtGState",
        "shading": "ShadingType ColorSpace Background BBox AntiAlias Function Domain Matrix Coords Extend "
        "BitsPerCoordinate BitsPerComponent BitsPerFlag Decode VerticesPerRow",
        "calibration": "Range WhitePoint BlackPoint Gamma Matrix",
        "profile": "N Alternate Range Filter DecodeParms",
        "function": "Range Domain FunctionType Size BitsPerSample Order Encode Decode C0 C1 N Functions Bounds Filter "
        "DecodeParms",
        "inks": "Subtype Colorants Process",
        "process": "ColorSpace Components",
        "mask": "S G BC TR",
        "group": "S CS I K",
        "font": "Subtype BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode FontBBox FontMatrix "
        "CharProcs Resources DescendantFonts CIDSystemInfo DW W DW2 W2 CIDToGIDMap",
        "parameters": "Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows "
        "EndOfBlock BlackIs1 JBIG2Globals ColorTransform",
        "pages": "Contents Resources MediaBox CropBox Rotate Group Annots UserUnit Kids Parent",
        "note": "Rect AP AS F OC Border BS BE C IC CA L Vertices InkList QuadPoints LE MK DA",
    }.items():
        assert {f"/{key}" for key in keys.split()} <= SHAPES[role].keys(), role
