"""What is said of versions: what one is called, and its effect on the totals in one plain sentence. No widget."""

from PySide6.QtCore import QCoreApplication

from rubric_studio.services.version_effects import Effect
from rubric_studio.services.version_totals import Stage
from rubric_studio.ui.day_text import day_text
from rubric_studio.ui.labels import label
from rubric_studio.ui.number_text import count_text, difference_text, score_text

KEPT, MOSTLY, PARTLY = 0.95, 0.8, 0.5
"""From these rank correlations on an order is called kept, mostly kept, partly kept."""
SAME = 1 - 1e-12


def tr(text: str) -> str:
    """Translate a sentence about versions."""
    return QCoreApplication.translate("versions", text)


def stage_name(stage: Stage) -> str:
    """Return "Version 3", or "Draft"."""
    return tr("Draft") if stage.number is None else tr("Version {0}").format(stage.number)


def stage_day(stage: Stage) -> str:
    """Return the day on which it was saved."""
    return day_text(stage.version.at) if stage.version else tr("not saved yet")


def stage_words(stage: Stage) -> str:
    """Return a version with its day, as it stands over what it says."""
    return tr("{version}, {day}").format(version=stage_name(stage), day=stage_day(stage))


def effect_words(effect: Effect) -> str:
    """Return an effect in one sentence, without its full stop."""
    if not effect.moved or effect.largest is None:
        return _unmoved(effect)
    words = tr("{moved} of {n} totals moved, by up to {largest}; {order}")
    if not difference_text(effect.largest):
        words = tr("{moved} of {n} totals moved, each by less than 0.01; {order}")
    facts = {"moved": count_text(effect.moved), "n": count_text(effect.n), "order": order_words(effect)}
    return words.format(largest=difference_text(effect.largest), **facts)


def finding_words(effect: Effect) -> str:
    """Return an effect as a title: what was lost comes first where nothing moved."""
    if effect.moved or not effect.lost:
        return effect_words(effect)
    return tr("{lost} lost the total; none of the other {n} moved").format(
        lost=answers(effect.lost), n=count_text(effect.n)
    )


def short_effect_words(effect: Effect) -> str:
    """Return an effect as it stands behind a model's name."""
    if not effect.moved or effect.mean is None:
        return _unmoved(effect)
    words = tr("{moved} of {n} moved, {mean} on average; {order}")
    mean = difference_text(effect.mean) or score_text(0)
    facts = {"moved": count_text(effect.moved), "n": count_text(effect.n), "order": order_words(effect)}
    return words.format(mean=mean, **facts)


def moved_words(effect: Effect) -> str:
    """Return "37 of 124 moved"."""
    return tr("{moved} of {n} moved").format(moved=count_text(effect.moved), n=count_text(effect.n))


def order_words(effect: Effect) -> str:
    """Say what became of the order of the answers, or why that cannot be said."""
    value = effect.order.value
    if value is None:
        if effect.order.reason == "constant":
            return tr("no order to compare, for one side's totals are all the same")
        return tr("too few to compare their order")
    if value >= SAME:
        return tr("the order is the same")
    words = tr("another order (rank correlation {value})")
    for least, kept in (
        (KEPT, tr("order kept (rank correlation {value})")),
        (MOSTLY, tr("order mostly kept (rank correlation {value})")),
        (PARTLY, tr("order partly kept (rank correlation {value})")),
    ):
        if value >= least:
            words = kept
            break
    return words.format(value=_correlation(value))


def apart_words(effect: Effect) -> str:
    """Tell of the answers that have a total under one of the two only; "" where there is none."""
    gained, lost = answers(effect.gained), answers(effect.lost)
    if effect.gained and effect.lost:
        return tr("{gained} gained a total, {lost} lost it").format(gained=gained, lost=lost)
    if effect.gained:
        return tr("{gained} gained a total").format(gained=gained)
    return tr("{lost} lost the total").format(lost=lost) if effect.lost else ""


def mean_words(effect: Effect) -> str:
    """Say how far totals moved on average, those that did; "" where none did."""
    if effect.mean is None:
        return ""
    mean = difference_text(effect.mean) or score_text(0)
    return tr("the moves are {mean} on average").format(mean=mean)


def answers(count: int) -> str:
    """Return "1 answer", "12 answers"."""
    return f"{count_text(count)} {label('sample', count)}"


def _unmoved(effect: Effect) -> str:
    if not effect.n:
        return tr("No answer has a total under both")
    if effect.n == 1:
        return tr("The only total did not move")
    return tr("None of the {n} totals moved").format(n=count_text(effect.n))


def _correlation(value: float) -> str:
    """Return it with two decimals; what is not quite 1 does not look like 1."""
    return (
        tr("above {0}").format("0.99") if value > 0.995 else score_text(value).replace("-", "\N{MINUS SIGN}")
    )
