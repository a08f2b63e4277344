"""Pictures within a drawing keep what readers need to draw them, end where their data end, and hold nothing else."""

import io
import zlib

import pikepdf
import pytest
from PIL import Image

from app.storage.sanitising_content import clean_drawing

FILTERS = (
    b"/AHx", b"/ASCIIHexDecode", b"/A85", b"/ASCII85Decode", b"/LZW", b"/LZWDecode", b"/Fl", b"/FlateDecode", b"/RL",
    b"/RunLengthDecode", b"/CCF", b"/CCITTFaxDecode",
)  # fmt: skip
PARAMETERS = (
    b"<</K -1/Columns 64/Rows 64/BlackIs1 true/EncodedByteAlign false/EndOfLine true/EndOfBlock false>>",
    b"<</Predictor 15/Colors 3/BitsPerComponent 8/Columns 2>>", b"<< /EarlyChange 0 >>", b"<<>>",
)  # fmt: skip
COLOURS = (
    b"/G", b"/RGB", b"/CMYK", b"/DeviceGray", b"/Cs1", b"[/DeviceRGB]", b"[/I /RGB 1 (\\000\\001abcd)]",
    b"[/Indexed [/DeviceRGB] 1 <ff000000ff00>]", b"[/Indexed/DeviceRGB 0(\xff\\(\x00)]", b"[/I /Cs1 1 <00ff>]",
    b"[/CalRGB<</WhitePoint[1 1 1]/Gamma[2 2 2]>>]",
)  # fmt: skip


def kept(data: bytes) -> bytes:
    """Return a drawing that must stay as it is."""
    plain, changed = clean_drawing(data)
    assert not changed
    return plain


def pairs(drawing: bytes) -> list[str]:
    """Return the heads of the pictures of a drawing as a reader of PDFs takes them."""
    with pikepdf.Pdf.new() as pdf:
        steps = pikepdf.parse_content_stream(pdf.make_stream(drawing))
        return [repr(step.iimage.obj) for step in steps if isinstance(step, pikepdf.ContentStreamInlineImage)]


@pytest.mark.parametrize("parameters", PARAMETERS)
@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_keeps_its_parameters(name: bytes, parameters: bytes) -> None:
    for packed in (
        b"/F" + name + b"/DP" + parameters,
        b"/Filter[" + name + b"]/DecodeParms[" + parameters + b"]",
        b"/F [/A85 " + name + b"] /DP [null " + parameters + b"]",
    ):
        data = b"q BI /W 2 /H 1 /BPC 8 /CS /RGB " + packed + b" ID abc\nEI Q"
        assert pairs(kept(data)) == pairs(data) != []


@pytest.mark.parametrize("colour", COLOURS)
def test_every_kind_of_colour_stays(colour: bytes) -> None:
    data = b"q BI /W 2 /H 1 /BPC 8 /CS " + colour + b" /D[1 0] /I true /Intent /Perceptual ID abcdefgh\nEI Q"
    assert pairs(clean_drawing(data)[0]) == pairs(data) != []


def test_a_packed_picture_is_read_as_before() -> None:
    rows = b"".join(b"\x01" + bytes(range(place, place + 12)) for place in range(4))
    head = b"BI /W 4 /H 4 /BPC 8 /CS /RGB /F /Fl /DP << /Predictor 15 /Colors 3 /Columns 4 >> ID "
    data = b"q " + head + zlib.compress(rows) + b"\nEI Q"
    assert kept(data).split(b" ID ", 1)[1] == data.split(b" ID ", 1)[1].replace(b"EI Q", b"EI\n Q")
    assert clean_drawing(b"zz " + data)[0].split() == data.split()


@pytest.mark.parametrize(
    ("head", "length"),
    [
        (b"/W 2 /H 2 /BPC 8 /CS /RGB", 12), (b"/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceCMYK", 16),
        (b"/W 5 /H 3 /BPC 8 /CS /G", 15), (b"/W 30 /H 3 /BPC 4 /CS [/I /RGB 1 <000000ffffff>]", 45),
        (b"/W 70 /H 2 /IM true", 18), (b"/W 2 /H 2 /BPC 8 /CS /Cs1 /L 12", 12),
    ],
)  # fmt: skip
@pytest.mark.parametrize("gap", [b" ", b"\n", b"\r\n"])
def test_a_picture_that_is_not_packed_has_the_length_it_says(head: bytes, length: int, gap: bytes) -> None:
    picture = b"\xff EI q ".ljust(length, b"\x01")
    data = b"q BI " + head + b" ID" + gap + picture + b"\nEI 1 w Q"
    assert picture + b"\nEI" in kept(data)
    assert clean_drawing(data)[0].split()[-3:] == [b"1", b"w", b"Q"]


@pytest.mark.parametrize(
    ("data", "left"),
    [
        (b"BI /W 1 /H 1 /BPC 8 /CS /G ID a secret EI Q", b"BI /W 1 /H 1 /BPC 8 /CS /G ID a EI Q"),
        (b"BI /W 1 /H 1 /BPC 8 /CS /G ID a secret", b"BI /W 1 /H 1 /BPC 8 /CS /G ID a EI"),
        (b"BI /W 1 /W 2 /H 1 % secret\n ID a EI Q", b"BI /W 2 /H 1 ID a EI Q"),
        (b"BI /W 1 /H null /F /secret ID a EI Q", b"Q"),
        (b"BI /W 1 /F [/A85 /DCT] ID \xff\xd8secret EI Q", b"Q"),
        (b"BI /W 1 /F [/DCT /Fl] ID \xff\xd8secret EI Q", b"Q"),
        (b"BI /W 1 /F /JPX ID secret EI Q", b"Q"),
        (b"BI /W 1 /Intent /secret /CS [/secret] /D [(secret)] /I /secret ID a EI Q", b"BI /W 1 ID a EI Q"),
        (b"BI /F /CCF /DP <</K -1 /secret (/Rows 1) /Columns 8>> ID a EI Q",
         b"BI /F /CCF /DP << /K -1 /Columns 8 >> ID a EI Q"),
        (b"BI /W 1 /Foo <</A [(secret)] /H 1>> /H 2 ID a EI Q", b"BI /W 1 /H 2 ID a EI Q"),
        (b"BI /W 1 /CS [/I /RGB 1 (abc\\144\\\nefsecret)] ID a EI Q",
         b"BI /W 1 /CS [ /I /RGB 1 <616263646566> ] ID a EI Q"),
        (b"BI /W 1 /CS [/I [/G] 0 <00 ff>] ID a EI Q", b"BI /W 1 /CS [ /I [ /G ] 0 <00> ] ID a EI Q"),
        (b"BI /W 1 ID \x01 EI \xff Q", b"BI /W 1 ID \x01 EI Q"),
        (b"BI /W 1 ID \x01 EI %" + b"secret " * 99 + b"\nQ", b"BI /W 1 ID \x01 EI Q"),
    ],
)  # fmt: skip
def test_nothing_else_stays_in_a_picture(data: bytes, left: bytes) -> None:
    plain, changed = clean_drawing(b"q " + data)
    assert (plain.split(), changed) == ([b"q", *left.split()], True)


def test_a_jpeg_loses_its_words() -> None:
    written = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(written, "JPEG", comment=b"secret")
    for name in (b"/DCT", b"[/DCTDecode]"):
        plain, changed = clean_drawing(
            b"q BI /W 8 /H 8 /BPC 8 /CS /RGB /F " + name + b" ID " + written.getvalue() + b"\nEI Q"
        )
        assert changed
        assert b"secret" not in plain
        assert plain.split()[-2:] == [b"EI", b"Q"]


def test_the_data_of_a_picture_may_look_like_instructions() -> None:
    picture = b"\x00 EI \x80\x81 EI (\xff %\n EI"
    data = b"q BI /W 9 /H 3 /BPC 8 /CS /G ID " + picture + b"\nEI BI /W 1 ID \x01\nEI\nQ"
    assert picture + b"\nEI" in kept(data)
    packed = zlib.compress(bytes(range(256)) * 9)
    assert packed in clean_drawing(b"BI /W 48 /H 48 /BPC 8 /CS /G /F /Fl ID " + packed + b"\nEI Q")[0]
