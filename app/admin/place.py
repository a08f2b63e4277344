"""Places and posters: what each poster opens, what all of them say, and the posters to print."""

from dataclasses import replace

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from app.domain.errors import Refused
from app.domain.permissions import who_may
from app.services.place import ManagedPlace, change_opens, manage_places, require_place
from app.services.place_poster import change_posters, make_poster, poster_lines
from app.services.setting import read_settings
from app.web.access import open_to
from app.web.context import heard, unit_of_work
from app.web.locale import offered
from app.web.page import page
from app.web.posted import posted_values
from forms.place import OpensForm, PostersForm, read_opens, read_posters
from models.vocabulary.place import OPENS, SIZES
from models.vocabulary.place_poster import POSTER_LINES
from models.vocabulary.word import codes, label

PDF = "application/pdf"
blueprint = Blueprint("admin_place", __name__)


@blueprint.get("/admin/places")
@open_to(*who_may("manage_organisation"))
def index() -> Response:
    """List every place with its code, its staff, and what its poster opens."""
    with unit_of_work(reading=True) as work:
        places = manage_places(work)
        settings = read_settings(work)
    sites: dict[str, list[ManagedPlace]] = {}
    for one in places:
        sites.setdefault(one.place.site, []).append(one)
    opens = {word.code: word.label for word in OPENS}
    lines = poster_lines(settings, offered(), with_drafts=heard().with_drafts)
    unchecked = [line.name for line in lines if line.code not in settings["poster_languages_checked"]]
    saved = request.args.get("saved") == "1"
    return page(
        "admin/places.html", sites=sites, opens=opens, host=settings["public_host"], lines=lines, unchecked=unchecked,
        saved=saved, count=len(places), sizes=SIZES,
    )  # fmt: skip


@blueprint.get("/admin/places/<code>")
@open_to(*who_may("manage_organisation"))
def show(code: str) -> Response:
    """Show one place, and ask what its poster opens."""
    with unit_of_work(reading=True) as work:
        managed = require_place(work, code)
    return _place_page(managed, OpensForm(managed.place.opens))


@blueprint.post("/admin/places/<code>")
@open_to(*who_may("manage_organisation"))
def save(code: str) -> AnyResponse:
    """Change what the poster of one place opens."""
    form = read_opens(posted_values())
    if form.error:
        with unit_of_work(reading=True) as work:
            managed = require_place(work, code)
        return _place_page(managed, form, 422)
    with unit_of_work() as work:
        change_opens(work, code, form.opens)
    return redirect("/admin/places?saved=1", 303)


@blueprint.get("/admin/places/<code>/poster")
@open_to(*who_may("manage_organisation"))
def print_poster(code: str) -> Response:
    """Send the poster of a place as PDF; a place that is too small to be named has that of its site."""
    size = request.args.get("size", "a4")
    if size not in codes(SIZES):
        raise NotFound
    with unit_of_work(reading=True) as work:
        place = require_place(work, code).poster
        settings = read_settings(work)
    if place is None:
        raise NotFound
    poster = make_poster(settings, offered(), place, size, with_drafts=heard().with_drafts)
    response = Response(poster, content_type=PDF)
    response.headers["Content-Disposition"] = f'attachment; filename="heard-poster-{place.code}-{size}.pdf"'
    return response


@blueprint.get("/admin/posters")
@open_to(*who_may("change_setting"))
def show_posters() -> Response:
    """Show what all posters say: the address and the languages."""
    with unit_of_work(reading=True) as work:
        settings = read_settings(work)
    form = PostersForm(
        settings["public_host"], tuple(settings["poster_languages"]), tuple(settings["poster_languages_checked"])
    )
    return _posters_page(form)


@blueprint.post("/admin/posters")
@open_to(*who_may("change_setting"))
def save_posters() -> AnyResponse:
    """Change what all posters say; what cannot be kept is shown again as it was typed."""
    form = read_posters(posted_values())
    if not form.error:
        try:
            with unit_of_work() as work:
                change_posters(work, form.host, form.languages, form.checked)
        except Refused as refused:
            form = replace(form, error=str(refused))
    return _posters_page(form, 422) if form.error else redirect("/admin/places?saved=1", 303)


def _place_page(managed: ManagedPlace, form: OpensForm, status: int = 200) -> Response:
    context = {"managed": managed, "place": managed.place, "form": form, "options": OPENS, "sizes": SIZES}
    return page("admin/place.html", status, **context, opens_text=label(OPENS, managed.place.opens))


def _posters_page(form: PostersForm, status: int = 200) -> Response:
    return page("admin/posters.html", status, form=form, all_lines=POSTER_LINES, offered=offered())
