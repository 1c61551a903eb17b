"""The figures of one criterion, one stratum or the total, made of what raters said. Reads no project."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rubric_studio.domain.ids import is_row_criterion
from rubric_studio.domain.listing import SampleInfo
from rubric_studio.domain.round import Statistic
from rubric_studio.domain.rubric import Level
from rubric_studio.services.expert_ratings import (
    AgreementRater,
    PointRatings,
    graded,
    graders_of,
    rating_table,
)

if TYPE_CHECKING:  # numpy is not needed at start
    from rubric_studio.domain.agreement import Statistics
    from rubric_studio.domain.estimate import Estimate
    from rubric_studio.domain.rating_table import RatingTable
    from rubric_studio.services.pairwise import Clusters
    from rubric_studio.services.shared_reading import Reading

OWN_POINTS = ""
"""The key under which all rows' own criteria stand together."""


@dataclass(frozen=True)
class PointFigures:
    """One criterion, one stratum or the total: its table with all statistics.

    `raters` are the columns of `table` (those who gave a grade here; `statistics.cohen` numbers them), `samples`
    its lines. `key` of a row's own criterion is "row:" + its key, of the total "". `levels` are those declared,
    empty without. Several levels of one value share a code. Not applicable is no rating; `na_differs` counts the
    samples of which some say so and others give a grade. `is_raw`: worths are numbers of an imported formula.
    """

    key: str
    title: str
    stratum: str
    levels: tuple[Level, ...]
    raters: tuple[AgreementRater, ...]
    samples: tuple[SampleInfo, ...]
    table: "RatingTable"
    statistics: "Statistics"
    na_differs: int = 0
    is_raw: bool = False

    @property
    def sample_ids(self) -> "Clusters":
        """The number of the sample behind each line of the table."""
        import numpy as np

        return np.array([sample.id for sample in self.samples], dtype=np.int64)

    def figure(self, statistic: Statistic) -> "Estimate":
        """One statistic by the name that a stop rule calls it."""
        return figure_of(self.statistics, statistic)


def figure_of(statistics: "Statistics", name: Statistic) -> "Estimate":
    """One statistic by the name that a stop rule calls it."""
    return _FIGURES[name](statistics)


_FIGURES: "dict[Statistic, Callable[[Statistics], Estimate]]" = {
    "percent": lambda found: found.percent,
    "fleiss": lambda found: found.fleiss.plain,
    "alpha_nominal": lambda found: found.alpha.nominal,
    "alpha_ordinal": lambda found: found.alpha.ordinal,
    "alpha_interval": lambda found: found.alpha.interval,
    "ac1": lambda found: found.ac1,
    "ac2": lambda found: found.ac2,
    "icc_2_1": lambda found: found.icc["2,1"],
}


class Figuring:
    """Makes figures for some raters; tables that say the same are worked out once, for rows' own criteria abound."""

    def __init__(
        self, raters: Sequence[AgreementRater], *, draws: bool = True, reading: "Reading | None" = None
    ) -> None:
        self._raters = raters
        self._draws = draws
        self._reading = reading
        self._known: dict[tuple[tuple[float, ...], tuple[tuple[int, ...], ...]], Statistics] = {}

    def figures(self, ratings: PointRatings) -> PointFigures:
        """The table of one criterion with its statistics."""
        kept = graded(ratings)
        columns = graders_of(kept, self._raters)
        table = rating_table(kept, columns)
        return PointFigures(
            key=ratings.key,
            title=ratings.title,
            stratum=ratings.stratum,
            levels=ratings.levels,
            raters=columns,
            samples=tuple(line.sample for line in kept.lines),
            table=table,
            statistics=self._statistics(table),
            na_differs=ratings.na_differs,
            is_raw=ratings.is_raw,
        )

    def _statistics(self, table: "RatingTable") -> "Statistics":
        says = table.scale, tuple(sorted(tuple(line) for line in table.codes.tolist()))
        if says not in self._known:
            self._known[says] = self._made(table)
        return self._known[says]

    def _made(self, table: "RatingTable") -> "Statistics":
        from rubric_studio.domain.agreement import statistics

        if self._reading is None:
            return statistics(table, draws=self._draws)
        return self._reading.statistics(table, draws=self._draws)


def point_figures(
    ratings: PointRatings,
    raters: Sequence[AgreementRater],
    *,
    draws: bool = True,
    reading: "Reading | None" = None,
) -> PointFigures:
    """The table of one criterion with its statistics."""
    return Figuring(raters, draws=draws, reading=reading).figures(ratings)


def own_figures(read: Sequence[PointRatings], raters: Sequence[AgreementRater]) -> PointFigures | None:
    """All rows' own criteria in one table, None where there are none.

    A sample has several of its lines, so only percent agreement has an interval here, drawn by sample.
    """
    from rubric_studio.services.pairwise import pairwise_estimate

    own = [each for each in read if is_row_criterion(each.key)]
    lines = tuple(line for each in own for line in each.lines)
    if not lines:
        return None
    figures = point_figures(replace(own[0], key=OWN_POINTS, title="", lines=lines), raters, draws=False)
    percent = pairwise_estimate(figures.table, figures.sample_ids, graded=False)
    if percent.value is None:
        return figures
    return replace(figures, statistics=figures.statistics.with_percent(percent))


def same_grades(points: Sequence[PointFigures]) -> "Estimate":
    """The share of pairs of grades that are the same, over several criteria; n counts pairs, drawn by sample."""
    from rubric_studio.services.pairwise import same_share

    return same_share([(point.table, point.sample_ids) for point in points])
