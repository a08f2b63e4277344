"""What reporters changed in their mailbox, in the words of the desk."""

from collections.abc import Mapping

from app.services.case import CaseMessage, CaseView
from app.web.locale import day_text
from models.vocabulary.mailbox import ASKED, YES_NO
from models.vocabulary.people import PRIVACY
from models.vocabulary.word import label

ASKED_SOMETHING = "Asked us to stop or to delete. The message that says which does not open"
TREATED_BADLY = "They say that they were treated badly for telling us."
_DETAILS = ("name", "contact", "safe_times")


def stop_text(view: CaseView) -> str:
    """Return what the reporter asked for and until when they can undo it, "" when nothing stands."""
    if not view.is_stopped:
        return ""
    asked = view.acts.withdrawal
    if asked is None:
        return f"{ASKED_SOMETHING}."
    words = label(ASKED, asked.choice)
    if not asked.can_be_undone:
        return f"{words}, {day_text(asked.asked_on)}."
    return f"{words} (until {day_text(asked.until)} they can undo it)."


def known_text(known: Mapping[str, str]) -> str:
    """Return how a reporter is known in one line: the choice, the name, the contact, the safe times."""
    parts = [label(PRIVACY, known.get("privacy", "")), *(known[name] for name in _DETAILS if known.get(name))]
    return ", ".join(parts)


def consent_text(consent: Mapping[str, str]) -> str:
    """Return what may be used, in one line."""
    panel, story = (label(YES_NO, consent.get(name, "no")).lower() for name in ("panel", "story"))
    return f"Panel copy: {panel}. Story: {story}"


def message_text(message: CaseMessage) -> str:
    """Return the words of a message; of one that changes something, what it changed."""
    if message.who != "reporter":
        return message.text
    acts = {
        "known": lambda: f"Changed how they are known: {known_text(message.known)}",
        "stop": lambda: f"{label(ASKED, message.text)}.",
        "consent": lambda: f"Answered what we may use. {consent_text(message.consent)}.",
        "check_in": lambda: TREATED_BADLY,
    }
    return acts[message.kind]() if message.kind in acts else message.text


def mailbox_facts(view: CaseView) -> list[tuple[str, str]]:
    """Return what the mailbox adds to the facts of a case: how the reporter is known now, and what may be used."""
    acts = view.acts
    facts = []
    if acts.known and acts.known_on:
        facts.append(("Known now as", f"{known_text(acts.known)} (since {day_text(acts.known_on)})"))
    facts.append(("May we use it", consent_text(acts.consent)))
    return facts
