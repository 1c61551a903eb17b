"""The published scores of PRBench's European legal rows, by command line alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.cli import main


@pytest.fixture(scope="module")
def scored(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `score --json` writes for the whole set."""
    folder = tmp_path_factory.mktemp("prbench")
    data = shared_data / "prbench_legal_eu"
    project, rubric, out = folder / "prbench.rubric", folder / "rubric.json", folder / "scores.json"
    rubric.write_text(json.dumps({"name": "PRBench", "aggregation": "points_shifted", "strata": []}))
    calls = [
        ["new", project],
        ["import", project, rubric, "--as", "rubric"],
        ["import", project, data / "rows.jsonl", "--as", "rows", "--map", "criteria=rubric"],
        [
            "import",
            project,
            data / "outputs.jsonl",
            "--as",
            "samples",
            *mapped(row="row_id", text="output_text"),
        ],
        [
            "import",
            project,
            data / "verdicts.jsonl",
            "--as",
            "verdicts",
            "--rater",
            "gemini-flash-lite-latest",
            *mapped(row="row_id", criterion="criterion_id", value="grade", reason="reasoning"),
        ],
        ["score", project, "--json", out],
    ]
    for call in calls:
        assert main([str(word) for word in call]) == 0, call
    return json.loads(out.read_text(encoding="utf-8"))


def mapped(**columns: str) -> list[str]:
    return [word for field, column in columns.items() for word in ("--map", f"{field}={column}")]


@pytest.fixture(scope="module")
def published(shared_data: Path) -> dict[tuple[str, str, int], dict[str, Any]]:
    """The published outputs by (row, model, run)."""
    lines = (shared_data / "prbench_legal_eu" / "outputs.jsonl").read_text(encoding="utf-8").splitlines()
    outputs = [json.loads(line) for line in lines]
    return {(o["row_id"], o["model"], o["run"]): o for o in outputs}


def judged(published: dict[Any, dict[str, Any]]) -> dict[Any, dict[str, Any]]:
    return {place: output for place, output in published.items() if "n_criteria" in output}


def by_place(scored: dict[str, Any]) -> dict[tuple[str, str, int], dict[str, Any]]:
    return {(s["row"], s["model"], s["run"]): s for s in scored["samples"]}


def test_every_output_is_scored_once(scored: Any, published: Any) -> None:
    assert len(scored["samples"]) == 440
    assert set(by_place(scored)) == set(published)


def test_fully_judged_outputs_have_their_published_score(scored: Any, published: Any) -> None:
    samples = by_place(scored)
    full = {place: o for place, o in judged(published).items() if o["n_verdicts"] == o["n_criteria"]}
    assert len(full) == 124
    for place, output in full.items():
        assert samples[place]["score"] == pytest.approx(output["score"], abs=1e-9), place
        assert len(samples[place]["criteria"]) == output["n_criteria"]
        assert {mark["rater"] for mark in samples[place]["criteria"].values()} == {"gemini-flash-lite-latest"}


def test_partly_judged_outputs_have_no_score_and_name_what_is_missing(scored: Any, published: Any) -> None:
    samples = by_place(scored)
    partly = {place: o for place, o in judged(published).items() if o["n_verdicts"] < o["n_criteria"]}
    assert len(partly) == 20
    for place, output in partly.items():
        sample = samples[place]
        missing = {key for key, mark in sample["criteria"].items() if mark["state"] == "unscored"}
        assert sample["score"] is None
        assert len(missing) == output["n_criteria"] - output["n_verdicts"]
        assert all(key in sample["reason"] for key in missing), sample["reason"]
        assert missing.isdisjoint(key for key, grade in output["verdicts"].items() if grade is not None)


def test_rows_without_criteria_have_no_score(scored: Any, published: Any) -> None:
    samples = by_place(scored)
    others = set(published) - set(judged(published))
    assert len(others) == 296
    assert all(samples[place]["score"] is None for place in others)
    assert {samples[place]["reason"] for place in others} == {"no criteria"}
