"""PDFs lose what was written about them, hidden in them or started by them, and keep their pages."""

import base64
import io
import time
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageCms

from app.storage.sanitising_child import Cleaned, NotCleaned
from app.storage.sanitising_colour import strip_profile
from app.storage.sanitising_document import MOST_OBJECTS, clean_document
from models.vocabulary.attachment import REMOVED
from tests.fixtures.documents import MAKERS, PAGE, document, new_pdf, saved, with_an_older_version, with_photo
from tests.fixtures.pictures import MARK, drawing, jpeg, jpeg_2000, named_profile

CODES = {word.code for word in REMOVED}
HIDDEN = (MARK.encode(), MARK.encode().hex().encode(), b"Exif", b"GPS", b"xmpmeta", b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/AA",
          b"/EmbeddedFile", b"/Metadata", b"/PieceInfo", b"/Info", b"/Author", b"/Thumb", b"/XFA", b"20261116",
          b"/GPTS", b"/Acme", b"/Usage", b"file:")  # fmt: skip


def clean(data: bytes) -> Cleaned:
    return clean_document(io.BytesIO(data))


def uncompressed(data: bytes) -> bytes:
    """Return a PDF with every stream opened as far as it goes, so that nothing can hide in compression."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        packed = [
            one.read_raw_bytes()
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream) and "/DCTDecode" in str(one.get("/Filter"))
        ]
        pictures = [raw if raw[:2] == b"\xff\xd8" else zlib.decompress(raw) for raw in packed]
        return b"".join(pictures) + saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                     object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)  # fmt: skip


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_nothing_hidden_is_left_and_the_page_is(make: Callable[[Pdf], None]) -> None:
    data = document(make)
    assert any(words in uncompressed(data) for words in HIDDEN), "the test hides nothing"
    cleaned = clean(data)
    left = uncompressed(bytes(cleaned.content))
    assert [words for words in HIDDEN if words in left] == []
    assert PAGE in b" ".join(left.split())
    assert cleaned.removed and cleaned.removed <= CODES


def test_an_earlier_version_inside_the_file_goes() -> None:
    cleaned = clean(with_an_older_version(saved(new_pdf())))
    assert MARK.encode() not in cleaned.content


def test_a_document_of_very_many_tiny_objects_is_not_taken_apart() -> None:
    def filled(count: int) -> bytes:
        pdf = new_pdf()
        pdf.Root["/Many"] = Array([pdf.make_indirect(Dictionary(N=number)) for number in range(count)])
        return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)

    assert clean(filled(MOST_OBJECTS - 500)).content
    with pytest.raises(NotCleaned, match="heavy"):
        clean(filled(MOST_OBJECTS))


def nested_lists(pdf: Pdf) -> None:
    """Lists of which each stands twice in the next: few bytes, and a billion numbers for whoever counts them."""
    numbers = pdf.make_indirect(Array([1]))
    for _ in range(30):
        numbers = pdf.make_indirect(Array([numbers, numbers]))
    pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Ink, InkList=numbers)])


def list_in_itself(pdf: Pdf) -> None:
    numbers = pdf.make_indirect(Array([1]))
    numbers.append(numbers)
    pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Ink, InkList=numbers)])


def empty_parts(pdf: Pdf) -> None:
    pdf.pages[0].obj.Contents = Array([pdf.make_stream(b"")] * 100_000)


@pytest.mark.parametrize("make", [nested_lists, list_in_itself, empty_parts])
def test_few_bytes_that_stand_for_very_many_are_not_followed(make: Callable[[Pdf], None]) -> None:
    started = time.process_time()
    with pytest.raises(NotCleaned, match="heavy"):
        clean(document(make))
    assert time.process_time() - started < 15


def test_a_program_twice_as_long_takes_twice_the_time() -> None:
    def seconds(count: int) -> float:
        pdf = new_pdf()
        program = pdf.make_stream(b"(" + b"\\(" * count)
        program["/FunctionType"] = 4
        spot = Array([Name.Separation, Name.Spot, Name.DeviceGray, program])
        pdf.pages[0].obj["/Resources"] = Dictionary(ColorSpace=Dictionary(S=spot))
        data = saved(pdf)
        started = time.process_time()
        clean(data)
        return time.process_time() - started

    # Looked at again from each bracket, four times the length would take sixteen times as long.
    assert min(seconds(40_000) for _ in range(3)) < 9 * max(min(seconds(10_000) for _ in range(3)), 0.01)


def test_nothing_that_draws_is_lost_from_a_state_of_drawing() -> None:
    _, pdf = cleaned_by_name("with_included_figures")
    state = pdf.pages[0].obj.Resources.ExtGState.G0
    assert dict(state.items()) == {"/LW": 1, "/LJ": 1}
    assert pdf.pages[0].obj.Resources.Pattern.P0.read_bytes().split() == b"0 0 3 3 re f".split()


def test_a_jpeg_2000_keeps_its_pixels() -> None:
    _, pdf = cleaned_by_name("with_jpeg_2000")
    left = pdf.pages[0].obj.Resources.XObject.Im0.read_raw_bytes()
    assert Image.open(io.BytesIO(left)).tobytes() == Image.open(io.BytesIO(jpeg_2000())).tobytes()
    assert (b"acsp" in left, named_profile() in jpeg_2000(), named_profile() in left) == (True, True, False)


def test_a_photo_on_a_page_is_kept_bit_by_bit() -> None:
    with (
        Pdf.open(io.BytesIO(document(with_photo))) as before,
        Pdf.open(io.BytesIO(bytes(clean(document(with_photo)).content))) as after,
    ):
        pictures = [pikepdf.PdfImage(pdf.pages[0].obj.Resources.XObject.Im0).as_pil_image() for pdf in (before, after)]
        assert pictures[0].tobytes() == pictures[1].tobytes()


@pytest.mark.parametrize("user", ["", "secret"])
def test_a_locked_document_is_refused_by_name_of_the_problem(user: str) -> None:
    data = saved(new_pdf(), encryption=pikepdf.Encryption(owner="owner", user=user))
    with pytest.raises(NotCleaned) as refused:
        clean(data)
    assert refused.value.problem == "locked"


def test_a_link_that_is_only_followed_when_pressed_stays() -> None:
    make = next(make for make in MAKERS if make.__name__ == "with_launch")
    assert b"https://example.org/seen" in uncompressed(bytes(clean(document(make)).content))


def cleaned_by_name(name: str) -> tuple[Cleaned, Pdf]:
    cleaned = clean(document(next(make for make in MAKERS if make.__name__ == name)))
    return cleaned, Pdf.open(io.BytesIO(bytes(cleaned.content)))


def test_only_addresses_that_a_browser_or_a_telephone_opens_are_followed() -> None:
    _, pdf = cleaned_by_name("with_links_to_shares")
    links = [link["/A"]["/URI"] for link in pdf.pages[0].obj.Annots if "/A" in link]
    assert [str(link) for link in links] == ["HTTPS://example.org/kept"]
    assert len(pdf.pages[0].obj.Annots) == 4


def test_a_photo_within_the_drawing_is_kept_bit_by_bit() -> None:
    _, pdf = cleaned_by_name("with_inline_photo")
    [step] = [one for one in pikepdf.parse_content_stream(pdf.pages[0]) if hasattr(one, "iimage")]
    written = step.iimage.unparse()
    found = Image.open(io.BytesIO(written[written.find(b"\xff\xd8") :]))
    made = Image.open(io.BytesIO(jpeg(drawing((8, 8)))))
    assert found.tobytes() == made.tobytes()
    assert [str(one.operator) for one in pikepdf.parse_content_stream(pdf.pages[0])][-2:] == ["Tj", "ET"]


def test_a_photo_that_is_packed_within_the_drawing_goes() -> None:
    pdf = new_pdf()
    packed = base64.a85encode(jpeg(drawing((8, 8)))) + b"~>"
    head = b"q BI /W 8 /H 8 /BPC 8 /CS /RGB /F [/A85 /DCT] ID "
    pdf.pages[0].obj.Contents = pdf.make_stream(head + packed + b"\nEI Q " + PAGE)
    cleaned = clean(saved(pdf))
    assert packed[:40] not in uncompressed(bytes(cleaned.content))
    assert cleaned.removed == {"details"}


def test_colours_stay_when_their_profile_loses_its_words() -> None:
    cleaned, pdf = cleaned_by_name("with_profile")
    plain = pdf.pages[0].obj.Resources.ColorSpace.C0[1].read_bytes()
    named, srgb = (ImageCms.ImageCmsProfile(io.BytesIO(one)) for one in (named_profile(), plain))
    picture = drawing((64, 64))
    target = ImageCms.createProfile("LAB")
    as_lab = [ImageCms.profileToProfile(picture, one, target, outputMode="LAB") for one in (named, srgb)]
    assert as_lab[0] is not None and as_lab[1] is not None
    assert as_lab[0].tobytes() == as_lab[1].tobytes()
    assert cleaned.removed == {"details"}
    for broken in (b"", named_profile()[:131], named_profile()[:128] + b"\xff" * 4):
        assert strip_profile(broken) == b""


def test_layers_stay_hidden_and_the_structure_keeps_its_numbers() -> None:
    cleaned, pdf = cleaned_by_name("with_layers")
    layer = pdf.Root.OCProperties.OCGs[0]
    assert [one.objgen for one in pdf.Root.OCProperties.D.OFF] == [layer.objgen]
    assert (str(layer.Name), pdf.pages[0].obj.Resources.Properties.P0.MCID) == ("Layer", 0)
    assert "author" in cleaned.removed
    cleaned, pdf = cleaned_by_name("with_words_in_the_drawing")
    marks = [one for one in pikepdf.parse_content_stream(pdf.pages[0]) if str(one.operator) == "BDC"]
    assert [str(one.operands[1]) for one in marks] == [str(pikepdf.Dictionary(MCID=0))]
    assert cleaned.removed == {"details"}


def test_a_page_with_nothing_riding_along_is_not_touched() -> None:
    pdf = new_pdf()
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC EMC\n" + PAGE)
    cleaned = clean(saved(pdf))
    assert cleaned.removed == frozenset()
    assert PAGE in uncompressed(bytes(cleaned.content))
