"""Amounts of money and plain numbers in a text, in the notations that experts write. It adds nothing up."""

import re
from decimal import Decimal
from typing import NamedTuple

_CURRENCY = r"(?:US\$|CA\$|A\$|C\$|HK\$|\$|€|£|¥|₹|USD|EUR|GBP|CHF|CAD|AUD|JPY|INR|Fr\.|euros?|Euros?|dollars?|pounds?)"
_DIGITS = r"(?:\d{1,3}(?:[,.'’\u00a0\u202f ]\d{3})+(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?)"
_SCALE = (
    r"(?:thousand|million|billion|trillion|Tausend|Millionen|Milliarden|millions?|milliards?|Mio\.?|Mrd\.?"
    r"|mm|mn|bn|tn|[kKmMbB])"
)
_AMOUNT = re.compile(
    rf"(?<![\w.,/])(?P<before>{_CURRENCY})?\s?(?P<digits>{_DIGITS})(?:\s?(?P<scale>{_SCALE})(?![\w]))?"
    rf"(?:\s?(?P<after>%|{_CURRENCY}(?!\w)))?(?![\w/]|[.,]\d)",
)
_FACTORS = {
    "thousand": 3, "tausend": 3, "k": 3, "million": 6, "millionen": 6, "millions": 6, "mio": 6, "m": 6, "mm": 6,
    "mn": 6, "billion": 9, "milliarden": 9, "milliard": 9, "milliards": 9, "mrd": 9, "bn": 9, "b": 9,
    "trillion": 12, "tn": 12,
}  # fmt: skip
_SIGNS = {
    "US$": "$",
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "euro": "€",
    "euros": "€",
    "dollar": "$",
    "dollars": "$",
}


class Amount(NamedTuple):
    """A number in a text. `unit` is a currency, "%" or ""; `step` is the worth of its last digit written."""

    start: int
    end: int
    value: Decimal
    unit: str
    step: Decimal

    @property
    def is_year(self) -> bool:
        """Whether it may be a year rather than an amount."""
        return not self.unit and self.step == 1 and 1900 <= self.value <= 2100


def amounts_in(text: str) -> list[Amount]:
    """Read every amount of a text, left to right."""
    return [_amount(found) for found in _AMOUNT.finditer(text)]


def _amount(found: re.Match[str]) -> Amount:
    whole, fraction = _parts(found["digits"])
    factor = _FACTORS.get((found["scale"] or "").lower().rstrip("."), 0)
    value = Decimal(f"{whole}.{fraction or 0}").scaleb(factor)
    unit = found["before"] or found["after"] or ""
    unit = _SIGNS.get(unit, _SIGNS.get(unit.lower(), unit))
    return Amount(found.start(), found.end(), value, unit, Decimal(1).scaleb(factor - len(fraction)))


def _parts(digits: str) -> tuple[str, str]:
    """Whole part and fraction: of a single separator before three digits it is taken that it parts thousands."""
    grouped = re.fullmatch(r"(\d{1,3}(?:([,.'’\u00a0\u202f ])\d{3})(?:\2\d{3})*)(?:[.,](\d{1,2}))?", digits)
    if grouped:
        return re.sub(r"\D", "", grouped[1]), grouped[3] or ""
    whole, _, fraction = digits.replace(",", ".").partition(".")
    return whole, fraction


def money_text(value: Decimal, unit: str) -> str:
    """Write an amount as people do: 900,060."""
    text = f"{value.normalize():,f}"
    return f"{text}%" if unit == "%" else f"{unit}{text}" if len(unit) == 1 else f"{text} {unit}".strip()
