"""Drawings keep every instruction that readers know, as it was written, and nothing else."""

import contextlib
import time

import pytest

from app.storage.sanitising_content import MOST_ODD, Patience, TooMuch, clean_drawing
from app.storage.sanitising_shapes import SHAPES, SPACES, STREAMS, WITH_NAMES, WITH_TEXT
from app.storage.sanitising_tokens import MOST_BRACKETS

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
        (b"(secret) BDC EMC", b"/Span <<>> BDC EMC"),
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


@pytest.mark.parametrize(
    ("data", "left"),
    [
        (b"q (secret Tj Q", b"q"),
        (b"q (a) Tj (secret (Tj) Q", b"q (a) Tj"),
        (b"q <41 Tj secret", b"q"),
        (b"q 1 w BI /W 1 /F /Fl ID secret", b"q 1 w"),
        (b"(" * 13 + b"a" + b")" * 13 + b"Tj", b"(" + b"\\(" * 12 + b"a" + b"\\)" * 12 + b") Tj"),
        (b"(((((((((((a\\))))))))))))Tj", b"(" + b"\\(" * 10 + b"a\\)" + b"\\)" * 10 + b") Tj"),
        (b"<41 zz /42> Tj", b"<4142> Tj"),
        (b"q (" + b"()" * (MOST_BRACKETS // 2) + b"((((((((()))))))))) Tj Q", b"q"),
        (b"q [(a) " + b"zz " * 200 + b"(secret)] TJ Q", b"q Q"),
    ],
)
def test_a_broken_end_goes_and_what_readers_draw_stays(data: bytes, left: bytes) -> None:
    plain, changed = clean_drawing(data)
    assert (plain.split(), changed) == (left.split(), True)
    assert clean_drawing(plain) == (plain, False)


@pytest.mark.parametrize(
    ("data", "left"),
    [
        (b"[(ab) null -200 (cd)] TJ", b"[ (ab) -200 (cd) ] TJ"),
        (b"[(ab) zz -200 % secret\n(cd)] TJ", b"[ (ab) -200 (cd) ] TJ"),
        (b"[(ab) /secret [(secret)] <</A (secret)>> 5y (cd)] TJ", b"[ (ab) (cd) ] TJ"),
        (b"[(secret)] 0 d q", b"q"),
        (b"<</A (secret)>> TJ q", b"q"),
        (b"[(secret)] <</A [(secret)]>> TJ q", b"q"),
        (b"[(a) [(b)] TJ q", b"q"),
        (b"/secret [3] 0 d", b"[ 3 ] 0 d"),
    ],
)
def test_of_a_list_stays_what_is_shown(data: bytes, left: bytes) -> None:
    plain, _ = clean_drawing(data)
    assert plain.split() == left.split()


@pytest.mark.parametrize("data", [b"0 cm", b"50 re", b"1 2 w 100 5.0e1 50 50.E-1 re", b"1e1 Tc", b"Tj", b"[1e1(a)] TJ"])
def test_numbers_that_readers_take_differently_stay_as_they_are(data: bytes) -> None:
    plain, _ = clean_drawing(b"q " + data + b" Q")
    assert plain.split() == (b"q " + data.removeprefix(b"1 ") + b" Q").split()
    assert clean_drawing(b"(secret) 0 cm")[0] == b""


def test_a_drawing_of_nothing_that_is_known_is_too_much() -> None:
    plain, changed = clean_drawing(b"zz " * 999, Patience(1000))
    assert (plain.strip(), changed) == (b"", True)
    for odd in (b"zz ", b"1 re ", b"BI ID x EI ", b"(" * 12 + b")" * 12 + b"Tj "):
        with pytest.raises(TooMuch):
            clean_drawing(odd * 1001, Patience(1000))


def test_many_small_drawings_are_too_much_together() -> None:
    patience = Patience()
    drawing = b"zz " * (MOST_ODD // 2)
    clean_drawing(drawing, patience)
    clean_drawing(drawing, patience)
    with pytest.raises(TooMuch):
        clean_drawing(drawing, patience)


LONG = (
    (b"", b"1 ", b""), (b"", b"[ ", b""), (b"", b"(", b""), (b"", b"((a) ", b""), (b"(", b"\\(", b""),
    (b"", b"1 ", b"scn"), (b"[", b"(a)", b""), (b"", b"[(a)", b"] TJ"), (b"", b"<4 ", b""), (b"", b"/P <<", b" BDC"),
    (b"BI /W 1 ID ", b" EI (\\( ", b""), (b"BI ID ", b" EI%", b"\nzz"), (b"BI ID ", b" EI<", b"\nzz"),
    (b"BI ID ", b" EI(", b""), (b"BI ID ", b" EI BI(", b""), (b"BI ", b"/D<<", b" ID x EI"), (b"BI ", b"/D ", b"ID x EI"),
    (b"BI ", b"/CS[/I /a 1(", b""), (b"BI ", b"/DP[<</K 1", b" ID x EI"), (b"", b"BI ", b""), (b"", b"BI ID ", b""),
)  # fmt: skip


@pytest.mark.parametrize("shape", LONG, ids=[repr(shape[1]) for shape in LONG])
def test_a_drawing_twice_as_long_takes_twice_the_time(shape: tuple[bytes, bytes, bytes]) -> None:
    before, part, after = shape
    count = 100_000 // len(part)
    short, long = (_seconds(before + part * count * times + after) for times in (1, 4))
    # Four times the length would take sixteen times as long if anything were looked at again and again.
    assert long < 9 * max(short, 0.01)


def _seconds(data: bytes) -> float:
    """Return the least of three measures: the machine may be busy."""
    measured = []
    for _ in range(3):
        started = time.process_time()
        with contextlib.suppress(TooMuch):
            clean_drawing(data, Patience(1_000_000_000))
        measured.append(time.process_time() - started)
    return min(measured)


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
