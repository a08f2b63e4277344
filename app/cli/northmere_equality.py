"""Who in Northmere answers the one question about themselves, and what they say."""

from collections.abc import Mapping
from random import Random

from app.cli.northmere_draw import Weighted
from app.cli.northmere_telling import Answers
from app.domain.direction import report_class

ANSWERED: Mapping[str, float] = {"own": 0.69, "other": 0.3}
"""How many of those who are asked say their group, by class."""
RATHER_NOT = 0.05
"""How many say that they would rather not say; the others do not answer at all."""
GROUPS: Mapping[str, Weighted] = {
    "black": Weighted(black_african=66, black_caribbean=24, black_other=10),
    "asian": Weighted(
        asian_indian=44, asian_pakistani=18, asian_bangladeshi=8, asian_chinese=6, asian_other=24
    ),
    "mixed": Weighted(
        mixed_white_black_caribbean=30, mixed_white_black_african=25, mixed_white_asian=25, mixed_other=20
    ),
    "other": Weighted(other_arab=45, other_any=55),
    "white": Weighted(white_british=45, white_irish=15, white_gypsy_traveller=10, white_roma=5, white_other=25),
}  # fmt: skip
FIVE = Weighted(black=41, asian=38, mixed=6, other=7, white=8)
"""The affected group, when it is given."""


def draw_answer(random: Random, answers: Answers, spam_lane: bool) -> str:
    """Return a code of `ETHNIC_2021`, "" when the question is not asked or not answered."""
    chance = random.random()
    group = GROUPS[FIVE.draw(random)].draw(random)
    # Each report takes as many draws: a change of one report moves no other.
    if spam_lane or "source" in answers:
        return ""
    share = ANSWERED[report_class(str(answers["privacy"]), str(answers["who"]))]
    if chance < share:
        return group
    return "prefer_not_to_say" if chance < share + RATHER_NOT else ""
