"""What happened, when, and where: the lists of the public forms."""

from models.vocabulary.word import Word

_DECISION = Word("decision", "An unfair decision about work or a complaint")
_CARE = Word("care", "Worse care, no interpreter, or needs not respected")
_ELSE = Word("else", "Something else")
_FIVE = (
    Word("words", "Racist words, names or comments"),
    Word("refused", "Refused to be treated or helped by someone because of their ethnicity"),
    Word("threat", "Threats or intimidation"),
    Word("physical", "Pushed, hit, spat at or other physical contact"),
    Word("unfair", "Left out, ignored or treated unfairly"),
)
WHAT_QUICK: tuple[Word, ...] = (*_FIVE, _ELSE)
WHAT: tuple[Word, ...] = (*_FIVE, _DECISION, _CARE, _ELSE)
PRIMARY_ORDER = ("physical", "threat", "refused", "decision", "care", "words", "unfair", "else")
"""One kind is counted: the first of these that was ticked."""

WHAT_SHORT: tuple[Word, ...] = (
    Word("words", "Racist words"),
    Word("refused", "Refused because of ethnicity"),
    Word("threat", "Threats"),
    Word("physical", "Physical contact"),
    Word("unfair", "Treated unfairly"),
    Word("decision", "Unfair decision"),
    Word("care", "Worse care"),
    _ELSE,
)
"""The same kinds in the few words of a queue line."""

WHEN_QUICK: tuple[Word, ...] = (
    Word("shift", "This shift"),
    Word("week", "In the last 7 days"),
    Word("earlier", "Before that"),
    Word("going", "It keeps happening"),
)
WHEN: tuple[Word, ...] = (
    Word("today", "Today"),
    *WHEN_QUICK[1:],
    Word("unknown", "I do not know or would rather not say"),
)
PLACE_OTHER: tuple[Word, ...] = (
    Word("remote", "On the phone or online"),
    Word("home", "At someone's home"),
    Word("none", "I would rather not say"),
)

BEFORE: tuple[Word, ...] = (
    Word("often", "Yes, often"),
    Word("once_or_twice", "Once or twice"),
    Word("no", "No"),
    Word("not_sure", "Not sure"),
)
WANTS: tuple[Word, ...] = (
    Word("stops", "It stops"),
    Word("heard", "Someone listens"),
    Word("apology", "An apology"),
    Word("formal", "A formal look into it"),
    Word("count_only", "Just count it"),
    Word("not_sure", "Not sure yet"),
)
DANGER: tuple[Word, ...] = (
    Word("yes", "Yes"),
    Word("no", "No"),
    Word("not_sure", "Not sure, or I would rather not say"),
)
POSSIBLE_DANGER = frozenset({"yes", "not_sure"})
"""The answers to `danger` after which somebody looks at once."""
