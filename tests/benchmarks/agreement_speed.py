"""How quickly agreement is read and worked out, beside a bare JSON read of the same records and a bare numpy pass.

Run: python -m tests.benchmarks.agreement_speed [points answers]
All are timed in this one run on this one machine; only the ratios mean anything.
"""

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from rubric_studio.domain.agreement import percent_agreement
from rubric_studio.domain.ids import EditId, RecordId, RowId
from rubric_studio.domain.rating_table import once
from rubric_studio.domain.record import EditEntry, Record, RecordKind
from rubric_studio.domain.row import Row, RowCriterion, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.services.agreement import AgreementChoice, AgreementReport, agreement_report
from rubric_studio.services.agreement_showing import agreement_json
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.disputes import disputes
from rubric_studio.services.edits import Author
from rubric_studio.services.ports import no_progress
from rubric_studio.store.project_file import ProjectFile, create_project
from rubric_studio.ui.compare.figure_lines import work_out
from tests.services.conftest import TickingClock
from tests.services.rated_project import LEVELS, PEOPLE

Found = TypeVar("Found")
POINTS, ANSWERS, EACH, OWN, RATERS = 225, 24, 2, 8, 3


def main() -> None:
    """Make a project up, measure and print."""
    points, answers = (int(word) for word in sys.argv[1:3]) if len(sys.argv) > 2 else (POINTS, ANSWERS)
    with tempfile.TemporaryDirectory() as folder:
        rubric, store = made_up(Path(folder), points, answers)
        measure(rubric, store)
        store.close()


def measure(rubric: Rubric, store: ProjectFile) -> None:
    """Time each way, and print it beside the bare ones."""
    bodies = [text for (text,) in store.connection.all("select body from record where kind = 'verdict'")]
    bare_read, _ = timed(lambda: [json.loads(text) for text in bodies])
    read, _ = timed(store.standing_marks)
    whole, _ = timed(lambda: store.heads(RecordKind.VERDICT))
    seconds, report = timed(lambda: agreement_report(store, rubric, AgreementChoice()))
    bare_pass, _ = timed(lambda: [percent_agreement(each.table, once(each.table)) for each in report.points])
    shown, _ = timed(lambda: work_out(report, no_progress))
    every, _ = timed(lambda: all_of(report))
    without = AgreementChoice(draws=False, totals=False)
    told, _ = timed(lambda: agreement_json(agreement_report(store, rubric, without), rubric))
    apart, found = timed(lambda: disputes(store, rubric))
    print(
        f"{len(bodies)} marks, {len(report.points)} points, {found.compared} compared, {len(found)} disputes"
    )
    print(f"bare JSON read of the bodies: {bare_read:.2f} s; one statistic of each table: {bare_pass:.2f} s")
    for name, taken in (
        ("marks read", read), ("the same as whole records", whole), ("the report", seconds),
        ("what its table shows", shown), ("every statistic and interval", every), ("agreement --json", told),
        ("disputes", apart),
    ):  # fmt: skip
        print(
            f"{name:<30}{taken:6.2f} s, {taken / bare_read:6.1f} bare reads, {taken / bare_pass:6.1f} bare passes"
        )


def all_of(report: AgreementReport) -> None:
    """Have every statistic worked out."""
    for each in report.points:
        each.statistics.told()


def made_up(folder: Path, points: int, answers: int) -> tuple[Rubric, ProjectFile]:
    """A guide of so many points, questions with own ones beside, and people who mark every answer."""
    store = create_project(folder / "large.rubric", clock=TickingClock())
    criteria = [{"key": f"p{at}", "wording": f"Point {at}.", "levels": LEVELS} for at in range(points)]
    rubric = Rubric.model_validate({"row_criteria": "own", "strata": [{"key": "case", "criteria": criteria}]})
    rows = [
        Row(
            id=RowId(f"q{at}"),
            prompt=user_prompt(f"Case {at}? " + "It is a fact. " * 40),
            criteria=tuple(RowCriterion(key=f"{at}-{own}", text=f"Sees {own}") for own in range(OWN)),
        )
        for at in range(max(1, answers // EACH))
    ]
    samples = [
        (row, Sample(row=row.id, model="m", run=run, text=f"{row.id} {run}"))
        for row in rows
        for run in range(EACH)
    ]
    with store.writing() as writer:
        writer.source(Source(id="answers", kind="mixed", name="answers"))
        writer.rows(rows)
        writer.samples(sample for _, sample in samples)
    for person in list(PEOPLE)[:RATERS]:
        mark(store, rubric, samples, Author(person, TickingClock()))
    return rubric, store


def mark(store: ProjectFile, rubric: Rubric, samples: list[tuple[Row, Sample]], author: Author) -> None:
    """One person's marks on everything: what is true of a place, or by chance something else."""
    asking, chance, person = questionnaire(store, rubric), random.Random(author.person), author.person
    entry = EditEntry(id=EditId(f"edit-{person}"), label="Mark", person=person, at=author.now())
    records: list[Record] = []
    for row, sample in samples:
        for asked in asking.on(row):
            question = asked.question.on_row(row)
            level = random.Random(f"{sample.key}/{asked.key}").choice(asked.levels)
            if chance.random() > 0.8:
                level = chance.choice(asked.levels)
            body = {"sample": sample.key, "criterion": asked.key, "question": question, "repeat": 0,
                    "state": "scored", "value": level.value, "level": level.key, "evidence": []}  # fmt: skip
            subject = f"{sample.key}/{question}/{person}/0"
            id = RecordId(f"{person}-{len(records):07}")
            records.append(
                Record(id=id, kind=RecordKind.VERDICT, subject=subject, scope=sample.key, person=person,
                       at=entry.at, body=body, edit=entry.id)
            )  # fmt: skip
    store.append(entry, records)


def timed(work: Callable[[], Found]) -> tuple[float, Found]:
    """Seconds of this process that the work takes, and what it finds."""
    begun = time.process_time()
    found = work()
    return max(time.process_time() - begun, 1e-9), found


if __name__ == "__main__":
    main()
