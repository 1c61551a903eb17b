"""What was found as lines of the table, ways to look at it one by one, and the same lines for a file. No widget."""

from collections.abc import Sequence
from typing import Literal

from rubric_studio.domain.ids import is_row_criterion
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.agreement import AgreementReport, PointFigures
from rubric_studio.services.human_ceiling import CeilingPoint, HumanCeiling
from rubric_studio.ui.compare.agreement_found import AgreementFound
from rubric_studio.ui.compare.agreement_words import advice_words, p_words, statistic_name, tr, whole_words
from rubric_studio.ui.compare.figures_model import FiguresLine, figures_line
from rubric_studio.ui.compare.trend_words import is_sure
from rubric_studio.ui.labels import counted
from rubric_studio.ui.number_text import share_text, signed_text
from rubric_studio.ui.results.figure import Cell, Figure

Way = Literal["points", "own", "parts"]
NO_JUDGE = ("", "")


def lines_of(
    found: AgreementFound, ceiling: HumanCeiling | None, rubric: Rubric, way: Way
) -> list[FiguresLine]:
    """The lines of one way to look, in guide order."""
    report = found.report
    if way == "parts":
        whole = [figures_line(report.total, tr("Total score"), "", NO_JUDGE)] if report.total else []
        there = (
            each for each in report.strata if each.raters
        )  # a part of faults alone has no value of its own
        return [*(figures_line(each, each.title, "", NO_JUDGE) for each in there), *whole]
    if way == "own":
        return [
            figures_line(each, each.title, _row(each), NO_JUDGE) for each in report.points if _is_own(each)
        ]
    return _points(found.report, ceiling, rubric)


def has_own(report: AgreementReport) -> bool:
    """Whether any question's own point was marked."""
    return any(_is_own(each) for each in report.points)


def _points(report: AgreementReport, ceiling: HumanCeiling | None, rubric: Rubric) -> list[FiguresLine]:
    """The guide's points, and all that belong to single questions as one."""
    parts = {str(stratum.key): stratum.title for stratum in rubric.strata}
    judged = {} if ceiling is None else {each.key: each for each in ceiling.points}
    name = "" if ceiling is None else ceiling.judge
    lines = [
        figures_line(each, each.title, parts.get(each.stratum, ""), beside_people(judged.get(each.key), name))
        for each in report.points
        if not _is_own(each)
    ]
    if report.own is not None:
        lines.append(figures_line(report.own, tr("All questions' own points together"), "", NO_JUDGE))
    return lines


def _is_own(figures: PointFigures) -> bool:
    return is_row_criterion(figures.key)


def _row(figures: PointFigures) -> str:
    return figures.samples[0].row if figures.samples else ""


# ---- a judge beside people


def beside_people(point: CeilingPoint | None, judge: str) -> tuple[str, str]:
    """How a judge does beside what people reach among themselves: for a cell, and in sentences."""
    if point is None or point.judge_same.value is None or point.experts_same.value is None:
        return NO_JUDGE
    shares = (share_text(point.judge_same.value), share_text(point.experts_same.value))
    words = tr("Where two experts and {judge} marked the same {n}: two experts give the same grade on {experts}, "
               "{judge} and an expert on {both}.").format(
        judge=judge, n=counted("sample", point.samples), experts=whole_words("percent", point.experts_same),
        both=whole_words("percent", point.judge_same),
    )  # fmt: skip
    return tr("{judge}, people {people}").format(
        judge=shares[0], people=shares[1]
    ), f"{words} {_apart(point)}"


def _apart(point: CeilingPoint) -> str:
    """Whether the judge is further from an expert than experts are from each other."""
    change = point.difference
    if change is None or change.mean is None or change.p is None:
        return ""
    facts = {"change": signed_text(change.mean), "p": p_words(change.p)}
    if not is_sure(change):
        return tr("Whether it is nearer or further than experts is not known ({change}, {p}).").format(
            **facts
        )
    if change.mean < 0:
        return tr("It is further from an expert than experts are from each other ({change}, {p}).").format(
            **facts
        )
    return tr("It is nearer to an expert than experts are to each other ({change}, {p}).").format(**facts)


# ---- for a file


def agreement_figure(lines: Sequence[FiguresLine], title: str, source: Sequence[tuple[str, str]]) -> Figure:
    """The lines as they are saved; `source` says whose marks these are, under which guide."""
    columns = (
        tr("Point"), tr("Part"), tr("Figure to trust"), tr("Value"), tr("from"), tr("to"), tr("Answers"), tr("People"),
        tr("Same grade"), tr("Why"),
    )  # fmt: skip
    return Figure(
        title=title,
        caption="",
        columns=columns,
        count=len(lines),
        line=lambda at: _cells(lines[at]),
        say=lambda at: lines[at].title,
        samples=lambda at: lines[at].figures.sample_ids,
        source_cells=tuple(source),
    )


def _cells(line: FiguresLine) -> tuple[Cell, ...]:
    statistics, estimate = line.figures.statistics, line.trusted.estimate
    return (
        line.title, line.part, statistic_name(line.trusted.name), estimate.value, estimate.low, estimate.high,
        statistics.n, statistics.raters, statistics.percent.value, advice_words(statistics.advice, statistics.raters),
    )  # fmt: skip
