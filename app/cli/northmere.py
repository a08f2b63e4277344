"""Northmere, the made-up trust: the same seed gives the same places, people and reports."""

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from itertools import chain
from random import Random

from app.cli import northmere_words as words
from app.cli.northmere_draw import stream
from app.cli.northmere_equality import draw_answer
from app.cli.northmere_handling import DemoStep, tell_story
from app.cli.northmere_names import GUARDIAN_ID, READER_IDS
from app.cli.northmere_places import DemoPlace, Map, places
from app.cli.northmere_sentences import draw_words
from app.cli.northmere_staff import ETHNIC_GROUPS, SNAPSHOTS, snapshot
from app.cli.northmere_telling import Answers, Facts, draw_telling
from app.cli.northmere_volume import Volume
from app.domain.receipts import ALPHABET, format_reference
from app.domain.report_content import canonical_json

STILL_OPEN = 24
STILL_LATE = 3
OPEN_TIERS = (12, 7, 5)
"""How many of the last 16 reports are still open, of the 16 before them, and of the 16 before those."""
TIER = 16
SPECIALS = {"reporter_asked_to_stop": 2, "duplicate_of": 3, "test": 2, "not_about_racism": 2, "confirmed_spam": 3,
            "few_readers": 2}  # fmt: skip
"""For each unit of scale: cases that end early, those of the spam lane, and those that keep almost every reader out."""
SPAM_LANE = frozenset({"not_about_racism", "confirmed_spam"})
ENDS_EARLY = frozenset({"reporter_asked_to_stop", "duplicate_of", "test", "not_about_racism"})
HANDLED = frozenset({"outcome", "finding", "route", "feedback"})
"""Facts that come of the handling of one case and are not those of another."""
TYPED = {"test": words.TEST_WORDS, "not_about_racism": words.SPAM_WORDS}


@dataclass(frozen=True)
class DemoReport:
    """One report as it is sent, the facts behind it, and what was done with it.

    `facts` are codes that triage will ask for; until it does, only the priority is stored and the others choose words.
    """

    day: str
    reference: str
    nonce: str
    form: str
    spam_lane: bool
    answers: Answers
    ethnic_2021: str
    """What the reporter said of themselves afterwards, "" for nothing; it is stored apart from the report."""
    facts: Facts
    owner: str
    steps: tuple[DemoStep, ...]

    @property
    def is_open(self) -> bool:
        """Whether the case is still open on the demonstration day."""
        return self.steps[-1].act != "end" and self.steps[-1].status != "closed"


@dataclass(frozen=True)
class Northmere:
    """The whole trust in clear, before anything is sealed."""

    scale: int
    places: tuple[DemoPlace, ...]

    @cached_property
    def volume(self) -> Volume:
        """When how much is reported."""
        return Volume(self.scale, Map(self.places))

    def reports(self) -> Iterator[DemoReport]:
        """Yield every report in the order of its day; only one is in memory."""
        return _reports(self.volume, Map(self.places), self.scale)

    def lines(self) -> list[bytes]:
        """Return the content as canonical JSON lines, sorted, each with its line end."""
        staff = [{"months_before": n, "heads": snapshot(ETHNIC_GROUPS, n, self.scale)} for n in range(SNAPSHOTS)]
        items = chain(staff, map(asdict, self.places), map(asdict, self.reports()))
        return sorted(canonical_json(item) + b"\n" for item in items)

    def digest(self) -> str:
        """Return the SHA-256 of the lines."""
        return digest_of(self.lines())


def digest_of(lines: Iterable[bytes]) -> str:
    """Return the SHA-256 of lines in their order."""
    together = hashlib.sha256()
    for line in lines:
        together.update(line)
    return together.hexdigest()


def generate(scale: int = 1) -> Northmere:
    """Return the trust at a scale; 1 is 478 reports from 180 teams."""
    return Northmere(scale, tuple(places(scale)))


def _states(total: int, scale: int) -> dict[int, str]:
    """Return how the cases stand that are still open, by their number: open, or late with an update or with triage."""
    random, chosen, end = stream("open", scale), [], total
    for count in OPEN_TIERS:
        chosen += sorted(random.sample(range(end - TIER * scale, end), count * scale), reverse=True)
        end -= TIER * scale
    states = dict.fromkeys(chosen, "open")
    # Only the oldest can be late with an update; the newest one is late with triage.
    states |= dict.fromkeys(chosen[-2 * scale :], "update_late") | dict.fromkeys(chosen[:scale], "triage_late")
    return states


def _specials(total: int, scale: int) -> dict[int, str]:
    codes = [code for code, count in SPECIALS.items() for _ in range(count * scale)]
    numbers = stream("specials", scale).sample(range(TIER * scale, total - 5 * TIER * scale), len(codes))
    return dict(zip(numbers, codes, strict=True))


def _reports(volume: Volume, where: Map, scale: int) -> Iterator[DemoReport]:
    told, written, handled = (stream(topic, scale) for topic in ("told", "words", "handled"))
    named, said = stream("references", scale), stream("equality", scale)
    states, specials = _states(volume.total, scale), _specials(volume.total, scale)
    quiet_from = {place: day.isoformat() for place, day in volume.quiet_from.items()}
    earlier: deque[tuple[Answers, Facts]] = deque(maxlen=1)
    for number, event in enumerate(volume.events()):
        special = "" if event.pattern else specials.get(number, "")
        if special == "few_readers":
            event = replace(event, direction="staff_to_staff")
        answers, facts = _adapted(special, *draw_telling(told, event, where, quiet_from), earlier)
        text = told.choice(TYPED[special]) if special in TYPED else draw_words(written, answers, facts)
        if special == "duplicate_of":
            text = f"{words.AGAIN_OPENING} {text}".strip()
        if text:
            answers["words"] = text
        if answers["privacy"] != "anonymous" and not special:
            earlier.append((answers, facts))
        ends = special if special in ENDS_EARLY else ""
        steps = tell_story(handled, event.day, facts, states.get(number, "closed"), ends)
        yield DemoReport(
            day=event.day.isoformat(),
            reference=format_reference("".join(named.choices(ALPHABET, k=8))),
            nonce=named.randbytes(16).hex(),
            form="report" if "role" in answers else "quick",
            spam_lane=special in SPAM_LANE,
            answers=answers,
            ethnic_2021=draw_answer(said, answers, special in SPAM_LANE),
            facts={code: fact for code, fact in facts.items() if fact},
            owner=_owner(handled, answers, special),
            steps=steps,
        )


def _adapted(
    special: str, answers: Answers, facts: Facts, earlier: deque[tuple[Answers, Facts]]
) -> tuple[Answers, Facts]:
    """Return the answers and facts of a report, changed where it is one of the special ones."""
    if special in TYPED:
        nothing = {"harm_psychological": "none", "harm_physical": "none", "capacity": "not_a_patient", "detail": "",
                   "perpetrator": "unknown", "mailbox": "never_opened", "priority": "p4"}  # fmt: skip
        typed: Answers = {"who": "me", "what": ["else"], "by": "unknown", "privacy": "anonymous",
                          "when": "shift", "place": answers["place"]}  # fmt: skip
        return typed, facts | nothing
    if special == "duplicate_of":
        before, behind = earlier[-1]
        # The same person tells of the same event: all but the words is as before.
        told = {name: answer for name, answer in before.items() if name != "words"}
        return told, {name: fact for name, fact in behind.items() if name not in HANDLED}
    if special == "reporter_asked_to_stop":
        return answers, facts | {"mailbox": "opened"}
    if special == "few_readers":
        return answers | {"exclude": list(READER_IDS[1:])}, facts
    return answers, facts


def _owner(random: Random, answers: Answers, special: str) -> str:
    """Return the id of who looks after a case: never somebody whom the reporter kept away."""
    if special == "few_readers":
        return GUARDIAN_ID
    return random.choice([reader for reader in READER_IDS if reader not in answers.get("exclude", [])])
