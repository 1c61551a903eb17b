"""Imported graders in a project: brought in, scored as their formula says, marked with raw numbers, handed over."""

import json
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import pytest

from rubric_studio import wiring
from rubric_studio.cli import main
from rubric_studio.domain.bundle import BundleContent, BundleOptions, BundleRow
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.services.board import build_board
from rubric_studio.services.edits import Author
from rubric_studio.services.grading import grade_checks
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.services.marks import rater_choice
from rubric_studio.services.possible_totals import distinct_totals
from rubric_studio.services.scores import SampleScore, project_scores
from rubric_studio.services.versions import read_rubric
from rubric_studio.store.project_file import ProjectFile, create_project
from rubric_studio.targets.openai import OpenaiTarget
from rubric_studio.targets.trl import TrlTarget
from tests.services.grader_files import ALIKE, EXACT, LENGTH, MIXED, TWO_PYTHONS
from tests.services.sandboxed import OWN_CODE

ROW = Row(
    id=RowId("q"), prompt=user_prompt("How much?"), reference={"amount": 12, "words": 4, "answer": "12"}
)
TEXTS = ("12 euros in all", "13 euros", "twelve euros in all", "12")


@pytest.fixture
def project(tmp_path: Path, author: Author) -> Iterator[ProjectFile]:
    project = create_project(tmp_path / "graders.rubric")
    samples = tuple(Sample(row=ROW.id, model="m", run=run, text=text) for run, text in enumerate(TEXTS))
    carry_out(project, ImportPlan(ImportedFile(name="rows", kind="mixed"), (ROW,), samples), author)
    yield project
    project.close()


@pytest.fixture
def workers() -> Iterator[Executor]:
    """Own code runs in worker processes: each keeps an interpreter of its own."""
    with wiring.workers(1) as pool:
        yield pool


def scores_of(store: ProjectFile, rubric: Rubric, executor: Executor) -> list[SampleScore]:
    grade_checks(store, rubric, executor, own_code=OWN_CODE)
    return list(project_scores(store, rubric, rater_choice(store)))


def test_two_python_graders_score_as_the_formula_says(project: ProjectFile, workers: Executor) -> None:
    rubric = read_rubric(TWO_PYTHONS)
    scores = scores_of(project, rubric, workers)
    # 12 and 4 of 4 words: 0.75 + 0.25; another amount and 2 words: 0.25 / 2; 12 and one word: 0.75 + 0.25 / 4
    assert [each.score for each in scores] == [1.0, 0.125, None, 0.8125]
    raised = scores[2]
    assert raised.reason == "1 of 2 criteria is unscored: amount"
    assert raised.marks["amount"].reason.startswith("ValueError: could not convert string to float")
    assert raised.marks["length"].value == 1.0
    assert (raised.low, raised.high) == (None, None)  # a python grader may say any number
    board = build_board(project, rubric, rater_choice(project))
    totals = board.totals(rubric)
    assert totals.score.tolist() == [1.0, 0.125, 0.0, 0.8125]
    assert totals.ranged.tolist() == [True, True, False, True]


def test_raw_numbers_may_lie_outside_of_0_and_1(project: ProjectFile, workers: Executor) -> None:
    source = "def grade(sample, item):\n    return len(sample['output_text'].split())\n"
    count = {"type": "python", "name": "Words", "source": source}
    multi = {"type": "multi", "graders": {"n": count}, "calculate_output": "(n - 1) / 2"}
    scores = scores_of(project, read_rubric(multi), workers)
    # 4, 2, 4 and 1 words
    assert [each.score for each in scores] == [None, 0.5, None, 0.0]
    assert scores[0].marks["n"].value == 4.0
    assert scores[0].reason == "the formula gives 1.5, which is not between 0 and 1"


def test_division_by_zero_is_unscored(project: ProjectFile, executor: Executor) -> None:
    multi = {"type": "multi", "graders": {"exact": EXACT}, "calculate_output": "min(1, 1 / exact)"}
    scores = scores_of(project, read_rubric(multi), executor)
    assert [(each.score, each.reason) for each in scores][2:] == [(None, "division by zero"), (1.0, "")]


# ---- marks of models, by the command line


def run(project: Path, *words: object) -> int:
    return main([str(words[0]), str(project), *map(str, words[1:])])


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    project = tmp_path / "p.rubric"
    files: dict[str, Any] = {
        "grader.json": {"method": {"reinforcement": {"grader": MIXED}}},
        "rows.json": [{"id": "q", "prompt": "How much?", "answer": "12"}],
        "samples.json": [
            {"row": "q", "model": "m", "run": at, "text": text} for at, text in enumerate(TEXTS)
        ],
        "marks.json": [{"row": "q", "model": "m", "run": 3, "criterion": "style", "value": 7}],
        "wrong.json": [{"row": "q", "model": "m", "run": 3, "criterion": "style", "value": 11}],
    }
    for name, value in files.items():
        (tmp_path / name).write_text(json.dumps(value), encoding="utf-8")
    assert run(project, "new") == 0
    assert run(project, "import", tmp_path / "grader.json", "--as", "rubric") == 0
    for shape in ("rows", "samples"):
        assert run(project, "import", tmp_path / f"{shape}.json", "--as", shape) == 0
    return project


def test_a_models_number_keeps_its_range(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    marks = desk.parent / "marks.json"
    assert run(desk, "import", marks, "--as", "verdicts", "--rater", "judge") == 0
    capsys.readouterr()
    assert run(desk, "score", "--json", "-") == 0
    samples = json.loads(capsys.readouterr().out)["samples"]
    last = next(sample for sample in samples if sample["run"] == 3)
    # "12" is the answer: 0.5 * max(1, 1 ^ 2) + 7 / 20
    assert last["score"] == pytest.approx(0.85)
    assert last["criteria"]["style"]["value"] == 7
    first = next(sample for sample in samples if sample["run"] == 0)
    assert (first["score"], first["reason"]) == (None, "1 of 3 criteria is unscored: style")


def test_a_number_outside_of_the_range_is_refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(desk, "import", desk.parent / "wrong.json", "--as", "verdicts", "--rater", "judge") == 1
    said = capsys.readouterr().err
    assert '"11' in said
    assert "It takes numbers from 0 to 10." in said


def test_a_grader_that_cannot_be_taken_over_is_the_files_fault(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cosine = MIXED | {
        "graders": {"alike": ALIKE | {"evaluation_metric": "cosine"}},
        "calculate_output": "alike",
    }
    bad = desk.parent / "bad.json"
    bad.write_text(json.dumps(cosine), encoding="utf-8")
    assert run(desk, "import", bad, "--as", "rubric") == 1
    assert "graders.alike.evaluation_metric" in capsys.readouterr().err


# ---- handing over


def content(rubric: Rubric, *targets: str) -> BundleContent:
    own = (criterion for criterion in rubric.criteria() if criterion.kind.type == "python")
    return BundleContent(
        project="p",
        rubric=rubric,
        rubric_id="R",
        version=1,
        rows=(BundleRow(row=ROW, part="train"),),
        options=BundleOptions(targets=targets),
        own_code={criterion.key: "" for criterion in own},
    )


@pytest.mark.parametrize(
    "grader",
    [TWO_PYTHONS, MIXED, EXACT, {"type": "python", "name": "Words 2!", "source": "# é \\ ''' \n" + LENGTH}],
)
def test_import_export_import_is_the_same_rubric(grader: dict[str, Any]) -> None:
    rubric = read_rubric(grader)
    bundle = content(rubric, "openai")
    assert OpenaiTarget().objections(bundle) == ()
    files = OpenaiTarget().files(bundle)
    again = json.loads(files["openai/grader.json"])
    assert read_rubric(again) == rubric
    assert read_rubric(json.loads(files["openai/job.json"])) == rubric
    if grader["type"] == "multi":
        assert again == grader
    if grader["type"] == "python":
        assert (again["source"], again["name"]) == (grader["source"], grader["name"])


def test_trl_carries_what_is_a_program(tmp_path: Path) -> None:
    multi = {"type": "multi", "graders": {"Exact": EXACT, **TWO_PYTHONS["graders"]}}
    rubric = read_rubric(multi | {"calculate_output": "(Exact + amount + length) / 3"})
    bundle = content(rubric, "trl")
    assert TrlTarget().objections(bundle) == ()
    names: dict[str, Any] = {}
    exec(TrlTarget().files(bundle)["trl/rewards.py"].decode(), names)
    item = json.dumps(ROW.reference)
    found = names["rubric_reward"](completions=list(TEXTS), item=[item] * len(TEXTS))
    # 0 + 1 + 1; 0 + 0 + 2/4; the amount raises: no score; 1 + 1 + 1/4
    assert found == [pytest.approx(2 / 3), pytest.approx(1 / 6), None, pytest.approx(0.75)]
    assert [each.criterion for each in TrlTarget().objections(content(read_rubric(MIXED), "trl"))] == [
        "style"
    ]


def test_a_field_that_the_service_renames_stands_in_the_way() -> None:
    rubric = read_rubric(EXACT)
    row = ROW.model_copy(update={"reference": {"answer": "x", "tools": "hammer"}})
    bundle = content(rubric, "openai").model_copy(update={"rows": (BundleRow(row=row, part="train"),)})
    (objection,) = OpenaiTarget().objections(bundle)
    assert "a name this service keeps for itself" in objection.message


def test_possible_totals_of_a_formula() -> None:
    def count(formula: str, **graders: Any) -> int | None:
        multi = {"type": "multi", "graders": graders, "calculate_output": formula}
        return distinct_totals(read_rubric(multi))

    ilike = EXACT | {"operation": "ilike"}
    assert count("0.7 * a + 0.3 * b", a=EXACT, b=ilike) == 4  # 0, 0.3, 0.7, 1
    assert count("a + b", a=EXACT, b=ilike) == 2  # 0, 1; 2 is no total
    assert count("a", a=EXACT, b=ALIKE) == 2  # b is not read
    assert count("a * b", a=EXACT, b=ALIKE) is None
