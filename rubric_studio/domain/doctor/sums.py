"""Amounts that do not add up to the total beside them: a sum that is written out, or an allocation."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from rubric_studio.domain.doctor.amounts import Amount, amounts_in, money_text
from rubric_studio.domain.doctor.finding import Detector, Finding
from rubric_studio.domain.doctor.language import KEPT_TEXTS
from rubric_studio.domain.rubric import Rubric

NEAR = Decimal("0.03")
"""Further from the total than this the amounts are more likely something else than its parts."""
FEWEST_PARTS = 2

_TOTAL = (
    r"total(?:s|ing|ling|led)?|sums?(?: up)?(?: to)?|add(?:s|ing)? up to|altogether|in all|overall|aggregate"
    r"|insgesamt|summe|gesamt\w*|zusammen|au total|somme|en tout"
)
_ALLOCATED = re.compile(
    r"\b(?:re)?(?:allocat\w+|apportion\w*|distribut\w+|split\w*|divid\w+|break(?:s|ing)?[ -]?down|breakdown|tranches?"
    rf"|assign\w*|consist\w*|compris\w*|made up|aufgeteilt|verteil\w*|aufteilung|réparti\w*|{_TOTAL})\b",
    re.IGNORECASE,
)
_TOTAL_BEFORE = re.compile(rf"\b(?:{_TOTAL})\b[^.;\d]{{0,30}}$", re.IGNORECASE)
_ROUGH = re.compile(r"(?:≈|~|about|approx\w*|around|roughly|circa|ca\.|etwa|rund|environ)\s*$", re.IGNORECASE)
_SUMMAND = re.compile(r"(?:^|\s|[(=:])(?P<sign>[+\-−–])\s*(?:[^\d=×*/÷^;+−–]{0,40}?)$")
_LABEL = re.compile(r"(?<=[\d%€$£])\s*\([^()=+]*\)")
"""What an amount is for: "1,200 (home office)"."""
_TIMES = re.compile(r"[×*/÷^]|\bx\b|\btimes\b|\bmal\b|\bfois\b|\bper\b", re.IGNORECASE)


class Sum(NamedTuple):
    """Parts with their signs and the total beside them; `is_given` where the total is what is shared out."""

    parts: tuple[tuple[int, Amount], ...]
    total: Amount
    is_given: bool = False

    @property
    def value(self) -> Decimal:
        """What the parts come to."""
        return sum((sign * part.value for sign, part in self.parts), Decimal(0))

    @property
    def is_off(self) -> bool:
        """Whether the difference is more than rounding of the numbers as written explains."""
        return abs(self.value - self.total.value) > self._room()

    def _room(self) -> Decimal:
        """Half of the last digit of whatever may be rounded; a total that is given away is not."""
        if self.is_given:
            return sum((part.step / 2 for _, part in self.parts), Decimal(0))
        rounded = [part for _, part in self.parts if part.step != self.total.step or part.step % 1 != 0]
        room = self.total.step / 2 if rounded else Decimal(0)
        return room + sum((part.step / 2 for part in rounded if part.step % 1 != 0), Decimal(0))

    @property
    def is_near(self) -> bool:
        """Whether the parts nearly come to the total, so that they must be meant as its parts."""
        return abs(self.value - self.total.value) <= NEAR * abs(self.total.value)


def find(rubric: Rubric) -> Iterator[Finding]:
    """One finding per criterion: the first sum that does not come out."""
    for criterion in rubric.criteria():
        texts = [("", criterion.words), *((level.key, level.text) for level in criterion.levels)]
        for level, text in texts:
            found = wrong_sum(text)
            if found is not None:
                yield _finding(found, text, criterion=criterion.key, level=level)
                break


@lru_cache(maxsize=KEPT_TEXTS)
def wrong_sum(text: str) -> Sum | None:
    """Find the first sum in a text that does not come out."""
    plain = _LABEL.sub(lambda found: " " * len(found.group()), text)
    written = next((each for each in _written_out(plain, amounts_in(plain)) if each.is_off), None)
    amounts = amounts_in(text)
    return written or (_allocation(text, amounts) if len(amounts) > FEWEST_PARTS else None)


def _written_out(text: str, amounts: Sequence[Amount]) -> Iterator[Sum]:
    """Chains such as "1,200 (home office) + 1,000 = 2,300"."""
    for at, total in enumerate(amounts):
        between = text[amounts[at - 1].end : total.start] if at else ""
        if not re.fullmatch(r"\s*(?:\([^()=]*\)|[^\d=+×*/÷^.;]{0,30})?\s*=\s*[-−]?\s*", between):
            continue
        parts = _chain(text, amounts[:at])
        begin = parts[0][1].start if parts else 0
        more = re.match(r"\s*[×*/÷^x]", text[total.end :])
        chain = text[max(0, begin - 12) : total.end]
        if len(parts) >= FEWEST_PARTS and not more and not _TIMES.search(chain):
            sign = -1 if re.search(r"[-−]\s*$", between) else 1
            yield Sum(parts, total._replace(value=sign * total.value))


def _chain(text: str, amounts: Sequence[Amount]) -> tuple[tuple[int, Amount], ...]:
    """The summands that lead up to a place, with their signs, all of one unit."""
    parts: list[tuple[int, Amount]] = []
    for at in range(len(amounts) - 1, -1, -1):
        before = text[amounts[at - 1].end if at else 0 : amounts[at].start]
        if parts and amounts[at].unit != parts[0][1].unit and parts[0][1].unit and amounts[at].unit:
            return ()
        operator = _SUMMAND.search(re.sub(r"\([^()]*\)", " ", before))
        sign = -1 if operator and operator["sign"] != "+" else 1
        parts.insert(0, (sign, amounts[at]))
        if operator is None or at == 0:
            break
    return tuple(parts)


def _allocation(text: str, amounts: Sequence[Amount]) -> Sum | None:
    """Amounts of one unit beside their total: the largest of them, or the one that is called the total."""
    if not _ALLOCATED.search(text) or _TIMES.search(text):
        return None
    counted = [each for each in amounts if each.unit != "%" and not each.is_year and each.value > 0]
    totals = [at for at, each in enumerate(counted) if _TOTAL_BEFORE.search(text[: each.start])]
    totals += [max(range(len(counted)), key=lambda at: counted[at].value)] if counted else []
    for at in dict.fromkeys(totals):
        before = text[: counted[at].start]
        if _ROUGH.search(before):
            continue
        runs = list(_runs(counted, at, is_given=not _TOTAL_BEFORE.search(before)))
        if any(not run.is_off for run in runs):
            return None
        wrong = next((run for run in runs if run.is_near), None)
        if wrong is not None:
            return wrong
    return None


def _runs(amounts: Sequence[Amount], at: int, *, is_given: bool) -> Iterator[Sum]:
    """Runs of neighboring amounts right before or right after the total, the longest first."""
    total = amounts[at]
    alike = (total.unit, "") if total.unit else ("",)
    before, after = amounts[:at], amounts[at + 1 :]
    for size in range(max(len(before), len(after)), FEWEST_PARTS - 1, -1):
        for run in (before[-size:], after[:size]):
            fits = all(each.value < total.value and (each.unit in alike or not total.unit) for each in run)
            if len(run) == size and fits:
                yield Sum(tuple((1, each) for each in run), total, is_given)


def _finding(found: Sum, text: str, *, criterion: str, level: str) -> Finding:
    start = min(found.total.start, *(part.start for _, part in found.parts))
    end = max(found.total.end, *(part.end for _, part in found.parts))
    unit = found.total.unit
    return Finding(
        DETECTOR.name,
        0.95,
        "The amounts come to {sum}, but the text says {total}.",
        {"sum": money_text(found.value, unit), "total": money_text(found.total.value, unit)},
        criterion=criterion,
        level=level,
        span=(start, end),
        words=text[start:end],
    )


DETECTOR = Detector(
    "sums",
    "amounts that do not add up to the total beside them",
    "A model is paid for repeating a figure that cannot be right, and punished for adding up correctly.",
    in_words=find,
)
