"""Trick answers on real EU acts: a guide that looks for words pays them, one that reads the labels does not."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from rubric_studio import wiring
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.probe_outcome import rubric_hash
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.grader.measures import MEASURES_VERSION
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.services.probe_outcomes import Change, KindOutcome, Standing, compared, summed_up
from rubric_studio.services.probing import try_probes
from rubric_studio.store.project_file import ProjectFile, create_project

FIELD = "level_1_en"
WEAK: dict[str, Any] = {
    "strata": [
        {
            "key": "topics",
            "criteria": [
                {
                    "key": "named",
                    "title": "Mentions the topics",
                    "kind": {"type": "mentions", "reference": FIELD},
                }
            ],
        }
    ]
}
IMPROVED: dict[str, Any] = {
    "strata": [
        {
            "key": "form",
            "gate": {"at": 1.0},
            "criteria": [{"key": "json", "kind": {"type": "format", "schema": {"required": ["labels"]}}}],
        },
        {
            "key": "topics",
            "weight": 9,
            "criteria": [
                {
                    "key": "f1",
                    "title": "Topics found",
                    "kind": {"type": "labels", "predicted": "output_json.labels", "reference": FIELD},
                }
            ],
        },
    ]
}


@pytest.fixture(scope="module")
def acts(shared_data: Path) -> list[dict[str, Any]]:
    file = shared_data / "eurovoc_eurlex" / "documents_en_fr.jsonl"
    if not file.exists():
        pytest.skip("the EuroVoc acts are not here: ../shared/data/eurovoc_eurlex")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def project(acts: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectFile]:
    """The 176 acts as questions that list the topics; two answers each, made here: all right, and half of it."""
    topics = sorted({topic for act in acts for topic in act[FIELD]})
    asked = f"Which topics does this act concern? Choose from: {', '.join(topics)}. Answer with JSON."
    rows = [
        Row(
            id=RowId(act["id"]),
            prompt=user_prompt(f"{asked}\n\n{act['title']['en']}\n\n{act['text']['en']}"),
            reference={FIELD: act[FIELD]},
        )
        for act in acts
    ]
    samples = [
        Sample(row=row.id, model=model, text=json.dumps({"labels": row.reference[FIELD][:: step + 1]}))
        for row in rows
        for step, model in enumerate(("right", "half"))
    ]
    store = create_project(tmp_path_factory.mktemp("eurovoc") / "eurovoc.rubric")
    plan = ImportPlan(ImportedFile(name="acts", kind="mixed"), tuple(rows), tuple(samples))
    carry_out(store, plan, wiring.passing_author())
    yield store
    store.close()


@pytest.fixture(scope="module")
def versions(project: ProjectFile) -> list[dict[str, KindOutcome]]:
    """The weak guide's outcomes and the improved one's."""
    found: list[dict[str, KindOutcome]] = []
    with ThreadPoolExecutor(1) as executor:
        for data in (WEAK, IMPROVED):
            rubric = Rubric.model_validate(data)
            try_probes(project, rubric, executor, "2026-11-22T14:02:31.123Z")
            outcomes = project.probe_outcomes(rubric_hash(rubric, MEASURES_VERSION))
            found.append({kind.name: kind for kind in summed_up(outcomes)})
    return found


def test_a_guide_that_looks_for_words_pays_whoever_names_them_all(
    versions: list[dict[str, KindOutcome]],
) -> None:
    weak = versions[0]
    # Every question lists all topics, so copying it, naming all, and a list of words mention every right one.
    for name in ("prompt_copied", "all_labels", "keywords"):
        assert (weak[name].low, weak[name].standing, weak[name].n) == (1.0, Standing.BREAKS, 176), name
        assert weak[name].paid[0][0] == "named"
    assert weak["empty"].standing is Standing.HOLDS


def test_a_guide_that_reads_labels_in_their_form_does_not(
    acts: list[dict[str, Any]], versions: list[dict[str, KindOutcome]]
) -> None:
    improved = versions[1]
    assert {kind.standing for kind in improved.values()} <= {Standing.HOLDS, Standing.NOWHERE}
    # All 21 on an act of n topics: F1 is 2n / (n + 21); the form is worth .1.
    topics = {topic for act in acts for topic in act[FIELD]}
    sizes = [len(act[FIELD]) for act in acts]
    f1 = sum(2 * n / (n + len(topics)) for n in sizes) / len(sizes)
    assert improved["all_labels"].low == pytest.approx(0.1 + 0.9 * f1)
    assert improved["reference"].low == 1.0
    assert improved["degraded"].low == pytest.approx(0.9)


def test_the_difference_stands_by_version(versions: list[dict[str, KindOutcome]]) -> None:
    weak, improved = (list(each.values()) for each in versions)
    changes = {each.name: each for each in compared(weak, improved)}
    for name in ("prompt_copied", "all_labels", "keywords"):
        assert changes[name].change is Change.FIXED
    assert len(changes["prompt_copied"].fixed) == 176
    assert not any(each.change is Change.REOPENED for each in changes.values())
