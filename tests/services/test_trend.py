"""Agreement over wordings: which count, in which order, and whether a rewording helped."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.services.edits import KeepMarks, perform
from rubric_studio.services.trend import PointTrend, trend
from rubric_studio.services.versions import reworded
from tests.services.rated_project import ANNA, BRUNO, CLARA, RatedProject, guide


@pytest.fixture
def project(tmp_path: Path) -> Iterator[RatedProject]:
    made = RatedProject(tmp_path, 12)
    yield made
    made.store.close()


def point(project: RatedProject, rubric: object, key: str = "good", **more: object) -> PointTrend:
    found = trend(project.store, rubric, **more).point(key)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_each_wording_that_two_met_is_a_point_with_its_versions(project: RatedProject) -> None:
    first = project.save(guide(good="Good", brief="Brief"))
    project.save(guide(good="Good", brief="Brief?"))
    project.round(first, {ANNA: {"good": [1, 1]}, BRUNO: {"good": [1, 0]}})
    third = project.save(guide(good="Good indeed?", brief="Brief?"))
    project.round(third, {ANNA: {"good": [1, 1]}, BRUNO: {"good": [1, 1]}})
    found = point(project, third)
    assert [(each.versions, each.words, each.is_present) for each in found.wordings] == [
        ((1, 2), "Good", False),
        ((3,), "Good indeed?", True),
    ]
    assert [each.figures.statistics.percent.value for each in found.wordings] == [0.5, 1.0]
    assert found.wordings[0].since < found.wordings[1].since
    assert not found.is_waiting
    brief = point(project, third, "brief")
    assert (brief.wordings, brief.is_waiting) == ((), True)


def test_a_wording_that_one_expert_met_is_left_out(project: RatedProject) -> None:
    first = project.save(guide(good="Good"))
    project.round(first, {ANNA: {"good": [1]}, BRUNO: {"good": [1]}})
    second = project.save(guide(good="Good?"))
    project.round(second, {ANNA: {"good": [1]}})
    found = point(project, second)
    assert [each.words for each in found.wordings] == ["Good"]
    assert found.is_waiting


def test_only_a_typo_is_one_wording_in_its_newest_words(project: RatedProject) -> None:
    first = project.save(guide(good="Godo"))
    project.round(first, {ANNA: {"good": [1]}, BRUNO: {"good": [1]}})
    second = project.save(guide(good="Good"))
    (change,) = reworded(first, second)
    perform(project.store, KeepMarks(criterion="good", old=change.old, new=change.new), project.authors[ANNA])
    (wording,) = point(project, second).wordings
    assert (wording.versions, wording.words, wording.is_present) == ((1, 2), "Good", True)


def test_the_change_is_over_samples_marked_under_both_wordings(project: RatedProject) -> None:
    first = project.save(guide(good="Good"))
    project.round(first, {ANNA: {"good": [1] * 12}, BRUNO: {"good": [0] * 8 + [1] * 4}})
    second = project.save(guide(good="Good?"))
    project.round(second, {ANNA: {"good": [1] * 10}, BRUNO: {"good": [1] * 7 + [0.5] + [1] * 2}})
    change = point(project, second).wordings[1].change
    # On the ten: seven go from 0 to 1, one from 0 to .5, two stay at 1: (7 + .5) / 10.
    assert change is not None
    assert (change.n, change.mean) == (10, pytest.approx(0.75))
    # Eight of them changed, all for the better: 2 of 256 ways of flipping signs are as far from 0.
    assert change.p == pytest.approx(2 / 256)


def test_a_wording_taken_up_again_is_one_with_the_marks_it_had(project: RatedProject) -> None:
    first = project.save(guide(good="Good"))
    project.round(first, {ANNA: {"good": [1, 1]}, BRUNO: {"good": [1, 0]}})
    second = project.save(guide(good="Good?"))
    project.round(second, {ANNA: {"good": [1, 1]}, BRUNO: {"good": [0, 0]}})
    third = project.save(guide(good="Good"))
    found = point(project, third)
    assert [(each.versions, each.is_present) for each in found.wordings] == [((1, 3), True), ((2,), False)]
    assert not found.is_waiting
    change = found.wordings[1].change
    assert change is not None
    # Before 1 and 0, after 0 and 0: the mean falls by a half; with one difference any flip is as far, so p is 1.
    assert (change.n, change.mean, change.p, change.low) == (2, -0.5, 1.0, None)


def test_other_people_on_the_same_samples_are_named_as_another_cause(project: RatedProject) -> None:
    first = project.save(guide(good="Good", brief="Brief"))
    both = {"good": [1, 1], "brief": [1, 1]}
    project.round(first, {ANNA: both, BRUNO: both})
    second = project.save(guide(good="Good?", brief="Brief?"))
    project.round(second, {ANNA: both, BRUNO: {"brief": [1, 1]}, CLARA: {"good": [1, 0]}})
    assert point(project, second, "good").wordings[1].other_people
    assert not point(project, second, "brief").wordings[1].other_people
    assert not point(project, second, "good").wordings[0].other_people


def test_without_common_samples_nothing_is_said_of_the_change(project: RatedProject) -> None:
    first = project.save(guide(good="Good"))
    project.round(first, {ANNA: {"good": [1]}, BRUNO: {"good": [1]}}, only=[0])
    second = project.save(guide(good="Good?"))
    nothing = [None]
    project.round(second, {ANNA: {"good": [*nothing, 1]}, BRUNO: {"good": [*nothing, 1]}}, only=[1])
    assert [each.change for each in point(project, second).wordings] == [None, None]


def test_the_held_out_part_is_not_shown(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good"))
    project.round(rubric, {ANNA: {"good": [1] * 12}, BRUNO: {"good": [1] * 12}}, held_out=[0, 1, 2])
    assert point(project, rubric).wordings[0].figures.statistics.n == 9


def test_marks_given_outside_rounds_count_only_where_there_never_was_a_round(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good"))
    project.mark(rubric, {ANNA: {"good": [1]}, CLARA: {"good": [1]}})
    assert [rater.name for rater in point(project, rubric).wordings[0].figures.raters] == ["Anna", "Clara"]
    project.round(rubric, {ANNA: {"good": [1]}, BRUNO: {"good": [1]}})
    assert [rater.name for rater in point(project, rubric).wordings[0].figures.raters] == ["Anna", "Bruno"]
