"""Results that are wrong for sure: another label, choice, amount or date than the reference's. No texts."""

from datetime import date, timedelta
from random import Random
from typing import Any

from rubric_studio.domain.probes.facts import Context, Target

_DAYS = 400


def wrong_values(target: Target, context: Context, luck: Random) -> tuple[Any, ...]:
    """As many wrong results as the reference has right ones; () where none is known, or nothing is concluded."""
    if target.is_mention:
        return ()
    if target.type in ("labels", "choice"):
        right = {str(value).casefold().strip() for value in target.values}
        others = [
            label for label in context.labels.get(target.field, ()) if label.casefold().strip() not in right
        ]
        return tuple(luck.sample(others, min(len(others), max(1, len(target.values)))))
    if target.type == "similar" or not target.values:
        return ()
    value = target.values[0]
    if isinstance(value, int | float):
        return (_wrong_amount(value, target.slack),)
    if isinstance(value, date):
        return (value + timedelta(days=_DAYS + int(target.slack)),)
    return ()


def _wrong_amount(value: float, slack: float) -> float:
    """An amount far beyond what the check forgives: more than a third too high."""
    return round(value + 2 * slack + max(0.37 * abs(value), 17), 2)
