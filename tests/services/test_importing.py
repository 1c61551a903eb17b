"""Bringing in: all of it or nothing, once, under the names of those who marked; and taking it away again."""

from pathlib import Path

import pytest

from rubric_studio.domain.changes import Topic
from rubric_studio.domain.errors import Cancelled
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.listing import RowQuery
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.table import ReadOptions, TableLine
from rubric_studio.services.checking_imports import Marking, check_import
from rubric_studio.services.edits import FlagRows, perform
from rubric_studio.services.history import undo
from rubric_studio.services.import_source import ImportSource
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.services.mapping import AnswerColumns, Mapping
from rubric_studio.services.planning import RaterKind, guide_with_point, plan_import
from rubric_studio.services.proposed_scale import propose_scale
from rubric_studio.services.taking_away import look_at_taking_away, take_away
from rubric_studio.services.understanding import understand
from rubric_studio.services.versions import draft
from rubric_studio.wiring import file_reading
from tests.services.conftest import ANNA, BRUNO

FILE = ImportedFile(name="office.xlsx", kind="mixed", sha256="ab")
OFFICE = Mapping(
    "question_with_answers",
    {"id": "id", "prompt": "q", "rater": "who"},
    fixed={"criterion": "overall"},
    answers=(AnswerColumns("a", "gpt", "mark", "why"),),
)


def office_plan(store, *marked: tuple[str, object, str], kind: RaterKind = "expert") -> ImportPlan:
    values = [
        {"id": f"n{at}", "q": f"Why {at}?", "a": "so", "mark": mark, "why": why, "who": who}
        for at, (who, mark, why) in enumerate(marked)
    ]
    lines = [TableLine(at, value) for at, value in enumerate(values, start=2)]
    known = any(criterion.key == "overall" for criterion in draft(store).criteria())
    guide = draft(store) if known else guide_with_point(draft(store), "Whole answer", "Overall")[0]
    return plan_import(store, FILE, understand(lines, OFFICE), kind, guide=guide, mapping=OFFICE)


def state_of(store) -> tuple:
    return (store.counts(), store.sources(), store.people(), draft(store), store.edits())


def test_questions_answers_marks_people_and_the_new_point_come_in_together(store, author):
    report = carry_out(store, office_plan(store, ("Eva", 1, "good"), ("Bruno", 0.5, "")), author)
    assert (report.rows, report.samples, report.verdicts) == (2, 2, 2)
    assert report.changes.touches(Topic.ROWS)
    assert {Topic.SAMPLES, Topic.VERDICTS, Topic.PEOPLE, Topic.DRAFT} <= report.changes.topics
    assert [criterion.title for criterion in draft(store).criteria()] == ["Overall"]
    people = {person.name: person.id for person in store.people()}
    marks = {head.person: (head.body or {})["value"] for head in store.heads(RecordKind.VERDICT)}
    assert marks == {people["Eva"]: 1.0, BRUNO: 0.5}
    assert store.sources()[-1].facts == {"rows": 2, "samples": 2, "verdicts": 2, "left_out": 0}


def test_one_persons_marks_are_one_edit_of_that_person(store, author):
    carry_out(store, office_plan(store, ("Eva", 1, ""), ("Eva", 0, ""), ("Bruno", 1, "")), author)
    edits = {entry.person: entry.label for entry in store.edits() if entry.label.startswith("Marks")}
    assert set(edits.values()) == {"Marks from office.xlsx"}
    assert len(edits) == 2
    assert ANNA not in edits


def test_the_new_point_can_be_undone_like_any_edit(store, author):
    carry_out(store, office_plan(store, ("Eva", 1, "")), author)
    done = undo(store, author)
    assert done is not None
    assert list(draft(store).criteria()) == []
    assert store.counts().expert_verdicts == 1


def test_a_models_marks_are_its_verdicts(store, author):
    report = carry_out(store, office_plan(store, ("judge-1", 1, ""), kind="judge"), author)
    assert report.verdicts == 1
    assert store.judges() == ["judge-1"]


def stopping_at(count: int):
    def progress(done: int, total: int, what: str) -> None:
        if done >= count:
            raise Cancelled

    return progress


@pytest.mark.parametrize("reached", [0, 2, 4, 6])
def test_a_stop_midway_leaves_nothing_of_it(store, author, reached):
    # 2 rows, 2 samples, 2 marks: the stop comes before, between and after each of the three.
    before = state_of(store)
    with pytest.raises(Cancelled):
        carry_out(store, office_plan(store, ("Eva", 1, ""), ("Max", 0, "")), author, stopping_at(reached))
    assert state_of(store) == before


def test_a_stop_in_the_middle_of_many_rows_leaves_none(store, author):
    rows = tuple(Row(id=RowId(f"r{at}"), prompt=user_prompt(str(at))) for at in range(4500))
    with pytest.raises(Cancelled):
        carry_out(store, ImportPlan(FILE, rows), author, stopping_at(2000))
    assert len(store.row_ids(RowQuery())) == 2


def test_an_error_on_the_way_leaves_nothing(store, author):
    rows = (Row(id=RowId("odd"), reference={"amount": float("nan")}),)
    before = state_of(store)
    with pytest.raises(Exception, match="number"):
        carry_out(store, ImportPlan(FILE, (Row(id=RowId("new")), *rows)), author)
    assert state_of(store) == before


def test_the_same_file_twice_adds_nothing_not_even_to_the_list(store, author):
    carry_out(store, office_plan(store, ("Eva", 1, "good"), ("Max", None, "")), author)
    before = state_of(store)
    report = carry_out(store, office_plan(store, ("Eva", 1, "good"), ("Max", None, "")), author)
    assert (report.source, report.verdicts) == ("", 0)
    assert state_of(store) == before


def test_an_edited_file_writes_only_what_is_new(store, author):
    carry_out(store, office_plan(store, ("Eva", 1, "good")), author)
    report = carry_out(store, office_plan(store, ("Eva", 0.5, "less"), ("Eva", 1, "")), author)
    assert (report.rows, report.samples, report.verdicts) == (1, 1, 2)
    values = sorted((head.body or {})["value"] for head in store.heads(RecordKind.VERDICT))
    assert values == [0.5, 1.0]


# -- reading, understanding and comparing a whole file ------------------------------------------------


def test_a_csv_file_is_checked_from_end_to_end(store, tmp_path: Path):
    path = tmp_path / "marks.csv"
    path.write_text("row;model;criterion;value\nq1;alder;overall;5\nq9;alder;overall;1\n", encoding="utf-8")
    source = ImportSource(file_reading(), path)
    facts = source.describe()
    guide, _ = guide_with_point(draft(store), "Whole answer", "Overall")
    mapping = Mapping("mark", {"row": "row"}, scale=(1.0, 5.0))
    plan = check_import(store, source, facts.options, mapping, Marking("expert", "Eva", guide))
    assert (plan.file.name, plan.file.kind, len(plan.file.sha256)) == ("marks.csv", "verdicts", 64)
    assert [(complaint.line, complaint.message) for complaint in plan.errors] == [
        (3, 'There is no question "q9" in this project.')
    ]
    assert [verdict.value for _, verdict in plan.expert] == [1.0]
    assert plan.lines == 2


def test_a_pasted_range_is_checked_too(store):
    source = ImportSource(file_reading(), text="id\tprompt\na\tWhy?\nb\tWhen?\n")
    plan = check_import(store, source, ReadOptions(header_row=1), Mapping("question"))
    assert [row.id for row in plan.rows] == ["a", "b"]
    assert (plan.file.name, plan.file.sha256) == ("pasted range", "")


def test_checking_can_be_stopped(store, tmp_path: Path):
    path = tmp_path / "rows.csv"
    path.write_text("id,prompt\n" + "".join(f"r{at},why\n" for at in range(5000)), encoding="utf-8")
    with pytest.raises(Cancelled):
        check_import(
            store,
            ImportSource(file_reading(), path),
            ReadOptions(),
            Mapping("question"),
            progress=stopping_at(1),
        )


@pytest.mark.parametrize(
    ("marks", "scale"),
    [
        ([], (0.0, 1.0)),
        ([0, "0,5", 1, "good", None], (0.0, 1.0)),
        ([1, 3, 5], (1.0, 5.0)),
        ([0, 3], (0.0, 5.0)),
        ([12, 8.5], (0.0, 20.0)),
        ([80], (0.0, 100.0)),
        ([250], (0.0, 250.0)),
        ([-1, 1], (-1.0, 1.0)),
    ],
)
def test_a_scale_is_proposed_from_the_first_marks(marks, scale):
    assert propose_scale(marks) == scale


# -- taking away ----------------------------------------------------------------------------------


def test_a_look_at_taking_away_changes_nothing_and_tells_the_truth(store, author):
    sample = Sample(row=RowId("n"), model="m", text="t")
    report = carry_out(store, ImportPlan(FILE, (Row(id=RowId("n")),), (sample,)), author)
    before = state_of(store)
    goes = look_at_taking_away(store, report.source)
    assert state_of(store) == before
    assert (goes.rows, goes.samples, goes.retired) == (1, 1, False)
    assert take_away(store, report.source).touches(Topic.ROWS)
    assert (store.counts().rows, store.counts().samples) == (2, 3)
    assert len(store.sources()) == 1


def test_an_import_that_people_spoke_of_is_retired(store, author):
    report = carry_out(store, ImportPlan(FILE, (Row(id=RowId("n")),)), author)
    perform(store, FlagRows(rows=(RowId("n"),), reason="odd"), author)
    assert look_at_taking_away(store, report.source).retired
    take_away(store, report.source)
    assert [source.retired for source in store.sources()] == [False, True]
