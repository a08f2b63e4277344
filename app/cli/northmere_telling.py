"""What a reporter ticks and what lies behind it, drawn from the shares of Northmere."""

from dataclasses import dataclass
from random import Random

from app.cli import northmere_names as names
from app.cli.northmere_draw import Ticks, Weighted
from app.cli.northmere_places import SETTINGS, SHOCK_SETTINGS, Map
from app.cli.northmere_volume import HIDDEN_ANONYMOUS, THIRD_PARTY, Event
from models.vocabulary.incident import POSSIBLE_DANGER

Answers = dict[str, str | list[str]]
Facts = dict[str, str]

TOWARDS_PUBLIC = frozenset({"staff_to_patient", "patient_to_patient"})
REPORTERS = {
    "staff": Weighted(affected=73.2, witness=17.4, behalf=7.5, other=1.9),
    "public": Weighted(patient=10, carer=6, other_public=0.5),
}
"""What is done to staff is told by staff, the rest by patients and carers: together 62, 14, 6, 10, 6 and 2 percent."""


@dataclass(frozen=True)
class Reporter:
    """How one kind of reporter sends: the form, the role where the form asks for it, and who it happened to."""

    form: str
    role: str
    who: Weighted


KINDS = {
    "affected": Reporter("quick", "", Weighted(me=96, several=4)),
    "witness": Reporter("quick", "", Weighted(colleague=1)),
    "behalf": Reporter("quick", "", Weighted(colleague=1)),
    "other": Reporter("report", "volunteer", Weighted(me=1)),
    "patient": Reporter("report", "patient", Weighted(me=1)),
    "carer": Reporter("report", "family_carer", Weighted(cared_for=85, me=15)),
    "other_public": Reporter("report", "visitor", Weighted(me=1)),
}
WHAT = {
    "third": Ticks(words=64.1, refused=24.8, threat=16.0, physical=12.0, unfair=5.8, **{"else": 5.2}),
    "colleague": Ticks(words=45, refused=3, threat=7, physical=1, unfair=44, **{"else": 8}),
    "staff_to_patient": Ticks(words=40, refused=6, threat=4, physical=2, unfair=46, **{"else": 8}),
}
"""Mixed in the proportions of the directions they come to 58, 19, 13, 9, 17 and 6 percent."""
_WHAT_TABLE = {"staff_to_staff": "colleague", "staff_to_patient": "staff_to_patient"}
REPEAT_WHAT = Weighted(words=6, refused=3)
DETAIL = Weighted(language=38, mimicry=14, online=4, graffiti=2)
BY = Weighted(patient=76, relative=15.6, visitor=5, public=3.4)
SHOCK_BY = Weighted(public=50, visitor=25, patient=25)
PRIVACY = Weighted(anonymous=42, confidential=33, named=25)
MAILBOX_OPENED, WROTE_AGAIN = 0.58, 0.37
DELAY = Weighted(shift=45, day=20, week=20, month=10, later=5)
WHEN = {
    "quick": {"shift": "shift", "day": "week", "week": "week", "month": "earlier", "later": "earlier"},
    "report": {"shift": "today", "day": "week", "week": "week", "month": "earlier", "later": "earlier"},
}
CAPACITY = Weighted(had=40, not_assessed=25, lacked=22, fluctuating=13)
PSYCHOLOGICAL = Weighted(none=14, low=52, moderate=29, severe=5)
PHYSICAL = Weighted(low=7, moderate=2)
DANGER = Weighted(no=89, yes=5, not_sure=6)
BEFORE = Weighted(often=22, once_or_twice=31, no=27, not_sure=20)
WANTS = Ticks(stops=48, heard=41, apology=33, formal=14, count_only=7, not_sure=12)
INTERPRETER = 0.06
HELP_LANGUAGES = ("Polish", "Urdu", "Romanian", "Bengali")
URGENT_IF_VIOLENT, INFORMATION = 0.83, 0.193
EXCLUDES = 0.10


def draw_telling(random: Random, event: Event, where: Map, quiet_from: dict[str, str]) -> tuple[Answers, Facts]:
    """Return the answers of one report, without words, and the facts that no form asks for."""
    public = event.direction in TOWARDS_PUBLIC
    kind = REPORTERS["public" if public else "staff"].draw(random)
    if event.pattern:
        kind = "affected"
    reporter = KINDS[kind]
    setting, place = _where(random, event, where, quiet_from)
    perpetrator = _perpetrator(random, event, setting)
    what = _what(random, event, setting)
    delay = "shift" if event.pattern == "repeat" else DELAY.draw(random)
    facts = {
        "direction": event.direction, "reporter": kind, "setting": setting, "perpetrator": perpetrator, "delay": delay,
        "detail": DETAIL.draw(random) if "words" in what else "", "pattern": event.pattern,
        "number": str(event.number),
        "harm_psychological": PSYCHOLOGICAL.draw(random),
        "harm_physical": PHYSICAL.draw(random) if "physical" in what else "none",
        "capacity": _capacity(random, event, perpetrator),
    }  # fmt: skip
    answers: Answers = {
        "who": "me" if event.pattern else reporter.who.draw(random),
        "what": what,
        "by": "visitor" if perpetrator == "relative" else perpetrator,
        "when": WHEN[reporter.form][delay],
        "privacy": _privacy(random, event),
        "place": place,
    }
    if reporter.form == "report":
        _add_full_answers(random, answers, reporter.role)
    _add_identity(random, answers, facts)
    if event.direction == "staff_to_staff" and random.random() < EXCLUDES:
        answers["exclude"] = [random.choice(names.READER_IDS)]
    facts["priority"] = _priority(random, answers)
    return answers, facts


def _where(random: Random, event: Event, where: Map, quiet_from: dict[str, str]) -> tuple[str, str]:
    if event.place:
        return "inpatient", event.place
    setting = SHOCK_SETTINGS.draw(random) if event.in_shock else "usual"
    if setting == "usual":
        setting = SETTINGS.draw(random)
    if setting == "phone" and event.direction == "patient_to_patient":
        setting = "inpatient"
    place = where.draw(random, setting)
    # On the ward whose repeat patient was kept away, things stay quiet afterwards.
    while quiet_from.get(place, "9") < event.day.isoformat():
        place = where.draw(random, setting)
    return setting, place


def _perpetrator(random: Random, event: Event, setting: str) -> str:
    if event.direction != THIRD_PARTY:
        return "patient" if event.direction == "patient_to_patient" else "staff"
    if event.pattern:
        return "patient"
    return (SHOCK_BY if event.in_shock and setting in ("phone", "grounds") else BY).draw(random)


def _what(random: Random, event: Event, setting: str) -> list[str]:
    if event.pattern:
        return [REPEAT_WHAT.draw(random) if event.pattern == "repeat" else "unfair"]
    what = WHAT[_WHAT_TABLE.get(event.direction, "third")].draw(random)
    if setting == "phone":
        # Nobody is pushed over the telephone.
        what = list(dict.fromkeys("threat" if code == "physical" else code for code in what))
    return what


def _capacity(random: Random, event: Event, perpetrator: str) -> str:
    if perpetrator != "patient":
        return "not_a_patient"
    return "had" if event.pattern else CAPACITY.draw(random)


def _privacy(random: Random, event: Event) -> str:
    if event.pattern == "hidden":
        return "anonymous" if event.number < HIDDEN_ANONYMOUS else "confidential"
    return PRIVACY.draw(random)


def _add_full_answers(random: Random, answers: Answers, role: str) -> None:
    answers |= {"role": role, "danger": DANGER.draw(random), "before": BEFORE.draw(random), "wants": WANTS.draw(random)}
    if random.random() < INTERPRETER:
        answers |= {"help": ["interpreter"], "help_lang": random.choice(HELP_LANGUAGES)}


def _add_identity(random: Random, answers: Answers, facts: Facts) -> None:
    if answers["privacy"] == "anonymous":
        facts["mailbox"] = "opened" if random.random() < MAILBOX_OPENED else "never_opened"
        if facts["mailbox"] == "opened" and random.random() < WROTE_AGAIN / MAILBOX_OPENED:
            facts["mailbox"] = "wrote"
        return
    facts["mailbox"] = "opened"
    answers["contact"] = random.choice(names.CONTACTS).format(random.randrange(1000))
    if answers["privacy"] == "named":
        answers["name"] = f"{random.choice(names.INITIALS)}. {random.choice(names.SURNAMES)}"


def _priority(random: Random, answers: Answers) -> str:
    if answers.get("danger") in POSSIBLE_DANGER:
        return "p1"
    if "threat" in answers["what"] or "physical" in answers["what"]:
        return "p2" if random.random() < URGENT_IF_VIOLENT else "p3"
    return "p4" if random.random() < INFORMATION else "p3"
