"""A file added from the mailbox, one at a time, and the list of those that were added."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.public.mailbox_post import take
from app.public.mailbox_visit import has_mailbox_open, in_mailbox, visited_page
from app.security.form_token import FormToken
from app.security.mailbox_key import MailboxKey
from app.services.attachment_intake import new_names
from app.services.mailbox import MailboxView, read_mailbox
from app.services.mailbox_file import FileTexts, is_file_sent, send_file
from app.web.access import ANYONE, open_to
from app.web.attachment_words import file_lines
from app.web.context import unit_of_work
from app.web.form_token import PostedToken, new_token, read_token, token_to_show
from app.web.limits import over_file_limit
from app.web.locale import href, long_day_text
from app.web.uploads import PostedFiles, file_error, file_field, posted_files, takes_files_if
from forms.attachment import LABEL_ONE, MOST_LATER, NAME, NOTHING, SENTENCES, VERSION
from forms.base import FormError
from models.vocabulary.word import N_

ADDED = N_("We have your file.")
TEAM_TEXT = "The reporter added a file: {name}."
blueprint = Blueprint("mailbox_file", __name__)


@blueprint.get("/inbox/file")
@open_to(ANYONE)
@in_mailbox
def ask(key: MailboxKey) -> AnyResponse | None:
    """Ask for one file, and list what was added before."""
    view = read_mailbox(unit_of_work, key)
    if view is None:
        return None
    return _file_page(view, new_token(NAME, VERSION), notice=ADDED if request.args.get("sent") == "1" else "")


@blueprint.post("/inbox/file")
@open_to(ANYONE)
@takes_files_if(has_mailbox_open)
@in_mailbox
def send(key: MailboxKey) -> AnyResponse | None:
    """Take one file; sent twice it is one file. A file that cannot be taken is named with what to do instead."""
    view = read_mailbox(unit_of_work, key)
    if view is None:
        return None
    token, posted = read_token(NAME, VERSION), posted_files(most=1)
    if token.token and posted.files and is_file_sent(unit_of_work, key, token.token, posted.files[0]):
        return _added()
    if view.added_files >= MOST_LATER:
        return _again(view, token, 422, file_error(SENTENCES["full"]))
    if not posted.files:
        return _again(view, token, 422, file_error(NOTHING))
    if posted.errors:
        return _again(view, token, 422, *posted.errors)
    status, *errors = _keep(key, token, posted)
    return _again(view, token, status, *errors) if errors else _added()


def _keep(key: MailboxKey, token: PostedToken, posted: PostedFiles) -> tuple[int, *tuple[FormError, ...]]:
    """Clean and store the file; return the status and the sentences with which the page comes back instead, if any."""
    errors: list[FormError] = []

    def clean_and_send(token: FormToken) -> None:
        # Opening a file is the dearest thing here: it comes after token, age and limits.
        clean = posted.not_now() if over_file_limit(posted.size) else posted.clean()
        errors.extend(clean.errors)
        if not errors:
            taken = send_file(
                unit_of_work, key, token, clean.files[0], lambda before: _texts(clean, before), most=MOST_LATER
            )
            errors.extend(() if taken else (file_error(SENTENCES["full"]),))

    refused = take(
        token, lambda token: is_file_sent(unit_of_work, key, token, posted.files[0]), clean_and_send, patient=False
    )
    return (refused.status, file_error(refused.error)) if refused else (422, *errors)


def _texts(clean: PostedFiles, before: int) -> FileTexts:
    return FileTexts(file_lines(clean.files, before)[0], TEAM_TEXT.format(name=new_names(clean.files, before)[0]))


def _added() -> AnyResponse:
    return redirect(href("/inbox/file?sent=1"), 303)


def _sent_files(view: MailboxView) -> list[dict[str, str]]:
    return [
        {"text": message.text, "day_text": long_day_text(message.day)}
        for message in view.messages
        if message.kind == "file" and message.who == "you"
    ]


def _again(view: MailboxView, token: PostedToken, status: int, *errors: FormError) -> Response:
    return _file_page(view, token_to_show(token, NAME, VERSION), status, errors)


def _file_page(
    view: MailboxView, token: str, status: int = 200, errors: tuple[FormError, ...] = (), notice: str = ""
) -> Response:
    return visited_page(
        "public/attachment.html",
        status,
        token=token,
        files=_sent_files(view),
        notice=notice,
        label=LABEL_ONE,
        errors=errors,
        **file_field(errors, again=bool(errors) or status != 200),
    )
