"""What the review page says in several places: grades, pace, saved when. No widget."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from rubric_studio.domain.rubric import Level
from rubric_studio.domain.verdict import State, Verdict
from rubric_studio.services.asked import Asked
from rubric_studio.ui.guide.answer_points import grades_of
from rubric_studio.ui.guide.editor_levels import level_name
from rubric_studio.ui.labels import heading
from rubric_studio.ui.state_shape import Shape

KEYED = 10
HOUR, MINUTE = 3600, 60


def grade_key(place: int) -> str:
    """Return the key of the grade at a place, best first: 1 to 9, 0 for the tenth, none further on."""
    return str((place + 1) % KEYED) if place < KEYED else ""


def grade_word(asked: Asked, verdict: Verdict | None) -> str:
    """Return what people call the grade given, "" without one."""
    if verdict is None:
        return ""
    if verdict.state is State.NOT_APPLICABLE:
        return heading("shape.not_applicable")
    level = next((each for each in asked.levels if each.key == verdict.level), None)
    return level_name(level) if level is not None else verdict.level or ""


def grade_shape(asked: Asked, verdict: Verdict | None) -> Shape:
    """Return a grade's shape by its place alone: the best is met, the last is not, the rest is partly met."""
    if verdict is None:
        return Shape.PERSON
    if verdict.state is State.NOT_APPLICABLE:
        return Shape.NOT_APPLICABLE
    levels = grades_of(asked)
    place = next((at for at, level in enumerate(levels) if level.key == verdict.level), None)
    return Shape.FAULT if place is None else shape_at(place, len(levels))


def shape_at(place: int, count: int) -> Shape:
    """Return the shape of the grade at a place of so many."""
    if place == 0:
        return Shape.MET
    return Shape.MISSED if place == count - 1 else Shape.PARTLY


def is_low(levels: Sequence[Level], place: int, *, costs_points: bool) -> bool:
    """Whether a grade wants a reason: the last one, or one worth less than half."""
    worth = 1 - levels[place].value if costs_points else levels[place].value
    return place > 0 and (place == len(levels) - 1 or worth < 0.5)


def left_text(seconds: float | None) -> str:
    """Return how long it will still take: "about 5 h left"; "" where too little is known or nothing is left."""
    if not seconds:
        return ""
    return _tr("about {time} left").format(time=duration_text(seconds))


def duration_text(seconds: float) -> str:
    """Return a span of time as short as it can be said: "5 h", "1.5 h", "40 min"."""
    if seconds >= 3 * HOUR:
        return _tr("{count} h").format(count=round(seconds / HOUR))
    if seconds >= 1.25 * HOUR:
        return _tr("{count} h").format(count=f"{round(2 * seconds / HOUR) / 2:g}")
    return _tr("{count} min").format(count=max(1, round(seconds / MINUTE)))


def clock_text(at: str) -> str:
    """Return the time of day of a moment in ISO 8601, where the reader sits: "14:02"."""
    moment = QDateTime.fromString(at, Qt.DateFormat.ISODateWithMs).toLocalTime()
    return QLocale().toString(moment.time(), "HH:mm")


def local_day(at: str) -> str:
    """Return the reader's day of a moment in ISO 8601: "2026-11-23"."""
    return QDateTime.fromString(at, Qt.DateFormat.ISODateWithMs).toLocalTime().date().toString("yyyy-MM-dd")


def _tr(text: str) -> str:
    return QCoreApplication.translate("review_words", text)
