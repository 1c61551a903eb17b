"""Agreement as the command line gives it: the JSON of design section 8, a table to read, words for what is withheld."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import own_key, row_criterion_key
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.values import JsonObject
from rubric_studio.services.agreement import AgreementReport, PointFigures
from rubric_studio.services.agreement_words import TRUSTED, WHY, WITHHELD
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.expert_ratings import AgreementRater, all_verdicts, experts_among
from rubric_studio.services.ports import Store
from rubric_studio.services.showing import shown_key

if TYPE_CHECKING:  # numpy is not needed at start
    from rubric_studio.domain.agreement import Statistics
    from rubric_studio.domain.estimate import Estimate

ALL_EXPERTS = "experts"
SHORT_ID = 6
MOST_LINES = 60
MOST_NAMES = 12


# ---- what the call names


def raters_called(store: Store, words: Sequence[str]) -> tuple[str, ...]:
    """The ids of the raters that are called by name or id, "experts" being all of them; of one name all who bear it.

    Raises:
        StudioError: nobody of that name has marked anything here; it names who has.
    """
    if not words:  # saves reading every mark
        return ()
    experts = experts_among(store, all_verdicts(store))
    judges = [AgreementRater(name, name, "judge") for name in store.judges()]
    found: list[str] = []
    for word in words:
        called = [each.id for each in (*experts, *judges) if word in (each.id, each.name)]
        if word == ALL_EXPERTS and not called:
            called = [each.id for each in experts]
        if not called:
            known = ", ".join(_names([*experts, *judges]).values()) or "nobody yet"
            raise StudioError("No such rater", f'"{word}" has marked nothing here.', f"Raters: {known}.")
        found += called
    return tuple(dict.fromkeys(found))


def criterion_called(store: Store, rubric: Rubric, word: str) -> str:
    """The key by which the program knows a criterion that is called by its key, a row's own by its own key too.

    Raises:
        StudioError: there is none of that key, or a program marks it.
    """
    is_judged = {each.key: each.is_judged for each in questionnaire(store, rubric).criteria()}
    if is_judged.get(word):
        return word
    own = row_criterion_key(own_key(word))
    if rubric.row_criteria is not None and any(
        row_criterion_key(each.key) == own for row in store.rows() for each in row.criteria
    ):
        return own
    hint = _there_are([key for key, judged in is_judged.items() if judged])
    if word in is_judged:
        raise StudioError(
            "Nobody marks this", f'"{word}" is marked by a program: there is nothing to agree on.', hint
        )
    raise StudioError(
        "No such criterion", f'"{word}" is no criterion of the scoring guide or of any row.', hint
    )


def _there_are(keys: Sequence[str]) -> str:
    more = f" and {len(keys) - MOST_NAMES} more" if len(keys) > MOST_NAMES else ""
    return f"Criteria that raters mark: {', '.join(keys[:MOST_NAMES]) or 'none'}{more}."


# ---- JSON


def agreement_json(report: AgreementReport, rubric: Rubric) -> JsonObject:
    """The figures by criterion, in the form of design section 8."""
    taken = {str(criterion.key) for criterion in rubric.criteria()}
    names = _names(report.raters)
    return {shown_key(point.key, taken): _point_json(point, names) for point in report.points}


def _point_json(point: PointFigures, names: Mapping[AgreementRater, str]) -> JsonObject:
    statistics = point.statistics
    figures = dict(_figures(statistics, [names[rater] for rater in point.raters]))
    told: JsonObject = {"n": statistics.n, "raters": statistics.raters, "cohen": {}, "alpha": {}, "icc": {}}
    for name, estimate in figures.items():
        group, _, kind = name.partition(".")
        if kind:
            told[group][kind] = estimate.value
        else:
            told[name] = estimate.value
    told["reasons"] = {
        name: WITHHELD[estimate.reason] for name, estimate in figures.items() if estimate.value is None
    }
    return told


def _figures(statistics: "Statistics", names: Sequence[str]) -> "Iterator[tuple[str, Estimate]]":
    """Every figure by its name; those that stand together as "group.name"."""
    yield "percent", statistics.percent
    pairs = {"|".join(sorted((names[one], names[other]))): kappa.plain
             for (one, other), kappa in statistics.cohen.items()}  # fmt: skip
    for pair in sorted(pairs):
        yield f"cohen.{pair}", pairs[pair]
    yield "fleiss", statistics.fleiss.plain
    for name in ("nominal", "ordinal", "interval"):
        yield f"alpha.{name}", getattr(statistics.alpha, name)
    yield "ac1", statistics.ac1
    yield "ac2", statistics.ac2
    for form, estimate in statistics.icc.items():
        yield f"icc.{form}", estimate


def _names(raters: Sequence[AgreementRater]) -> dict[AgreementRater, str]:
    """Names as shown; where two share one, the end of the id tells them apart, and a judge is said to be one."""
    often = Counter(rater.name for rater in raters)
    short = {
        rater: f"{rater.name} ({'judge' if rater.kind == 'judge' else rater.id[-SHORT_ID:]})"
        for rater in raters
    }
    clash = Counter(short.values())
    return {
        rater: rater.name
        if often[rater.name] == 1
        else (short[rater] if clash[short[rater]] == 1 else f"{rater.name} ({rater.id})")
        for rater in raters
    }


# ---- a table to read


def agreement_lines(report: AgreementReport, rubric: Rubric) -> list[str]:
    """The figures as lines of text: for each criterion what to trust, with its interval, and the others beside it."""
    taken = {str(criterion.key) for criterion in rubric.criteria()}
    names = ", ".join(_names(report.raters).values())
    lines = [
        f"{_counted(len(report.raters), 'rater')}: {names}."
        if names
        else "Nobody has marked anything under this version."
    ]
    for point in report.points[:MOST_LINES]:
        lines += ["", *_point_lines(point, shown_key(point.key, taken))]
    if len(report.points) > MOST_LINES:
        lines += [
            "",
            f"{len(report.points) - MOST_LINES} more; --criterion KEY shows one, --json all of them.",
        ]
    return lines


def _point_lines(point: PointFigures, key: str) -> list[str]:
    statistics = point.statistics
    lines = [f"{key}: n = {statistics.n}, {_counted(statistics.raters, 'rater')}"]
    if not statistics.n:  # one reason for all of them
        return [*lines, f"  no figure: {WITHHELD[statistics.percent.reason]}"]
    trusted = statistics.advice.statistic
    lines.append(
        f"  trust {TRUSTED[trusted]}: {WHY[statistics.advice.why].format(**statistics.advice._asdict())}"
    )
    shown = (
        ("same grade", statistics.percent),
        ("Fleiss' kappa", statistics.fleiss.plain),
        ("alpha, nominal", statistics.alpha.nominal),
        ("alpha, ordinal", statistics.alpha.ordinal),
        ("alpha, interval", statistics.alpha.interval),
        ("AC1", statistics.ac1),
        ("AC2", statistics.ac2),
        ("ICC(2,1)", statistics.icc["2,1"]),
    )
    lines += [f"  {name:<16}{_estimate_text(estimate, statistics.n)}" for name, estimate in shown]
    if point.na_differs:
        answers = _counted(point.na_differs, "answer")
        lines.append(f"  on {answers} some say that it does not apply, and others mark it")
    return lines


def _estimate_text(estimate: "Estimate", n: int) -> str:
    """A figure with its interval; its n where that is not the criterion's, as ICC leaves out what not all marked."""
    of = "" if estimate.n == n else f"   (n = {estimate.n})"
    if estimate.value is None:
        return f"   -   {WITHHELD[estimate.reason]}{of}"
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:6.3f}{of}"
    return f"{estimate.value:6.3f}   {estimate.low:.3f} to {estimate.high:.3f}{of}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
