"""How quickly 50,000 stored samples become stored verdicts, beside a bare Python loop over the same strings.

Run: python -m tests.benchmarks.grading_speed
Both are timed in this one run on this one machine, each at its best of five; only the ratios mean anything.
"""

import json
import random
import tempfile
import time
from concurrent.futures import Executor
from pathlib import Path

import numpy as np

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.grader.columns import Columns
from rubric_studio.grader.plan import plan_of
from rubric_studio.grader.verdict_column import verdict_column
from rubric_studio.services.grading import grade_checks
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.store.project_file import ProjectFile, create_project
from rubric_studio.wiring import passing_author, workers

SAMPLES, PER_ROW, CRITERIA, REPEATS = 50_000, 8, 10, 5
LABELS = [f"domain {number}" for number in range(21)]


def main() -> None:
    """Measure and print."""
    chance = random.Random(7)
    rows, samples = made_up(chance)
    with tempfile.TemporaryDirectory() as folder:
        store = create_project(Path(folder) / "bench.rubric")
        carry_out(
            store, ImportPlan(ImportedFile(name="made up", kind="mixed"), rows, samples), passing_author()
        )
        bare = min(bare_loop(rows, samples) for _ in range(REPEATS))
        del rows, samples  # so that neither side sweeps over the other's values
        cold, warm = grading(store)
        store.close()
    print(f"bare loop over {SAMPLES} strings:            {bare:.2f} s")
    print(
        f"stored samples to stored verdicts:        {warm:.2f} s, {bare / warm:.2f} of the bare loop's speed"
    )
    print(
        f"the same with the workers' start counted: {cold:.2f} s, {bare / cold:.2f} of the bare loop's speed"
    )
    again = reweighting(chance)
    print(f"re-weighting {SAMPLES} samples x {CRITERIA} criteria: {again * 1000:.1f} ms", end="")
    print(f", {warm / again:.0f} times as quick as grading once more (one criterion)")


def made_up(chance: random.Random) -> tuple[tuple[Row, ...], tuple[Sample, ...]]:
    """Rows with a few labels each, and answers that name some of them."""
    rows: list[Row] = []
    samples: list[Sample] = []
    for number in range(SAMPLES // PER_ROW):
        id = RowId(f"q{number}")
        labels = chance.sample(LABELS, chance.randint(1, 5))
        rows.append(Row(id=id, prompt=user_prompt(f"Which domains? {number}"), reference={"labels": labels}))
        for run in range(PER_ROW):
            named = chance.sample(LABELS, chance.randint(1, 6))
            samples.append(Sample(row=id, model="made up", run=run, text=json.dumps({"labels": named})))
    return tuple(rows), tuple(samples)


def bare_loop(rows: tuple[Row, ...], samples: tuple[Sample, ...]) -> float:
    """Seconds that the shortest honest loop takes: parse, two sets, F1."""
    references = {row.id: row.reference["labels"] for row in rows}
    pairs = [(sample.text, references[sample.row]) for sample in samples]
    begun = time.perf_counter()
    scores: list[float] = []
    for text, reference in pairs:
        predicted, true = set(json.loads(text)["labels"]), set(reference)
        both = len(predicted & true)
        scores.append(2 * both / (len(predicted) + len(true)))
    return time.perf_counter() - begun


def grading(store: ProjectFile) -> tuple[float, float]:
    """Seconds from stored samples to stored verdicts: with starting the workers, and with workers that run."""
    rubric = Rubric.model_validate(
        {
            "strata": [
                {
                    "key": "topics",
                    "criteria": [
                        {
                            "key": "f1",
                            "kind": {
                                "type": "labels",
                                "predicted": "output_json.labels",
                                "reference": "labels",
                            },
                        }
                    ],
                }
            ]
        }
    )
    with workers(2) as executor:
        begun = time.perf_counter()
        grade_checks(store, rubric, executor)
        cold = time.perf_counter() - begun
        warm = min(graded_again(store, rubric, executor) for _ in range(REPEATS))
    return cold, warm


def graded_again(store: ProjectFile, rubric: Rubric, executor: Executor) -> float:
    """Seconds to grade everything anew with workers that run."""
    store.clear_check_verdicts()
    begun = time.perf_counter()
    report = grade_checks(store, rubric, executor)
    seconds = time.perf_counter() - begun
    assert report.measured == SAMPLES
    return seconds


def reweighting(chance: random.Random) -> float:
    """Seconds for all totals under new weights, the best of five."""
    criteria = [{"key": f"c{number}", "weight": 1.0} for number in range(CRITERIA)]
    strata = [
        {"key": "first", "gate": {"at": 0.5, "mode": "soft"}, "criteria": criteria[:5]},
        {"key": "second", "weight": 2.0, "criteria": criteria[5:]},
    ]
    values = np.random.default_rng(7).random((CRITERIA, SAMPLES))
    columns = Columns(
        SAMPLES, {f"c{number}": verdict_column(SAMPLES, values[number]) for number in range(CRITERIA)}
    )
    times: list[float] = []
    for _ in range(5):
        criteria[0]["weight"] = chance.random()
        begun = time.perf_counter()
        columns.totals(plan_of(Rubric.model_validate({"row_criteria": None, "strata": strata})))
        times.append(time.perf_counter() - begun)
    return min(times)


if __name__ == "__main__":
    main()
