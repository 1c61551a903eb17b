"""What the lines of a file mean, and every complaint about them."""

import json
from collections import Counter

import pytest

from rubric_studio.domain.table import Complaint, TableLine
from rubric_studio.files.reader import read
from rubric_studio.services.understanding import (
    AnswerColumns,
    ImportedMark,
    Mapping,
    Understood,
    preview,
    understand,
)
from tests.conftest import SHARED_DATA

PRBENCH = SHARED_DATA / "prbench_legal_eu"


def lines(*values: dict) -> list[TableLine]:
    return [TableLine(number, value, "a.xlsx") for number, value in enumerate(values, start=2)]


def errors(understood: Understood) -> list[tuple[int | None, str | None]]:
    return [(c.line, c.column) for c in understood.complaints if c.is_error]


# -- questions -----------------------------------------------------------------------------------


def test_a_question_keeps_all_other_columns_as_reference_fields():
    values = {"Nr": 12.0, "Frage": "What?", "ideal": "That.", "topic": None, "tags": ["a"]}
    mapping = Mapping("question", {"id": "Nr", "prompt": "Frage", "reference": "ideal"})
    (row,) = understand(lines(values), mapping).rows
    assert row.id == "12"
    assert row.prompt_text == "What?"
    assert row.reference == {"reference": "That.", "topic": None, "tags": ["a"]}


def test_any_other_mapped_name_is_a_reference_field_also_along_a_path():
    values = {"id": "a", "prompt": "p", "meta": {"topic": "tax", "codes": [{"c": 1}, {"c": 2}]}}
    mapping = Mapping("question", {"topic": "meta.topic", "codes": "meta.codes[*].c"})
    (row,) = understand(lines(values), mapping).rows
    assert row.reference == {"meta": values["meta"], "topic": "tax", "codes": [1, 2]}


@pytest.mark.parametrize("as_text", [False, True])
def test_messages_are_a_prompt_also_as_json_in_a_cell(as_text):
    messages = [{"role": "system", "content": "Be short."}, {"role": "user", "content": "What?"}]
    (row,) = understand(
        lines({"id": 1, "messages": json.dumps(messages) if as_text else messages}), Mapping("question")
    ).rows
    assert [(m.role, m.content) for m in row.prompt] == [("system", "Be short."), ("user", "What?")]
    assert row.reference == {}


def test_missing_ids_are_made_of_the_question_and_said_so():
    values = ({"prompt": "What is VAT?"}, {"prompt": "Why?"}, {"prompt": "  What is\n VAT? "})
    understood = understand(lines(*values), Mapping("question"))
    first, second = (row.id for row in understood.rows)
    assert first.startswith("q-")
    assert first != second
    # The third line asks the same as the first but for spaces: one id, other text, so it contradicts.
    assert errors(understood) == [(4, None)]
    assert "line 2" in understood.complaints[0].message
    assert "3 lines have no id" in understood.notes[0]


def test_ids_that_stand_twice_name_both_lines():
    values = ({"id": "a", "prompt": "one"}, {"id": "a", "prompt": "two"}, {"id": "a", "prompt": "one"})
    understood = understand(lines(*values), Mapping("question"))
    assert [(c.line, c.severity) for c in understood.complaints] == [(3, "error"), (4, "warning")]
    assert "line 2" in understood.complaints[0].message
    assert len(understood.rows) == 1
    assert understood.left_out == (3,)


@pytest.mark.parametrize("as_text", [False, True])
def test_own_criteria_take_every_name_they_go_by(as_text):
    criteria = [
        {"id": 1, "title": "Names the law", "description": "Art. 5", "weight": 10.0},
        {"key": "b", "criterion": "Is wrong", "points": "-2,5"},
        {"text": "No key"},
    ]
    value = json.dumps(criteria) if as_text else criteria
    (row,) = understand(lines({"id": "a", "prompt": "p", "criteria": value}), Mapping("question")).rows
    found = [(c.key, c.text, c.description, c.weight) for c in row.criteria]
    assert found[:2] == [("1", "Names the law", "Art. 5", 10.0), ("b", "Is wrong", "", -2.5)]
    assert found[2][0].startswith("c-")
    assert "criteria" not in row.reference


@pytest.mark.parametrize(
    "criteria",
    [
        "be good",
        {"a": 1},
        [3],
        [{"id": "a"}],
        [{"id": "a", "text": "x", "weight": "heavy"}],
        [{"id": "a", "text": "x"}] * 2,
    ],
)
def test_criteria_that_cannot_be_read_are_named(criteria):
    understood = understand(lines({"id": "a", "prompt": "p", "criteria": criteria}), Mapping("question"))
    assert errors(understood) == [(2, "criteria")]
    assert understood.rows == ()


def test_lines_without_a_question_come_in_where_the_file_has_none_and_not_where_it_is_empty():
    without = understand(lines({"id": "a", "amount": 5}), Mapping("question"))
    assert without.rows[0].prompt == ()
    assert "no question" in without.notes[0]
    empty = understand(lines({"id": "a", "prompt": " "}), Mapping("question"))
    assert errors(empty) == [(2, "prompt")]


# -- answers -------------------------------------------------------------------------------------


def test_an_answer_without_a_run_is_run_0_and_keeps_the_rest_as_facts():
    values = {"row": 7, "model": "m", "text": "yes", "tokens": 12}
    (sample,) = understand(lines(values), Mapping("answer")).samples
    assert (sample.place, sample.text, sample.facts) == (("7", "m", 0), "yes", {"tokens": 12})


def test_structured_answers_become_their_json():
    values = {"row": "7", "model": "m", "text": {"labels": ["ä"]}, "run": "3"}
    (sample,) = understand(lines(values), Mapping("answer")).samples
    assert (sample.text, sample.run) == ('{"labels": ["ä"]}', 3)


def test_two_texts_at_one_place_are_a_complaint_and_the_same_text_is_only_a_note():
    one = {"row": "a", "model": "m", "text": "one"}
    understood = understand(lines(one, one | {"text": "two"}, one), Mapping("answer"))
    assert [(c.line, c.column, c.severity) for c in understood.complaints] == [
        (3, "text", "error"),
        (4, None, "warning"),
    ]
    assert [sample.text for sample in understood.samples] == ["one"]
    assert understood.sample_lines == (2,)


def test_answers_beside_their_question_bring_the_question_once():
    mapping = Mapping("answer", {"prompt": "q", "text": "a"})
    values = ({"q": "What?", "model": "m", "a": "this"}, {"q": "What?", "model": "n", "a": "that"})
    understood = understand(lines(*values), mapping)
    assert len(understood.rows) == 1
    assert {sample.row for sample in understood.samples} == {understood.rows[0].id}
    assert understood.complaints == ()


def test_a_column_that_no_line_has_stops_the_import_with_one_complaint():
    values = [{"row_id": "a", "model": "m", "output": "x"}] * 3
    understood = understand(lines(*values), Mapping("answer", {"row": "row_id", "text": "outptu"}))
    assert errors(understood) == [(None, "outptu")]
    assert [c.column for c in understood.stops] == ["outptu"]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"row": None}, "row"),
        ({"model": " "}, "model"),
        ({"run": -1}, "run"),
        ({"run": "x"}, "run"),
        ({"text": None}, "text"),
    ],
)
def test_what_an_answer_lacks_is_named(change, column):
    good = {"row": "a", "model": "m", "run": 0, "text": "x"}
    understood = understand(lines(good, good | change), Mapping("answer"))
    assert errors(understood) == [(3, column)]
    assert len(understood.samples) == 1


# -- a question with answers ---------------------------------------------------------------------


OFFICE = Mapping(
    "question_with_answers",
    {"prompt": "question", "reference": "ideal answer"},
    fixed={"criterion": "overall", "rater": "Ana"},
    answers=(
        AnswerColumns("GPT answer", "GPT", "mark"),
        AnswerColumns("Claude answer", "Claude", "mark (2)", "why"),
    ),
)


def test_an_office_sheet_gives_questions_answers_and_marks():
    values = {
        "question": "What?",
        "ideal answer": "This.",
        "GPT answer": "that",
        "mark": "0,5",
        "Claude answer": "this",
        "mark (2)": None,
        "why": "not read yet",
    }
    understood = understand(lines(values), OFFICE)
    (row,) = understood.rows
    assert row.reference == {"reference": "This."}
    assert [(s.row, s.model, s.run, s.text) for s in understood.samples] == [
        (row.id, "GPT", 0, "that"),
        (row.id, "Claude", 0, "this"),
    ]
    assert understood.marks == (
        ImportedMark(2, row.id, "GPT", 0, "overall", 0.5, "", "Ana"),
        ImportedMark(2, row.id, "Claude", 0, "overall", None, "not read yet", "Ana"),
    )


def test_empty_answers_are_counted_and_bad_marks_named():
    empty = dict.fromkeys(("ideal answer", "mark", "mark (2)", "why"))
    values = (
        {"question": "a", "GPT answer": None, "Claude answer": "x"},
        {"question": "b", "GPT answer": "y", "Claude answer": "z"},
    )
    understood = understand(lines(empty | values[0], empty | values[1] | {"mark": 7}), OFFICE)
    assert errors(understood) == [(3, "mark")]
    assert [sample.text for sample in understood.samples] == ["x"]
    assert "1 lines have no answer of GPT." in understood.notes


# -- marks ---------------------------------------------------------------------------------------


MARK = {"row": "a", "model": "m", "criterion": "c", "value": 1, "reason": "so", "rater": "Ana"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, 1.0), (0.25, 0.25), ("0,25", 0.25), (" .5 ", 0.5), (True, 1.0), ("yes", 1.0), ("Nein", 0.0),
        ("partly", "partly"), ("", None), (None, None),
    ],
)  # fmt: skip
def test_marks_are_numbers_words_or_absent(value, expected):
    understood = understand(lines(MARK | {"value": value}), Mapping("mark"))
    assert understood.marks == (ImportedMark(2, "a", "m", 0, "c", expected, "so", "Ana"),)


@pytest.mark.parametrize("value", [1.5, -0.1, "2", "1e999", [1], "2026-05-01", "1.5.2026", 10**400])
def test_what_cannot_be_a_mark_is_named(value):
    understood = understand(lines(MARK | {"value": value}), Mapping("mark"))
    assert errors(understood) in ([(2, "value")], [])
    assert all(not isinstance(mark.value, float) for mark in understood.marks)


def test_a_scale_maps_its_worst_mark_to_0_and_its_best_to_1():
    # German school grades: 6 is the worst, 1 the best, so 2 is (2 - 6) / (1 - 6) = 0.8.
    understood = understand(lines(MARK | {"value": "2"}), Mapping("mark", scale=(6.0, 1.0)))
    assert understood.marks[0].value == pytest.approx(0.8)


def test_a_mark_without_a_model_column_names_none():
    values = {key: value for key, value in MARK.items() if key not in ("model", "rater")}
    (mark,) = understand(lines(values), Mapping("mark")).marks
    assert (mark.model, mark.rater) == (None, None)


def test_two_marks_for_one_answer_and_point_contradict():
    understood = understand(lines(MARK, MARK | {"value": 0}, MARK | {"rater": "Bob"}), Mapping("mark"))
    assert errors(understood) == [(3, "value")]
    assert len(understood.marks) == 2


# -- what the reader complained about ---------------------------------------------------------------


def test_a_fault_in_a_column_that_is_not_taken_does_not_cost_the_line():
    items = [
        Complaint(2, "extra", "broken"),
        *lines(MARK | {"extra": None}),
        Complaint(9, "character 4", "no JSON"),
    ]
    understood = understand(items, Mapping("mark"))
    assert [(c.line, c.severity) for c in understood.complaints] == [(2, "warning"), (9, "error")]
    assert len(understood.marks) == 1
    assert (understood.left_out, understood.lines) == ((9,), 2)


def test_a_fault_in_a_column_that_is_taken_leaves_the_line_out():
    items = [Complaint(2, "row", "broken"), *lines(MARK, MARK | {"row": "b"})]
    understood = understand(items, Mapping("mark"))
    assert [mark.row for mark in understood.marks] == ["b"]
    assert understood.left_out == (2,)


def test_an_empty_file_stops_the_import():
    assert understand([], Mapping("mark")).stops[0].message == "There are no lines in this file."


def test_preview_shows_ten_lines_each_by_itself():
    shown = preview(
        lines(*({"id": n or None, "prompt": None if n == 1 else "p"} for n in range(20))), Mapping("question")
    )
    assert len(shown) == 10
    assert shown[0].rows[0].id.startswith("q-")
    assert (shown[1].rows, shown[1].complaints[0].column) == ((), "prompt")
    assert shown[2].rows[0].id == "2"


# -- real data ---------------------------------------------------------------------------------------


@pytest.mark.skipif(not PRBENCH.exists(), reason="the shared data are not beside the project")
def test_prbench_comes_in_with_the_maps_of_its_acceptance():
    # SOURCE.txt: 55 questions of which 18 have criteria, 440 outputs of 8 models, 2,631 verdicts, 8 of them null.
    rows = understand(read(PRBENCH / "rows.jsonl"), Mapping("question", {"criteria": "rubric"}))
    samples = understand(
        read(PRBENCH / "outputs.jsonl"), Mapping("answer", {"row": "row_id", "text": "output_text"})
    )
    fields = {"row": "row_id", "criterion": "criterion_id", "value": "grade", "reason": "reasoning"}
    marks = understand(read(PRBENCH / "verdicts.jsonl"), Mapping("mark", fields))

    assert rows.complaints + samples.complaints + marks.complaints == ()
    assert (len(rows.rows), len(samples.samples), len(marks.marks)) == (55, 440, 2631)
    assert sum(bool(row.criteria) for row in rows.rows) == 18
    assert len({sample.model for sample in samples.samples}) == 8
    assert Counter(mark.value for mark in marks.marks)[None] == 8
    assert {mark.row for mark in marks.marks} <= {row.id for row in rows.rows}
    known = {(row.id, criterion.key) for row in rows.rows for criterion in row.criteria}
    assert {(mark.row, mark.criterion) for mark in marks.marks} <= known
    assert {(mark.row, mark.model) for mark in marks.marks} <= {(s.row, s.model) for s in samples.samples}
