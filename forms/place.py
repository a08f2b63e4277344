"""Where it happened: a site or ward, or one of the answers that are no place."""

from forms.fields import Field, Question
from models.vocabulary.incident import PLACE_OTHER
from models.vocabulary.word import codes

PLACE = Question("place", "Where did it happen?", missing="Select where it happened")


def check_place(place: Field, places: frozenset[str]) -> None:
    """Set the error when no place that is offered was chosen."""
    if not place.error and (not place.answer or place.answer[0] not in places | codes(PLACE_OTHER)):
        place.error = place.question.missing
