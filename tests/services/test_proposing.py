"""What is on a line, concluded from headers as people write them."""

import pytest
from openpyxl import Workbook

from rubric_studio.domain.table import TableLine
from rubric_studio.files.reader import describe, read
from rubric_studio.services.header_words import plain_name
from rubric_studio.services.mapping import AnswerColumns
from rubric_studio.services.proposing import propose_fields, propose_mapping
from rubric_studio.services.understanding import understand
from tests.conftest import SHARED_DATA


@pytest.mark.parametrize(
    ("columns", "shape", "fields"),
    [
        (["id", "prompt", "metadata"], "question", {"id": "id", "prompt": "prompt"}),
        (["#", "Frage", "Musterlösung"], "question", {"id": "#", "prompt": "Frage", "reference": "Musterlösung"}),
        (["N°", "Énoncé", "Corrigé"], "question", {"prompt": "Énoncé", "reference": "Corrigé"}),
        (["facts", "Ideal answer"], "question", {"prompt": "facts", "reference": "Ideal answer"}),
        (["case", "question"], "question", {"prompt": "question"}),
        (
            ["row_id", "model", "model_id", "run", "output_text", "score"],
            "answer",
            {"row": "row_id", "model": "model", "run": "run", "text": "output_text"},
        ),
        (["Nr.", "Modell", "Antwort"], "answer", {"row": "Nr.", "model": "Modell", "text": "Antwort"}),
        (["question_id", "completion"], "answer", {"row": "question_id", "text": "completion"}),
        (
            ["row_id", "model", "criterion_id", "grade", "reasoning"],
            "mark",
            {"row": "row_id", "model": "model", "criterion": "criterion_id", "value": "grade", "reason": "reasoning"},
        ),
        (
            ["Fall-Nr", "Modell", "Kriterium", "Note", "Begründung", "Prüfer"],
            "mark",
            {
                "row": "Fall-Nr", "model": "Modell", "criterion": "Kriterium", "value": "Note",
                "reason": "Begründung", "rater": "Prüfer",
            },
        ),
    ],
)  # fmt: skip
def test_shape_and_fields_follow_the_headers(columns, shape, fields):
    proposal = propose_mapping(columns, [])
    assert proposal.shape == proposal.mapping.shape == shape
    assert proposal.mapping.fields == fields
    assert proposal.reasons


@pytest.mark.parametrize(
    ("columns", "answers"),
    [
        (
            ["question", "ideal answer", "GPT answer", "Claude answer", "GPT mark", "Claude mark"],
            [AnswerColumns("GPT answer", "GPT", "GPT mark"), AnswerColumns("Claude answer", "Claude", "Claude mark")],
        ),
        (
            ["Nr", "Frage", "Musterlösung", "GPT-4.1", "Note", "Kommentar", "Claude 4", "Note (2)", "Kommentar (2)"],
            [
                AnswerColumns("GPT-4.1", "GPT-4.1", "Note", "Kommentar"),
                AnswerColumns("Claude 4", "Claude 4", "Note (2)", "Kommentar (2)"),
            ],
        ),
        (
            ["Question", "Réponse idéale", "Réponse Mistral", "Note Mistral"],
            [AnswerColumns("Réponse Mistral", "Mistral", "Note Mistral")],
        ),
        (["Question", "Ideal answer", "Answer"], [AnswerColumns("Answer", "Answer")]),
        (
            ["question", "answer_1", "answer_2"],
            [AnswerColumns("answer_1", "answer_1"), AnswerColumns("answer_2", "answer_2")],
        ),
        (["question", "Model answer (GPT-4.1)"], [AnswerColumns("Model answer (GPT-4.1)", "GPT-4.1")]),
    ],
)  # fmt: skip
def test_answers_in_columns_are_found_with_their_marks(columns, answers):
    proposal = propose_mapping(columns, [])
    assert proposal.shape == "question_with_answers"
    assert list(proposal.mapping.answers) == answers


def test_the_longest_texts_are_the_question_where_no_header_says_so():
    lines = [TableLine(1, {"a": "short", "b": "a much longer text that asks something"})]
    proposal = propose_mapping(["a", "b"], lines)
    assert proposal.mapping.fields == {"prompt": "b"}


def test_criteria_that_are_no_list_stay_a_field():
    proposal = propose_mapping(["prompt", "criteria"], [TableLine(1, {"prompt": "p", "criteria": "be kind"})])
    assert proposal.mapping.fields["criteria"] == ""


def test_another_shape_can_be_chosen():
    mapping, _ = propose_fields("answer", ["question", "model", "response"], [])
    assert mapping.fields == {"model": "model", "text": "response", "prompt": "question"}


def test_headers_are_compared_without_case_accents_and_signs():
    assert [plain_name(text) for text in ("Row_ID:", "rowId", "MUSTERLÖSUNG", " Réponse  idéale ", "#")] == [
        *("row id", "row id", "musterlosung", "reponse ideale", "no")
    ]


@pytest.mark.skipif(not SHARED_DATA.exists(), reason="the shared data are not beside the project")
@pytest.mark.parametrize(
    ("file", "shape", "fields"),
    [
        ("prbench_legal_eu/rows.jsonl", "question", {"id": "id", "prompt": "prompt", "criteria": "rubric"}),
        (
            "prbench_legal_eu/outputs.jsonl",
            "answer",
            {"row": "row_id", "model": "model", "run": "run", "text": "output_text"},
        ),
        ("prbench_finance_rubrics/rows.jsonl", "question", {"id": "task", "prompt": "prompt", "criteria": "rubric"}),
    ],
)  # fmt: skip
def test_real_files_are_understood_without_help(file, shape, fields):
    facts = describe(SHARED_DATA / file)
    proposal = propose_mapping(facts.columns, facts.examples)
    assert proposal.shape == shape
    assert proposal.mapping.fields == fields


def test_an_office_sheet_goes_from_workbook_to_marks_without_a_word(tmp_path):
    path = tmp_path / "office.xlsx"
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(("Nr", "Frage", "Musterlösung", "GPT-Antwort", "Note", "Claude-Antwort", "Note"))
    sheet.append((1, "Wie hoch ist die Umsatzsteuer?", "19 %", "19 Prozent", "0,5", "7 %", 0))
    sheet.append((2, "Wann verjährt die Forderung?", "nach drei Jahren", "2 Jahre", "nein", None, None))
    book.save(path)
    facts = describe(path)
    proposal = propose_mapping(facts.columns, facts.examples)
    understood = understand(read(path, facts.options), proposal.mapping)
    assert [complaint.cell for complaint in understood.complaints if complaint.is_error] == []
    assert [row.id for row in understood.rows] == ["1", "2"]
    assert [(s.row, s.model, s.text) for s in understood.samples] == [
        ("1", "GPT", "19 Prozent"),
        ("1", "Claude", "7 %"),
        ("2", "GPT", "2 Jahre"),
    ]
    assert [(m.row, m.model, m.value) for m in understood.marks] == [
        ("1", "GPT", 0.5),
        ("1", "Claude", 0.0),
        ("2", "GPT", 0.0),
    ]
