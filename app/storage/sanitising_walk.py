"""The walk through a PDF from its root: each part keeps what its role needs, and only what is kept is walked into."""

import re
from collections.abc import Callable, Iterator, Mapping

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from app.storage.sanitising_colour import lookup_length
from app.storage.sanitising_content import TooMuch
from app.storage.sanitising_names import COLLECTIONS, KNOWN_NAMES
from app.storage.sanitising_shapes import (
    AUTHOR,
    CODES,
    DETAILS,
    FILES,
    SHAPES,
    SPACES,
    STREAMS,
    STRUCTURE_NAMES,
    WITH_NAMES,
    WITH_TEXT,
)

_HARMLESS_ACTIONS = frozenset({"/GoTo", "/URI", "/Named"})
"""A link within the document, a link that is only followed when pressed, and turning pages."""
_FOLLOWED = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
"""Addresses that a link may have: one of a file or a share would tell its owner who pressed it."""
_LANGUAGE = re.compile(
    r"([A-Z]{2,3}([-_](Latn|Cyrl|Arab|Hans|Hant|Deva|Guru|Beng|Grek|Hebr|Thai))?([-_]([A-Z]{2}|\d{3}))?)?",
    re.ASCII | re.IGNORECASE,
)
"""A language, its letters and its country; further parts are free words."""
_LETTERS = re.compile(
    r"([\s\0]++|[-+.\d]++|/[^\s\0()<>\[\]{}/%]*+|(Tf|Tc|Tw|Tz|TL|Tr|Ts|Tm|Td|g|G|rg|RG|k|K)(?![^\s\0/]))*+"
)
"""With which letters, in which colour, a field or a note is written."""
_CARRIERS = frozenset({"/FileAttachment", "/Movie", "/Sound", "/Screen", "/3D", "/RichMedia"})
_LAYERS = frozenset({"/OCG", "/OCMD"})
_ICON_NAMES = (
    "Comment Key Note Help NewParagraph Paragraph Insert Checkmark Check Circle Cross CrossHairs Star RightArrow "
    "RightPointer UpArrow UpLeftArrow Approved Experimental NotApproved AsIs Expired NotForPublicRelease "
    "Confidential Final Sold Departmental ForComment TopSecret Draft ForPublicRelease"
)
_ICONS = frozenset(f"/{name}" for name in _ICON_NAMES.split())
"""What readers draw for a note or a stamp that brings no drawing of its own."""
_MOST_HOPS = 8
MOST_VALUES = 2_000_000
"""Names and numbers that are looked at; documents of people have some ten thousand."""


class Walk:
    """Goes through a document once; `removed` and `streams` are complete when `run` has returned."""

    def __init__(self, pdf: Pdf) -> None:
        self.removed: set[str] = set()
        self.streams: dict[tuple[int, int], tuple[Stream, set[str]]] = {}
        """The streams that are kept, each with the roles in which it is used."""
        self.lookups: dict[tuple[int, int], int] = {}
        """The streams that list the colours of a palette, and how many bytes of them are colours."""
        self.resources: list[tuple[Object, Dictionary]] = []
        """What lists letters, pictures and figures to draw with, each with the part it belongs to."""
        self.named: set[str] = set()
        """What names such things beside the drawings: how fields and notes are written, and the colours of pictures."""
        self.pointers: list[tuple[Object, str]] = []
        """The branches of the structure that point at a drawing or a note, each with the key."""
        self._pages = frozenset(page.obj.objgen for page in pdf.pages)
        self._waiting: list[tuple[Object, str]] = [(pdf.Root, "root"), *((page.obj, "pages") for page in pdf.pages)]
        self._seen: set[tuple[tuple[int, int], str]] = set()
        self._left = MOST_VALUES
        self._structure_names = dict(_structure_names(pdf))
        self._leaves: Mapping[str, Callable[[object], bool]] = {
            "": lambda value: self._has_none_of(value, (String, Dictionary, Stream), with_names=False),
            "name": lambda value: self._has_none_of(value, (String, Dictionary, Stream)),
            "text": lambda value: self._has_none_of(value, (Dictionary, Stream)),
            "language": lambda value: isinstance(value, String) and bool(_LANGUAGE.fullmatch(str(value))),
            "address": lambda value: isinstance(value, String) and bool(_FOLLOWED.match(str(value))),
            "letters": lambda value: isinstance(value, String) and bool(_LETTERS.fullmatch(str(value))),
            "icon_name": lambda value: isinstance(value, Name) and str(value) in _ICONS,
            "page": self._is_page,
        }

    def run(self) -> None:
        """Clean every part that the root leads to."""
        while self._waiting:
            part, role = self._waiting.pop()
            if self._is_page(part) and role != "pages":
                # Links and structure point at pages.
                continue
            role = _exact_role(part, role)
            if part.is_indirect:
                if (part.objgen, role) in self._seen:
                    continue
                self._seen.add((part.objgen, role))
            if isinstance(part, Array):
                self._clean_array(part, role)
            else:
                self._clean_keys(part, role)

    def _is_page(self, value: object) -> bool:
        return isinstance(value, Dictionary) and value.is_indirect and value.objgen in self._pages

    def _has_none_of(self, value: object, kinds: tuple[type[Object], ...], with_names: bool = True) -> bool:
        """Return whether neither a value nor what its lists hold is of these kinds, or a name of somebody's own."""
        waiting: list[object] = [value]
        while waiting:
            one = waiting.pop()
            if isinstance(one, kinds) or (isinstance(one, Name) and not with_names and str(one) not in KNOWN_NAMES):
                return False
            # Lists may stand in each other again and again.
            self._count(1)
            if isinstance(one, Array):
                waiting.extend(list(one))
        return True

    def _count(self, values: int) -> None:
        self._left -= values
        if self._left < 0:
            raise TooMuch

    def _clean_array(self, array: Array, role: str) -> None:
        # One list may be come to by many ways.
        self._count(len(array))
        places = SPACES.get(str(array[0]), {}) if role == "colour" and len(array) else None
        kept = 0
        for place, value in enumerate(list(array)):
            wanted = role if places is None else places.get(place, "" if place == 0 else None)
            if isinstance(value, Dictionary) and role == "annotation" and str(value.get("/Subtype")) in _CARRIERS:
                self.removed.add(FILES)
            elif wanted is None or not (self._may_stay(value, wanted) or _is_palette(value, wanted, places)):
                self.removed.add(DETAILS)
            else:
                self._later(value, wanted)
                if kept < place:
                    array[kept] = value
                kept += 1
        while len(array) > kept:
            # From its end: in the middle each would move all that follow.
            del array[-1]
        if places and "lookup" in places.values() and kept == len(places) + 1:
            self._cut_palette(array)

    def _cut_palette(self, array: Array) -> None:
        colours, length = array[3], lookup_length(array)
        if isinstance(colours, String):
            if len(bytes(colours)) > length:
                array[3] = String(bytes(colours)[:length])
                self.removed.add(DETAILS)
        elif isinstance(colours, Stream):
            self.lookups[colours.objgen] = max(length, self.lookups.get(colours.objgen, 0))

    def _clean_keys(self, part: Object, role: str) -> None:
        shape = SHAPES[role]
        self._count(len(part.keys()))
        for key, value in list(part.items()):
            wanted = shape.get(key, shape.get("*")) if key != "/Filter" or isinstance(part, Stream) else None
            if wanted is None or not self._may_stay(value, wanted):
                del part[key]
                self.removed.add(CODES.get(key, DETAILS))
            else:
                self._later(value, wanted)
        self.removed.update(self._rename(part, role))
        for key in ("/Resources", "/DR"):
            if isinstance(held := part.get(key), Dictionary):
                self.resources.append((part, held))
        self.pointers.extend((part, key) for key in ("/Stm", "/Obj") if role == "structure" and key in part)
        self.named.update([str(part["/DA"])] if "/DA" in part else [])
        if isinstance(part, Stream):
            self.streams.setdefault(part.objgen, (part, set()))[1].add(role)

    def _may_stay(self, value: object, wanted: str) -> bool:
        if wanted in self._leaves:
            return self._leaves[wanted](value)
        if isinstance(value, String):
            return wanted in WITH_TEXT
        if isinstance(value, Name):
            self.named.update([str(value)] if wanted == "colour" else [])
            return wanted in WITH_NAMES or str(value) in KNOWN_NAMES
        if isinstance(value, Stream):
            return "/Filter" in SHAPES[_exact_role(value, wanted)]
        if isinstance(value, Dictionary) and wanted in STREAMS:
            return False
        return wanted != "action" or not _is_harmful(value)

    def _rename(self, part: Object, role: str) -> Iterator[str]:
        """Give layers and branches of the structure names that say nothing; layers show and hide as before."""
        if role == "layer" and "/Name" in part and str(part["/Name"]) != "Layer":
            part["/Name"] = String("Layer")
            yield AUTHOR
        if role == "collection":
            for key in {"/Registry", "/Ordering"} & set(part.keys()):
                if str(part[key]) not in COLLECTIONS:
                    part[key] = String("Identity")
                    yield DETAILS
        if role == "structure" and "/S" in part and (name := str(part["/S"])) not in STRUCTURE_NAMES:
            common = self._structure_names.get(name)
            part["/S"] = Name(common if common in STRUCTURE_NAMES else "/NonStruct")
            yield DETAILS

    def _later(self, value: object, role: str) -> None:
        if role not in self._leaves and isinstance(value, Array | Dictionary | Stream):
            self._waiting.append((value, role))


def _exact_role(part: Object, role: str) -> str:
    """Return the role of a part whose place leaves a choice."""
    if isinstance(part, Array):
        return role
    if role == "object" and not isinstance(part, Stream):
        return _exact_role(part, "annotation")
    if role in ("object", "drawn"):
        return "image" if str(part.get("/Subtype")) == "/Image" else "form"
    if role == "annotation":
        return "field" if str(part.get("/Subtype")) == "/Widget" else "note"
    if role == "property":
        return "layer" if str(part.get("/Type")) in _LAYERS else "marked"
    return "form" if role == "states" and isinstance(part, Stream) else role


def _is_harmful(action: object) -> bool:
    # Of a list of actions each is asked about when the walk comes to it.
    if not isinstance(action, Dictionary) or "/S" not in action:
        return False
    kind = str(action["/S"])
    return kind not in _HARMLESS_ACTIONS or (kind == "/URI" and not _FOLLOWED.match(str(action.get("/URI", ""))))


def _structure_names(pdf: Pdf) -> Iterator[tuple[str, str]]:
    """Yield the names that a program gave to branches of the structure, each with the common one it stands for."""
    structure = pdf.Root.get("/StructTreeRoot")
    names = structure.get("/RoleMap") if isinstance(structure, Dictionary) else None
    given = {key: str(value) for key, value in (names.items() if isinstance(names, Dictionary) else ())}
    for key, common in given.items():
        for _ in range(_MOST_HOPS):
            common = given.get(common, common)
        yield key, common


def _is_palette(value: object, wanted: str | None, places: Mapping[int, str] | None) -> bool:
    """Return whether a value is the text that lists the colours of a palette."""
    return places is not None and wanted == "lookup" and isinstance(value, String)
