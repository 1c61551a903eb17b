"""Grader files become rubrics, and what cannot be taken over is named with its place."""

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.services.imported_graders import (
    formula_problem,
    is_grader_file,
    takes_raw_marks,
    with_formula,
)
from rubric_studio.services.versions import read_rubric
from tests.services.grader_files import EXACT, LENGTH, MIXED, STYLE, TWO_PYTHONS


def test_a_multi_keeps_its_formula_and_its_graders():
    rubric = read_rubric(TWO_PYTHONS)
    assert rubric.to_json() == {
        "name": "Amount and length",
        "aggregation": "formula",
        "row_criteria": None,
        "strata": [],
        "formula": "0.75 * amount + 0.25 * length",
        "graders": TWO_PYTHONS["graders"],
    }
    assert [(c.key, c.title, c.kind.type) for c in rubric.criteria()] == [
        ("amount", "Right amount", "python"),
        ("length", "Long enough", "python"),
    ]


def test_a_python_grader_is_a_point_of_own_code():
    rubric = read_rubric({"type": "python", "name": "Words 2!", "source": LENGTH})
    (criterion,) = rubric.criteria()
    assert (rubric.aggregation, rubric.row_criteria) == ("stratified", None)
    assert (criterion.key, criterion.title, criterion.kind.model_dump()) == (
        "words_2",
        "Words 2!",
        {"type": "python", "source": LENGTH},
    )


@pytest.mark.parametrize("grader", [EXACT, STYLE])
def test_another_single_grader_is_a_formula_of_its_name(grader):
    rubric = read_rubric(grader)
    key = {"Exact match": "exact_match", "Style": "style"}[grader["name"]]
    assert (rubric.formula, rubric.graders) == (key, {key: grader})
    assert [c.is_judged for c in rubric.criteria()] == [grader is STYLE]


@pytest.mark.parametrize(
    "wrapped",
    [
        {"grader": TWO_PYTHONS},
        {"model": "o4-mini", "method": {"type": "reinforcement", "reinforcement": {"grader": TWO_PYTHONS}}},
        {"type": "reinforcement", "reinforcement": {"grader": TWO_PYTHONS, "hyperparameters": {}}},
    ],
)
def test_a_grader_inside_a_job_is_found(wrapped):
    assert is_grader_file(wrapped)
    assert read_rubric(wrapped) == read_rubric(TWO_PYTHONS)


@pytest.mark.parametrize(
    "data", [{"name": "x", "strata": []}, {}, [], None, {"strata": [], "type": "python"}]
)
def test_a_rubric_of_our_own_is_no_grader(data):
    assert not is_grader_file(data)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"calculate_output": "amount +"}, "calculate_output", "is missing at the end (at character 9)"),
        ({"calculate_output": "amount + other"}, "calculate_output", "other: no point has this name"),
        ({"graders": {"a-b": EXACT}}, "graders.a-b", "no name that a formula can read"),
        ({"graders": {"a": EXACT | {"operation": "same"}}}, "graders.a.operation", "is none of"),
        ({"graders": {"a": TWO_PYTHONS}}, "graders.a", "cannot stand inside"),
        ({"graders": []}, "graders", "a map from names to graders"),
        ({"type": "endpoint"}, "type", "is no grader here"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(change, field, words):
    for wrap, before in ((lambda grader: grader, ""), (lambda grader: {"grader": grader}, "grader.")):
        with pytest.raises(StudioError) as caught:
            read_rubric(wrap(TWO_PYTHONS | change), "g.json")
        assert (caught.value.file, caught.value.field) == ("g.json", before + field)
        assert words in caught.value.message


def test_our_own_json_with_graders_is_checked_alike():
    data = read_rubric(MIXED).to_json()
    assert read_rubric(data) == read_rubric(MIXED)
    with pytest.raises(StudioError) as caught:
        read_rubric(data | {"graders": {"style": STYLE | {"range": [3]}}})
    assert caught.value.field == "graders.style.range"
    with pytest.raises(StudioError) as caught:
        read_rubric(data | {"formula": "Exact * style2"})
    assert caught.value.field == "formula"


def test_marks_stay_raw_where_a_grader_has_a_range_of_its_own():
    assert takes_raw_marks(read_rubric(MIXED))
    assert not takes_raw_marks(read_rubric(EXACT))
    assert not takes_raw_marks(None)


def test_the_formula_can_be_changed_and_nothing_else():
    rubric = read_rubric(MIXED)
    changed = with_formula(rubric, "Exact * alike")
    assert changed.formula == "Exact * alike"
    assert changed.strata == rubric.strata
    with pytest.raises(ValueError, match="at character 9"):
        with_formula(rubric, "Exact * ")
    assert formula_problem("Exact + nope", {"Exact"}) == "nope: no point has this name"
