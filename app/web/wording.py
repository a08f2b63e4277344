"""What `_` and `ngettext` do in templates: say a sentence in the language of the page, and escape what is not ours."""

from flask import Flask
from flask_babel import get_translations
from markupsafe import Markup, escape

from app.web.locale import number_text, trust_text
from app.web.translations import known_sentences
from models.vocabulary.word import N_

NO_NAME = N_("A reader")


class _Ours(str):
    """A sentence of the catalogue: the markup in it was written and checked with it."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def say(text: str, **values: object) -> Markup:
    """Return a sentence in the language of this page, with a value for each `%(name)s`; values are escaped.

    Only a sentence that stands in the catalogue may bring markup of its own. Whatever else is given is text.
    """
    if not text:
        return Markup()
    return _filled(text, get_translations().ugettext(text), values)


def say_number(singular: str, plural: str, num: int, /, **values: object) -> Markup:
    """Return the form of a sentence that goes with a number; `%(num)s` is that number."""
    said = get_translations().ungettext(singular, plural, num)
    return _filled(singular, said, {"num": number_text(num)} | values)


def _filled(pattern: str, said: str, values: dict[str, object]) -> Markup:
    ours = "<" in pattern and pattern in known_sentences()
    words = escape(_Ours(said) if ours else said)
    return words % values if values else words.replace("%%", "%")


def named(name: str) -> Markup:
    """Return the name of a reader, or what stands in while the trust has given none."""
    return trust_text(name) if name else say(NO_NAME)


def install_wording(app: Flask) -> None:
    """Give templates `_`, `gettext` and `ngettext`."""
    app.jinja_env.filters["named"] = named
    app.jinja_env.globals.update(_=say, gettext=say, ngettext=say_number)
