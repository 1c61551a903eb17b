"""A criterion's statistics as lines to show: each by its name, and the one that is advised. It reckons nothing."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from rubric_studio.domain.estimate import Estimate

if TYPE_CHECKING:  # it brings numpy, and whoever has such figures has brought it
    from rubric_studio.domain.agreement import ByWeights, Statistics

WEIGHTS = ("plain", "linear", "quadratic")


class FigureLine(NamedTuple):
    """One statistic under the name that `agreement_words` knows."""

    name: str
    estimate: Estimate


def figure_lines(statistics: "Statistics") -> list[FigureLine]:
    """Every statistic over all raters; Cohen's stand here only where there are two."""
    return list(chain(_shared(statistics), _cohens(statistics), _iccs(statistics)))


def pair_lines(kappas: "ByWeights") -> list[FigureLine]:
    """Cohen's kappa of two raters, by weights."""
    return [FigureLine(f"cohen_{weights}", getattr(kappas, weights)) for weights in WEIGHTS]


def advised(statistics: "Statistics", levels: int) -> FigureLine:
    """The statistic to trust; percent agreement where none may be, which then says why it is withheld."""
    name = statistics.advice.statistic
    if name == "cohen":
        name = "cohen_quadratic" if levels > 2 else "cohen_plain"
    if name == "fleiss":
        name = "fleiss_plain"
    return next((line for line in figure_lines(statistics) if line.name == name), _percent(statistics))


def _percent(statistics: "Statistics") -> FigureLine:
    return FigureLine("percent", statistics.percent)


def _shared(statistics: "Statistics") -> Iterator[FigureLine]:
    yield _percent(statistics)
    for metric in ("nominal", "ordinal", "interval"):
        yield FigureLine(f"alpha_{metric}", getattr(statistics.alpha, metric))
    yield FigureLine("ac1", statistics.ac1)
    yield FigureLine("ac2", statistics.ac2)
    for weights in WEIGHTS:
        yield FigureLine(f"fleiss_{weights}", getattr(statistics.fleiss, weights))


def _cohens(statistics: "Statistics") -> list[FigureLine]:
    return pair_lines(next(iter(statistics.cohen.values()))) if len(statistics.cohen) == 1 else []


def _iccs(statistics: "Statistics") -> Iterator[FigureLine]:
    for form, estimate in statistics.icc.items():
        yield FigureLine(f"icc_{form.replace(',', '_')}", estimate)
