"""Twelve answers to three questions, marked by people and by judges as a test wants it."""

from collections.abc import Mapping, Sequence
from typing import Any

from rubric_studio.domain.ids import CriterionKey, RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.domain.verdict import Rater, State, Verdict
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.edits import Author, GiveMark, SaveVersion, perform
from rubric_studio.store.project_file import ProjectFile

LEVELS = [{"key": "fully", "value": 1.0}, {"key": "partly", "value": 0.5}, {"key": "no", "value": 0.0}]
GUIDE = Rubric.model_validate(
    {
        "row_criteria": None,
        "strata": [
            {
                "key": "case",
                "criteria": [
                    {
                        "key": "good",
                        "title": "Sees it",
                        "weight": 3,
                        "kind": {"type": "judged"},
                        "levels": LEVELS,
                    },
                    {"key": "bad", "title": "Invents", "weight": -0.25, "kind": {"type": "judged"}},
                ],
            }
        ],
    }
)
EXPERT_GOOD = (1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0, 0, 0, 0)
JUDGE_GOOD = (1, 1, 1, 0.5, 0.5, 0.5, 0.5, 1, 0, 0, 0, 0.5)
NEVER = (0,) * 12
ONCE = (1, *NEVER[1:])
NAMES = {
    "good": {1: "fully", 0.5: "partly", 0: "no"},
    "bad": {1: "yes", 0: "no"},
    "row:o": {1: "yes", 0: "no"},
}
JUDGE = "judge"

Given = Sequence[float | str | None]
"""For each answer a grade's value, "fault" (asked, no answer), "absent" (not applicable), or None (not asked)."""


def answers() -> list[Sample]:
    """Four answers to each question, each ten characters longer than the one before."""
    return [
        Sample(
            row=RowId(f"r{at // 4}"),
            model=("alder", "birch")[at % 2],
            run=at % 4 // 2,
            text="x" * (at + 1) * 10,
        )
        for at in range(12)
    ]


def fill(store: ProjectFile, author: Author) -> None:
    """Add questions, answers and the guide as version 1."""
    with store.writing() as writer:
        writer.source(Source(id="answers", kind="mixed", name="answers"))
        writer.rows([Row(id=RowId(f"r{at}"), prompt=user_prompt(f"Case {at}?")) for at in range(3)])
        writer.samples(answers())
    perform(store, SaveVersion(rubric=GUIDE, number=1), author)


def judge_says(
    store: ProjectFile, given: Mapping[str, Given], judge: str = JUDGE, repeat: int = 0, guide: Rubric = GUIDE
) -> None:
    """Keep a judge's marks by criterion."""
    rows, asking = {row.id: row for row in store.rows()}, questionnaire(store, guide)
    made: list[Verdict] = []
    for key, values in given.items():
        for sample, value in zip(answers(), values, strict=True):
            if value is not None:
                asked = next(each for each in asking.on(rows[sample.row]) if each.key == key)
                made.append(
                    Verdict(
                        sample=sample.key,
                        criterion=CriterionKey(key),
                        question=asked.question.on_row(rows[sample.row]),
                        rater=Rater(kind="judge", name=judge),
                        repeat=repeat,
                        reason=f"{judge} thinks {value}",
                        **_state(key, value),
                    )
                )
    with store.writing() as writer:
        writer.source(Source(id=f"{judge}{repeat}", kind="verdicts", name=judge))
        writer.judge_verdicts(made)


def expert_says(
    store: ProjectFile, author: Author, given: Mapping[str, Given], guide: Rubric = GUIDE
) -> None:
    """Keep a person's marks by criterion."""
    rows, asking = {row.id: row for row in store.rows()}, questionnaire(store, guide)
    for key, values in given.items():
        for sample, value in zip(answers(), values, strict=True):
            if value is not None:
                asked = next(each for each in asking.on(rows[sample.row]) if each.key == key)
                edit = GiveMark(
                    sample=sample.key,
                    criterion=key,
                    question=asked.question.on_row(rows[sample.row]),
                    person=author.person,
                    reason=f"I think {value}",
                    **_state(key, value),
                )
                perform(store, edit, author)


def _state(key: str, value: float | str) -> dict[str, Any]:
    if value == "fault":
        return {"state": State.UNSCORED}
    if value == "absent":
        return {"state": State.NOT_APPLICABLE}
    return {"state": State.SCORED, "value": float(value), "level": NAMES[key][float(value)]}
