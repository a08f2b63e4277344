"""A form with files on its way: the application says that it wants it, and gets it when all of it is there."""

from dataclasses import dataclass

from werkzeug.exceptions import HTTPException

from app.web.sealed_form import SealedForm

ARRIVING = "heard.arriving"
"""Where it stands in the environment of a request."""


@dataclass
class Arriving:
    """What the front and the application tell each other about a body that the front reads."""

    form: SealedForm | None = None
    """From the application: what the body is to be fed to. Without one nobody wants it, and the answer says why."""
    is_in: bool = False
    problem: HTTPException | None = None
    """From the front: why it did not come in."""
    has_place: bool = True
    """From the front: whether its files may be cleaned now. Without a place they are to be sent later."""
