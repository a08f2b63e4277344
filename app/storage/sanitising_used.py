"""The letters, pictures and figures that a PDF brings along and that nothing in it draws: they go."""

import re
from collections.abc import Iterable, Iterator, Mapping

from pikepdf import Array, Dictionary, Object, Pdf, Stream

from app.storage.sanitising_content import TooMuch
from app.storage.sanitising_walk import Walk

Names = frozenset[str]
Place = tuple[int, int]
_NAME = re.compile(rb"/[^\s\0()<>\[\]{}/%]++")
_ESCAPED = re.compile(rb"#([\da-fA-F]{2})")
_BY_DEFAULT = frozenset({"/DefaultGray", "/DefaultRGB", "/DefaultCMYK"})
"""Colours that are used without being named."""
_MOST_HOPS = 50
MOST_COMPARED = 20_000_000


def names_in(drawing: bytes) -> Names:
    """Return every name in a drawing, also those in its texts and pictures: rather one too many than one too few."""
    return frozenset(_plain(name) for name in set(_NAME.findall(drawing)))


def _plain(name: bytes) -> str:
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), name).decode("utf-8", "surrogateescape")


def drop_unused(pdf: Pdf, walk: Walk, names: Mapping[Place, Names]) -> bool:
    """Drop what no drawing names, and return whether there was any. Raises `TooMuch`.

    `names` are those that each drawing uses. A drawing without resources of its own may use anybody's.
    """
    loose = frozenset().union(*(names_in(named.encode()) for named in walk.named), *_loose(walk, names))
    of_pages = list(_of_pages(pdf, names))
    unused: dict[object, set[str]] = {}
    lists: dict[object, Dictionary] = {}
    left = MOST_COMPARED
    for owner, resources, used in (*of_pages, *_of_parts(walk, names)):
        for kind, held in resources.items():
            if not isinstance(held, Dictionary):
                continue
            key = _key(owner, resources, kind, held)
            if key not in unused:
                unused[key], lists[key] = set(held.keys()) - _BY_DEFAULT - loose, held
            left -= min(len(unused[key]), len(used)) + 1
            if left < 0:
                raise TooMuch
            unused[key] = unused[key] - used
    for key, held in lists.items():
        for name in unused[key]:
            del held[name]
    return any([*unused.values(), *_drop_pointers(pdf, walk, lists.values())])


def _drop_pointers(pdf: Pdf, walk: Walk, lists: Iterable[Dictionary]) -> Iterator[str]:
    """Let the structure point only at what is drawn or stands on a page, and yield the keys that went."""
    drawn = {one.objgen for held in lists for one in held.as_dict().values() if isinstance(one, Stream)}
    for page in pdf.pages:
        if isinstance(notes := page.obj.get("/Annots"), Array):
            drawn.update(note.objgen for note in notes if isinstance(note, Dictionary) and note.is_indirect)
    for part, key in walk.pointers:
        if key in part and (not isinstance(part[key], Object) or part[key].objgen not in drawn):
            del part[key]
            yield key


def _loose(walk: Walk, names: Mapping[Place, Names]) -> Iterator[Names]:
    for place, (stream, roles) in walk.streams.items():
        if roles != {"drawing"} and "/Resources" not in stream:
            yield names.get(place, frozenset())


def _of_pages(pdf: Pdf, names: Mapping[Place, Names]) -> Iterator[tuple[Object, Dictionary, Names]]:
    for page in pdf.pages:
        owner: Object | None = page.obj
        for _ in range(_MOST_HOPS):
            if not isinstance(owner, Dictionary) or "/Resources" in owner:
                break
            owner = owner.get("/Parent")
        contents = page.obj.get("/Contents")
        parts = list(contents) if isinstance(contents, Array) else [contents]
        used = frozenset().union(*(names.get(part.objgen, frozenset()) for part in parts if isinstance(part, Stream)))
        if isinstance(owner, Dictionary) and isinstance(resources := owner.get("/Resources"), Dictionary):
            yield owner, resources, used


def _of_parts(walk: Walk, names: Mapping[Place, Names]) -> Iterator[tuple[Object, Dictionary, Names]]:
    for owner, resources in walk.resources:
        yield owner, resources, names.get(owner.objgen, frozenset())


def _key(owner: Object, resources: Dictionary, kind: str, held: Dictionary) -> object:
    """Return what tells one list from another: several pages may share it."""
    if held.is_indirect:
        return held.objgen
    if resources.is_indirect:
        return (resources.objgen, kind)
    return (owner.objgen, kind) if owner.is_indirect else object()
