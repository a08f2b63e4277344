"""What reporters changed in their mailbox, in the words of the desk."""

from collections.abc import Mapping

from app.services.case import CaseMessage, CaseView
from app.web.locale import day_text
from forms.privacy import ONLY_NOT_ANONYMOUS
from models.vocabulary.mailbox import ASKED, YES_NO
from models.vocabulary.people import PRIVACY
from models.vocabulary.word import label

DELETION = (
    "They {asked} (on {day}). First check that nobody is in danger. Then do not work on this case further. "
    "Heard cannot delete yet: tell the person who runs it that case {reference} is to be deleted, and write to the "
    "reporter below what was done. They can read it until {until}."
)
"""Until deleting is built, people must do it: the case page says who."""
ASKED_SOMETHING = "Asked us to stop or to delete. The message that says which does not open"
TREATED_BADLY = "They say that they were treated badly for telling us."
TOLD = {
    "file": "Reporter added a file",
    "known": "Reporter changed how they are known",
    "consent": "Reporter answered what we may use",
    "check_in": "Reporter was treated badly for telling us",
}
"""What the timeline says of a message of the reporter, by kind."""
REPLACED = ONLY_NOT_ANONYMOUS
"""What the report said of them no longer counts once they changed how they are known."""


def stop_text(view: CaseView) -> str:
    """Return what the reporter asked for and what is to be done about it, "" when nothing stands."""
    if not view.is_stopped:
        return ""
    asked = view.acts.withdrawal
    if asked is None:
        return f"{ASKED_SOMETHING}."
    words = label(ASKED, asked.choice)
    if not asked.can_be_undone:
        return DELETION.format(
            asked=words[:1].lower() + words[1:],
            day=day_text(asked.asked_on),
            reference=view.row.reference,
            until=day_text(asked.until),
        )
    return f"{words} (until {day_text(asked.until)} they can undo it)."


def known_text(known: Mapping[str, str]) -> str:
    """Return how a reporter is known in one line: the choice, the name, the contact, the safe times."""
    parts = [label(PRIVACY, known.get("privacy", "")), *(known[name] for name in REPLACED if known.get(name))]
    return ", ".join(parts)


def consent_text(consent: Mapping[str, str]) -> str:
    """Return what may be used, in one line."""
    panel, story = (label(YES_NO, consent.get(name, "no")).lower() for name in ("panel", "story"))
    return f"Panel copy: {panel}. Story: {story}"


def message_text(view: CaseView, message: CaseMessage) -> str:
    """Return the words of a message; of one that changes something, what it changed.

    A name that was replaced or taken back is no longer shown.
    """
    if message.who != "reporter":
        return message.text
    known = message.known if message.known == view.acts.known else {"privacy": message.known.get("privacy", "")}
    acts = {
        "known": lambda: f"Changed how they are known: {known_text(known)}",
        "stop": lambda: f"{label(ASKED, message.text)}.",
        "consent": lambda: f"Answered what we may use. {consent_text(message.consent)}.",
        "check_in": lambda: TREATED_BADLY,
    }
    return acts[message.kind]() if message.kind in acts else message.text


def told_text(message: CaseMessage) -> str:
    """Return what the timeline says of a message of the reporter."""
    if message.kind == "stop":
        asked = label(ASKED, message.text)
        return f"Reporter {asked[:1].lower()}{asked[1:]}"
    return TOLD.get(message.kind, "Reporter wrote")


def mailbox_facts(view: CaseView) -> list[tuple[str, str]]:
    """Return what the mailbox adds to the facts of a case: how the reporter is known now, and what may be used."""
    acts = view.acts
    facts = []
    if acts.known and acts.known_on:
        facts.append(("Known now as", f"{known_text(acts.known)} (since {day_text(acts.known_on)})"))
    facts.append(("May we use it", consent_text(acts.consent)))
    return facts
