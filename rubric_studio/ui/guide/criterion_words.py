"""What the editor says of a point and its weight in a few words. Shows nothing itself."""

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.rubric import Criterion, Rubric, When
from rubric_studio.ui.guide.weights import SHARES, WEIGHTS, Scale
from rubric_studio.ui.labels import heading, label
from rubric_studio.ui.number_text import share_text, weight_text

MOST_WORDS = 3


def scale_of(criterion: Criterion, rubric: Rubric) -> Scale:
    """Return the slider's steps for a criterion's weight: shares of the score for a fault, else weights."""
    is_share = criterion.is_fault and rubric.aggregation == "stratified"
    return (SHARES if is_share else WEIGHTS).reaching(criterion.weight)


def kind_line(criterion: Criterion) -> str:
    """Return what marks a point, and when: "Set of labels · only where task is topics"."""
    parts = [heading(f"kind.{criterion.kind.type}")]
    parts += [when_words(criterion.when)] if criterion.when else []
    return " · ".join(parts)


def when_words(when: When) -> str:
    """Return a condition in words: "only where task is topics"."""
    values = [str(value) for value in when.any_of]
    shown = ", ".join(values[:MOST_WORDS]) + ("…" if len(values) > MOST_WORDS else "")
    return _tr("only where {field} is {values}").format(field=when.field, values=shown)


def icon_of(criterion: Criterion) -> tuple[str, str]:
    """Return icon and color role of a point: it costs points, a program marks it, or somebody reads it."""
    if criterion.is_fault:
        return ("minus", "missed")
    return ("person", "text_muted") if criterion.is_judged else ("program", "text_muted")


def unit_of(criterion: Criterion, rubric: Rubric) -> str:
    """Return what the number beside a weight is counted in; "" for weights among weights."""
    if rubric.aggregation in ("points_clipped", "points_shifted"):
        return label("criterion", 2)
    return _tr("of the final score") if criterion.is_fault and rubric.aggregation == "stratified" else ""


def weight_words(criterion: Criterion, rubric: Rubric) -> str:
    """Return a weight in words: "weight 2", "3 points", "costs 25 % of the final score"."""
    number = weight_text(abs(criterion.weight))
    if rubric.aggregation in ("points_clipped", "points_shifted"):
        words = _tr("costs {0} points") if criterion.is_fault else _tr("{0} points")
        return words.format(number)
    if criterion.is_fault:
        return _tr("costs up to {0} of the final score").format(share_text(abs(criterion.weight)))
    return _tr("weight {0}").format(number) if criterion.weight else _tr("followed, not counted")


def spoken_line(criterion: Criterion, rubric: Rubric) -> str:
    """Return a folded point as a screen reader says it."""
    return ", ".join((kind_line(criterion), weight_words(criterion, rubric)))


def _tr(text: str) -> str:
    return QCoreApplication.translate("criterion_words", text)
