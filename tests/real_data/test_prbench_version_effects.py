"""PRBench's European legal rows as one guide: change one weight, see which totals moved, undo.

Every number is checked against the published formula, computed here from the files alone.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rubric_studio import wiring
from rubric_studio.cli import main
from rubric_studio.domain.rubric_edits import with_criterion
from rubric_studio.services.edits import ChangeDraft, SaveVersion, perform
from rubric_studio.services.history import undo
from rubric_studio.services.version_difference import Change, rubric_difference
from rubric_studio.services.version_effects import VersionEffect, moved_most
from rubric_studio.services.version_totals import DRAFT, Timeline, VersionTotals, stages
from rubric_studio.services.versions import draft
from rubric_studio.store.project_file import ProjectFile, open_project

JUDGE = "gemini-flash-lite-latest"
Place = tuple[str, str]
"""A row's id and a model: every model answered once."""


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def key_of(id: str) -> str:
    """A criterion's id as a key: it must begin with a letter."""
    return "c_" + id.replace("-", "_").lower()


@pytest.fixture(scope="module")
def data(shared_data: Path) -> Path:
    folder = shared_data / "prbench_legal_eu"
    if not folder.is_dir():
        pytest.skip("PRBench's European legal rows are not here: ../shared/data/prbench_legal_eu")
    return folder


def guide_of(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """One part for each row with criteria, scored on that row only."""
    strata = [
        {
            "key": f"row_{at}",
            "title": row["id"],
            "when": {"field": "metadata.source_id", "in": [row["metadata"]["source_id"]]},
            "criteria": [
                {
                    "key": key_of(each["id"]),
                    "title": each["title"][:80],
                    "wording": each["title"],
                    "weight": each["weight"],
                }
                for each in row["rubric"]
            ],
        }
        for at, row in enumerate(rows)
        if row.get("rubric")
    ]
    return {"name": "PRBench", "aggregation": "points_shifted", "row_criteria": None, "strata": strata}


@pytest.fixture(scope="module")
def imported(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole set brought in by command line, the criteria of all rows as one rubric."""
    folder = tmp_path_factory.mktemp("prbench")
    project = folder / "prbench.rubric"
    files = {"rubric": folder / "rubric.json", "verdicts": folder / "verdicts.jsonl"}
    files["rubric"].write_text(json.dumps(guide_of(lines(data / "rows.jsonl"))), encoding="utf-8")
    keyed = [v | {"criterion_id": key_of(v["criterion_id"])} for v in lines(data / "verdicts.jsonl")]
    files["verdicts"].write_text("\n".join(json.dumps(each) for each in keyed), encoding="utf-8")
    sample = ["row=row_id", "text=output_text"]
    verdict = ["row=row_id", "criterion=criterion_id", "value=grade", "reason=reasoning"]
    for call in (
        ["new", project],
        ["import", project, data / "rows.jsonl", "--as", "rows"],
        ["import", project, files["rubric"], "--as", "rubric"],
        ["import", project, data / "outputs.jsonl", "--as", "samples", *mapped(sample)],
        ["import", project, files["verdicts"], "--as", "verdicts", "--rater", JUDGE, *mapped(verdict)],
    ):
        assert main([str(word) for word in call]) == 0, call
    return project


def mapped(fields: list[str]) -> list[str]:
    return [word for field in fields for word in ("--map", field)]


@pytest.fixture
def store(imported: Path, tmp_path: Path) -> Iterator[ProjectFile]:
    copy = tmp_path / "copy.rubric"
    copy.write_bytes(imported.read_bytes())
    project = open_project(copy)
    yield project
    project.close()


def published_totals(data: Path, weights: dict[str, float]) -> dict[Place, float]:
    """(sum w g - sum min(0, w)) / sum |w| for every output with all its verdicts, as SOURCE.txt has it."""
    criteria = {
        row["id"]: [key_of(c["id"]) for c in row.get("rubric") or ()] for row in lines(data / "rows.jsonl")
    }
    grades: dict[Place, dict[str, float]] = {}
    for verdict in lines(data / "verdicts.jsonl"):
        if verdict["grade"] is not None:
            place = (verdict["row_id"], verdict["model"])
            grades.setdefault(place, {})[key_of(verdict["criterion_id"])] = verdict["grade"]
    totals: dict[Place, float] = {}
    for place, given in grades.items():
        keys = criteria[place[0]]
        if set(given) == set(keys):
            spared = sum(max(0.0, -weights[key]) for key in keys)
            earned = sum(weights[key] * given[key] for key in keys)
            totals[place] = (earned + spared) / sum(abs(weights[key]) for key in keys)
    return totals


def weights_of(data: Path) -> dict[str, float]:
    return {
        key_of(each["id"]): each["weight"]
        for row in lines(data / "rows.jsonl")
        for each in row.get("rubric") or ()
    }


def totals_of(timeline: Timeline, id: str) -> dict[Place, float]:
    totals = timeline.totals[id]
    places = np.flatnonzero(totals.scored)
    infos = timeline.marked.infos
    return {(str(infos[at].row), infos[at].model): float(totals.score[at]) for at in places}


def newest(timeline: Timeline) -> VersionEffect:
    found = timeline.effects[timeline.stages[-1].id]
    assert found is not None
    return found


def test_one_weight_moves_the_totals_of_its_row_and_undo_moves_none(store: ProjectFile, data: Path) -> None:
    author = wiring.author(wiring.new_person("Anna"))
    known, weights, rubric = VersionTotals(), weights_of(data), draft(store)
    heavy = next(c for c in rubric.criteria() if c.weight == 10)
    first = known.timeline(store, stages(store), "trained")
    before = totals_of(first, first.stages[0].id)
    assert before == pytest.approx(published_totals(data, weights))
    assert len(before) == 124

    # ---- change one weight
    perform(
        store, ChangeDraft(rubric=with_criterion(rubric, heavy.key, weight=1), label="weight 10 -> 1"), author
    )
    timeline = known.timeline(store, stages(store), "trained")
    assert timeline.stages[-1].id == DRAFT
    after = totals_of(timeline, DRAFT)
    expected = published_totals(data, weights | {heavy.key: 1.0})
    assert after == pytest.approx(expected)
    moves = {place: expected[place] - before[place] for place in before}
    moved = {place: move for place, move in moves.items() if abs(move) > 1e-9}
    assert len({row for row, _ in moved}) == 1  # a criterion belongs to one row
    whole = newest(timeline).whole
    assert (whole.n, whole.moved, whole.gained, whole.lost) == (124, len(moved), 0, 0)
    assert whole.mean == pytest.approx(np.mean(list(moved.values())))
    assert abs(whole.largest or 0) == pytest.approx(max(map(abs, moved.values())))
    assert whole.order.value is not None
    assert 0.9 < whole.order.value < 1
    infos = timeline.marked.infos
    listed = moved_most(timeline.totals[first.stages[0].id], timeline.totals[DRAFT])[: len(moved)]
    assert {(str(infos[at].row), infos[at].model) for at in listed} == set(moved)
    by_model = dict(newest(timeline).models)
    assert {name: effect.moved for name, effect in by_model.items() if effect.moved} == {
        model: sum(each == model for _, each in moved) for _, model in moved
    }
    only = next(p for p in rubric_difference(rubric, draft(store)).points() if p.state != "same")
    assert (only.key, only.changes) == (heavy.key, (Change("weight", 10.0, 1.0),))

    # ---- undo
    assert undo(store, author) is not None
    assert [stage.id for stage in stages(store)] == [first.stages[0].id]
    perform(store, SaveVersion(rubric=draft(store), number=2, note="after the undo"), author)
    whole = newest(known.timeline(store, stages(store), "trained")).whole
    assert (whole.n, whole.moved, whole.mean, whole.largest) == (124, 0, None, None)
    assert whole.order.value == pytest.approx(1.0)
