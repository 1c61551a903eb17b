"""What each point row under an answer shows: the mark that counts, one's own beside it, and where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.rubric import Level
from rubric_studio.domain.verdict import Rater, Span, State, Verdict
from rubric_studio.grader.plan import value_range
from rubric_studio.services.asked import Asked
from rubric_studio.services.mark import NOT_RATED, Mark, unscored
from rubric_studio.ui.guide.editor_levels import level_name
from rubric_studio.ui.guide.question_marks import NOT_CHECKED
from rubric_studio.ui.guide.quoted_passages import passages
from rubric_studio.ui.guide.scored_question import ScoredQuestion
from rubric_studio.ui.guide.selection_bar import GradesOf
from rubric_studio.ui.labels import heading, label
from rubric_studio.ui.number_text import score_text
from rubric_studio.ui.point_row import Grade, Marker, Point
from rubric_studio.ui.state_shape import Shape, shape_of

LONGEST_TITLE = 160


@dataclass(frozen=True)
class Waiting:
    """A reason and passages that somebody gave before the grade they belong to."""

    reason: str = ""
    evidence: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.reason or self.evidence)


@dataclass(frozen=True)
class ShownPoint:
    """A point, one line about its mark, what others said in full, and the passages in the text's order."""

    point: Point
    note: str = ""
    said: str = ""
    passages: tuple[Span, ...] = ()


@dataclass(frozen=True)
class SeveralMarkers(Marker):
    """Several people whose mean counts."""

    count: int = 0

    @property
    def initials(self) -> str:
        """How many they are."""
        return f"×{self.count}"


def grades_of(asked: Asked) -> tuple[Level, ...]:
    """The grades in the order of their keys, the best first: 1 is always the best."""
    return asked.best_first


class AnswerPoints:
    """Makes the points of one question's answers, each when it is looked at.

    Args:
        people: names by a person's id.
        person: who sits at the keyboard.
        waiting: what somebody began and has not graded, by (answer's id, point's key).
    """

    def __init__(
        self,
        question: ScoredQuestion,
        people: Mapping[str, str],
        person: str,
        waiting: Mapping[tuple[int, str], Waiting],
        *,
        can_mark: bool,
    ) -> None:
        self.question = question
        self.asked = {each.key: each for each in question.asked}
        self._people, self._person, self._waiting = people, person, waiting
        self._can_mark = can_mark

    def shown(self, id: int, key: str) -> ShownPoint:
        """One point on one answer."""
        asked, mark = self.asked[key], self._mark(id, key)
        own = self.question.marks.own(id, key)
        old = self.question.marks.of(id).outdated.get(key) if mark.state is State.UNSCORED else None
        waiting = self._waiting.get((id, key), Waiting())
        spans = self.passages(id, key)
        grades = self._grades(asked)
        is_mine = own is not None and _is_only(mark.raters, own.rater)
        theirs = "" if is_mine else mark.reason
        reason = (own.reason if own else waiting.reason) if grades else _plain_reason(mark.reason)
        point = Point(
            key=key,
            title=shortened(asked.title),
            shape=shape_of_mark(mark, asked),
            wording=asked.wording if asked.wording != shortened(asked.title) else "",
            weight=asked.weight,
            grades=grades,
            chosen=self._chosen(asked, mark, own),
            value=mark.value,
            marker=self._marker(mark, old),
            reason=reason,
            evidence=tuple(span.quote for span in spans),
            may_not_apply=bool(grades) and asked.allow_na,
            stale=old is not None,
        )
        said = self._said(mark, theirs) if grades and theirs and mark.raters else ""
        return ShownPoint(point, self._note(asked, mark, own, old, waiting), said, spans)

    def current_grades(self, key: str) -> GradesOf | None:
        """The grades of a point of the guide that people mark, as their digits give them; else None."""
        asked = self.asked.get(key)
        if asked is None or asked.criterion is None or not (asked.is_judged and self._can_mark):
            return None
        grades = [(level.key, level_name(level)) for level in grades_of(asked)]
        return GradesOf(key, shortened(asked.title), grades)

    def all_grades(self) -> list[GradesOf]:
        """The grades of every point that people mark, in the order of the points."""
        return [grades for key in self.asked if (grades := self.current_grades(key)) is not None]

    def passages(self, id: int, key: str) -> tuple[Span, ...]:
        """Where in the answer the evidence for one point lies."""
        mark, own = self._mark(id, key), self.question.marks.own(id, key)
        spans, reasons = list(mark.spans), [mark.reason]
        if own is not None and own.rater not in mark.raters:
            spans += own.evidence
            reasons.append(own.reason)
        spans += self._waiting.get((id, key), Waiting()).evidence
        return passages(self.question.sample(id).text, spans, reasons)

    def shape(self, id: int, key: str) -> Shape:
        """The state of one point on one answer."""
        return shape_of_mark(self._mark(id, key), self.asked[key])

    def value(self, id: int, key: str) -> float | None:
        """What one point is worth on one answer."""
        return self._mark(id, key).value

    def reason(self, id: int, key: str) -> str:
        """Why it is so."""
        return _plain_reason(self._mark(id, key).reason)

    def _mark(self, id: int, key: str) -> Mark:
        return self.question.score(id).marks.get(key) or unscored()

    def _grades(self, asked: Asked) -> tuple[Grade, ...]:
        if not (self._can_mark and asked.is_judged):
            return ()
        return tuple(
            Grade(
                level.key,
                level_name(level),
                level.value,
                "" if level.text == level_name(level) else level.text,
                tuple(anchor.text for anchor in level.anchors),
            )
            for level in grades_of(asked)
        )

    def _chosen(self, asked: Asked, mark: Mark, own: Verdict | None) -> str | None:
        """The grade that is pressed: one's own where one gave one, else the one that counts."""
        level, value = (own.level, own.value) if own is not None else (mark.level, mark.value)
        if level is not None or value is None:
            return level
        return next((each.key for each in asked.levels if each.value == value), None)

    def _marker(self, mark: Mark, old: Verdict | None) -> Marker | None:
        raters = mark.raters or ((old.rater,) if old else ())
        if not raters:
            return None
        names = [
            self._people.get(rater.name, rater.name) or heading(f"rater.{rater.kind}") for rater in raters
        ]
        if len(set(names)) > 1:
            return SeveralMarkers(raters[0].kind, ", ".join(dict.fromkeys(names)), count=len(set(names)))
        return Marker(raters[0].kind, names[0])

    def _note(
        self, asked: Asked, mark: Mark, own: Verdict | None, old: Verdict | None, waiting: Waiting
    ) -> str:
        if waiting:
            return _tr("Kept until you give a grade: {what}").format(what=_what_waits(waiting))
        if own is not None and own.rater not in mark.raters:
            who = " ".join(dict.fromkeys(label(f"rater.{rater.kind}") for rater in mark.raters))
            words = _tr("You: {grade}. The mark of the {who} counts.") if who else _tr("You: {grade}.")
            return words.format(grade=grade_text(asked, own), who=who)
        if own is not None and len(mark.raters) > 1:
            words = _tr("You: {grade}. The mean of {count} people counts.")
            return words.format(grade=grade_text(asked, own), count=len(mark.raters))
        if old is not None:
            words = _tr("{who}: {grade}, given under old words")
            return words.format(who=self._name(old.rater), grade=grade_text(asked, old))
        if mark.state is State.UNSCORED and mark.reason in (NOT_RATED, NOT_CHECKED):
            return _tr("Being checked") if mark.reason == NOT_CHECKED else ""
        return " ".join(_plain_reason(mark.reason).split())

    def _said(self, mark: Mark, reason: str) -> str:
        who = ", ".join(dict.fromkeys(self._name(rater) for rater in mark.raters))
        return _tr("{who}: {reason}").format(who=who, reason=reason)

    def _name(self, rater: Rater) -> str:
        if rater.kind == "expert":
            return _tr("You") if rater.name == self._person else self._people.get(rater.name, rater.name)
        return rater.name or heading(f"rater.{rater.kind}")


def shortened(text: str) -> str:
    """Return a text of few words; the whole stands in the wording."""
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"


def shape_of_mark(mark: Mark, asked: Asked) -> Shape:
    """Return the shape of a mark: a person where it waits, a triangle where it failed."""
    if mark.state is State.NOT_APPLICABLE:
        return Shape.NOT_APPLICABLE
    if mark.value is not None:
        return shape_of(_share(mark.value, asked), costs_points=asked.weight < 0)
    return Shape.PERSON if mark.reason in (NOT_RATED, NOT_CHECKED) else Shape.FAULT


def _share(value: float, asked: Asked) -> float:
    """How much of what a point can give that is; an imported grader may have a range of its own."""
    least, most = (value_range(asked.criterion) if asked.raw and asked.criterion else None) or (0.0, 1.0)
    return (value - least) / (most - least)


def grade_text(asked: Asked, verdict: Verdict) -> str:
    """Return a grade in words, with its value where it is a number: "Partly (0.50)"."""
    if verdict.state is State.NOT_APPLICABLE:
        return label("shape.not_applicable")
    level = next((each for each in asked.levels if each.key == verdict.level), None)
    value = level.value if level else verdict.value
    name = level_name(level) if level else verdict.level or ""
    number = score_text(value) if value is not None else ""
    return _tr("{grade} ({value})").format(grade=name, value=number) if name and number else name or number


def _is_only(raters: Sequence[Rater], rater: Rater) -> bool:
    return tuple(raters) == (rater,)


def _plain_reason(reason: str) -> str:
    return "" if reason in (NOT_RATED, NOT_CHECKED) else reason


def _what_waits(waiting: Waiting) -> str:
    parts = [_tr("your reason")] if waiting.reason else []
    parts += [_tr("%n passages", len(waiting.evidence))] if waiting.evidence else []
    return ", ".join(parts)


def _tr(text: str, count: int = -1) -> str:
    words = QCoreApplication.translate("answer_points", text, None, count)
    return words.replace("%n", str(count))
