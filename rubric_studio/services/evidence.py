"""What a bundle tells of its own marks: who marks what, how a judge compares with experts, decisions, headroom.

How far experts agree with each other, and in which rounds, is gathered in `agreement_evidence.py`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from rubric_studio.domain.estimate import wilson_interval
from rubric_studio.domain.probe_outcome import rubric_hash
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.values import JsonObject
from rubric_studio.domain.verdict import State
from rubric_studio.grader.measures import MEASURES_VERSION
from rubric_studio.services.agreement_evidence import agreement_evidence
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.marks import AS_TRAINED, EXPERTS, RaterChoice, rater_choice
from rubric_studio.services.own_probes import own_probes
from rubric_studio.services.ports import Store
from rubric_studio.services.probe_outcomes import summed_up
from rubric_studio.services.scores import SampleScore, project_scores

SAME_GRADE = 1e-9


def evidence(store: Store, rubric: Rubric, choice: RaterChoice, scores: Sequence[SampleScore]) -> JsonObject:
    """Everything a bundle says of how its scores came about."""
    return {
        "rater": choice.name,
        "judge": choice.judge,
        "marked_by": _marked_by(store, rubric),
        "judge_against_experts": judge_against_experts(store, rubric, choice),
        "experts": agreement_evidence(store, rubric),
        "same_meaning": _same_meaning(store),
        "decisions": _decisions(store),
        "headroom": headroom(scores),
        "probes": probes(store, rubric),
    }


def probes(store: Store, rubric: Rubric) -> JsonObject:
    """What made-up outputs earned under the rubric: for each kind whether it holds, n rows, mean as a range."""
    own = {probe.key: probe.expectation for probe in own_probes(store)}
    kinds = summed_up(store.probe_outcomes(rubric_hash(rubric, MEASURES_VERSION)), own)
    told = [
        {
            "probe": kind.name,
            "expectation": kind.expectation.value,
            "standing": kind.standing.value,
            "n": kind.n,
            "mean": [kind.low, kind.high] if kind.n else None,
            "broken": kind.broken,
        }
        for kind in kinds
    ]
    return {"kinds": told} if told else {"kinds": [], "reason": "not tried under this version"}


def headroom(scores: Iterable[SampleScore]) -> JsonObject:
    """Mean of the best sample of each row minus the mean over rows, with the number of rows it stands on.

    Both means are over rows (each row counts once), as in OpenAI's Build Hour on reinforcement fine-tuning.
    """
    by_row: dict[str, list[float]] = defaultdict(list)
    for score in scores:
        if score.score is not None:
            by_row[score.sample.row].append(score.score)
    if not by_row:
        return {"n": 0, "mean": None, "best": None, "headroom": None, "reason": "no answer has a score"}
    mean = sum(sum(values) / len(values) for values in by_row.values()) / len(by_row)
    best = sum(max(values) for values in by_row.values()) / len(by_row)
    return {"n": len(by_row), "mean": mean, "best": best, "headroom": best - mean}


def judge_against_experts(store: Store, rubric: Rubric, choice: RaterChoice) -> dict[str, JsonObject]:
    """For each judged criterion, how often the judge gives the grade the experts give, with n and interval."""
    judged = [asked.key for asked in questionnaire(store, rubric).criteria() if asked.is_judged]
    if choice.judge is None or choice.name != AS_TRAINED:
        reason = "no judge marks here"
        return {key: {"n": 0, "percent": None, "interval": None, "reason": reason} for key in judged}
    counts = _agreements(store, rubric, choice.judge)
    return {key: _share(*counts.get(key, (0, 0))) for key in judged}


def _agreements(store: Store, rubric: Rubric, judge: str) -> dict[str, tuple[int, int]]:
    by_experts = project_scores(store, rubric, rater_choice(store, EXPERTS))
    by_judge = project_scores(store, rubric, rater_choice(store, judge))
    same: Counter[str] = Counter()
    both: Counter[str] = Counter()
    for expert, judged in zip(by_experts, by_judge, strict=True):
        for key, mark in expert.marks.items():
            other = judged.marks[key]
            if mark.state is State.SCORED and other.state is State.SCORED and _by_person(mark.raters):
                both[key] += 1
                same[key] += abs((mark.value or 0.0) - (other.value or 0.0)) <= SAME_GRADE
    return {key: (same[key], n) for key, n in both.items()}


def _by_person(raters: Iterable[Any]) -> bool:
    return any(rater.kind == "expert" for rater in raters)


def _share(same: int, n: int) -> JsonObject:
    if n == 0:
        return {"n": 0, "percent": None, "interval": None, "reason": "never compared with an expert"}
    return {"n": n, "percent": 100 * same / n, "interval": list(wilson_interval(same, n))}


def _marked_by(store: Store, rubric: Rubric) -> dict[str, str]:
    return {
        asked.key: "model" if asked.is_judged else "program"
        for asked in questionnaire(store, rubric).criteria()
    }


def _same_meaning(store: Store) -> list[JsonObject]:
    people = {person.id: person.name for person in store.people()}
    return [
        {"criterion": head.scope, "by": people.get(head.person, head.person), "at": head.at}
        for head in store.heads(RecordKind.SAME_MEANING)
        if head.body is not None
    ]


def _decisions(store: Store) -> dict[str, int]:
    heads = store.heads(RecordKind.DECISION)
    return dict(sorted(Counter(head.body["decision"] for head in heads if head.body is not None).items()))
