"""Rounds on published legal texts: what they would cost experts, how they are dealt out, by languages too."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.domain.ids import CriterionKey, PersonId, RowId, row_criterion_key
from rubric_studio.domain.row import Row, RowCriterion, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.domain.verdict import Rater, State, Verdict
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.edits import Author, SaveVersion, perform
from rubric_studio.services.round_proposal import proposed_plan
from rubric_studio.services.round_start import HoldOut, Pick, RoundProposal, RoundStart
from rubric_studio.store.project_file import ProjectFile, create_project
from tests.services.conftest import ANNA, TickingClock
from tests.services.round_room import FOUR, expert

OWN = Rubric.model_validate({"aggregation": "points_shifted", "row_criteria": "case", "strata": []})
WHOLE = Rubric.model_validate(
    {
        "row_criteria": None,
        "strata": [{"key": "topics", "criteria": [{"key": "fits", "kind": {"type": "judged"}}]}],
    }
)


def lines(file: Path) -> list[dict[str, Any]]:
    if not file.exists():
        pytest.skip(f"the published texts are not here ({file.parent.name}/{file.name})")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def read(told: dict[str, Any]) -> Row:
    """A question with its own points, each with the points it is worth."""
    own = [
        RowCriterion(key=each["id"], text=each["title"], weight=each["weight"])
        for each in told.get("rubric") or ()
    ]
    return Row(
        id=told["id"], prompt=user_prompt(told["prompt"]), reference=told["metadata"], criteria=tuple(own)
    )


def judged(store: ProjectFile, told: list[dict[str, Any]], samples: dict[tuple[str, str], Sample]) -> None:
    rows, asking = {row.id: row for row in store.rows()}, questionnaire(store, OWN)
    questions = {
        (row.id, each.key): each.question.on_row(row) for row in rows.values() for each in asking.on(row)
    }
    with store.writing() as writer:
        writer.source(Source(id="judge", kind="verdicts", name="judge"))
        writer.judge_verdicts(
            Verdict(
                sample=samples[each["row_id"], each["model"]].key,
                criterion=CriterionKey(row_criterion_key(each["criterion_id"])),
                question=questions[each["row_id"], row_criterion_key(each["criterion_id"])],
                rater=Rater(kind="judge", name="judge"),
                state=State.SCORED,
                value=float(each["grade"]),
            )
            for each in told
            if each["grade"] is not None
        )


@pytest.fixture(scope="module")
def legal(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectFile]:
    folder = shared_data / "prbench_legal_eu"
    rows = [read(told) for told in lines(folder / "rows.jsonl")]
    samples = {
        (each["row_id"], each["model"]): Sample(
            row=each["row_id"], model=each["model"], text=each["output_text"]
        )
        for each in lines(folder / "outputs.jsonl")
    }
    with create_project(tmp_path_factory.mktemp("legal") / "legal.rubric") as store:
        with store.writing() as writer:
            writer.source(Source(id="legal", kind="mixed", name="legal"))
            writer.rows(rows)
            writer.samples(samples.values())
        perform(store, SaveVersion(rubric=OWN, number=1), Author(ANNA, TickingClock()))
        judged(store, lines(folder / "verdicts.jsonl"), samples)
        yield store


def propose(store: ProjectFile, start: RoundStart) -> RoundProposal:
    return proposed_plan(store, start, PersonId("01LEAD"), TickingClock().randomness)


def test_only_questions_with_points_for_experts_are_picked_balanced_over_models_and_scores(
    legal: ProjectFile,
) -> None:
    # 18 of the 55 questions have points of their own; 8 models answered each: 144 of 440 answers.
    began = time.perf_counter()
    proposal = propose(legal, RoundStart(experts=FOUR, pick=Pick(how="balanced", count=48), overlap=2))
    assert time.perf_counter() - began < 10
    infos = {info.key: info for info in legal.sample_infos()}
    models = Counter(infos[key].model for key in proposal.plan.samples())
    assert set(models.values()) == {6}
    assert [each.samples for each in proposal.workloads] == [24] * 4
    left_out = next(note.facts for note in proposal.notes if note.code == "left_out")
    assert left_out == {"dropped": 0, "no_point": 296, "scored": 0}


def test_all_answers_take_days_and_it_says_how_many_fit(legal: ProjectFile) -> None:
    proposal = propose(legal, RoundStart(experts=FOUR[:2], pick=Pick(count=144), hold_out=HoldOut(share=0.3)))
    work, plan = proposal.workloads[0], proposal.plan
    rows = {row.id: row for row in legal.rows()}
    met = [info for info in legal.sample_infos() if rows[info.row].criteria]
    assert work.marks == sum(len(rows[info.row].criteria) for info in met)
    assert len(plan.held_out) == 5  # 0.3 * 18 = 5.4
    told = next(note.facts for note in proposal.notes if note.code == "too_long")
    fewer = propose(legal, RoundStart(experts=FOUR[:2], pick=Pick(count=told["fits"])))
    assert work.minutes > 600
    assert 160 < fewer.workloads[0].minutes < 320


def test_experts_get_the_languages_they_read(
    shared_data: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    documents = lines(shared_data / "eurovoc_eurlex" / "documents_en_fr.jsonl")
    rows = [
        Row(
            id=RowId(f"{each['id']}/{language}"),
            prompt=user_prompt(each["text"][language]),
            reference={"language": language},
        )
        for each in documents
        for language in ("en", "fr")
        if each["text"].get(language)
    ]
    with create_project(tmp_path / "acts.rubric") as store:
        with store.writing() as writer:
            writer.source(Source(id="acts", kind="mixed", name="acts"))
            writer.rows(rows)
            writer.samples(
                [
                    Sample(row=row.id, model=model, text=f"{model} on {row.id}")
                    for row in rows
                    for model in "ab"
                ]
            )
        perform(store, SaveVersion(rubric=WHOLE, number=1), Author(ANNA, TickingClock()))
        experts = (expert("Anna", "en"), expert("Bruno", "fr"), expert("Clara", "EN", "fr"), expert("Dora"))
        start = RoundStart(experts=experts, pick=Pick(count=60), overlap=2, language_field="language")
        plan = propose(store, start).plan
        where = {info.key: info.row for info in store.sample_infos()}
        spoken = {
            person: {where[key].rpartition("/")[2] for key in keys} for person, keys in plan.assigned.items()
        }
    assert (spoken[experts[0].person], spoken[experts[1].person]) == ({"en"}, {"fr"})
    assert [len(keys) for keys in plan.assigned.values()] == [30] * 4
