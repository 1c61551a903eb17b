"""A comparison of two ways of asking in words and numbers: names, the finding, the lines of its tables."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QCoreApplication

from rubric_studio.grader.verdict_column import Places
from rubric_studio.services.answer_groups import AnswerGroup
from rubric_studio.services.prompt_comparison import Comparison, RowDifference, Side
from rubric_studio.services.results import Distribution, Groups
from rubric_studio.ui.labels import heading, label
from rubric_studio.ui.models.prompt_comparison_reading import Read
from rubric_studio.ui.number_text import count_text, difference_text, score_text, share_text, signed_text
from rubric_studio.ui.results.figure import NOTHING, Figure
from rubric_studio.ui.results.scores_finding import scores_finding
from rubric_studio.ui.results.view import View

ENOUGH = 30
"""Rows with which a difference that matters usually shows."""


def tr(text: str) -> str:
    """Translate a sentence of this comparison."""
    return QCoreApplication.translate("prompt_comparison", text)


def way_name(group: AnswerGroup) -> str:
    """Return the way of asking alone: "Brief 2", "Brought in"."""
    if group.key.way is None:
        return tr("However asked")
    if not group.key.way:
        return tr("Brought in")
    return group.title or tr("A way of asking that is not here")


def group_name(group: AnswerGroup) -> str:
    """Return a group with everything that sets it apart: "Brief 2, Model Alder"."""
    model = tr("all models") if group.key.model is None else group.key.model
    name = tr("{way}, {model}").format(way=way_name(group), model=model)
    return tr("{name}, sampled the {n}. time").format(name=name, n=group.place) if group.place else name


def choice_words(group: AnswerGroup) -> str:
    """Return the same with its counts, as a choice."""
    words = tr("{name} ({answers} on {rows})")
    answers = f"{count_text(group.answers)} {label('sample', group.answers)}"
    rows = f"{count_text(group.rows)} {label('row', group.rows)}"
    return words.format(name=group_name(group), answers=answers, rows=rows)


def short_names(first: AnswerGroup, second: AnswerGroup) -> tuple[str, str]:
    """Return what sets the two apart, and no more."""
    if first.key.run == second.key.run and first.key.model == second.key.model:
        names = way_name(first), way_name(second)
    elif first.key.run == second.key.run and first.key.way == second.key.way:
        names = first.key.model or tr("all models"), second.key.model or tr("all models")
    else:
        names = group_name(first), group_name(second)
    return names if names[0] != names[1] else (group_name(first), group_name(second))


def number_words(found: Comparison) -> str:
    """Return the one large number: the mean difference; "" where nothing can be said."""
    if found.gap is None or found.finding == "too_few":
        return ""
    return difference_text(found.gap) or score_text(0.0)


def finding_words(found: Comparison) -> str:
    """Return which one is better, or that nobody can tell."""
    first, second = (f"“{name}”" for name in short_names(found.first.group, found.second.group))
    sentences = {
        "first": tr("{first} scores better than {second}"),
        "second": tr("{second} scores better than {first}"),
        "alike": tr("{first} and {second} cannot be told apart"),
        "too_few": tr("Too few questions to say whether {first} or {second} is better"),
        "no_rows": tr("No question was answered in both ways"),
        "no_scores": tr("No question has a score in both ways yet"),
    }
    return sentences[found.finding].format(first=first, second=second)


def sure_words(found: Comparison) -> str:
    """Return how sure that is, with its n."""
    if found.finding == "no_rows":
        return tr("Sample the same questions in both ways, then they can be compared.")
    if found.finding == "no_scores":
        rows = f"{count_text(found.in_common)} {label('row', found.in_common)}"
        return tr("{rows} were answered in both; their points wait to be marked.").format(rows=rows)
    rows = f"{count_text(found.rows)} {label('row', found.rows)}"
    if found.low is None or found.high is None:
        words = tr("Only {rows} have a score in both ways; about {enough} would do.")
        return words.format(rows=rows, enough=ENOUGH)
    second = short_names(found.first.group, found.second.group)[1]
    words = tr(
        "On {rows} answered in both ways, each counting once, “{second}” is {gap} ahead: {low} to {high}."
    )
    return words.format(
        rows=rows,
        second=second,
        gap=signed_text(found.gap or 0.0),
        low=signed_text(found.low),
        high=signed_text(found.high),
    )


def scores_figure(read: Read, found: Comparison) -> tuple[tuple[Distribution, ...], Figure, tuple[str, str]]:
    """Return both distributions, the figure that tells of them, and the names of the two."""
    names = short_names(found.first.group, found.second.group)
    places = (found.first.places, found.second.places)
    totals = read.board.totals(read.rubric)
    view = View(
        read.board,
        read.rubric,
        totals,
        Groups(names, places),
        names,
        tr("Way of asking"),
        read.guide,
        read.rater,
    )
    distributions, figure = scores_finding(view)
    source = tr("{sure} {guide}, marked {rater}.").format(
        sure=sure_words(found), guide=read.guide, rater=read.rater
    )
    return distributions, replace(figure, title=finding_words(found), caption=source), names


def facts_lines(found: Comparison) -> list[list[str]]:
    """Return what else sets the two apart, line by line: a name, the first's, the second's."""
    sides = (found.first, found.second)
    lines = [
        [heading("sample", 2), *(count_text(side.answers) for side in sides)],
        [tr("Mean score"), *(NOTHING if side.mean is None else score_text(side.mean) for side in sides)],
        [tr("Without a score"), *(_share(side.unscored, side.answers) for side in sides)],
        [tr("No JSON in it"), *(_share(side.unreadable, side.formed) for side in sides)],
        [tr("Cut off at the limit"), *(_share(side.cut_off, side.answers) for side in sides)],
        [tr("Refused"), *(_share(side.refused, side.answers) for side in sides)],
        [tr("Letters"), *(count_text(round(side.letters)) for side in sides)],
        [
            tr("Tokens"),
            *(NOTHING if side.tokens is None else count_text(round(side.tokens)) for side in sides),
        ],
    ]
    wanted = {tr("No JSON in it"): any(side.formed for side in sides), tr("Tokens"): _tokens_told(sides)}
    return [line for line in lines if wanted.get(line[0], True)]


def differences_figure(found: Comparison) -> Figure:
    """Return the rows on which the two differ most, as lines."""
    first, second = short_names(found.first.group, found.second.group)

    def line(at: int) -> tuple[str | float, ...]:
        each = found.differences[at]
        return (each.row, each.first, each.second, signed_text(each.gap))

    def say(at: int) -> str:
        each = found.differences[at]
        words = tr("{row}: {first} and {second}")
        return words.format(row=each.row, first=score_text(each.first), second=score_text(each.second))

    return Figure(
        title=tr("Where they differ most"),
        caption="",
        columns=(heading("row"), first, second, tr("Difference")),
        count=len(found.differences),
        line=line,
        say=say,
        samples=_no_places,
    )


def samples_of(difference: RowDifference) -> list[int]:
    """Return the answers of both, in turns, so that the first two columns show one of each."""
    one, other = difference.first_samples, difference.second_samples
    paired = [id for pair in zip(one, other, strict=False) for id in pair]
    shorter = min(len(one), len(other))
    return [*paired, *one[shorter:], *other[shorter:]]


def _tokens_told(sides: tuple[Side, Side]) -> bool:
    return any(side.tokens is not None for side in sides)


def _no_places(line: int) -> Places:
    """Return nothing: a line of this table opens both groups' answers by their ids."""
    del line
    return np.empty(0, dtype=np.intp)


def _share(count: int, of: int) -> str:
    if not of:
        return NOTHING
    return "0" if not count else tr("{n} ({share})").format(n=count_text(count), share=share_text(count / of))
