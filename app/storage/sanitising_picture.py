"""Pictures: decoded and written anew, so that nothing but the picture is left."""

import io
import re
import struct
import warnings
from collections.abc import Callable, Iterator, Mapping

from PIL import ExifTags, Image, ImageCms, ImageOps
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from app.storage.inspection import kind_of
from app.storage.picture_size import claimed_pixels
from app.storage.sanitising_child import Cleaned, NotCleaned
from app.storage.sanitising_jpeg import has_many_scans

MOST_PIXELS = 40_000_000
MOST_WEBP_PIXELS, MOST_EXACT_WEBP_PIXELS = 24_000_000, 12_000_000
"""WebP takes far more memory to open and write, most of all where it is see-through or kept exactly."""
FORMATS = tuple(str(plugin.format) for plugin in (JpegImageFile, PngImageFile, WebPImageFile))
QUALITY = 92
_BIG = 8_000_000
_NO_MEMORY = frozenset({"encoding error 1", "encoding error 2"})
"""What libwebp says when a picture does not fit into memory: nothing is wrong with it."""
_HEAD = 64
_PLACE, _CAMERA, _TIME, _AUTHOR, _WORDS = "place", "camera", "time", "author", "words"
_TAGS: Mapping[int, str] = {
    0x010F: _CAMERA, 0x0110: _CAMERA, 0x0131: _CAMERA, 0x013C: _CAMERA, 0xA431: _CAMERA, 0xA433: _CAMERA,
    0xA434: _CAMERA, 0xA435: _CAMERA, 0x0132: _TIME, 0x9003: _TIME, 0x9004: _TIME, 0x9010: _TIME,
    0x013B: _AUTHOR, 0x8298: _AUTHOR, 0xA430: _AUTHOR, 0x9C9D: _AUTHOR,
    0x010E: _WORDS, 0x9286: _WORDS, 0x9C9B: _WORDS, 0x9C9C: _WORDS, 0x9C9E: _WORDS, 0x9C9F: _WORDS,
    int(ExifTags.IFD.GPSInfo): _PLACE,
}  # fmt: skip
_XMP = (
    (re.compile(rb"GPS(Latitude|Longitude)|photoshop:City|Iptc4xmpCore:Location"), _PLACE),
    (re.compile(rb"tiff:(Make|Model)|aux:|CreatorTool"), _CAMERA),
    (re.compile(rb"(Create|Modify|Metadata)Date|DateCreated|DateTimeOriginal"), _TIME),
    (re.compile(rb"dc:(creator|rights)|photoshop:Credit"), _AUTHOR),
    (re.compile(rb"dc:(title|description|subject)"), _WORDS),
)
_BESIDE = ("exif", "xmp", "XML:com.adobe.xmp", "photoshop", "icc_profile", "Raw profile type exif", "dpi")


def clean_picture(source: io.BytesIO) -> Cleaned:
    """Return the first picture of a file, upright, in sRGB, with nothing beside it. Raises `NotCleaned`."""
    warnings.simplefilter("ignore")
    # We count ourselves, before a single pixel is read.
    Image.MAX_IMAGE_PIXELS = None
    head = source.getvalue()[:_HEAD]
    exact = b"VP8L" in head
    # A WebP takes its memory as soon as it is opened: what it claims is looked at before.
    if (claimed_pixels("webp", head) or 0) > MOST_WEBP_PIXELS and kind_of(head) == "webp":
        raise NotCleaned("huge")
    if kind_of(head) == "jpeg" and has_many_scans(source.getvalue()):
        raise NotCleaned("heavy")
    with Image.open(source, formats=FORMATS) as opened:
        if opened.width * opened.height > _most_pixels(opened, exact):
            raise NotCleaned("huge")
        form = "JPEG" if opened.format == "MPO" else str(opened.format)
        opened.load()
        removed = frozenset(_found(opened))
        # The file itself is done with: it may take as much memory as its picture.
        source.close()
        if isinstance(opened, WebPImageFile):
            # Two more pictures in full, which it keeps for the next frame.
            del opened._decoder
        picture: Image.Image = _in_srgb(opened)
        ImageOps.exif_transpose(picture, in_place=True)
        transparency = picture.info.get("transparency") if picture.mode in ("P", "L", "RGB", "1") else None
        picture.info = {} if transparency is None else {"transparency": transparency}
        written = io.BytesIO()
        _WRITE[form](picture, written, exact)
    return Cleaned(written.getbuffer(), removed)


def _most_pixels(picture: Image.Image, exact: bool) -> int:
    if picture.format != "WEBP":
        return MOST_PIXELS
    return MOST_EXACT_WEBP_PIXELS if exact or picture.mode == "RGBA" else MOST_WEBP_PIXELS


def _found(picture: Image.Image) -> Iterator[str]:
    """Yield the codes of what stands beside the picture."""
    info = picture.info
    if any(info.get(name) for name in _BESIDE):
        yield "details"
    yield from _in_exif(picture)
    for name in ("xmp", "XML:com.adobe.xmp"):
        yield from _in_xmp(info.get(name, b""))
    if info.get("comment") or getattr(picture, "text", None):
        yield _WORDS
    if info.get("photoshop"):
        yield from (_WORDS, _AUTHOR)
    if getattr(picture, "n_frames", 1) > 1:
        yield "preview" if picture.format == "MPO" else "frames"


def _in_exif(picture: Image.Image) -> Iterator[str]:
    try:
        exif = picture.getexif()
        inner = exif.get_ifd(ExifTags.IFD.Exif)
        first, second = dict(exif), exif.get_ifd(ExifTags.IFD.IFD1)
    except (ValueError, KeyError, TypeError, SyntaxError, struct.error, OSError):
        # What cannot be read is not kept either; it is just not named.
        return
    yield from (_TAGS[tag] for tag in (*first, *inner) if tag in _TAGS)
    if second:
        yield "preview"


def _in_xmp(xmp: object) -> Iterator[str]:
    text = xmp.encode("utf-8", "replace") if isinstance(xmp, str) else xmp
    if isinstance(text, bytes):
        yield from (code for pattern, code in _XMP if pattern.search(text))


def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Return the picture in the colours that every screen expects, so that its profile can go."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = _srgb()
            if picture.mode == "RGB":
                ImageCms.profileToProfile(picture, source, target, inPlace=True)
            else:
                converted = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
                if converted is not None:
                    converted.info = dict(picture.info)
                    return converted
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A broken profile: the colours may be a little off, the picture is not lost.
            pass
    return picture


def _write_jpeg(picture: Image.Image, written: io.BytesIO, _exact: bool) -> None:
    plain = picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
    plain.save(written, "JPEG", quality=QUALITY)


def _write_png(picture: Image.Image, written: io.BytesIO, _exact: bool) -> None:
    # Large pictures are packed less tightly: the time of the child is limited.
    picture.save(written, "PNG", compress_level=6 if picture.width * picture.height < _BIG else 2)


def _write_webp(picture: Image.Image, written: io.BytesIO, exact: bool) -> None:
    # A drawing or a screen shot that was kept exactly is kept exactly.
    # With less effort than 2 a large picture full of detail overflows the head of the file.
    effort = 4 if picture.width * picture.height < _BIG else 0 if exact else 2
    try:
        picture.save(written, "WEBP", lossless=exact, quality=50 if exact else QUALITY, method=effort)
    except ValueError as error:
        raise NotCleaned("huge" if str(error) in _NO_MEMORY else "damaged") from None


def samples() -> Iterator[bytes]:
    """Yield one small picture of each form, with something beside it."""
    exif = Image.Exif()
    exif[0x010F] = "x"
    for form in _WRITE:
        written = io.BytesIO()
        Image.new("RGB", (2, 2)).save(written, form, exif=exif, icc_profile=_srgb().tobytes())
        yield written.getvalue()


_WRITE: Mapping[str, Callable[[Image.Image, io.BytesIO, bool], None]] = {
    "JPEG": _write_jpeg,
    "PNG": _write_png,
    "WEBP": _write_webp,
}
