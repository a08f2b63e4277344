"""The one question about the reporter: offered once, answered once, joined to nothing."""

import logging
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from app.domain.direction import release_cell, report_class, sent_direction
from app.domain.errors import NotReceived, Refused
from app.domain.financial_year import financial_year_of_month, month_before, month_of
from app.domain.sealed_content import encode_content
from app.security.equality_token import EqualityToken, seal_equality_token
from app.security.form_token import FormKeys
from app.security.sealing import seal
from app.services.report_sealing import ReportDraft
from app.services.roster import current_roster
from app.services.work import OpenWork, Work, add_once
from models.equality import Equality

log = logging.getLogger("heard.equality")


@dataclass(frozen=True)
class EqualityDraft:
    """One answer: the token that allows it, and a code of `ETHNIC_2021`."""

    token: EqualityToken = field(repr=False)
    ethnic_2021: str = field(repr=False)


def offer_equality(keys: FormKeys, draft: ReportDraft, role: str, today: date) -> str:
    """Return the sealed token with which the receipt page offers the question, "" where it is not offered.

    `role` is who tells us, a code of the public form. Call it only for a report that was stored today and now. It
    raises nothing: a receipt is shown whatever becomes of this question.
    """
    if draft.token is None or draft.spam_lane:
        return ""
    who, by, privacy = (str(draft.answers.get(name, "")) for name in ("who", "by", "privacy"))
    try:
        direction = sent_direction(role, who, by)
    except Refused:
        log.error("equality.not_offered")
        return ""
    token = EqualityToken(
        month_of(today),
        release_cell(direction),
        report_class(privacy, who),
        draft.token.equality_row_id(draft.digest),
    )
    return seal_equality_token(keys.current, token)


def is_taken(token: EqualityToken, today: date) -> bool:
    """Return whether an answer is still taken: in the month of the report and the one after it."""
    month = month_of(today)
    return token.month in (month, month_before(month))


def save_equality(open_work: OpenWork, draft: EqualityDraft) -> None:
    """Seal one answer to the key of its year and store it. Sent again it changes nothing: the first answer stands.

    No event and no notice goes with it: either would say when, and so beside which report, it came.
    Raises `NotReceived` when the roster lists no key to count with.
    """
    with open_work(reading=True) as work:
        key = current_roster(work).aggregation_for(financial_year_of_month(draft.token.month))
    if key is None:
        log.error("equality.no_key")
        raise NotReceived
    year, row_id = key.financial_year, draft.token.row_id
    content = {
        "month": draft.token.month,
        "sent_direction": draft.token.sent_direction,
        "class": draft.token.report_class,
        "ethnic_2021": draft.ethnic_2021,
    }
    sealed = seal("equality", (year.encode("ascii"), row_id), key.recipient, encode_content("equality", content))
    add_once(open_work, partial(_store, row={"id": row_id, "financial_year": year, "sealed": sealed}))


def _store(work: Work, row: dict[str, object]) -> None:
    work.insert(Equality, row)
