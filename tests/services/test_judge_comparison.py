"""A judge against experts, on twelve answers whose figures are worked out by hand."""

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.estimate import wilson_interval
from rubric_studio.domain.pair_agreement import clustered_share
from rubric_studio.domain.row import RowCriterion
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.source import Source
from rubric_studio.services.edits import Author
from rubric_studio.services.judge_comparison import (
    JudgeAgainstExperts,
    PointAgreement,
    compare_judges,
    differences,
    quarters,
)
from rubric_studio.services.judge_differences import both_sides
from rubric_studio.services.judge_ratings import OWN_POINTS
from rubric_studio.services.marks import EXPERTS
from rubric_studio.store.project_file import ProjectFile
from tests.services.judged_project import (
    EXPERT_GOOD,
    GUIDE,
    JUDGE,
    JUDGE_GOOD,
    NAMES,
    NEVER,
    ONCE,
    expert_says,
    fill,
    judge_says,
)


@pytest.fixture
def judged(store: ProjectFile, author: Author) -> ProjectFile:
    """The judge differs from the one expert on four of twenty-four marks."""
    fill(store, author)
    expert_says(store, author, {"good": EXPERT_GOOD, "bad": NEVER})
    judge_says(store, {"good": JUDGE_GOOD, "bad": ONCE})
    return store


def compared(store: ProjectFile) -> JudgeAgainstExperts:
    return compare_judges(store, GUIDE, [JUDGE]).judges[0]


def point(store: ProjectFile, key: str) -> PointAgreement:
    return next(each for each in compared(store).points if each.point.key == key)


def test_the_share_of_equal_grades_is_over_all_points(judged: ProjectFile) -> None:
    # 9 of 12 on the first point, 11 of 12 on the second: 20 of 24.
    same = compared(judged).same
    assert (same.n, same.value) == (24, pytest.approx(20 / 24))
    assert same.low is not None
    assert same.low < 20 / 24


def test_a_point_has_its_share_with_wilsons_interval(judged: ProjectFile) -> None:
    good = point(judged, "good")
    assert (good.same.n, good.same.value) == (12, 0.75)
    assert (good.same.low, good.same.high) == wilson_interval(9, 12)


def test_the_point_with_the_least_agreement_comes_first(judged: ProjectFile) -> None:
    assert [each.point.key for each in compared(judged).points] == ["good", "bad"]


def test_kappa_weighs_a_step_less_than_the_whole_scale(judged: ProjectFile) -> None:
    # Observed (3 * .25) / 12 = .0625; the experts give each grade 4 times, the judge 4, 5 and 3 times:
    # expected ((5/12 * .25 + 3/12) + (4/12 + 3/12) * .25 + (4/12 + 5/12 * .25)) / 3 = .3125; 1 - .2 = .8.
    assert point(judged, "good").kappa.value == pytest.approx(0.8)


def test_kappa_is_withheld_where_the_experts_never_found_the_fault(judged: ProjectFile) -> None:
    kappa = point(judged, "bad").kappa
    assert (kappa.value, kappa.reason) == (None, "constant")


def test_grades_are_counted_against_grades_the_best_first(judged: ProjectFile) -> None:
    levels = point(judged, "good").levels
    assert [level.key for level in levels.levels if level] == ["fully", "partly", "no"]
    assert levels.counts == ((3, 1, 0), (1, 3, 0), (0, 1, 3))


def test_bias_is_judge_minus_experts(judged: ProjectFile) -> None:
    # One mark half a point stricter, two half a point milder: .5 / 12.
    assert point(judged, "good").bias.whole.value == pytest.approx(0.5 / 12)


def test_bias_by_model_and_by_quarters_of_length(judged: ProjectFile) -> None:
    bias = compared(judged).bias
    # All places that differ are odd, hence birch's, but for the fault at place 0, which is alder's: 1 / 12.
    assert [(each.name, each.bias.n) for each in bias.models] == [("alder", 12), ("birch", 12)]
    assert bias.models[0].bias.value == pytest.approx(1 / 12)
    assert bias.models[1].bias.value == pytest.approx(0.5 / 12)
    assert [(each.shortest, each.longest) for each in bias.quarters] == [
        (10, 30),
        (40, 60),
        (70, 90),
        (100, 120),
    ]
    # Three answers with two marks each: too few to say.
    assert {each.bias.reason for each in bias.quarters} == {"too few"}
    assert bias.with_length.n == 24


def test_totals_are_compared_where_both_have_all_marks(judged: ProjectFile) -> None:
    # Three totals differ by .5, and the fault costs .25 at place 0: 1.75 / 12.
    assert compared(judged).totals.value == pytest.approx(1.75 / 12)


def test_worst_differences_are_those_that_move_the_total_most(judged: ProjectFile) -> None:
    found = differences(compare_judges(judged, GUIDE, [JUDGE]).ratings, JUDGE)
    assert [(each.key, each.size) for each in found] == [("good", 0.5)] * 3 + [("bad", 0.25)]
    only = differences(compare_judges(judged, GUIDE, [JUDGE]).ratings, JUDGE, "bad")
    assert [(each.expert, each.judge) for each in only] == [(0, 1)]


def test_a_difference_tells_both_reasons(judged: ProjectFile) -> None:
    found = differences(compare_judges(judged, GUIDE, [JUDGE]).ratings, JUDGE)
    sides = both_sides(judged, GUIDE, JUDGE, found[:1])
    assert (sides[0].expert.reason, sides[0].judge.reason) == ("I think 1", "judge thinks 0.5")
    assert sides[0].asked.title == "Sees it"


def test_a_mean_between_two_grades_stands_apart(judged: ProjectFile, bruno: Author) -> None:
    expert_says(judged, bruno, {"good": (0.5, *[None] * 11)})
    good = point(judged, "good")
    assert good.levels.levels[-1] is None
    assert good.levels.counts[-1] == (1, 0, 0, 0)  # the experts' mean is .75, the judge says fully
    assert good.same.value == pytest.approx(8 / 12)


def test_what_the_judge_could_not_answer_or_was_never_asked_is_counted(
    store: ProjectFile, author: Author
) -> None:
    fill(store, author)
    expert_says(store, author, {"good": EXPERT_GOOD})
    judge_says(store, {"good": ("fault", None, *JUDGE_GOOD[2:])})
    found = compared(store)
    assert (found.same.n, found.unanswered, found.unasked) == (10, 1, 1)


def test_not_applicable_said_by_one_alone_is_counted(store: ProjectFile, author: Author) -> None:
    fill(store, author)
    expert_says(store, author, {"good": ("absent", *EXPERT_GOOD[1:])})
    judge_says(store, {"good": ("absent", "absent", *JUDGE_GOOD[2:])})
    good = point(store, "good")
    assert (good.same.n, good.one_sided) == (10, 1)


def test_judges_stand_side_by_side(judged: ProjectFile) -> None:
    judge_says(judged, {"good": JUDGE_GOOD, "bad": ONCE}, "twin")
    found = compare_judges(judged, GUIDE, [JUDGE, "twin"])
    assert found.between[(JUDGE, "twin")].value == 1.0
    assert found.between[(EXPERTS, "twin")].value == pytest.approx(20 / 24)
    assert found.expert_marks == 24


def test_without_experts_there_is_nothing_to_compare(store: ProjectFile, author: Author) -> None:
    fill(store, author)
    judge_says(store, {"good": JUDGE_GOOD})
    found = compare_judges(store, GUIDE, [JUDGE])
    assert found.expert_marks == 0
    assert found.judges[0].same.reason == "too few"
    assert found.judges[0].totals.value is None


def test_a_judge_that_marked_nothing_is_refused(judged: ProjectFile) -> None:
    with pytest.raises(StudioError, match="has marked nothing here"):
        compare_judges(judged, GUIDE, ["nobody"])


def test_equal_lengths_share_a_quarter() -> None:
    import numpy as np

    assert quarters(np.array([5, 5, 5, 5])).tolist() == [0, 0, 0, 0]
    assert quarters(np.array([1, 2, 3, 4])).tolist() == [0, 1, 2, 3]


def test_points_of_single_questions_stand_together(store: ProjectFile, author: Author) -> None:
    guide = Rubric.model_validate(GUIDE.to_json() | {"row_criteria": "case"})
    fill(store, author)
    rows = [
        row.model_copy(update={"criteria": (RowCriterion(key="o", text="Own", weight=1),)})
        for row in store.rows()
    ]
    with store.writing() as writer:
        writer.source(Source(id="own", kind="rows", name="own"))
        writer.rows(rows)
    expert_says(store, author, {"row:o": ONCE}, guide)
    judge_says(store, {"row:o": NEVER}, guide=guide)
    found = compare_judges(store, guide, [JUDGE])
    assert [(each.point.key, each.same.n) for each in found.judges[0].points] == [(OWN_POINTS, 12)]
    # Of the part's weights 3 and 1 the own point moves a quarter of the total.
    assert [(each.key, each.size) for each in differences(found.ratings, JUDGE)] == [("row:o", 0.25)]


def test_several_points_of_one_answer_do_not_count_as_so_many_answers(
    store: ProjectFile, author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(NAMES, "row:other", NAMES["row:o"])
    guide = Rubric.model_validate(GUIDE.to_json() | {"row_criteria": "case"})
    fill(store, author)
    own = (RowCriterion(key="o", text="Own"), RowCriterion(key="other", text="Other"))
    rows = [row.model_copy(update={"criteria": own}) for row in store.rows()]
    with store.writing() as writer:
        writer.source(Source(id="own", kind="rows", name="own"))
        writer.rows(rows)
    expert_says(store, author, {"row:o": ONCE, "row:other": ONCE}, guide)
    judge_says(store, {"row:o": NEVER, "row:other": NEVER}, guide=guide)
    (point,) = compare_judges(store, guide, [JUDGE]).judges[0].points
    # Both differ on the first of twelve answers: 22 of 24, from twelve draws and not from 24.
    assert point.same == clustered_share([False, False, *[True] * 22], [at // 2 for at in range(24)])
    assert (point.same.low, point.same.high) != wilson_interval(22, 24)
