"""Four simulated experts of known skill and bias who score two rounds of a project, through the real services.

Every answer has a true grade on three points. "clear" everybody reads alike. "vague" can be read in two ways that
differ on every second answer: Anna and Bruno read it in one, Clara and Dora in the other; the second wording ends
that. "polished" gets other words in round two that change nothing. Clara gives a grade more (bias) now and then,
Dora grades at random more often than the others (skill). Everybody makes mistakes anew in each round.
"""

import random
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from rubric_studio.domain.ids import PersonId
from rubric_studio.services.agreement import AgreementChoice, agreement_report
from rubric_studio.services.person_figures import PersonFigures, person_figures
from rubric_studio.services.trend import Trend, trend
from rubric_studio.services.versions import saved_version
from tests.services.rated_project import ANNA, BRUNO, CLARA, DORA, RatedProject, guide

GRADES = (0.0, 0.5, 1.0)
POINTS = ("clear", "vague", "polished")
TWO_READINGS = 0.5
SIGNIFICANT = 0.05


class Habit(NamedTuple):
    """How an expert scores: how often at random, how often a grade more, and how she reads vague words."""

    random: float
    more: float
    reading: int


HABITS = {ANNA: Habit(0.1, 0, 0), BRUNO: Habit(0.1, 0, 0), CLARA: Habit(0.1, 0.3, 1), DORA: Habit(0.35, 0, 1)}


class Truth(NamedTuple):
    """The true grade of an answer on a point, in each of two readings."""

    first: float
    second: float


class Found(NamedTuple):
    """What the program's figures said of one simulated project."""

    differing: frozenset[PersonId]
    """The two without whom agreement on the clear point is highest."""
    mildest: PersonId
    """Who gives most above the others on the clear point."""
    weakest: str
    """The point on which round one agreed least."""
    cured: bool
    """Whether the rewording that ends the ambiguity is found significant, to the better ..."""
    cosmetic: bool
    """... and whether the cosmetic one is, either way."""


def simulated(folder: Path, seed: int, answers: int = 60, ambiguous: float = TWO_READINGS) -> Found:
    """Simulate one project, in which so large a share of answers can be read in two ways, and ask the services."""
    chance = random.Random(seed)
    truths = {key: [_truth(key, chance, ambiguous) for _ in range(answers)] for key in POINTS}
    project = RatedProject(folder, answers)
    try:
        before = project.save(guide(clear="Right?", vague="Fitting?", polished="Is it brief"))
        project.round(before, _said(truths, chance, vague=True), tells_lead=True)
        weakest = _weakest(project)
        after = project.save(
            guide(clear="Right?", vague="Fits the facts of the case?", polished="Is it brief?")
        )
        project.round(after, _said(truths, chance, vague=False), tells_lead=True)
        people = person_figures(project.store, after, ANNA, "alpha_interval", draws=False)
        return _found(people, weakest, trend(project.store, after, draws=False))
    finally:
        project.store.close()


def _truth(key: str, chance: random.Random, ambiguous: float) -> Truth:
    first = chance.choice(GRADES)
    differs = key == "vague" and chance.random() < ambiguous
    return Truth(first, chance.choice([grade for grade in GRADES if grade != first]) if differs else first)


def _said(
    truths: Mapping[str, list[Truth]], chance: random.Random, *, vague: bool
) -> dict[PersonId, dict[str, list[float]]]:
    return {
        person: {key: [_grade(habit, truth, chance, vague) for truth in each] for key, each in truths.items()}
        for person, habit in HABITS.items()
    }


def _grade(habit: Habit, truth: Truth, chance: random.Random, vague: bool) -> float:
    if chance.random() < habit.random:
        return chance.choice(GRADES)
    grade = truth[habit.reading] if vague else truth.first
    return min(1.0, grade + 0.5) if chance.random() < habit.more else grade


def _weakest(project: RatedProject) -> str:
    choice = AgreementChoice(basis="rounds", draws=False, totals=False)
    report = agreement_report(project.store, saved_version(project.store).rubric, choice)
    return min(report.points, key=lambda each: each.figure("alpha_interval").value or 0.0).key


def _found(people: tuple[PersonFigures, ...], weakest: str, found: Trend) -> Found:
    clear = {each.rater.id: next(p for p in each.points if p.key == "clear") for each in people}
    changes = {key: found.point(key).wordings[-1].change for key in POINTS}  # pyright: ignore[reportOptionalMemberAccess]
    by_others = sorted(clear, key=lambda id: -(clear[id].without_her.value or 0.0))
    vague, polished = changes["vague"], changes["polished"]
    assert vague is not None
    assert polished is not None
    return Found(
        differing=frozenset(PersonId(id) for id in by_others[:2]),
        mildest=PersonId(max(clear, key=lambda id: clear[id].difference.value or 0.0)),
        weakest=weakest,
        cured=(vague.p or 1.0) < SIGNIFICANT and (vague.mean or 0.0) > 0,
        cosmetic=(polished.p or 1.0) < SIGNIFICANT,
    )
