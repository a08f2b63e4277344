"""From what a reporter ticked to the few sentences they write."""

from collections.abc import Iterator
from random import Random

from app.cli import northmere_words as words
from app.cli.northmere_names import INITIALS, SURNAMES
from app.cli.northmere_telling import TOWARDS_PUBLIC, Answers, Facts
from app.cli.northmere_volume import THIRD_PARTY

WRITTEN = 0.92
OTHER_LANGUAGE = 0.06
WITH_NAMES = 0.04
VERBS = ("was", "is", "takes", "came", "did", "works")
ANY_OPENING = frozenset({"phone", "grounds"})
HOME_PATIENT = ("community", "patient")
_PATTERN_ENDINGS = {"repeat": words.REPEAT_ENDINGS, "hidden": words.HIDDEN_ENDINGS}
_BY_DIRECTION = {"staff_to_staff": words.COLLEAGUE_ACTS, "staff_to_patient": words.PUBLIC_ACTS,
                 "patient_to_patient": words.PUBLIC_ACTS}  # fmt: skip


def patterns() -> Iterator[str]:
    """Yield every sentence pattern of the reporters' grammar; who did it and when are only their beginnings."""
    for table in (words.ACTS, words.PHONE_ACTS, words.COLLEAGUE_ACTS, words.PUBLIC_ACTS, words.ENDINGS,
                  words.PUBLIC_ENDINGS):  # fmt: skip
        for group in table.values():
            yield from filter(None, group)
    yield from words.REPEAT_ENDINGS + words.HIDDEN_ENDINGS + words.NAMED_ENDINGS
    yield words.AGAIN_OPENING


def draw_words(random: Random, answers: Answers, facts: Facts) -> str:
    """Return what the reporter wrote, empty when nothing."""
    if random.random() >= WRITTEN:
        return ""
    if random.random() < OTHER_LANGUAGE:
        return random.choice(words.OTHER_LANGUAGES["refused" if "refused" in answers["what"] else ""])
    sentences = [_act(random, answers, facts), random.choice(_endings(facts))]
    if random.random() < WITH_NAMES / (1 - OTHER_LANGUAGE):
        sentences.append(_named(random))
    return " ".join(filter(None, sentences))


def _act(random: Random, answers: Answers, facts: Facts) -> str:
    begin = random.choice(words.WHEN_WORDS[facts["delay"]]) if random.random() < 0.5 else ""
    opening = random.choice(_openings(facts))
    acts = " and ".join(_phrase(random, answers, facts, code) for code in list(answers["what"])[:2])
    sentence = f"{begin} {opening} {acts}.".strip()
    return sentence[0].upper() + sentence[1:]


def _openings(facts: Facts) -> tuple[str, ...]:
    direction, setting = facts["direction"], facts["setting"]
    if facts["pattern"]:
        return words.PATTERN_OPENINGS[facts["pattern"]]
    if direction == THIRD_PARTY and (setting in ANY_OPENING or (setting, facts["perpetrator"]) == HOME_PATIENT):
        return words.SETTING_OPENINGS[setting]
    return words.OPENINGS[direction if direction in TOWARDS_PUBLIC else facts["perpetrator"]]


def _phrase(random: Random, answers: Answers, facts: Facts, code: str) -> str:
    key = facts["detail"] if code == "words" else code
    third = words.PHONE_ACTS if facts["setting"] == "phone" else words.ACTS
    acts = _BY_DIRECTION.get(facts["direction"], third)
    phrase = random.choice(acts[key] if key in acts else words.ACTS[key])
    return phrase.format(**_person(random.choice(words.PERSONS[str(answers["who"])])))


def _person(person: str) -> dict[str, str]:
    if not person:
        return words.FIRST_PERSON
    plural = person == "two of us"
    verbs = {"was": "were", "is": "are", "takes": "take", "works": "work"} if plural else {}
    forms = {f"me_{verb}": f"{person} {verbs.get(verb, verb)}" for verb in VERBS}
    return {"me": person, "my": "our" if plural else f"{person}'s", **forms}


def _endings(facts: Facts) -> tuple[str, ...]:
    if facts["pattern"]:
        return _PATTERN_ENDINGS[facts["pattern"]]
    endings = words.PUBLIC_ENDINGS if facts["direction"] in TOWARDS_PUBLIC else words.ENDINGS
    return endings[facts["harm_psychological"]]


def _named(random: Random) -> str:
    name = f"{random.choice(('Mr', 'Mrs', 'Ms'))} {random.choice(INITIALS)}. {random.choice(SURNAMES)}"
    number = f"999 {random.randrange(1000):03} {random.randrange(10000):04}"
    return random.choice(words.NAMED_ENDINGS).format(name=name, number=number)
