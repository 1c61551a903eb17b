"""One point's trend as a figure: what the plot draws, what its table shows and what a file of it holds."""

from rubric_studio.services.trend import PointTrend, Wording
from rubric_studio.ui.compare.agreement_words import people, tr, whole_words
from rubric_studio.ui.compare.trend_chart import TrendDot
from rubric_studio.ui.compare.trend_words import (
    change_short,
    is_sure,
    trend_title,
    versions_short,
    versions_words,
)
from rubric_studio.ui.day_text import day_text
from rubric_studio.ui.labels import counted
from rubric_studio.ui.number_text import signed_text
from rubric_studio.ui.results.figure import Cell, Figure


def trend_dots(point: PointTrend) -> list[TrendDot]:
    """Each wording with its figure, the oldest first."""
    return [
        TrendDot(
            tr("{versions}\n{day}\nn {n}").format(
                versions=versions_short(each), day=day_text(each.since), n=each.pairwise.n
            ),
            each.pairwise.value,
            each.pairwise.low,
            each.pairwise.high,
            is_sure(each.change),
            "" if each.change is None or each.change.mean is None else signed_text(each.change.mean),
        )
        for each in point.wordings
    ]


def trend_figure(point: PointTrend, source: str) -> Figure:
    """The figure of one point; `source` says whose marks these are."""

    def line(at: int) -> tuple[Cell, ...]:
        return _line(point.wordings[at])

    def say(at: int) -> str:
        each = point.wordings[at]
        words = tr("{versions}: {figure}, {n}, {people}")
        return words.format(
            versions=versions_words(each).capitalize(),
            figure=whole_words("pairwise", each.pairwise),
            n=counted("sample", each.pairwise.n),
            people=people(len(each.figures.raters)),
        )

    def samples(at: int) -> tuple[int, ...]:
        return tuple(info.id for info in point.wordings[at].figures.samples)

    return Figure(
        title=trend_title(point),
        caption=tr(
            "How alike two people marked the same answer: 1 is the same grade, 0 the two ends of the scale. "
            "With the range it lies in 95 of 100 times. A drawn-through line is more than noise. {source}"
        ).format(source=source),
        columns=_columns(),
        count=len(point.wordings),
        line=line,
        say=say,
        samples=samples,  # pyright: ignore[reportArgumentType]  # ids, not places: nobody reckons with them
        source_cells=((tr("Point"), point.title), (tr("Marks"), source)),
    )


def _columns() -> tuple[str, ...]:
    return (
        tr("Versions"), tr("Since"), tr("Alike"), tr("from"), tr("to"), tr("Answers"), tr("People"), tr("Change"),
        tr("Wording"),
    )  # fmt: skip


def _line(wording: Wording) -> tuple[Cell, ...]:
    estimate = wording.pairwise
    return (
        versions_short(wording),
        day_text(wording.since),
        estimate.value,
        estimate.low,
        estimate.high,
        estimate.n,
        len(wording.figures.raters),
        change_short(wording.change) if wording.change else "",
        wording.words,
    )
