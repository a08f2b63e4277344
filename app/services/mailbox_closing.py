"""What a closed case asks its reporter: whether it was dealt with well, and whether telling us did harm."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import partial

from app.domain.financial_year import financial_year_of
from app.domain.sealed_content import encode_content
from app.security.context import ctx
from app.security.form_token import FormToken
from app.security.key_derivation import expand
from app.security.mailbox_key import MailboxKey, link_of
from app.security.sealing import seal
from app.services.mailbox_message import OwnMessage, send_own
from app.services.roster import current_roster
from app.services.work import OpenWork, Work, add_once
from models.counting_fact import CountingScore
from models.vocabulary.mailbox import TREATED_BADLY

BADLY = OwnMessage("check_in", "wrote", TREATED_BADLY)


@dataclass(frozen=True)
class ScoreDraft:
    """A reporter's judgement of one outcome: 1 to 5, and the figures that its message brought."""

    outcome_id: bytes
    score: int
    figures: Mapping[str, str] = field(repr=False)


def give_score(open_work: OpenWork, key: MailboxKey, draft: ScoreDraft) -> None:
    """Store one score, sealed to the year's aggregation key; a second one for the same outcome changes nothing.

    The row stands in a transaction of its own, and nothing joins it to the mailbox or the case.
    """
    with open_work(reading=True) as work:
        today = work.today
        aggregation = current_roster(work).aggregation_for(financial_year_of(today))
    if aggregation is None:
        return
    year = aggregation.financial_year
    row_id = expand(key.seed, ctx(b"score", draft.outcome_id), 16)
    midnight = datetime.combine(today, time(), UTC)
    content = {
        "link": link_of(key.seed).hex(),
        "rev": int(midnight.timestamp()) * 1000,
        "score": draft.score,
        **{name: draft.figures[name] for name in ("month", "direction", "class", "group")},
    }
    sealed = seal("score", (year.encode("ascii"), row_id), aggregation.recipient, encode_content("score", content))
    add_once(open_work, partial(_store_score, row_id=row_id, year=year, sealed=sealed))


def _store_score(work: Work, row_id: bytes, year: str, sealed: bytes) -> None:
    # No audit entry: one beside this row would join it to a moment.
    work.insert(CountingScore, {"id": row_id, "financial_year": year, "sealed": sealed})


def tell_treated_badly(open_work: OpenWork, key: MailboxKey, token: FormToken) -> None:
    """Tell the team that telling us did harm; it reopens nothing by itself. Raises `NotReceived`."""
    send_own(open_work, key, token, BADLY)
