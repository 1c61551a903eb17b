"""What versions changed in the totals: numbers by hand on the small project, one pass for all, what is kept."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_edits import with_criterion, with_stratum
from rubric_studio.grader.columns import Totals
from rubric_studio.services.board import build_board
from rubric_studio.services.edits import Author, ChangeDraft, SaveVersion, perform
from rubric_studio.services.grading import grade_checks
from rubric_studio.services.history import undo
from rubric_studio.services.marks import rater_choice
from rubric_studio.services.version_effects import effect, moved_most, version_effect
from rubric_studio.services.version_marks import mark_points
from rubric_studio.services.version_restoring import as_draft, as_new_version
from rubric_studio.services.version_totals import DRAFT, VersionTotals, stages
from rubric_studio.services.versions import draft, versions
from rubric_studio.store.project_file import ProjectFile
from tests.services.test_board import RUBRIC

HEAVIER = with_stratum(RUBRIC, "topics", weight=3)
LONGER = with_criterion(RUBRIC, "short", kind={"type": "format", "max_chars": 100})


def totals(*scores: float | None) -> Totals:
    """Totals of which only scores matter."""
    scored = np.array([score is not None for score in scores])
    score = np.array([score or 0.0 for score in scores])
    none = np.zeros(len(scores))
    return Totals(score, scored, none, none, scored, none.astype(np.int32), ~scored)


def test_moves_are_counted_over_what_has_a_total_under_both() -> None:
    old = totals(0.5, 0.2, 0.9, 0.1, None, 0.3)
    new = totals(0.5, 0.5, 0.8, 0.1, 0.4, None)
    found = effect(old, new)
    assert (found.n, found.moved, found.gained, found.lost) == (4, 2, 1, 1)
    # +.3 and -.1: mean +.1; the largest by size is +.3
    assert found.mean == pytest.approx(0.1)
    assert found.largest == pytest.approx(0.3)
    # ranks 3 2 4 1 against 2.5 2.5 4 1: centered .5 -.5 1.5 -1.5 by 0 0 1.5 -1.5: 4.5 / sqrt(5 * 4.5)
    assert found.order.value == pytest.approx(4.5 / 22.5**0.5)


def test_nothing_moved_has_no_mean_and_rounding_is_no_move() -> None:
    found = effect(totals(0.3, 0.2, 0.1), totals(0.1 + 0.2, 0.2, 0.1))
    assert (found.moved, found.mean, found.largest) == (0, None, None)


def test_each_model_has_an_effect_of_its_own() -> None:
    found = version_effect(
        ("alder", "birch"), np.array([0, 1, 0]), totals(0.1, 0.2, 0.3), totals(0.1, 0.4, None)
    )
    assert [(name, each.n, each.moved, each.lost) for name, each in found.models] == [
        ("alder", 1, 0, 1),
        ("birch", 1, 1, 0),
    ]
    assert found.whole.order.reason == "too few"


def test_what_moved_most_comes_first() -> None:
    assert moved_most(totals(0.1, 0.5, None, 0.3), totals(0.2, 0.1, 0.5, 0.3)).tolist() == [1, 0, 3]


# ---- on a project


@pytest.fixture
def measured(store: ProjectFile, executor: ThreadPoolExecutor, author: Author) -> ProjectFile:
    """Version 1 RUBRIC, version 2 with a heavier part, version 3 with another limit; all measured."""
    for number, rubric in enumerate((RUBRIC, HEAVIER, LONGER), start=1):
        perform(store, SaveVersion(rubric=rubric, number=number, note=f"note {number}"), author)
        grade_checks(store, rubric, executor)
    return store


def test_every_version_scores_as_its_own_board_does(measured: ProjectFile) -> None:
    choice, rubrics = rater_choice(measured), [RUBRIC, HEAVIER, LONGER]
    marked = mark_points(measured, rubrics, choice)
    assert len(marked.entries) == 4  # f1, short, exact, and the other short
    for rubric in rubrics:
        alone = build_board(measured, rubric, choice)
        assert marked.covers(rubric)
        assert marked.board(rubric).fits(rubric)
        assert marked.board(rubric).totals(rubric).score == pytest.approx(alone.totals(rubric).score)


def test_effects_of_versions_by_hand(measured: ProjectFile) -> None:
    """f1 is 1, 2/3, 0; form .25, .875, .75 (see test_board)."""
    timeline = VersionTotals().timeline(measured, stages(measured), "trained")
    first, second, third = timeline.stages
    assert timeline.effects[first.id] is None
    whole = timeline.effects[second.id].whole  # pyright: ignore[reportOptionalMemberAccess]
    # (3 f1 + form) / 4: .8125, .71875, .1875; before .625, .770833, .375: moves +.1875, -.052083, -.1875
    assert (whole.n, whole.moved, whole.gained, whole.lost) == (3, 3, 0, 0)
    assert whole.mean == pytest.approx((0.1875 - 0.0520833333 - 0.1875) / 3)
    assert abs(whole.largest or 0) == pytest.approx(0.1875)
    # before the order is 2 3 1, now 3 2 1: sum d^2 = 2, 1 - 6 * 2 / 24
    assert whole.order.value == pytest.approx(0.5)
    # all answers are short enough now: form (3 + exact) / 4 is 1, .875, .75; total 1, .770833, .375
    assert timeline.totals[third.id].score == pytest.approx([1.0, (2 / 3 + 0.875) / 2, 0.375])


def test_a_version_is_added_up_once_and_the_draft_follows(measured: ProjectFile, author: Author) -> None:
    known = VersionTotals()
    before = known.timeline(measured, stages(measured), "trained")
    perform(measured, ChangeDraft(rubric=with_stratum(LONGER, "form", weight=2)), author)
    after = known.timeline(measured, stages(measured), "trained")
    assert [stage.id for stage in after.stages][-1] == DRAFT
    assert after.marked is before.marked  # a weight needs no reading
    assert all(after.totals[stage.id] is before.totals[stage.id] for stage in before.stages)
    # topics 1 and form 2: (f1 + 2 form) / 3 = 1, (2/3 + 1.75) / 3, .5
    assert after.totals[DRAFT].score == pytest.approx([1.0, (2 / 3 + 1.75) / 3, 0.5])
    assert undo(measured, author) is not None
    assert [stage.id for stage in stages(measured)] == [stage.id for stage in before.stages]


def test_a_point_that_nobody_measured_is_found_once_for_all_versions(
    store: ProjectFile, executor: ThreadPoolExecutor
) -> None:
    rubrics = [RUBRIC, HEAVIER, LONGER]
    marked = mark_points(store, rubrics, rater_choice(store))
    assert marked.board(RUBRIC).unchecked == 9
    assert len(list(marked.checks.criteria())) == 4
    assert grade_checks(store, marked.checks, executor).measured == 12  # four checks on three samples
    again = mark_points(store, rubrics, rater_choice(store))
    assert not list(again.checks.criteria())
    assert again.board(LONGER).totals(LONGER).scored.all()


def test_another_rater_and_other_marks_are_not_mixed_up(measured: ProjectFile) -> None:
    known = VersionTotals()
    trained = known.timeline(measured, stages(measured), "trained")
    experts = known.timeline(measured, stages(measured), "experts")
    assert trained.marked is not experts.marked
    known.forget()
    assert known.timeline(measured, stages(measured), "trained").marked is not trained.marked


def test_the_draft_stands_alone_before_anything_is_saved(store: ProjectFile, author: Author) -> None:
    assert stages(store) == []
    assert VersionTotals().timeline(store, [], "trained").effects == {}
    perform(store, ChangeDraft(rubric=RUBRIC), author)
    assert [stage.id for stage in stages(store)] == [DRAFT]


# ---- bringing back


def test_a_version_comes_back_as_the_draft_in_one_step(measured: ProjectFile, author: Author) -> None:
    perform(measured, as_draft(versions(measured)[0], "Go back to version 1"), author)
    assert draft(measured) == RUBRIC
    assert undo(measured, author).label == "Go back to version 1"  # pyright: ignore[reportOptionalMemberAccess]
    assert draft(measured) == LONGER


def test_a_version_comes_back_as_a_new_one_with_a_note(measured: ProjectFile, author: Author) -> None:
    perform(measured, as_new_version(measured, versions(measured)[1], "as version 2"), author)
    newest = versions(measured)[-1]
    assert (newest.number, newest.note, newest.rubric) == (4, "as version 2", HEAVIER)
    assert versions(measured)[1].rubric == HEAVIER
    undo(measured, author)
    assert [version.number for version in versions(measured)] == [1, 2, 3]
    assert isinstance(draft(measured), Rubric)
