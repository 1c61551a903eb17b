"""What a trick answer earned, in one plain sentence, and the finding over all of them. Counts nothing itself."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.probes.probe import Expectation
from rubric_studio.services.probe_outcomes import Change, Comparison, KindOutcome, Standing
from rubric_studio.ui.labels import label
from rubric_studio.ui.number_text import count_text, range_text, score_text, signed_text

CONTEXT = "probes"
MOST_NAMED = 3


def tr(text: str) -> str:
    """Translate a sentence about trick answers."""
    return QCoreApplication.translate(CONTEXT, text)


def sentence(kind: KindOutcome, doing: str, titles: Mapping[str, str]) -> str:
    """Say what a trick earned and whether that is right; `titles` are the points' by key."""
    if kind.standing is Standing.NOWHERE:
        reason = tr(kind.skipped[0][0]) if kind.skipped else tr("it has no score")
        return tr("{doing} does not apply: {reason}.").format(doing=doing, reason=reason)
    if kind.standing is Standing.OPEN:
        return _open(kind, doing)
    match kind.expectation:
        case Expectation.LOW:
            return _low(kind, doing, payers(kind, titles))
        case Expectation.NO_GAIN:
            return _no_gain(kind, doing, payers(kind, titles))
        case Expectation.HIGH:
            return _high(kind, doing)
        case Expectation.FALLS:
            return _falls(kind, doing)


def since(comparison: Comparison | None, before: KindOutcome | None, version: str) -> str:
    """Say what changed since an earlier version, "" where nothing did."""
    if comparison is None or before is None:
        return ""
    was = amount_text(before)
    if comparison.change is Change.FIXED:
        return tr("Fixed since {version}, where it was {was}.").format(version=version, was=was)
    if comparison.change is Change.REOPENED:
        return tr("Reopened since {version}, where it was {was}.").format(version=version, was=was)
    return ""


def finding(kinds: Sequence[KindOutcome], names: Mapping[str, str]) -> str:
    """Say over all tricks how the guide stands."""
    broken = [kind for kind in kinds if kind.standing in (Standing.BREAKS, Standing.SOME)]
    tried = [kind for kind in kinds if kind.standing is not Standing.NOWHERE]
    unknown = sum(kind.standing is Standing.OPEN for kind in tried)
    if broken:
        shown = [_lowered(names[kind.name]) for kind in broken[:MOST_NAMED]]
        words = (
            tr("{n} of {all} trick answers find a gap: {names}")
            if len(broken) > 1
            else tr("One of {all} trick answers finds a gap: {names}")
        )
        more = "" if len(broken) <= MOST_NAMED else " …"
        return words.format(n=len(broken), all=len(tried), names=", ".join(shown) + more)
    if unknown:
        words = tr("No trick answer is known to find a gap; {n} of {all} cannot be told yet")
        return words.format(n=unknown, all=len(tried))
    return tr("None of {all} trick answers finds a gap").format(all=len(tried))


def amount_text(kind: KindOutcome) -> str:
    """Return the mean of what was measured: a score or a range; gains and falls with their sign."""
    return ends_text(kind.expectation, kind.low, kind.high)


def ends_text(expectation: Expectation, low: float, high: float) -> str:
    """Return a number, or the two ends between which it lies."""
    is_range = round(low, 2) != round(high, 2)
    if expectation is Expectation.NO_GAIN:
        signed = [signed_text(end) for end in (low, high)]
        return f"{signed[0]} \N{EN DASH} {signed[1]}" if is_range else signed[0]
    if expectation is Expectation.FALLS:
        low, high = -high, -low
        signed = [signed_text(end) for end in (low, high)]
        return f"{signed[0]} \N{EN DASH} {signed[1]}" if is_range else signed[0]
    return range_text(low, high) if is_range else score_text(low)


def payers(kind: KindOutcome, titles: Mapping[str, str]) -> str:
    """Name the point that pays most, or the two that pay about the same; "" where none does."""
    paid = [(titles.get(key, key), amount) for key, amount in kind.paid]
    if not paid:
        return ""
    if len(paid) > 1 and paid[1][1] > 0.8 * paid[0][1]:
        words = tr("the points \N{LEFT DOUBLE QUOTATION MARK}{one}\N{RIGHT DOUBLE QUOTATION MARK} and "
                   "\N{LEFT DOUBLE QUOTATION MARK}{two}\N{RIGHT DOUBLE QUOTATION MARK} pay for it")  # fmt: skip
        return words.format(one=paid[0][0], two=paid[1][0])
    words = tr("the point \N{LEFT DOUBLE QUOTATION MARK}{one}\N{RIGHT DOUBLE QUOTATION MARK} pays for it")
    return words.format(one=paid[0][0])


def _open(kind: KindOutcome, doing: str) -> str:
    words = (
        tr("{doing} cannot be told yet: 1 {point} is unmarked ({range}).")
        if kind.missing == 1
        else tr("{doing} cannot be told yet: {n} {point} are unmarked ({range}).")
    )
    return words.format(
        doing=doing, n=kind.missing, point=label("criterion", kind.missing), range=_between(kind)
    )


def _between(kind: KindOutcome) -> str:
    low, high = kind.low, kind.high
    if kind.expectation in (Expectation.LOW, Expectation.HIGH):
        return tr("between {low} and {high}").format(low=score_text(low), high=score_text(high))
    return amount_text(kind)


def _low(kind: KindOutcome, doing: str, who: str) -> str:
    if kind.standing is Standing.HOLDS:
        words = (
            tr("{doing} earns {amount}: acceptable.")
            if kind.is_known
            else tr("{doing} earns at most {amount}: acceptable.")
        )
        return words.format(doing=doing, amount=score_text(kind.high))
    who = who or tr("it should earn less")
    if kind.standing is Standing.BREAKS:
        words = tr("{doing} earns {amount}: {who}.")
        return words.format(doing=doing, amount=amount_text(kind), who=who)
    words = tr("{doing} earns {amount}, but too much on {rows}: {who}.")
    return words.format(doing=doing, amount=amount_text(kind), rows=_of_rows(kind), who=who)


def _high(kind: KindOutcome, doing: str) -> str:
    if kind.standing is Standing.HOLDS:
        return tr("{doing} earns {amount}, as it must.").format(doing=doing, amount=amount_text(kind))
    words = tr("{doing} earns only {amount}: too little on {rows}.")
    return words.format(doing=doing, amount=amount_text(kind), rows=_of_rows(kind))


def _no_gain(kind: KindOutcome, doing: str, who: str) -> str:
    if kind.standing is Standing.HOLDS:
        return tr("{doing} gains nothing: as it must be.").format(doing=doing)
    words = tr("{doing} gains {amount} on average, on {rows} too much: {who}.")
    who = who or tr("it should gain nothing")
    return words.format(doing=doing, amount=amount_text(kind), rows=_of_rows(kind), who=who)


def _falls(kind: KindOutcome, doing: str) -> str:
    ends = {"first": score_text(kind.first), "last": score_text(kind.last)}
    if kind.standing is Standing.HOLDS:
        return tr("{doing} lowers the score step by step, from {first} to {last}.").format(
            doing=doing, **ends
        )
    words = tr("{doing} does not lower the score as it must on {rows} (on average from {first} to {last}).")
    return words.format(doing=doing, rows=_of_rows(kind), **ends)


def _of_rows(kind: KindOutcome) -> str:
    words = tr("{n} of {all} {questions}")
    return words.format(n=count_text(kind.broken), all=count_text(kind.n), questions=label("row", kind.n))


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
