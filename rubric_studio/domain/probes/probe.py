"""What a probe is, what a good grader makes of it, and the base of its generators. It makes no text itself."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from rubric_studio.domain.probes.facts import Context, Facts
from rubric_studio.domain.probes.form import Tried
from rubric_studio.domain.row import Row


class Expectation(StrEnum):
    """What a good grader does with a probe.

    LOW and HIGH speak of one text. FALLS and NO_GAIN speak of several, told apart by their step: FALLS says
    that each step may not be worth more than the one before; NO_GAIN that the second is not worth more than
    the first.
    """

    LOW = "low"
    HIGH = "high"
    FALLS = "falls"
    NO_GAIN = "no_gain"


@dataclass(frozen=True, slots=True)
class Probe:
    """One made-up output for one row. `step` counts from 0 where a probe has several texts."""

    name: str
    text: str
    step: int = 0


class DoesNotApply(Exception):
    """Raised by a generator that would have to invent nonsense for a row; the message says why."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a probe is made of: the row, what the rubric reads from it, the row's own outputs (best first) and
    what holds for all rows.
    """

    row: Row
    facts: Facts
    samples: Sequence[Tried]
    context: Context


Texts = Callable[[Case], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Generator:
    """Makes one kind of probe.

    `make` gives the texts, step by step; it raises DoesNotApply. A `guess` is the same for every row: it may
    be right here and there, so what counts is what it earns over all rows.
    """

    name: str
    description: str
    expectation: Expectation
    make: Texts
    guess: bool = False

    def texts(self, row: Row, facts: Facts, samples: Sequence[Tried], context: Context) -> tuple[Probe, ...]:
        """The probes of this kind for one row; DoesNotApply where there is nothing to make them of."""
        made = self.make(Case(row, facts, samples, context))
        return tuple(Probe(self.name, text, step) for step, text in enumerate(made))


def chance(row: Row, name: str) -> Random:
    """Chance that is the same on every machine and day: seeded by the SHA-256 of row id and probe."""
    seed = hashlib.sha256(f"{name}\n{row.id}".encode("utf-8", "surrogatepass")).digest()
    return Random(int.from_bytes(seed, "big"))


def replaced_words(text: str, swaps: Mapping[str, str]) -> str:
    """The text with whole words and phrases replaced, all at once, so that no swap meets another's result."""
    if not swaps:
        return text
    ordered = sorted(swaps, key=len, reverse=True)
    pattern = r"(?<!\w)(?:" + "|".join(re.escape(each) for each in ordered) + r")(?!\w)"
    return re.sub(pattern, lambda found: swaps[found.group()], text)
