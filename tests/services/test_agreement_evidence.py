"""What a bundle tells of its experts' agreement, and that it says the same each time and names nobody."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.domain.bundle import BundleOptions
from rubric_studio.domain.record import RecordKind
from rubric_studio.services.agreement_evidence import agreement_evidence
from rubric_studio.services.edits import Proposal, write
from rubric_studio.services.exporting import bundle_content
from rubric_studio.services.marks import rater_choice
from rubric_studio.targets.pages import readme
from tests.services.rated_project import ANNA, BRUNO, RatedProject, guide

MIXED = [1, 0, 0.5, 1] * 3


@pytest.fixture
def project(tmp_path: Path) -> Iterator[RatedProject]:
    made = RatedProject(tmp_path, 12, {0: ["own"]})
    yield made
    made.store.close()


def test_without_experts_it_says_so(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    told = agreement_evidence(project.store, rubric)
    assert told == {
        "criteria": {},
        "final": None,
        "reason": "no expert has marked anything",
        "rounds": [],
        "settlements": {},
    }


def test_where_a_program_marks_everything_no_expert_is_blamed(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.round(rubric, {ANNA: {"good": MIXED}, BRUNO: {"good": MIXED}}, held_out=range(2, 12))
    told = agreement_evidence(project.store, guide())  # as a bundle without that criterion has it
    assert (told["final"], told["reason"]) == (None, "experts have marked nothing of what is in this bundle")
    assert len(told["rounds"]) == 1


def test_a_withheld_figure_says_why_in_words(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.round(rubric, {ANNA: {"good": [1] * 12}, BRUNO: {"good": [1] * 12}})
    told = agreement_evidence(project.store, rubric)
    assert told["criteria"]["good"]["alpha_ordinal"]["reason"] == "all grades that it compares are the same"
    content = bundle_content(project.store, BundleOptions(targets=("trl",)), rater_choice(project.store))
    page = readme(content, (), {"trl": "TRL"}).decode()
    assert (
        "| good | 12 | 2 | 1.00 (0.76 to 1.00) | withheld: all grades that it compares are the same |" in page
    )
    assert "| Krippendorff's alpha, ordinal |" in page


def test_without_a_held_out_part_everything_is_told_as_not_final(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.round(rubric, {ANNA: {"good": MIXED}, BRUNO: {"good": [*MIXED[:11], 0]}})
    told = agreement_evidence(project.store, rubric)
    assert (told["part"], told["basis"], told["statistic"]) == ("all", "blind rounds", "alpha_ordinal")
    assert told["final"]["reason"].startswith("no rows were held out")
    good = told["criteria"]["good"]
    assert (good["n"], good["raters"]) == (12, 2)
    assert good["same_grade"]["value"] == pytest.approx(11 / 12)
    assert len(good["alpha_ordinal"]["interval"]) == 2


def test_with_a_held_out_part_nothing_else_is_quoted(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    said = {ANNA: {"good": MIXED}, BRUNO: {"good": [0, 1, *MIXED[2:]]}}
    project.round(rubric, said, held_out=range(2, 12))
    told = agreement_evidence(project.store, rubric)
    assert told["part"] == "held_out"
    same = told["final"]["same_grade"]
    # Ten of ten: Wilson's lower end is 10 / (10 + 3.84).
    assert (same["n"], same["value"]) == (10, 1.0)
    assert same["interval"] == pytest.approx([0.722, 1], abs=1e-3)
    assert (told["criteria"]["good"]["n"], told["criteria"]["good"]["same_grade"]["value"]) == (10, 1.0)


def test_rounds_and_settlements_are_counted(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.round(rubric, {ANNA: {"good": [1, 1]}, BRUNO: {"good": []}}, only=[0, 1], held_out=[1])
    body = {"sample": "s", "criterion": "good", "question": "q", "state": "scored", "value": 1.0}
    settled = [
        Proposal(RecordKind.SETTLEMENT, f"s{at}/q", body | more, f"s{at}")
        for at, more in enumerate(({"cause": "slip"}, {"cause": "slip"}, {"cause": "law", "open": True}))
    ]
    write(project.store, "Decide", settled, project.authors[ANNA])
    told = agreement_evidence(project.store, rubric)
    (round,) = told["rounds"]
    assert round["started"] < round["closed"]
    assert {key: value for key, value in round.items() if key not in ("started", "closed")} == {
        "title": "Round 1",
        "version": 1,
        "samples": 2,
        "rows_held_out": 1,
        "experts": 2,
        "experts_counted": 1,
    }
    assert told["settlements"] == {"left open": 1, "slip": 2}


def test_the_bundle_says_it_in_the_same_words_each_time_and_names_nobody(project: RatedProject) -> None:
    rubric = project.save(guide(good="Good?"))
    project.round(rubric, {ANNA: {"good": MIXED}, BRUNO: {"good": MIXED}}, held_out=range(12))
    choice = rater_choice(project.store)
    made = [bundle_content(project.store, BundleOptions(targets=("trl",)), choice) for _ in range(2)]
    pages = [readme(each, (), {"trl": "TRL"}).decode() for each in made]
    assert pages[0] == pages[1]
    assert made[0].evidence == made[1].evidence
    told = json.dumps(made[0].evidence["experts"])
    assert "Anna" not in told
    assert "Bruno" not in told
    assert "| good | 12 | 2 | 1.00 (0.76 to 1.00) | 1.00 (" in pages[0]
    assert "On 12 recorded outputs of 12 rows that were held out" in pages[0]
