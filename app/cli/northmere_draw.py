"""Chance for Northmere: one seeded stream per topic, weighted tables, counts, shares in whole people."""

import math
from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from random import Random

SEED = 20261122
LARGEST_MEAN = 500.0
"""Knuth's method needs exp(-mean), which is 0 from about 745: a larger mean is drawn in parts."""


def stream(topic: str, scale: int) -> Random:
    """Return the random stream of one topic."""
    return Random(f"{SEED}:{topic}:{scale}")


class Weighted:
    """A table of codes with weights that need not add up to 100."""

    def __init__(self, **weights: float) -> None:
        self.codes = tuple(weights)
        self._reached = list(accumulate(weights.values()))

    def draw(self, random: Random) -> str:
        """Return one code."""
        return self.codes[bisect_right(self._reached, random.random() * self._reached[-1])]


class Ticks:
    """Boxes of which one or more are ticked: each has its share in percent, and none is ever left empty.

    The first box comes from the shares as weights; each other box then joins just often enough for its own share.
    """

    def __init__(self, **shares: float) -> None:
        together = sum(shares.values())
        self._first = Weighted(**shares)
        self._also = {code: (share / 100 - share / together) / (1 - share / together) for code, share in shares.items()}

    def draw(self, random: Random) -> list[str]:
        """Return the ticked boxes in the order of the table."""
        first = self._first.draw(random)
        return [code for code, also in self._also.items() if code == first or random.random() < also]


def poisson(random: Random, mean: float) -> int:
    """Return a Poisson count (Knuth's product method, in parts that keep exp(-mean) above 0)."""
    count = 0
    while mean > 0:
        part = min(mean, LARGEST_MEAN)
        limit, product = math.exp(-part), random.random()
        while product > limit:
            product *= random.random()
            count += 1
        mean -= part
    return count


def negative_binomial(random: Random, mean: float, shape: float) -> int:
    """Return a count: Poisson with a gamma mean."""
    return poisson(random, random.gammavariate(shape, mean / shape))


def whole_heads(shares: Mapping[str, float], total: int) -> dict[str, int]:
    """Return the shares as whole numbers that add up to `total`, by largest remainder; ties go to the first."""
    together = sum(shares.values())
    exact = {code: share * total / together for code, share in shares.items()}
    heads = {code: int(value) for code, value in exact.items()}
    by_remainder = sorted(exact, key=lambda code: heads[code] - exact[code])
    for code in by_remainder[: total - sum(heads.values())]:
        heads[code] += 1
    return heads
