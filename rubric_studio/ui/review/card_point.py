"""What the card of one point shows, made from the packet and the expert's own marks. No widget, no other expert."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.verdict import Span, State, Verdict
from rubric_studio.services.precedents import count_precedents, offered_mark
from rubric_studio.services.review_tasks import ReviewPoint, ReviewTask
from rubric_studio.services.reviewing import Review
from rubric_studio.ui.guide.answer_points import Waiting, grades_of
from rubric_studio.ui.guide.editor_levels import level_name
from rubric_studio.ui.point_details import EXAMPLE_LETTERS
from rubric_studio.ui.review.review_words import grade_key, grade_word, is_low, shape_at
from rubric_studio.ui.state_shape import Shape


@dataclass(frozen=True)
class CardGrade:
    """One grade: its key is its place, best first."""

    level: str
    key: str
    name: str
    text: str
    shape: Shape
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class CardPoint:
    """A point of an answer. `offer` is the grade she gave an identical answer, in words."""

    key: str
    place: str
    title: str
    wording: str
    grades: tuple[CardGrade, ...]
    chosen: str | None = None
    not_applicable: bool = False
    may_not_apply: bool = False
    unsure: bool = False
    is_low: bool = False
    reason: str = ""
    evidence: tuple[Span, ...] = ()
    precedents: int = 0
    offer: str = ""
    is_marked: bool = False


def card_point(review: Review, task: ReviewTask, point: ReviewPoint, waiting: Waiting) -> CardPoint:
    """Make a point's card."""
    asked, mark = point.asked, review.mark(task, point.key)
    levels = grades_of(asked)
    grades = tuple(
        CardGrade(
            level.key,
            grade_key(place),
            level_name(level),
            "" if level.text == level_name(level) else level.text,
            shape_at(place, len(levels)),
            tuple(_example(anchor.text, anchor.note) for anchor in level.anchors),
        )
        for place, level in enumerate(levels)
    )
    place = next((at for at, level in enumerate(levels) if mark and level.key == mark.level), None)
    title, wording = _words(asked.title, asked.wording)
    points = [each.key for each in review.points(task)]
    offer = offered_mark(review, task, point)
    return CardPoint(
        key=point.key,
        place=_tr("Point {number} of {total}").format(number=points.index(point.key) + 1, total=len(points)),
        title=title,
        wording=wording,
        grades=grades,
        chosen=mark.level if mark else None,
        not_applicable=mark is not None and mark.state is State.NOT_APPLICABLE,
        may_not_apply=asked.allow_na,
        unsure=point.key in review.unsure[task.turn],
        is_low=place is not None and is_low(levels, place, costs_points=asked.weight < 0),
        reason=_reason(mark, waiting),
        evidence=mark.evidence if mark else waiting.evidence,
        precedents=count_precedents(review, task, point.key),
        offer=grade_word(asked, offer),
        is_marked=mark is not None,
    )


def _reason(mark: Verdict | None, waiting: Waiting) -> str:
    return mark.reason if mark is not None else waiting.reason


def _words(title: str, wording: str) -> tuple[str, str]:
    """Return title and wording; a wording that begins with the title goes on from there."""
    if wording == title:
        return title, ""
    return title, wording.removeprefix(title).lstrip("\n") if wording.startswith(f"{title}\n") else wording


def _example(text: str, note: str) -> str:
    line = " ".join(text.split())
    line = line if len(line) <= EXAMPLE_LETTERS else line[: EXAMPLE_LETTERS - 1].rstrip() + "…"
    words = _tr("e.g. “{passage}” ({note})") if note else _tr("e.g. “{passage}”")
    return words.format(passage=line, note=note)


def _tr(text: str) -> str:
    return QCoreApplication.translate("card_point", text)
