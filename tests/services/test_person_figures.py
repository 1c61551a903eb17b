"""One expert's own figures, and who may see them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.services.person_figures import PersonFigures, person_figures, who_may_be_seen
from tests.services.rated_project import ANNA, BRUNO, CLARA, DORA, RatedProject, guide


@pytest.fixture
def project(tmp_path: Path) -> Iterator[RatedProject]:
    made = RatedProject(tmp_path, 12)
    yield made
    made.store.close()


SAID = {
    ANNA: {"good": [1, 0] * 6},
    BRUNO: {"good": [1, 0] * 6},
    CLARA: {"good": [1, 0.5] * 6},
}


def seen(project: RatedProject, rubric: object, viewer: object) -> dict[str, PersonFigures]:
    found = person_figures(project.store, rubric, viewer)  # type: ignore[arg-type]
    return {each.rater.name: each for each in found}


def test_the_lead_sees_others_only_where_the_round_said_so(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.round(rubric, SAID)
    assert list(seen(project, rubric, ANNA)) == ["Anna"]
    told = project.round(rubric, {BRUNO: {"good": [1]}, CLARA: {"good": [1]}}, tells_lead=True)
    assert list(seen(project, rubric, ANNA)) == ["Anna", "Bruno", "Clara"]
    assert who_may_be_seen(project.store, ANNA) == {ANNA: None, BRUNO: (told,), CLARA: (told,)}


def test_an_expert_sees_her_own_figures_and_nobody_elses(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.round(rubric, SAID, tells_lead=True)
    assert list(seen(project, rubric, CLARA)) == ["Clara"]
    assert seen(project, rubric, DORA) == {}


def test_what_the_lead_sees_of_others_is_of_those_rounds_alone(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.round(rubric, SAID)
    part = {BRUNO: {"good": [0] * 3}, CLARA: {"good": [0] * 3}}
    project.round(rubric, part, tells_lead=True, only=[0, 1, 2])
    (point,) = seen(project, rubric, ANNA)["Bruno"].points
    assert point.with_her.n == 3


def test_an_open_round_tells_nobody_anything(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.round(rubric, SAID, tells_lead=True, closed=False)
    assert seen(project, rubric, ANNA) == {}


def test_difference_is_hers_minus_the_mean_of_the_others(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.round(rubric, SAID, tells_lead=True)
    found = {name: each.points[0] for name, each in seen(project, rubric, ANNA).items()}
    # Clara gives .5 more on six of twelve; Anna's others mean .25 there, so she is .25 lower on six: -.125.
    assert (found["Clara"].difference.n, found["Clara"].difference.value) == (12, pytest.approx(0.25))
    assert found["Anna"].difference.value == pytest.approx(-0.125)


def test_agreement_without_her_is_that_of_the_others(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.round(rubric, SAID, tells_lead=True)
    clara = seen(project, rubric, ANNA)["Clara"].points[0]
    assert clara.without_her.value == 1.0
    assert clara.with_her.value is not None
    assert clara.with_her.value < 1


def test_consistency_is_the_share_of_hidden_repeats_with_the_same_grade(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?", brief="Brief?"))
    said = {ANNA: {"good": [1, 0, "absent", 1], "brief": [1, 1]}, BRUNO: {"good": [1]}}
    project.round(rubric, said, again={ANNA: {"good": [1, 1, "absent"], "brief": [1, 1]}})
    anna = seen(project, rubric, ANNA)["Anna"]
    # good: 2 of 3 the same, "does not apply" twice being the same; brief: 2 of 2.
    found = {each.key: (each.consistency.n, each.consistency.value) for each in anna.points}
    assert found == {"good": (3, pytest.approx(2 / 3)), "brief": (2, 1.0)}
    assert (anna.consistency.n, anna.consistency.value) == (5, 0.8)
    bruno = seen(project, rubric, BRUNO)["Bruno"].consistency
    assert (bruno.n, bruno.value, bruno.reason) == (0, None, "too few")


def test_in_a_project_without_rounds_one_sees_oneself(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.mark(rubric, SAID)
    assert list(seen(project, rubric, BRUNO)) == ["Bruno"]
    assert seen(project, rubric, BRUNO)["Bruno"].points[0].with_her.n == 12
