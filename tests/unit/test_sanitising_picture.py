"""Pictures lose everything beside the picture, whoever wrote it, and stay upright and the right colour."""

import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms

from app.storage.sanitising_child import Cleaned, NotCleaned
from app.storage.sanitising_jpeg import MOST_SCANS, has_many_scans, strip_jpeg
from app.storage.sanitising_picture import MOST_PIXELS, clean_picture
from models.vocabulary.attachment import REMOVED
from tests.fixtures.pictures import MARK, XMP, camera_exif, drawing, jpeg, png, profile, webp

HIDDEN = (MARK.encode(), b"Exif", b"GPS", b"xmpmeta", b"http://ns.adobe.com", b"Photoshop", b"ICC_PROFILE", b"iCCP",
          b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"EXIF", b"XMP ", b"ICCP", b"MPF", b"acTL", b"fcTL", b"ANIM", b"8BIM")  # fmt: skip
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x18\x1c\x02\x50\x00\x0c" + MARK.encode()


def clean(data: bytes) -> Cleaned:
    return clean_picture(io.BytesIO(data))


def with_segment(data: bytes, marker: int, content: bytes) -> bytes:
    """Return a JPEG with one more segment behind its start."""
    return data[:2] + bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content + data[2:]


def frames(form: str) -> bytes:
    written = io.BytesIO()
    more = [drawing().rotate(turn) for turn in (90, 180)]
    drawing().save(written, form, save_all=True, append_images=more)
    return written.getvalue()


def multi_picture() -> bytes:
    written = io.BytesIO()
    drawing().save(written, "MPO", save_all=True, append_images=[drawing((160, 100))], exif=camera_exif())
    return written.getvalue()


PICTURES: dict[str, Callable[[], bytes]] = {
    "phone": lambda: jpeg(),
    "phone held upright": lambda: jpeg(exif=camera_exif(6)),
    "phone upside down": lambda: jpeg(exif=camera_exif(3)),
    "thumbnail inside": lambda: jpeg(exif=camera_exif(thumbnail=True)),
    "progressive": lambda: jpeg(progressive=True, optimize=True),
    "grey": lambda: jpeg(drawing(mode="L")),
    "print colours": lambda: jpeg(drawing(mode="CMYK")),
    "with a colour profile": lambda: jpeg(icc_profile=profile()),
    "with a caption of a newsroom": lambda: with_segment(jpeg(), 0xED, IPTC),
    "with long XMP": lambda: with_segment(jpeg(), 0xE1, b"http://ns.adobe.com/xmp/extension/\x00" + MARK.encode() * 50),
    "with a message behind its end": lambda: jpeg() + MARK.encode(),
    "two pictures in one": multi_picture,
    "screen shot": lambda: png(),
    "few colours": lambda: png(drawing(mode="P")),
    "see-through": lambda: png(drawing(mode="RGBA"), icc_profile=profile()),
    "moving PNG": lambda: frames("PNG"),
    "WebP": lambda: webp(),
    "exact WebP": lambda: webp(lossless=True, icc_profile=profile()),
    "moving WebP": lambda: frames("WEBP"),
    "see-through WebP": lambda: webp(drawing(mode="RGBA")),
}  # fmt: skip


def test_twenty_pictures_are_tried() -> None:
    assert len(PICTURES) == 20


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_but_the_picture_is_left(name: str) -> None:
    data = PICTURES[name]()
    assert [words for words in HIDDEN if words in data], "the test hides nothing"
    cleaned = clean(data)
    content = bytes(cleaned.content)
    assert [words for words in HIDDEN if words in content] == []
    assert cleaned.removed and cleaned.removed <= {word.code for word in REMOVED}
    with Image.open(io.BytesIO(content)) as picture:
        picture.load()
        assert not picture.getexif()
        assert getattr(picture, "n_frames", 1) == 1
        assert sorted(picture.size) == [200, 320]


def test_a_picture_that_lay_on_its_side_stands() -> None:
    marked = drawing()
    marked.paste("red", (0, 0, 40, 40))
    with Image.open(io.BytesIO(bytes(clean(jpeg(marked, exif=camera_exif(6), quality=95)).content))) as picture:
        assert picture.size == (200, 320)
        red = picture.getpixel((190, 10))
        assert isinstance(red, tuple) and red[0] > 200 and red[1] < 60


def test_colours_of_another_profile_are_turned_into_those_of_every_screen() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A screen whose red lamp is green and whose green lamp is red.
    swapped = srgb.replace(b"rXYZ", b"tmp ").replace(b"gXYZ", b"rXYZ").replace(b"tmp ", b"gXYZ")
    red = jpeg(Image.new("RGB", (40, 40), (250, 0, 0)), icc_profile=swapped, quality=95)
    with Image.open(io.BytesIO(bytes(clean(red).content))) as picture:
        seen = picture.getpixel((20, 20))
        assert isinstance(seen, tuple) and seen[1] > 200 and seen[0] < 60


def test_a_broken_colour_profile_costs_no_picture() -> None:
    with Image.open(io.BytesIO(bytes(clean(jpeg(icc_profile=b"no profile")).content))) as picture:
        assert picture.size == (320, 200)


def test_see_through_stays_see_through() -> None:
    clear = Image.new("RGBA", (20, 20), (10, 20, 30, 0))
    for data in (png(clear), webp(clear, lossless=True, exact=True)):
        with Image.open(io.BytesIO(bytes(clean(data).content))) as picture:
            assert picture.convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


def test_a_picture_of_more_pixels_than_we_open_is_refused_by_its_first_lines() -> None:
    huge = Image.new("1", (MOST_PIXELS // 4000 + 1, 4000))
    with pytest.raises(NotCleaned) as refused:
        clean(png(huge))
    assert refused.value.problem == "huge"


def test_removed_names_what_was_there() -> None:
    assert clean(jpeg()).removed == {"place", "camera", "time", "author", "words", "details"}
    assert clean(png(drawing(), pnginfo=None, exif=None)).removed == frozenset()
    assert "frames" in clean(frames("PNG")).removed
    assert "preview" in clean(multi_picture()).removed


def test_stripping_a_jpeg_keeps_every_bit_of_the_picture() -> None:
    for data in (jpeg(), jpeg(progressive=True), jpeg(drawing(mode="CMYK")), with_segment(jpeg(), 0xED, IPTC) + XMP):
        stripped = strip_jpeg(data)
        assert [words for words in HIDDEN if words in stripped] == []
        with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(stripped)) as after:
            assert before.tobytes() == after.tobytes()
    with pytest.raises(ValueError):
        strip_jpeg(b"\xff\xd8\xff\xe1\xff\xff")


def in_scans(count: int, between: bytes = b"") -> bytes:
    """Return a small picture in so many steps, of which all but the first few are empty."""
    made = jpeg(drawing((8, 8), "L"), progressive=True)
    last = made.rindex(b"\xff\xda")
    return made[:last] + (between + made[last:-2]) * (count - made.count(b"\xff\xda") + 1) + b"\xff\xd9"


@pytest.mark.parametrize("between", [b"", b"\x00junk", b"\xff\xff", b"\xff\xd0\xff\x01", b"\xff\xfe\x00\x04ab"])
def test_a_picture_in_very_many_steps_is_not_opened(between: bytes) -> None:
    assert clean(in_scans(MOST_SCANS, between)).content
    with pytest.raises(NotCleaned, match="heavy"):
        clean(in_scans(MOST_SCANS + 1, between))


def test_steps_are_counted_as_far_as_the_picture_goes_and_not_in_what_is_written_beside_it() -> None:
    marks = b"\xff\xda\x00\x02" * 1000
    assert not has_many_scans(jpeg() + marks)
    assert not has_many_scans(with_segment(jpeg(), 0xE2, marks))
    assert has_many_scans(b"\xff\xd8" + b"\xff\x01" * 30_000)
