"""Help without making a report: the directory of services."""

from flask import Blueprint, Response, request

from app.domain.support_directory import OWN_LINE, lacks_own_line
from app.services.support_directory import ServiceView
from app.web.access import ANYONE, open_to
from app.web.locale import long_day_text
from app.web.page import page
from app.web.public_content import content_of_request
from models.vocabulary.support_directory import AUDIENCE, NEED, TAG
from models.vocabulary.word import Word, codes

blueprint = Blueprint("support_directory", __name__)


@blueprint.get("/support")
@open_to(ANYONE)
def show() -> Response:
    """Show whom to turn to, all of them or those with one tag. Nothing about the visit is kept."""
    services = content_of_request().services
    asked = request.args.get("for", "")
    chosen = next((tag for tag in TAG if tag.code == asked), None)
    shown = [one for one in services if chosen is None or chosen.code in one.tags]
    return page(
        "public/support_directory.html",
        services=[_shown(one) for one in shown],
        own_line=lacks_own_line((one.tags for one in shown), (chosen.code if chosen else OWN_LINE,)),
        needs=_offered(NEED, services, asked),
        audiences=_offered(AUDIENCE, services, asked),
        chosen=chosen,
    )


def _shown(service: ServiceView) -> dict[str, object]:
    held = [tag for tag in TAG if tag.code in service.tags]
    needs, audience = codes(NEED), codes(AUDIENCE)
    return {
        "service": service,
        "needs": [tag.label for tag in held if tag.code in needs],
        "audience": [tag.label for tag in held if tag.code in audience],
        "checked_on": long_day_text(service.checked_on),
    }


def _offered(tags: tuple[Word, ...], services: tuple[ServiceView, ...], asked: str) -> list[Word]:
    """Return the tags that some service has, and the one that is asked for."""
    held = {tag for service in services for tag in service.tags}
    return [tag for tag in tags if tag.code in held or tag.code == asked]
