"""What outcomes of probes mean: which expectation is broken, by how much, who pays; and what a version changed.

**When a probe breaks its expectation.** Every threshold stands here with its reason.

- *Low*: it may earn at most one half, and clearly less than the row's own answers usually do: at most their
  mean less `CLEARLY`. One half is the published rule of thumb ("five deliberately bad outputs must score at most
  half"). The second condition is there because a group-relative trainer compares outputs of one row: a trick
  that earns as much as an ordinary answer is learned, however little that is. `CLEARLY` is a tenth, about the
  smallest step that people see between two answers. Nothing below `NEGLIGIBLE` (a tenth) breaks it: where all
  answers are bad there is no room beneath them, and what a valid form alone earns tempts nobody.
- *A guess* (the same output for every row) may be right here and there. So its rows are not judged one by one:
  the mean of what it earns is held against the mean of the rows' limits.
- *High*: at least `HIGH` (0.8). The reference is right by definition; where it loses more than a fifth, a model
  that learns to please the rubric is led away from it.
- *No gain*: the padded text may earn at most `NOISE` more than the text it is made of.
- *Falls*: no step may earn more than the one before it, and the last must earn clearly less than the first.

A probe with a range breaks its expectation only when it does wherever in the range the score lies, and keeps it
likewise; else it cannot be told yet.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.probe_outcome import Earned, ProbeOutcome
from rubric_studio.domain.probes.catalogue import BY_NAME
from rubric_studio.domain.probes.probe import Expectation

HALF = 0.5
CLEARLY = 0.1
NEGLIGIBLE = 0.1
HIGH = 0.8
NOISE = 0.01
ROUNDING = 1e-9
FEW = 0.1
"""Up to this share of rows a broken expectation is a matter of those rows, not of the rubric."""


class Standing(StrEnum):
    """How a rubric stands to one kind of probe."""

    HOLDS = "holds"
    SOME = "some"  # broken on a few rows
    BREAKS = "breaks"
    OPEN = "open"  # cannot be told until more is marked
    NOWHERE = "nowhere"  # applies to no row


class Change(StrEnum):
    """What a later version did to one kind of probe."""

    FIXED = "fixed"
    REOPENED = "reopened"
    UNCHANGED = "unchanged"
    UNKNOWN = "unknown"  # one of the two cannot be told


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row under one probe: what was measured (see `measured`), and whether the expectation is broken."""

    row: RowId
    low: float
    high: float
    broken: bool | None
    missing: int
    paid: tuple[tuple[str, float], ...]
    text: str

    @property
    def is_known(self) -> bool:
        """Whether it is one number."""
        return self.high - self.low <= ROUNDING


@dataclass(frozen=True, slots=True)
class KindOutcome:
    """One kind of probe over all rows to which it applies.

    `low` and `high` are the ends of the mean of what was measured, the same number where nothing is missing;
    `worst` the ends on the worst row. `paid` names the criteria that pay, with the mean of what they pay over
    the `n` rows. `rows` holds all of them, the worst first. `first` and `last` are the mean first and last step.
    """

    name: str
    expectation: Expectation
    standing: Standing
    n: int
    low: float = 0.0
    high: float = 0.0
    worst: tuple[float, float] = (0.0, 0.0)
    broken: int = 0
    open: int = 0
    missing: int = 0
    paid: tuple[tuple[str, float], ...] = ()
    rows: tuple[RowResult, ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()
    first: float = 0.0
    last: float = 0.0

    @property
    def is_known(self) -> bool:
        """Whether the mean is one number."""
        return self.high - self.low <= ROUNDING


@dataclass(frozen=True, slots=True)
class Comparison:
    """One kind of probe under two versions: as a whole, and row by row."""

    name: str
    change: Change
    fixed: tuple[RowId, ...]
    reopened: tuple[RowId, ...]


def limit(typical: float | None) -> float:
    """What a probe that must be low may earn on a row whose own answers have that mean."""
    if typical is None:
        return HALF
    return min(HALF, max(NEGLIGIBLE, typical - CLEARLY))


def measured(expectation: Expectation, earned: Sequence[Earned]) -> tuple[float, float] | None:
    """What counts of a probe, as a range: its score; or how far it falls; or what padding gains. None: no score."""
    if any(each.low is None or each.high is None for each in earned):
        return None
    lows = [each.low or 0.0 for each in earned]
    highs = [each.high or 0.0 for each in earned]
    if expectation is Expectation.FALLS:
        return lows[0] - highs[-1], highs[0] - lows[-1]
    if expectation is Expectation.NO_GAIN:
        return lows[-1] - highs[0], highs[-1] - lows[0]
    return lows[-1], highs[-1]


def is_broken(expectation: Expectation, outcome: ProbeOutcome) -> bool | None:
    """Whether a probe breaks its expectation on its row; None where that cannot be told yet."""
    found = measured(expectation, outcome.earned)
    if found is None:
        return None
    low, high = found
    match expectation:
        case Expectation.LOW:
            return _above(low, high, limit(outcome.typical))
        case Expectation.HIGH:
            return _above(-high, -low, -HIGH)
        case Expectation.NO_GAIN:
            return _above(low, high, NOISE)
        case Expectation.FALLS:
            return _falls_badly(outcome.earned, low, high)


def summed_up(
    outcomes: Iterable[ProbeOutcome], own: Mapping[str, Expectation] | None = None
) -> list[KindOutcome]:
    """Put outcomes together by kind, in the catalogue's order, one's own (name to expectation) after them.

    Outcomes of probes that nobody knows any more are left out.
    """
    expectations = {**{name: each.expectation for name, each in BY_NAME.items()}, **(own or {})}
    groups: dict[str, list[ProbeOutcome]] = {name: [] for name in expectations}
    for outcome in outcomes:
        if outcome.probe in groups:
            groups[outcome.probe].append(outcome)
    return [_kind(name, expectations[name], group) for name, group in groups.items() if group]


def compared(before: Sequence[KindOutcome], after: Sequence[KindOutcome]) -> list[Comparison]:
    """What the later of two versions fixed and reopened, for the kinds that both were tried with."""
    earlier = {kind.name: kind for kind in before}
    return [_comparison(earlier[kind.name], kind) for kind in after if kind.name in earlier]


def _above(low: float, high: float, most: float) -> bool | None:
    if low > most + ROUNDING:
        return True
    return False if high <= most + ROUNDING else None


def _falls_badly(earned: Sequence[Earned], low: float, high: float) -> bool | None:
    ends = [(each.low or 0.0, each.high or 0.0) for each in earned]
    steps = list(pairwise(ends))
    if high < CLEARLY - ROUNDING or any(after[0] > before[1] + ROUNDING for before, after in steps):
        return True
    surely = low >= CLEARLY - ROUNDING and all(after[1] <= before[0] + ROUNDING for before, after in steps)
    return False if surely else None


def _kind(name: str, expectation: Expectation, group: Sequence[ProbeOutcome]) -> KindOutcome:
    skipped = tuple(Counter(each.skipped for each in group if each.skipped).most_common())
    results = [
        (outcome, _row_result(expectation, outcome, found))
        for outcome in group
        if not outcome.skipped and (found := measured(expectation, outcome.earned)) is not None
    ]
    if not results:
        return KindOutcome(name, expectation, Standing.NOWHERE, 0, skipped=skipped)
    rows = sorted((row for _, row in results), key=lambda row: _harm(expectation, row), reverse=True)
    n = len(rows)
    return KindOutcome(
        name=name,
        expectation=expectation,
        standing=_standing(name, [outcome for outcome, _ in results], rows),
        n=n,
        low=sum(row.low for row in rows) / n,
        high=sum(row.high for row in rows) / n,
        worst=(rows[0].low, rows[0].high),
        broken=sum(row.broken is True for row in rows),
        open=sum(row.broken is None for row in rows),
        missing=max(row.missing for row in rows),
        paid=_who_pays(rows),
        rows=tuple(rows),
        skipped=skipped,
        first=sum(outcome.earned[0].low or 0.0 for outcome, _ in results) / n,
        last=sum(outcome.earned[-1].low or 0.0 for outcome, _ in results) / n,
    )


def _row_result(expectation: Expectation, outcome: ProbeOutcome, found: tuple[float, float]) -> RowResult:
    broken = is_broken(expectation, outcome)
    return RowResult(outcome.row, *found, broken, outcome.missing, outcome.paid, outcome.text)


def _harm(expectation: Expectation, row: RowResult) -> tuple[bool, bool, float, float]:
    """What is broken comes first, then what cannot be told; then by how much is paid wrongly."""
    wants_much = expectation in (Expectation.HIGH, Expectation.FALLS)
    ends = (-row.high, -row.low) if wants_much else (row.low, row.high)
    return row.broken is True, row.broken is None, *ends


def _standing(name: str, outcomes: Sequence[ProbeOutcome], rows: Sequence[RowResult]) -> Standing:
    n = len(rows)
    low, high = sum(row.low for row in rows) / n, sum(row.high for row in rows) / n
    if name in BY_NAME and BY_NAME[name].guess:
        most = sum(limit(outcome.typical) for outcome in outcomes) / n
        return _STANDINGS[_above(low, high, most)]
    broken = sum(row.broken is True for row in rows)
    if broken > FEW * n:
        return Standing.BREAKS
    if broken:
        return Standing.SOME
    return Standing.OPEN if any(row.broken is None for row in rows) else Standing.HOLDS


_STANDINGS = {True: Standing.BREAKS, False: Standing.HOLDS, None: Standing.OPEN}


def _who_pays(rows: Sequence[RowResult]) -> tuple[tuple[str, float], ...]:
    amounts: Counter[str] = Counter()
    for row in rows:
        for key, amount in row.paid:
            amounts[key] += amount  # pyright: ignore[reportArgumentType] - a Counter adds any number
    ordered = sorted(amounts.items(), key=lambda each: (-each[1], each[0]))
    return tuple((key, amount / len(rows)) for key, amount in ordered)


_IS_BAD = {Standing.BREAKS: True, Standing.SOME: True, Standing.HOLDS: False}


def _comparison(before: KindOutcome, after: KindOutcome) -> Comparison:
    was, now = _IS_BAD.get(before.standing), _IS_BAD.get(after.standing)
    if was is None or now is None:
        change = Change.UNCHANGED if before.standing is after.standing else Change.UNKNOWN
    elif was == now:
        change = Change.UNCHANGED
    else:
        change = Change.FIXED if was else Change.REOPENED
    earlier = {row.row: row.broken for row in before.rows}
    fixed = tuple(row.row for row in after.rows if row.broken is False and earlier.get(row.row) is True)
    reopened = tuple(row.row for row in after.rows if row.broken is True and earlier.get(row.row) is False)
    return Comparison(after.name, change, fixed, reopened)
