"""Random tables of ratings, the same for every Python and every library: made of the standard library only."""

import random
from typing import NamedTuple

COUNT = 200
MISSING = (0.0, 0.0, 0.1, 0.3, 0.6)


class RandomTable(NamedTuple):
    """Codes by unit and rater (None: no rating) on a scale of worths; even ones have levels equally far apart."""

    codes: list[list[int | None]]
    scale: list[float]
    is_even: bool


def random_table(seed: int) -> RandomTable:
    """2 to 6 raters, 2 to 6 levels, 5 to 60 units; some skewed, some with missing ratings, some levels unused.

    A rater knows a unit's level with one probability and guesses otherwise; every fourth table has a lenient one.
    """
    chance = random.Random(seed)
    raters, levels, units = chance.randint(2, 6), chance.randint(2, 6), chance.randint(5, 60)
    is_even = chance.random() < 0.5
    shares = [chance.random() + 0.1 for _ in range(levels)]
    if chance.random() < 0.35:
        shares[chance.randrange(levels)] += 6 * levels
    missing, knowing, is_lenient = chance.choice(MISSING), chance.random(), chance.random() < 0.25
    codes: list[list[int | None]] = []
    for _ in range(units):
        true = chance.choices(range(levels), shares)[0]
        row = [
            true if chance.random() < knowing else chance.choices(range(levels), shares)[0]
            for _ in range(raters)
        ]
        if is_lenient:
            row[0] = min(row[0] + 1, levels - 1)
        codes.append([None if chance.random() < missing else code for code in row])
    return RandomTable(codes, _scale(chance, levels, is_even=is_even), is_even)


def _scale(chance: random.Random, levels: int, *, is_even: bool) -> list[float]:
    if is_even:
        return [level / (levels - 1) for level in range(levels)]
    return sorted(chance.sample([hundredth / 100 for hundredth in range(101)], levels))
