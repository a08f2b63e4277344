"""The walk through a PDF from its root: each part keeps what its role needs, and only what is kept is walked into."""

import re
from collections.abc import Callable, Iterator, Mapping

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from app.storage.sanitising_content import TooMuch
from app.storage.sanitising_shapes import AUTHOR, CODES, DETAILS, FILES, SHAPES, STRUCTURE_NAMES, WITH_TEXT

_HARMLESS_ACTIONS = frozenset({"/GoTo", "/URI", "/Named"})
"""A link within the document, a link that is only followed when pressed, and turning pages."""
_FOLLOWED = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
"""Addresses that a link may have: one of a file or a share would tell its owner who pressed it."""
_LANGUAGE = re.compile(r"([A-Za-z0-9]{1,8}([-_][A-Za-z0-9]{1,8}){0,3})?", re.ASCII)
_CARRIERS = frozenset({"/FileAttachment", "/Movie", "/Sound", "/Screen", "/3D", "/RichMedia"})
_LAYERS = frozenset({"/OCG", "/OCMD"})
_TABLES_OF_BYTES = ("/Indexed", "/I")
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
        self._pages = frozenset(page.obj.objgen for page in pdf.pages)
        self._waiting: list[tuple[Object, str]] = [(pdf.Root, "root"), *((page.obj, "pages") for page in pdf.pages)]
        self._seen: set[tuple[tuple[int, int], str]] = set()
        self._left = MOST_VALUES
        self._structure_names = dict(_structure_names(pdf))
        self._leaves: Mapping[str, Callable[[object], bool]] = {
            "": lambda value: self._has_none_of(value, (String, Dictionary, Stream)),
            "text": lambda value: self._has_none_of(value, (Dictionary, Stream)),
            "language": lambda value: isinstance(value, String) and bool(_LANGUAGE.fullmatch(str(value))),
            "address": lambda value: isinstance(value, String) and bool(_FOLLOWED.match(str(value))),
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

    def _has_none_of(self, value: object, kinds: tuple[type[Object], ...]) -> bool:
        """Return whether neither a value nor what its lists hold is of these kinds. Raises `TooMuch`."""
        waiting: list[object] = [value]
        while waiting:
            one = waiting.pop()
            if isinstance(one, kinds):
                return False
            self._left -= 1
            if self._left < 0:
                # Lists may stand in each other again and again.
                raise TooMuch
            if isinstance(one, Array):
                waiting.extend(list(one))
        return True

    def _clean_array(self, array: Array, role: str) -> None:
        has_bytes = role == "colour" and len(array) > 0 and str(array[0]) in _TABLES_OF_BYTES
        kept = 0
        for place, value in enumerate(list(array)):
            if isinstance(value, Dictionary) and role == "annotation" and str(value.get("/Subtype")) in _CARRIERS:
                self.removed.add(FILES)
            elif not self._may_stay(value, role) and not (has_bytes and isinstance(value, String)):
                self.removed.add(DETAILS)
            else:
                self._later(value, role)
                if kept < place:
                    array[kept] = value
                kept += 1
        while len(array) > kept:
            # From its end: in the middle each would move all that follow.
            del array[-1]

    def _clean_keys(self, part: Object, role: str) -> None:
        shape = SHAPES[role]
        for key, value in list(part.items()):
            wanted = shape.get(key, shape.get("*"))
            if wanted is None or not self._may_stay(value, wanted):
                del part[key]
                self.removed.add(CODES.get(key, DETAILS))
            elif wanted not in self._leaves:
                self._later(value, wanted)
        self.removed.update(self._rename(part, role))
        if isinstance(part, Stream):
            self.streams.setdefault(part.objgen, (part, set()))[1].add(role)

    def _may_stay(self, value: object, wanted: str) -> bool:
        if wanted in self._leaves:
            return self._leaves[wanted](value)
        if isinstance(value, String):
            return wanted in WITH_TEXT
        if isinstance(value, Stream):
            return "/Filter" in SHAPES[_exact_role(value, wanted)]
        return wanted != "action" or not _is_harmful(value)

    def _rename(self, part: Object, role: str) -> Iterator[str]:
        """Give layers and branches of the structure names that say nothing; layers show and hide as before."""
        if role == "layer" and "/Name" in part and str(part["/Name"]) != "Layer":
            part["/Name"] = String("Layer")
            yield AUTHOR
        if role == "structure" and "/S" in part and (name := str(part["/S"])) not in STRUCTURE_NAMES:
            common = self._structure_names.get(name)
            part["/S"] = Name(common if common in STRUCTURE_NAMES else "/NonStruct")
            yield DETAILS

    def _later(self, value: object, role: str) -> None:
        if isinstance(value, Array | Dictionary | Stream):
            self._waiting.append((value, role))


def _exact_role(part: Object, role: str) -> str:
    """Return the role of a part whose place leaves a choice."""
    if isinstance(part, Array):
        return role
    if role == "object":
        if not isinstance(part, Stream):
            return _exact_role(part, "annotation")
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
