"""What a file would change, compared with a real project, and what stops it."""

import pytest

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.row import Row, RowCriterion, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.table import TableLine
from rubric_studio.services.edits import ChangeDraft, ChangeRow, SaveVersion, perform
from rubric_studio.services.importing import ImportedFile, carry_out
from rubric_studio.services.mapping import AnswerColumns, Mapping
from rubric_studio.services.planning import guide_with_point, plan_import, without_faulty
from rubric_studio.services.understanding import understand
from rubric_studio.services.versions import draft
from tests.services.conftest import BRUNO

FILE = ImportedFile(name="office.xlsx", kind="mixed")
OFFICE = Mapping(
    "question_with_answers",
    {"id": "Nr", "prompt": "Frage"},
    fixed={"criterion": "overall"},
    answers=(AnswerColumns("GPT", "GPT", "GPT Note"), AnswerColumns("Claude", "Claude")),
    scale=(0.0, 10.0),
)
ANSWERS = Mapping("answer", {"row": "row", "model": "model", "run": "run", "text": "text"})


def lines(*values: dict) -> list[TableLine]:
    return [TableLine(number, value, "office.xlsx") for number, value in enumerate(values, start=2)]


def sheet(number: int, mark: object = 7, text: str = "nach drei Jahren") -> dict:
    return {
        "Nr": number,
        "Frage": f"Wann verjährt Fall {number}?",
        "GPT": text,
        "GPT Note": mark,
        "Claude": "nie",
    }


def planned(store, values: list[dict], mapping: Mapping = OFFICE, **others):
    understood = understand(lines(*values), mapping)
    guide = others.pop("guide", None) or guide_with_point(draft(store), "Whole answer", "Overall")[0]
    return plan_import(store, FILE, understood, "expert", "Eva", guide=guide, mapping=mapping, **others)


def complaints(plan) -> list[tuple[int | None, str | None]]:
    return [(complaint.line, complaint.column) for complaint in plan.errors]


def test_an_office_sheet_is_planned_with_its_own_answers_marks_and_point(store):
    plan = planned(store, [sheet(1), sheet(2, mark=None)])
    assert complaints(plan) == []
    assert (len(plan.rows), len(plan.samples), len(plan.expert)) == (2, 4, 2)
    # 7 on a scale from 0 to 10; an empty mark is unscored, never 0.
    assert [(name, verdict.value, verdict.state) for name, verdict in plan.expert] == [
        ("Eva", pytest.approx(0.7), "scored"),
        ("Eva", None, "unscored"),
    ]
    assert {verdict.sample for _, verdict in plan.expert} <= {sample.key for sample in plan.samples}
    assert plan.guide is not None
    assert [criterion.key for criterion in plan.guide.criteria()] == ["overall"]
    assert (len(plan.row_difference.new), len(plan.sample_difference.new), len(plan.mark_difference.new)) == (
        2,
        4,
        2,
    )


def test_marks_of_no_point_stop_the_file_line_by_line(store):
    plan = planned(store, [sheet(1), sheet(2)], guide=Rubric(name="empty"))
    assert complaints(plan) == [(2, None), (3, None)]
    assert "no point" in plan.errors[0].message


def test_a_mark_that_is_no_grade_names_its_column_and_costs_its_line(store):
    plan = planned(store, [sheet(1), sheet(2, mark="mittel"), sheet(3)])
    assert complaints(plan) == [(3, "GPT Note")]
    agreed = without_faulty(plan)
    assert agreed.errors == []
    assert agreed.left_out == (3,)
    assert [row.id for row in agreed.rows] == ["1", "3"]
    assert len(agreed.samples) == 4
    assert len(agreed.expert) == 2


def test_another_text_at_a_known_place_is_a_complaint_and_its_mark_falls_on_no_other_answer(store, author):
    carry_out(store, planned(store, [sheet(1)]), author)
    plan = planned(store, [sheet(1, text="nach zwei Jahren"), sheet(2)])
    assert {line for line, _ in complaints(plan)} == {2}
    assert [sample.row for sample in without_faulty(plan).samples] == ["2", "2"]
    assert len(without_faulty(plan).expert) == 1


def test_what_a_good_line_speaks_of_stays_although_it_stood_first_on_a_faulty_one(store):
    mapping = Mapping(
        "answer",
        {"row": "row", "prompt": "q", "model": "model", "text": "text", "value": "mark", "rater": "who"},
        fixed={"criterion": "overall"},
    )
    values = {"row": "n1", "q": "Why?", "model": "m", "text": "so"}
    plan = planned(
        store, [values | {"mark": "odd", "who": "Eva"}, values | {"mark": 1, "who": "Max"}], mapping
    )
    assert complaints(plan) == [(2, "mark")]
    agreed = without_faulty(plan)
    assert [row.id for row in agreed.rows] == ["n1"]
    assert [sample.text for sample in agreed.samples] == ["so"]
    assert [name for name, _ in agreed.expert] == ["Max"]


def test_stops_are_not_cured_by_leaving_lines_out(store):
    plan = planned(store, [sheet(1)], Mapping("question", {"prompt": "Fragge"}))
    assert [complaint.column for complaint in plan.stops] == ["Fragge"]
    assert without_faulty(plan).errors == plan.stops


def test_the_same_file_twice_adds_nothing(store, author):
    first = planned(store, [sheet(1), sheet(2)])
    carry_out(store, first, author)
    again = planned(store, [sheet(1), sheet(2)], guide=draft(store))
    assert again.adds_nothing
    assert again.guide is None
    assert (again.row_difference.same, again.sample_difference.same, again.mark_difference.same) == (2, 4, 2)


def test_an_edited_file_shows_new_changed_and_missing(store, author):
    carry_out(store, planned(store, [sheet(1), sheet(2)]), author)
    edited = sheet(1, mark=9) | {"Frage": "Wann genau?"}
    plan = planned(store, [edited, sheet(3)], guide=draft(store))
    assert plan.row_difference.new == ("3",)
    assert plan.row_difference.changed == ("1",)
    assert set(plan.row_difference.missing) == {"2", "q1", "q2"}
    # Another question is another question hash: the mark on "1" is a new one, that of "3" too.
    assert len(plan.mark_difference.new) == 2
    assert not plan.adds_nothing


def test_a_changed_mark_is_changed_not_new(store, author):
    carry_out(store, planned(store, [sheet(1)]), author)
    plan = planned(store, [sheet(1, mark=3)], guide=draft(store))
    assert (len(plan.mark_difference.new), len(plan.mark_difference.changed)) == (0, 1)
    assert not plan.adds_nothing


def test_answers_to_unknown_questions_come_in_with_a_note(store):
    values = [
        {"row": "q1", "model": "new", "run": 0, "text": "a"},
        {"row": "zz", "model": "new", "run": 0, "text": "b"},
    ]
    plan = planned(store, values, ANSWERS)
    assert plan.errors == []
    assert len(plan.samples) == 2
    (note,) = plan.complaints
    assert "1 questions" in note.message
    assert "zz" in note.message


def test_a_question_beside_an_answer_changes_no_known_question(store):
    mapping = Mapping("answer", {"row": "row", "prompt": "q", "model": "model", "text": "text"})
    good = {"row": "q1", "q": "Which topics?", "model": "new", "text": "a"}
    plan = planned(store, [good, good | {"row": "q2", "q": "Something else?"}], mapping)
    assert plan.rows == ()
    assert complaints(plan) == [(3, "prompt")]
    assert [sample.row for sample in without_faulty(plan).samples] == ["q1"]


def test_a_mark_on_an_edited_question_answers_what_people_made_of_it(store, author):
    carry_out(store, planned(store, [sheet(1)]), author)
    row = next(store.rows([RowId("1")]))
    perform(store, ChangeRow(row=row.model_copy(update={"prompt": user_prompt("Edited?")})), author)
    plan = planned(store, [sheet(1, mark=3)], guide=draft(store))
    before = store.heads(RecordKind.VERDICT)[0].body
    assert before is not None
    assert plan.expert[0][1].question != before["question"]


def test_without_a_guide_the_newest_saved_version_is_meant(store, author):
    rubric = Rubric.model_validate({"strata": [{"key": "s", "criteria": [{"key": "overall"}]}]})
    perform(store, SaveVersion(rubric=rubric, number=1), author)
    perform(store, ChangeDraft(rubric=Rubric(name="other")), author)
    plan = plan_import(store, FILE, understand(lines(sheet(1)), OFFICE), "judge", "gpt")
    assert (len(plan.judged), plan.guide) == (1, None)


def test_a_rows_own_point_of_the_same_file_can_be_marked(store):
    own = Row(id=RowId("own"), prompt=user_prompt("?"), criteria=(RowCriterion(key="overall", text="Right"),))
    criteria = [criterion.model_dump() for criterion in own.criteria]
    mapping = Mapping(
        "question_with_answers", {"id": "id", "prompt": "p"}, {"criterion": "overall"}, OFFICE.answers[:1]
    )
    values = {"id": "own", "p": "?", "criteria": criteria, "GPT": "a", "GPT Note": "yes"}
    plan = planned(store, [values], mapping, guide=Rubric(name="empty"))
    assert [verdict.criterion for _, verdict in plan.expert] == ["row:overall"]


def test_known_people_are_known_by_their_name(store, author):
    carry_out(store, plan_import(
        store, FILE, understand(lines(sheet(1)), OFFICE), "expert", "Bruno",
        guide=guide_with_point(draft(store), "Whole answer", "Overall")[0],
    ), author)  # fmt: skip
    assert store.heads(RecordKind.VERDICT)[0].person == BRUNO
