"""The range of numbers that a grade's text names: "3-5", "at least 3", "up to 4". It judges nothing."""

import math
import re
from functools import lru_cache
from typing import NamedTuple


class Range(NamedTuple):
    """Numbers from `low` to `high`, ends included. `is_whole` where the text counts in whole numbers."""

    low: float
    high: float
    is_whole: bool
    text: str


_N = r"(\d+(?:[.,]\d+)?)"
_UNIT = r"\s*(?:%|percent|per cent|Prozent|pour cent)?\s*"
_BETWEEN = re.compile(
    rf"\b(?:between|zwischen|entre|from|von|de)?\s*(?<![\w.,/-]){_N}{_UNIT}"
    rf"(?:-|–|—|to|and|bis|und|à|et)\s*{_N}(?![\w/]|[.,-]\d)",
    re.IGNORECASE,
)
_LOW = re.compile(
    rf"\b(at least|no fewer than|no less than|minimum|mindestens|wenigstens|au moins|more than|over|above|exceeding|"
    rf"mehr als|über|plus de)\s+{_N}",
    re.IGNORECASE,
)
_OR_MORE = re.compile(
    rf"(?<![\w.,-]){_N}{_UNIT}(?:\w+\s+)?(?:or more|or higher|and more|oder mehr|ou plus|\+)", re.IGNORECASE
)
_HIGH = re.compile(
    rf"\b(at most|no more than|up to|maximum|höchstens|maximal|bis zu|au plus|jusqu'à|fewer than|less than|under|below|"
    rf"weniger als|unter|moins de)\s+{_N}",
    re.IGNORECASE,
)
_OR_FEWER = re.compile(
    rf"(?<![\w.,-]){_N}{_UNIT}(?:\w+\s+)?(?:or fewer|or less|oder weniger|ou moins)", re.IGNORECASE
)
_OPEN = frozenset(
    [
        "more than",
        "over",
        "above",
        "exceeding",
        "mehr als",
        "über",
        "plus de",
        "fewer than",
        "less than",
        "under",
        "below",
        "weniger als",
        "unter",
        "moins de",
    ]
)
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
}  # fmt: skip
_WORD_NUMBER = re.compile(rf"\b({'|'.join(_WORDS)})\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def range_in(text: str) -> Range | None:
    """Return the one range that a text names; None where it names none or several."""
    text = _WORD_NUMBER.sub(lambda found: str(_WORDS[found.group().lower()]), text)
    between = [_closed(found) for found in _BETWEEN.finditer(text)]
    if between:
        return between[0] if len(between) == 1 else None
    lows = [_bound(found, is_low=True) for found in _LOW.finditer(text)]
    lows += [_plain(found.group(1), found.group(), is_low=True) for found in _OR_MORE.finditer(text)]
    highs = [_bound(found, is_low=False) for found in _HIGH.finditer(text)]
    highs += [_plain(found.group(1), found.group(), is_low=False) for found in _OR_FEWER.finditer(text)]
    if len(lows) == 1 and len(highs) == 1:
        low, high = lows[0], highs[0]
        return Range(low.low, high.high, low.is_whole and high.is_whole, f"{low.text} … {high.text}")
    return (lows + highs)[0] if len(lows) + len(highs) == 1 else None


def _closed(found: re.Match[str]) -> Range:
    low, high = found.group(1), found.group(2)
    return Range(_number(low), _number(high), _is_whole(low) and _is_whole(high), found.group().strip())


def _bound(found: re.Match[str], *, is_low: bool) -> Range:
    plain = _plain(found.group(2), found.group(), is_low=is_low)
    if found.group(1).lower() not in _OPEN:
        return plain
    # "more than 3" begins at 4 where things are counted, and just above 3 where they are measured.
    step = 1.0 if plain.is_whole else 1e-9
    return plain._replace(low=plain.low + step) if is_low else plain._replace(high=plain.high - step)


def _plain(number: str, text: str, *, is_low: bool) -> Range:
    value = _number(number)
    low, high = (value, math.inf) if is_low else (-math.inf, value)
    return Range(low, high, _is_whole(number), text.strip())


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _is_whole(text: str) -> bool:
    return text.isdigit()
