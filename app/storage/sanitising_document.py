"""PDFs: the pages stay, and what was written about them, hidden in them or started by them goes."""

import io
import re
from collections.abc import Iterator, Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from app.storage.sanitising_child import Cleaned, NotCleaned
from app.storage.sanitising_content import clean_contents, clean_profile, clean_properties
from app.storage.sanitising_jpeg import strip_boxes, strip_jpeg

_SCRIPTS, _FILES, _AUTHOR, _TIME, _DETAILS, _PREVIEW = "scripts", "files", "author", "time", "details", "preview"
_ROOT: Mapping[str, str] = {
    "/Metadata": _DETAILS, "/OpenAction": _SCRIPTS, "/AA": _SCRIPTS, "/AF": _FILES, "/Collection": _FILES,
    "/PieceInfo": _DETAILS, "/Perms": _AUTHOR, "/DSS": _AUTHOR, "/Legal": _DETAILS, "/SpiderInfo": _DETAILS,
    "/Requirements": _DETAILS, "/Threads": _DETAILS, "/URI": _DETAILS,
}  # fmt: skip
_ROOT_KEPT = frozenset({
    "/Type", "/Version", "/Pages", "/PageLabels", "/Names", "/Dests", "/ViewerPreferences", "/PageLayout",
    "/PageMode", "/Outlines", "/AcroForm", "/StructTreeRoot", "/MarkInfo", "/Lang", "/OCProperties",
})  # fmt: skip
_PAGE_KEPT = frozenset({
    "/Type", "/Parent", "/Kids", "/Count", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox",
    "/ArtBox", "/Contents", "/Rotate", "/Group", "/Annots", "/Tabs", "/StructParents", "/UserUnit",
})  # fmt: skip
"""What belongs to a page, or to a branch of pages."""
_ANYWHERE: Mapping[str, str] = {
    "/Metadata": _DETAILS, "/PieceInfo": _DETAILS, "/LastModified": _TIME, "/AA": _SCRIPTS, "/JS": _SCRIPTS,
    "/Thumb": _PREVIEW, "/AF": _FILES, "/EF": _FILES, "/XFA": _SCRIPTS, "/CreatorInfo": _DETAILS,
    "/Measure": _DETAILS, "/OPI": _DETAILS, "/Ref": _FILES,
}  # fmt: skip
_NAMES = frozenset({"/Dests"})
"""The lists of names that pages need; the others hold scripts and files."""
_HARMLESS_ACTIONS = frozenset({"/GoTo", "/URI", "/Named"})
"""A link within the document, a link that is only followed when pressed, and turning pages."""
_CARRIERS = frozenset({"/FileAttachment", "/Movie", "/Sound", "/Screen", "/3D", "/RichMedia"})
_ANNOTATION: Mapping[str, str] = {
    "/T": _AUTHOR, "/M": _TIME, "/CreationDate": _TIME, "/NM": _DETAILS, "/Subj": _DETAILS, "/RC": _DETAILS,
}  # fmt: skip
_ANNOTATIONS = frozenset({
    "/Text", "/Link", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight",
    "/Underline", "/Squiggly", "/StrikeOut", "/Caret", "/Stamp", "/Ink", "/Popup", "/Watermark", "/Redact",
    "/PrinterMark", "/TrapNet",
})  # fmt: skip
_FOLLOWED = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
"""Addresses that a link may have: one of a file or a share would tell its owner who pressed it."""
_SIGNATURE = ("/Contents", "/Name", "/M", "/Location", "/Reason", "/ContactInfo", "/Cert", "/Prop_Build", "/ByteRange")
_OUTSIDE = ("/F", "/FFilter", "/FDecodeParms")
_PACKED = frozenset({"/FlateDecode", "/Fl", "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx", "/LZWDecode", "/LZW",
                     "/RunLengthDecode", "/RL"})  # fmt: skip
_JPEG, _JPEG_2000 = frozenset({"/DCTDecode", "/DCT"}), "/JPXDecode"
MOST_OBJECTS = 20_000
"""Documents of people have a few thousand; many tiny ones only cost time."""


def clean_document(source: io.BytesIO) -> Cleaned:
    """Return the pages of a PDF with nothing beside them. Raises `NotCleaned`."""
    try:
        pdf = Pdf.open(source)
    except pikepdf.PasswordError:
        raise NotCleaned("locked") from None
    if pdf.is_encrypted:
        raise NotCleaned("locked")
    if len(pdf.objects) > MOST_OBJECTS or len(pdf.pages) == 0:
        raise NotCleaned("damaged")
    removed = set(_clean_trailer(pdf))
    for page in pdf.pages:
        removed.update(_clean_annotations(page.obj))
        removed.update(_keep(page.obj, _PAGE_KEPT))
    removed.update(clean_contents(pdf))
    for part in list(pdf.objects):
        for inner in _dictionaries(part):
            removed.update(_clean_dictionary(inner))
        if isinstance(part, Stream):
            removed.update(_clean_stream(pdf, part))
            removed.update(clean_profile(part))
    written = io.BytesIO()
    # Nothing of the old file is copied as it stood: earlier versions inside it are gone.
    pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    return Cleaned(written.getbuffer(), frozenset(removed))


def samples() -> Iterator[bytes]:
    """Yield one small document with something beside it."""
    written = io.BytesIO()
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = "x"
        pdf.save(written)
    yield written.getvalue()


def _take(holder: Object, keys: Mapping[str, str]) -> Iterator[str]:
    for key, code in keys.items():
        if key in holder:
            del holder[key]
            yield code


def _keep(holder: Object, kept: frozenset[str]) -> Iterator[str]:
    for key in set(holder.keys()) - kept:
        del holder[key]
        yield _ANYWHERE.get(key, _DETAILS)


def _clean_trailer(pdf: Pdf) -> Iterator[str]:
    if "/Info" in pdf.trailer:
        info = pdf.trailer["/Info"]
        yield from (code for key, code in (("/Author", _AUTHOR), ("/CreationDate", _TIME)) if key in info)
        yield _DETAILS
        del pdf.trailer["/Info"]
    for key in set(pdf.trailer.keys()) - {"/Root", "/Size"}:
        del pdf.trailer[key]
    yield from _take(pdf.Root, _ROOT)
    yield from _keep(pdf.Root, _ROOT_KEPT)
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary):
        for key in set(names.keys()) - _NAMES:
            yield _FILES if key == "/EmbeddedFiles" else _SCRIPTS
            del names[key]


def _clean_annotations(page: Object) -> Iterator[str]:
    annotations = page.get("/Annots")
    if not isinstance(annotations, Array):
        return
    kept = []
    for annotation in list(annotations):
        if not isinstance(annotation, Dictionary):
            continue
        kind = str(annotation.get("/Subtype", ""))
        if kind in _CARRIERS:
            yield _FILES
            continue
        if kind != "/Widget":
            yield from _take(annotation, _ANNOTATION)
        kept.append(annotation)
    page["/Annots"] = Array(kept)


def _dictionaries(part: object) -> Iterator[Object]:
    """Yield every dictionary that stands within one numbered object."""
    waiting = [part]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Dictionary | Stream):
            yield one
            inner = [value for _, value in one.items()]
        else:
            inner = list(one) if isinstance(one, Array) else []
        waiting += [value for value in inner if isinstance(value, Array | Dictionary) and not value.is_indirect]


def _is_harmful(action: object) -> bool:
    if isinstance(action, Array):
        return any(map(_is_harmful, action))
    if not isinstance(action, Dictionary) or "/S" not in action:
        return False
    kind = str(action["/S"])
    return kind not in _HARMLESS_ACTIONS or (kind == "/URI" and not _FOLLOWED.match(str(action.get("/URI", ""))))


def _clean_dictionary(holder: Object) -> Iterator[str]:
    yield from _take(holder, _ANYWHERE)
    for key in ("/A", "/Next", "/PA"):
        if _is_harmful(holder.get(key)):
            del holder[key]
            yield _SCRIPTS
    if str(holder.get("/Subtype", "")) in _ANNOTATIONS:
        yield from _take(holder, _ANNOTATION)
    yield from _clean_layers(holder)
    if str(holder.get("/Type", "")) == "/Pages":
        yield from _keep(holder, _PAGE_KEPT)
    if "/ByteRange" in holder or str(holder.get("/Type", "")) in ("/Sig", "/DocTimeStamp"):
        for key in _SIGNATURE:
            if key in holder:
                del holder[key]
        yield _AUTHOR


def _clean_layers(holder: Object) -> Iterator[str]:
    """Take away who made the layers and what they called them; they are shown and hidden as before."""
    if str(holder.get("/Type", "")) == "/OCG":
        if "/Usage" in holder:
            yield _AUTHOR
            del holder["/Usage"]
        holder["/Name"] = String("Layer")
    if "/OCGs" in holder and isinstance(holder.get("/D"), Dictionary):
        yield from _take(holder, {"/Configs": _DETAILS})
        yield from _take(holder["/D"], {"/Name": _DETAILS, "/Creator": _AUTHOR, "/AS": _DETAILS})
    properties = holder.get("/Properties")
    for _, one in properties.items() if isinstance(properties, Dictionary) else ():
        if isinstance(one, Dictionary) and str(one.get("/Type", "")) not in ("/OCG", "/OCMD"):
            yield from clean_properties(one)


def _clean_stream(pdf: Pdf, stream: Stream) -> Iterator[str]:
    for key in _OUTSIDE:
        if key in stream:
            del stream[key]
            yield _FILES
    filters = stream.get("/Filter")
    names = [str(name) for name in filters] if isinstance(filters, Array) else [str(filters)]
    if names[-1] in _JPEG:
        picture = _unpacked(pdf, stream, names[:-1])
        yield from _replace(stream, picture, strip_jpeg(picture), Name.DCTDecode)
    elif names[-1] == _JPEG_2000:
        picture = _unpacked(pdf, stream, names[:-1])
        yield from _replace(stream, picture, strip_boxes(picture), Name.JPXDecode)


def _unpacked(pdf: Pdf, stream: Stream, filters: list[str]) -> bytes:
    raw = stream.read_raw_bytes()
    if not filters:
        return raw
    if not _PACKED.issuperset(filters):
        raise NotCleaned("damaged")
    # The data of the picture as a stream of its own, without the filter that draws it.
    packed = pdf.make_stream(raw)
    packed["/Filter"] = Array([Name(name) for name in filters])
    return packed.read_bytes()


def _replace(stream: Stream, old: bytes, new: bytes, filter_name: Name) -> Iterator[str]:
    parameters = stream.get("/DecodeParms")
    last = parameters[-1] if isinstance(parameters, Array) and len(parameters) else parameters
    stream.write(new, filter=filter_name, decode_parms=last if isinstance(last, Dictionary) else None)
    if len(new) < len(old):
        yield _DETAILS
