"""A criterion's statistics as lines to show: each by its name, and the one that is advised. It reckons nothing."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from rubric_studio.domain.estimate import Estimate
from rubric_studio.services.agreement import AgreementReport
from rubric_studio.services.ports import Progress

if TYPE_CHECKING:  # it brings numpy, and whoever has such figures has brought it
    from rubric_studio.domain.agreement import ByWeights, Statistics

WEIGHTS = ("plain", "linear", "quadratic")
LARGE = 3000
"""Marks times grades of a table whose statistics are worked out before anybody looks at it closely."""


class FigureLine(NamedTuple):
    """One statistic under the name that `agreement_words` knows."""

    name: str
    estimate: Estimate


def line_name(statistic: str) -> str:
    """A statistic of a stop rule, or an advised one, under the name of its line."""
    return "fleiss_plain" if statistic == "fleiss" else statistic


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
    name = line_name(name)
    found = _figure(statistics, name)
    return _percent(statistics) if found is None else FigureLine(name, found)


def work_out(report: AgreementReport, progress: Progress) -> None:
    """Have what the tables of a report show worked out, and all of what is too large to be worked out while shown."""
    shown = [*report.points, *report.strata, *(each for each in (report.own, report.total) if each)]
    for at, figures in enumerate(shown):
        progress(at, len(shown), "comparing marks")
        advised(figures.statistics, len(figures.table.scale))
        _ = figures.statistics.percent
        if figures.table.codes.size * len(figures.table.scale) > LARGE:
            figures.statistics.told()


def _figure(statistics: "Statistics", name: str) -> Estimate | None:
    """One statistic by its name, None where there is none: the others need not be worked out for it."""
    group, _, kind = name.partition("_")
    if group in ("alpha", "fleiss"):
        return getattr(getattr(statistics, group), kind)
    if group == "cohen":
        return getattr(next(iter(statistics.cohen.values())), kind) if len(statistics.cohen) == 1 else None
    if group == "icc":
        return statistics.icc["2,1"]
    return getattr(statistics, name, None) if name in ("percent", "ac1", "ac2") else None


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
