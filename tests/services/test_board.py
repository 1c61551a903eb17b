"""The whole project as columns: totals equal the scores one by one, and what is computed from them by hand."""

from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from rubric_studio import wiring
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, RowCriterion, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.services.board import Board, asked_by, build_board, spread, spreads
from rubric_studio.services.edits import Author
from rubric_studio.services.grading import grade_checks
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.services.marks import EXPERTS, rater_choice
from rubric_studio.services.results import (
    bin_of,
    by_label,
    by_mean,
    by_model,
    distribution,
    headroom,
    part_means,
    without_criteria,
    without_score,
)
from rubric_studio.services.row_labels import row_labels
from rubric_studio.services.scores import SampleScore, project_scores
from rubric_studio.services.statistics import mean_of
from rubric_studio.services.versions import saved_version
from rubric_studio.store.project_file import ProjectFile, create_project, open_project

LABELS = {"type": "labels", "predicted": "output_json.labels", "reference": "labels"}
RUBRIC = Rubric.model_validate(
    {
        "row_criteria": None,
        "strata": [
            {
                "key": "topics",
                "title": "Topics",
                "criteria": [{"key": "f1", "title": "Found", "kind": LABELS}],
            },
            {
                "key": "form",
                "criteria": [
                    {"key": "short", "weight": 3, "kind": {"type": "format", "max_chars": 22}},
                    {"key": "exact", "weight": 1, "kind": LABELS | {"metric": "recall"}},
                ],
            },
        ],
    }
)


@pytest.fixture
def board(store: ProjectFile, executor: ThreadPoolExecutor) -> Board:
    """The small project of conftest under RUBRIC, measured.

    q1 alder: both topics, 28 letters; f1 1, short 0, exact 1: topics 1, form (0*3 + 1*1) / 4 = .25; total .625.
    q1 birch: one of two topics, 19 letters; f1 2/3, short 1, exact .5: form 3.5/4 = .875; total .770833.
    q2 alder: no JSON, 7 letters; f1 0, short 1, exact 0: form .75; total .375.
    """
    grade_checks(store, RUBRIC, executor)
    return build_board(store, RUBRIC, rater_choice(store))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectFile]:
    path = tmp_path_factory.mktemp("example") / "example.rubric"
    wiring.make_example(path)
    store = open_project(path)
    with ThreadPoolExecutor(1) as pool:
        grade_checks(store, saved_version(store).rubric, pool)
    yield store
    store.close()


def test_totals_follow_the_marks(board: Board) -> None:
    totals = board.totals(RUBRIC)
    assert board.models == ("alder", "birch")
    assert totals.score == pytest.approx([0.625, (2 / 3 + 0.875) / 2, 0.375])
    assert board.unchecked == 0


def test_totals_follow_a_weight_without_reading_again(board: Board) -> None:
    topics = RUBRIC.strata[0].model_copy(update={"weight": 3.0})
    heavier = RUBRIC.model_copy(update={"strata": (topics, RUBRIC.strata[1])})
    assert board.fits(heavier)
    # q1 alder: (3 * 1 + .25) / 4
    assert board.totals(heavier).score[0] == pytest.approx(0.8125)


def test_a_board_does_not_fit_a_rubric_that_asks_something_else(board: Board) -> None:
    asked = RUBRIC.strata[0].criteria[0].model_copy(update={"wording": "All topics of the act"})
    other = RUBRIC.strata[0].model_copy(update={"criteria": (asked,)})
    assert not board.fits(RUBRIC.model_copy(update={"strata": (other, RUBRIC.strata[1])}))
    assert asked_by(RUBRIC) == asked_by(RUBRIC.model_copy(update={"name": "another"}))


def test_what_nobody_measured_is_counted(store: ProjectFile) -> None:
    unmeasured = build_board(store, RUBRIC, rater_choice(store))
    assert unmeasured.unchecked == 9  # three checks on three samples
    assert without_score(unmeasured.totals(RUBRIC)).tolist() == [0, 1, 2]


@pytest.mark.parametrize("rater", ["trained", EXPERTS])
def test_board_totals_and_parts_are_the_project_scores_of_the_example(
    example: ProjectFile, rater: str
) -> None:
    rubric = saved_version(example).rubric
    choice = rater_choice(example, rater)
    board = build_board(example, rubric, choice)
    totals = board.totals(rubric)
    scores = {each.id: each for each in project_scores(example, rubric, choice)}
    assert len(scores) == len(board.infos) == 180
    for place, info in enumerate(board.infos):
        expected = scores[info.id].score
        assert bool(totals.scored[place]) == (expected is not None)
        if expected is not None:
            assert totals.score[place] == pytest.approx(expected, abs=1e-9)
    _check_part_means(board, rubric, scores)


def _check_part_means(board: Board, rubric: Rubric, scores: dict[int, SampleScore]) -> None:
    expected: dict[tuple[str, str], list[float]] = defaultdict(list)
    for info in board.infos:
        for key, value in scores[info.id].strata.items():
            if value is not None:
                expected[key, info.model].append(value)
    groups = by_model(board)
    for part in part_means(board, rubric, groups):
        for model, mean in zip(groups.names, part.means, strict=True):
            if part.criterion is None and mean is not None:
                values = expected.pop((part.stratum, model))
                assert (mean.n, mean.value) == (len(values), pytest.approx(np.mean(values)))
    assert not expected


def test_part_means_go_part_by_part_and_group_by_group(board: Board) -> None:
    found = {(part.criterion or part.stratum): part for part in part_means(board, RUBRIC, by_model(board))}
    assert list(found) == ["topics", "f1", "form", "short", "exact"]
    # form: alder .25 on q1 and .75 on q2, birch .875 on q1
    alder, birch = found["form"].means
    assert alder is not None
    assert birch is not None
    assert (alder.n, alder.value) == (2, pytest.approx(0.5))
    assert (birch.n, birch.value) == (1, pytest.approx(0.875))
    assert [places.tolist() for places in found["form"].samples] == [[0, 2], [1]]


def test_the_rows_own_points_are_one_part(tmp_path: Path, author: Author) -> None:
    own = (RowCriterion(key="a", text="A", weight=2), RowCriterion(key="b", text="B", weight=-1))
    rows = (Row(id=RowId("q1"), prompt=user_prompt("?"), criteria=own),)
    samples = (Sample(row=RowId("q1"), model="alder", run=0, text="text"),)
    store = create_project(tmp_path / "own.rubric")
    carry_out(store, ImportPlan(ImportedFile(name="rows", kind="mixed"), rows, samples), author)
    rubric = Rubric.model_validate({"strata": []})
    board = build_board(store, rubric, rater_choice(store))
    store.close()
    assert board.own.samples.tolist() == [0, 0]
    assert board.own.weights.tolist() == [2.0, -1.0]
    assert part_means(board, rubric, by_model(board)) == []  # nothing is marked yet
    assert without_score(board.totals(rubric)).tolist() == [0]
    assert without_criteria(board.totals(rubric)).tolist() == []


def test_spread_has_mean_best_worst_and_deviation_of_each_row(board: Board) -> None:
    totals = board.totals(RUBRIC)
    birch = (2 / 3 + 0.875) / 2
    found = spread(board, totals)
    assert found.n.tolist() == [2, 1]
    assert found.mean == pytest.approx([(0.625 + birch) / 2, 0.375])
    assert (found.best[0], found.worst[0]) == (pytest.approx(birch), pytest.approx(0.625))
    # two values: the sample deviation is their distance over the root of 2; one value: 0
    assert found.deviation == pytest.approx([(birch - 0.625) / 2**0.5, 0.0])
    assert [each.row for each in spreads(board, totals)] == ["q1", "q2"]
    assert by_mean(found).rows.tolist() == [1, 0]


def test_headroom_counts_rows_with_several_answers_only(board: Board) -> None:
    birch = (2 / 3 + 0.875) / 2
    found = headroom(spread(board, board.totals(RUBRIC)))
    assert found is not None
    assert (found.rows, found.best) == (1, pytest.approx(birch))
    assert found.room.value == pytest.approx((birch - 0.625) / 2)
    assert found.room.low is None  # one row is too few for an interval
    alder = by_model(board).members[0]
    assert headroom(spread(board, board.totals(RUBRIC), alder)) is None


def test_scores_fall_into_twenty_bins_whatever_rounding_did() -> None:
    assert bin_of(np.array([0.0, 0.04, 0.05, 0.1 * 3, 0.3 - 1e-12, 0.95, 1.0])).tolist() == [
        0, 0, 1, 6, 6, 19, 19,
    ]  # fmt: skip


def test_distribution_says_what_the_best_answers_reach(board: Board) -> None:
    everything = np.arange(3)
    found = distribution(board, board.totals(RUBRIC), everything)
    birch = (2 / 3 + 0.875) / 2
    assert found.mean is not None
    assert found.mean.value == pytest.approx((0.625 + birch + 0.375) / 3)
    # each sample counts with the best of its row: birch, birch, .375
    assert found.possible == pytest.approx((2 * birch + 0.375) / 3)
    assert np.flatnonzero(found.counts).tolist() == [7, 12, 15]
    assert distribution(board, board.totals(RUBRIC), by_model(board).members[0]).possible is None


def test_samples_are_put_together_by_each_label_of_their_row(board: Board) -> None:
    labels = {RowId("q1"): ("tax", "trade"), RowId("q2"): ("law",)}
    groups = by_label(board, labels)
    assert groups.names == ("tax", "trade", "law")
    assert [members.tolist() for members in groups.members] == [[0, 1], [0, 1], [2]]
    rest = by_label(board, {RowId("q2"): ("law",)})
    assert (rest.names, rest.rest) == (("law", ""), 1)
    assert rest.members[1].tolist() == [0, 1]


def test_fields_worth_comparing_by_have_few_short_values(example: ProjectFile) -> None:
    found = row_labels(example)
    assert set(found["language"].values()) == {("en",), ("el",), ("fr",), ("de",)}
    assert "task" in found
    assert "source" not in found or len(set(found["source"].values())) <= 15


def test_an_interval_counts_rows_not_samples() -> None:
    # Five rows of one value each: 0 0 1 1 1. Mean .6, residuals -.6 -.6 .4 .4 .4, squares sum to 1.2;
    # variance 5/4 * 1.2 / 25 = .06, half width 1.96 * .244949 = .480100; the upper end is cut to 1.
    found = mean_of(np.array([0.0, 0.0, 1.0, 1.0, 1.0]), np.arange(5))
    assert found is not None
    assert (found.n, found.value, found.high) == (5, pytest.approx(0.6), 1.0)
    assert found.low == pytest.approx(0.6 - 1.96 * 0.06**0.5)
    # The same values twice per row are no more knowledge: residuals double, n doubles, the interval stays.
    twice = mean_of(np.repeat([0.0, 0.0, 1.0, 1.0, 1.0], 2), np.repeat(np.arange(5), 2))
    assert twice is not None
    assert (twice.n, twice.low) == (10, pytest.approx(found.low))


def test_an_interval_is_withheld_with_fewer_than_five_rows() -> None:
    found = mean_of(np.array([0.0, 1.0, 1.0]), np.array([0, 1, 2]))
    assert found is not None
    assert (found.n, found.low, found.high) == (3, None, None)
    assert mean_of(np.empty(0), np.empty(0, dtype=np.intp)) is None
