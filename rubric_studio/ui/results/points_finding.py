"""Where answers are strong and weak: the finding in words, and the means of parts and points in each group."""

from typing import NamedTuple

from rubric_studio.grader.verdict_column import Places
from rubric_studio.services.results import PartMeans, part_means
from rubric_studio.services.statistics import LEAST_ROWS
from rubric_studio.ui.labels import heading
from rubric_studio.ui.number_text import score_text
from rubric_studio.ui.results.figure import Cell, Figure
from rubric_studio.ui.results.scores_finding import VISIBLE, group_word
from rubric_studio.ui.results.view import View
from rubric_studio.ui.results.words import mean_words, source_cells, source_words, tr


class PointsFinding(NamedTuple):
    """The means with the names that people see, and their figure."""

    found: tuple[PartMeans, ...]
    names: tuple[str, ...]
    figure: Figure


def points_finding(view: View) -> PointsFinding:
    """Look at every part and point."""
    found = tuple(part_means(view.board, view.rubric, view.groups))
    names = tuple(_name(view, part) for part in found)
    groups = len(view.names)

    def line(at: int) -> tuple[Cell, ...]:
        place, group = divmod(at, groups)
        part, mean = found[place], found[place].means[group]
        kind = heading("stratum") if part.criterion is None else heading("criterion")
        cells: tuple[Cell, ...] = (names[place], kind, view.names[group])
        return (*cells, None, None, None, 0) if mean is None else (
            *cells, mean.value, mean.low, mean.high, mean.n,
        )  # fmt: skip

    def say(at: int) -> str:
        place, group = divmod(at, groups)
        words = tr("{point}, {name}: {mean}")
        mean = mean_words(found[place].means[group], tr("not marked"))
        return words.format(point=names[place], name=view.names[group], mean=mean)

    def samples(at: int) -> Places:
        place, group = divmod(at, groups)
        return found[place].samples[group]

    columns = (
        tr("Part or point"), tr("Kind"), group_word(view), tr("Mean"), tr("Interval from"), tr("Interval to"),
        tr("Marks"),
    )  # fmt: skip
    caption = tr("n counts marked answers. {source}.").format(source=source_words(view))
    figure = Figure(
        title=_title(view, found, names),
        caption=caption,
        columns=columns,
        count=len(found) * groups,
        line=line,
        say=say,
        samples=samples,
        source=source_words(view),
        source_cells=source_cells(view),
    )
    return PointsFinding(found, names, figure)


def _name(view: View, part: PartMeans) -> str:
    if part.criterion is None:
        is_rows_own = part.stratum == view.rubric.row_criteria and not part.title
        return heading("row_criterion", 2) if is_rows_own else part.title or part.stratum
    return tr("{title} (costs points)").format(title=part.title) if part.is_fault else part.title


def _title(view: View, found: tuple[PartMeans, ...], names: tuple[str, ...]) -> str:
    if not found:
        return tr("No point is marked yet")
    points = [at for at, part in enumerate(found) if part.criterion is not None] or list(range(len(found)))
    widest = max(points, key=lambda at: _distance(found[at]))
    if _distance(found[widest]) >= VISIBLE:
        means = [
            (mean.value, view.names[at]) for at, mean in enumerate(found[widest].means) if mean is not None
        ]
        (high, best), (low, worst) = max(means), min(means)
        words = tr('The largest difference is in "{point}": {best} {high}, {worst} {low}')
        facts = {"high": score_text(high), "low": score_text(low), "best": best, "worst": worst}
        return words.format(point=names[widest], **facts)
    good = [at for at in points if not found[at].is_fault] or points
    weakest = min(good, key=lambda at: _mean(found[at]))
    return tr('The weakest is "{point}": {mean}').format(
        point=names[weakest], mean=score_text(_mean(found[weakest]))
    )


def _distance(part: PartMeans) -> float:
    """How far the groups lie apart; only those count of which enough is known."""
    values = [mean.value for mean in part.means if mean is not None and mean.n >= LEAST_ROWS]
    return max(values) - min(values) if len(values) > 1 else 0.0


def _mean(part: PartMeans) -> float:
    known = [mean for mean in part.means if mean is not None]
    return sum(mean.value * mean.n for mean in known) / max(1, sum(mean.n for mean in known))
