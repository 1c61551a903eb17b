"""What imported marks speak of, and the complaints where that cannot be found out."""

import pytest

from rubric_studio.domain.rubric import STARTING_LEVELS, Rubric
from rubric_studio.domain.verdict import State
from rubric_studio.services.imported_marks import SameFile, resolve_marks
from rubric_studio.services.mapping import Mapping
from rubric_studio.services.understanding import ImportedMark
from tests.services.conftest import SAMPLES

GUIDE = Rubric.model_validate(
    {
        "strata": [
            {
                "key": "s",
                "criteria": [
                    {"key": "clear", "levels": STARTING_LEVELS, "allow_na": True},
                    {"key": "json", "kind": {"type": "format", "schema": {"type": "object"}}},
                ],
            }
        ]
    }
)


def mark(**changes) -> ImportedMark:
    values = {
        "line": 7, "row": "q1", "model": "alder", "run": 0, "criterion": "clear",
        "value": 1.0, "reason": "", "rater": "Eva",
    }  # fmt: skip
    return ImportedMark(**(values | changes))


def resolved(store, *marks: ImportedMark, **others):
    return resolve_marks(store, marks, "expert", None, guide=GUIDE, **others)


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"row": "zz"}, "row", 'no question "zz"'),
        ({"model": "oak"}, "model", "no answer of oak, run 0"),
        ({"run": 4}, "model", "run 4"),
        ({"model": None}, "model", "2 answers, and no model"),
        ({"criterion": "style"}, "criterion", '"style" is no point'),
        ({"criterion": "json"}, "criterion", "marked by the program"),
        ({"rater": None}, "rater", "Nobody is named"),
        ({"value": "so so"}, "value", "no grade"),
    ],
)
def test_what_cannot_be_found_out_is_named_with_its_line(store, change, column, words):
    (complaint,) = resolved(store, mark(**change)).complaints
    assert (complaint.line, complaint.column) == (7, column)
    assert words in complaint.message


def test_complaints_name_the_files_column_where_it_is_known(store):
    mapping = Mapping("mark", {"row": "Fall", "criterion": "Kriterium"})
    (complaint,) = resolved(store, mark(row="zz"), mapping=mapping).complaints
    assert complaint.column == "Fall"


@pytest.mark.parametrize(
    ("value", "state", "number", "level"),
    [
        (0.5, State.SCORED, 0.5, "partly"),
        ("Partly", State.SCORED, 0.5, "partly"),
        (0.7, State.SCORED, 0.7, None),
        ("n/a", State.NOT_APPLICABLE, None, None),
        (None, State.UNSCORED, None, None),
    ],
)
def test_values_become_grades(store, value, state, number, level):
    (found,) = resolved(store, mark(value=value)).marks
    verdict = found.verdict
    assert (found.line, found.rater) == (7, "Eva")
    assert (verdict.state, verdict.value, verdict.level) == (state, number, level)


def test_the_only_answer_of_a_question_needs_no_model(store):
    (found,) = resolved(store, mark(row="q2", model=None)).marks
    assert found.verdict.sample == SAMPLES[2].key


def test_an_answer_that_is_refused_lends_its_place_to_no_mark(store):
    beside = SameFile(refused=frozenset({("q1", "alder", 0)}))
    result = resolved(store, mark(), beside=beside)
    assert result.marks == ()
    assert [complaint.column for complaint in result.complaints] == ["model"]
