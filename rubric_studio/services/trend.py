"""Agreement per criterion over its wordings, and whether a rewording helped. Not what a round found as a whole."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rubric_studio.domain.listing import SampleInfo
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.agreement_choice import (
    AgreementChoice,
    AgreementPart,
    chosen_verdicts,
    samples_kept,
    usual_basis,
)
from rubric_studio.services.asked import Asked, Questionnaire, questionnaire
from rubric_studio.services.expert_ratings import Basis, Verdicts, point_ratings
from rubric_studio.services.point_figures import PointFigures, point_figures
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.versions import versions

if TYPE_CHECKING:  # numpy is not needed at start
    from rubric_studio.domain.estimate import Estimate
    from rubric_studio.domain.paired_change import PairedChange

Meaning = frozenset[str]
"""The definitions of a criterion that mean the same: one, or several that were "only a typo"."""


@dataclass(frozen=True)
class Wording:
    """One wording of a criterion that at least two raters met; rewordings that were "only a typo" are one.

    `versions` are the numbers of the saved versions that had it, `since` the time of the first of them, `words`
    what raters read (the newest of one meaning). `pairwise` is the mean pairwise agreement over samples
    (1 - distance of worths, in [0, 1]). `change` compares it with the wording before on the samples that at least
    two raters marked under both (after - before); None where there are none, and at the first wording. Where
    `other_people` marked those than before, the difference may be theirs. `is_present` says whether the guide asks
    it so now: a wording that was taken up again stands where it was first saved.
    """

    versions: tuple[int, ...]
    since: str
    words: str
    figures: PointFigures
    pairwise: "Estimate"
    change: "PairedChange | None"
    is_present: bool
    other_people: bool = False


@dataclass(frozen=True)
class PointTrend:
    """One criterion of the guide with its wordings, in the order in which they were first saved.

    `is_waiting`: the guide's present words were not marked by two raters yet.
    """

    key: str
    title: str
    stratum: str
    wordings: tuple[Wording, ...]
    is_waiting: bool


@dataclass(frozen=True)
class Trend:
    """The judged criteria of the guide in its order; without the held-out part, on which nothing is tuned."""

    basis: Basis
    part: AgreementPart
    points: tuple[PointTrend, ...]

    def point(self, key: str) -> PointTrend | None:
        """One criterion, None where the guide has none of that key."""
        return next((each for each in self.points if each.key == key), None)


def trend(
    store: Store,
    rubric: Rubric,
    progress: Progress = no_progress,
    *,
    basis: Basis | None = None,
    part: AgreementPart = "tuned",
    draws: bool = True,
) -> Trend:
    """Follow each judged criterion of the rubric through the saved versions' wordings. Rows' own have none.

    Old verdicts stand under the question they answered, so each wording has its own. The basis is what rounds
    count, in a project without any round everything, unless one is named.
    """
    choice = AgreementChoice(basis=basis or usual_basis(store), part=part, draws=draws)
    present = [asked for asked in questionnaire(store, rubric).criteria() if asked.is_judged]
    worded = _worded(store, frozenset(asked.key for asked in present))
    _read(store, worded, chosen_verdicts(store, choice), samples_kept(store, choice), draws, progress)
    points = [_point_trend(asked, [each for each in worded if each.key == asked.key]) for asked in present]
    return Trend(choice.basis, choice.part, tuple(points))


@dataclass
class _Worded:
    """One wording in the making: the versions that have it, and the newest of them ready to be asked."""

    key: str
    meaning: Meaning
    since: str
    asking: Questionnaire
    words: str
    versions: list[int] = field(default_factory=list[int])
    figures: PointFigures | None = None


def _worded(store: Store, keys: frozenset[str]) -> list[_Worded]:
    """Every wording that saved versions gave those criteria, in the order first saved."""
    found: dict[tuple[str, Meaning], _Worded] = {}
    for version in versions(store):
        asking = questionnaire(store, version.rubric)
        for asked in asking.criteria():
            if asked.is_judged and asked.key in keys:
                begun = _Worded(asked.key, meaning_of(asked), version.at, asking, "")
                worded = found.setdefault((asked.key, begun.meaning), begun)
                worded.versions.append(version.number)
                worded.asking = asking
                worded.words = asked.criterion.words if asked.criterion else asked.wording
    return list(found.values())


def meaning_of(asked: Asked) -> Meaning:
    """The definitions by which verdicts on a criterion count."""
    return frozenset(question.definition for question in (asked.question, *asked.older))


def _read(
    store: Store,
    worded: Iterable[_Worded],
    verdicts: Verdicts,
    keep: Callable[[SampleInfo], bool],
    draws: bool,
    progress: Progress,
) -> None:
    """Give each wording its figures, where two raters met it; each version is asked once."""
    by_asking: dict[int, list[_Worded]] = defaultdict(list)
    for each in worded:
        by_asking[id(each.asking)].append(each)
    for group in by_asking.values():
        keys = frozenset(each.key for each in group)
        read = point_ratings(store, group[0].asking, verdicts, keys, progress)
        figures = {each.key: point_figures(each.within(keep), verdicts.raters, draws=draws) for each in read}
        for each in group:
            each.figures = figures[each.key]


def _point_trend(asked: Asked, worded: Sequence[_Worded]) -> PointTrend:
    wordings: list[Wording] = []
    present = meaning_of(asked)
    for each in worded:
        if each.figures is not None and len(each.figures.raters) > 1:
            before = wordings[-1].figures if wordings else None
            wordings.append(_wording(each, each.figures, before, is_present=each.meaning == present))
    is_waiting = not any(each.is_present for each in wordings)
    return PointTrend(asked.key, asked.title, asked.stratum, tuple(wordings), is_waiting)


def _wording(
    worded: _Worded, figures: PointFigures, before: PointFigures | None, *, is_present: bool
) -> Wording:
    from rubric_studio.services.pairwise import pairwise_estimate

    return Wording(
        versions=tuple(worded.versions),
        since=worded.since,
        words=worded.words,
        figures=figures,
        pairwise=pairwise_estimate(figures.table, figures.sample_ids, graded=not figures.is_raw),
        change=None if before is None else change_between(before, figures),
        is_present=is_present,
        other_people=before is not None and other_people(before, figures),
    )


def other_people(before: PointFigures, after: PointFigures) -> bool:
    """Whether a sample marked under both wordings was marked by other raters than before."""
    earlier, later = _who_by_sample(before), _who_by_sample(after)
    return any(earlier[sample] != who for sample, who in later.items() if sample in earlier)


def _who_by_sample(figures: PointFigures) -> dict[int, frozenset[str]]:
    """Who graded each sample (by number) that two raters or more graded."""
    found: dict[int, frozenset[str]] = {}
    for sample, codes in zip(figures.samples, figures.table.codes.tolist(), strict=True):
        who = frozenset(rater.id for rater, code in zip(figures.raters, codes, strict=True) if code >= 0)
        if len(who) > 1:
            found[sample.id] = who
    return found


def change_between(before: PointFigures, after: PointFigures) -> "PairedChange | None":
    """Whether raters agree more under one wording than under another, on the samples marked under both.

    Of each sample the mean pairwise agreement before and after. Of numbers on no common scale only same counts.
    """
    from rubric_studio.domain.paired_change import paired_change

    earlier, later = agreement_by_sample(before), agreement_by_sample(after)
    common = [sample for sample in later if sample in earlier]
    if not common:
        return None
    return paired_change([earlier[sample] for sample in common], [later[sample] for sample in common])


def agreement_by_sample(figures: PointFigures) -> dict[int, float]:
    """The mean pairwise agreement on each sample (by number) that two raters or more graded."""
    from rubric_studio.domain.rating_table import pairable
    from rubric_studio.services.pairwise import pairwise_agreement

    values = pairwise_agreement(figures.table, graded=not figures.is_raw)
    samples = figures.sample_ids[pairable(figures.table)]
    return {int(sample): float(value) for sample, value in zip(samples, values, strict=True)}
