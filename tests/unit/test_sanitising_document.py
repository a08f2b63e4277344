"""PDFs lose what was written about them, hidden in them or started by them, and keep their pages."""

import io
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Pdf

from app.storage.sanitising_child import Cleaned, NotCleaned
from app.storage.sanitising_document import MOST_OBJECTS, clean_document
from models.vocabulary.attachment import REMOVED
from tests.fixtures.documents import MAKERS, PAGE, document, new_pdf, saved, with_an_older_version, with_photo
from tests.fixtures.pictures import MARK

CODES = {word.code for word in REMOVED}
HIDDEN = (MARK.encode(), b"Exif", b"GPS", b"xmpmeta", b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/AA",
          b"/EmbeddedFile", b"/Metadata", b"/PieceInfo", b"/Info", b"/Author", b"/Thumb", b"/XFA", b"20261116",
          b"/GPTS")  # fmt: skip


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
    assert PAGE in left
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
    with pytest.raises(NotCleaned, match="damaged"):
        clean(filled(MOST_OBJECTS))


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
