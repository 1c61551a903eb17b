"""Rubric -> plan, and what may be left out of a rubric."""

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.formula import StratumTerm, total_text
from rubric_studio.grader.plan import plan_of, without

RUBRIC = Rubric.model_validate(
    {
        "strata": [
            {
                "key": "form",
                "weight": 1,
                "gate": {"at": 0.5, "mode": "soft"},
                "when": {"field": "task", "in": ["topics", 7]},
                "criteria": [{"key": "json", "kind": {"type": "format", "schema": {"type": "object"}}}],
            },
            {
                "key": "content",
                "weight": 3,
                "criteria": [{"key": "clear"}, {"key": "content", "weight": -0.5}],
            },
        ]
    }
)


def test_a_plan_holds_what_scoring_reads_and_nothing_for_people():
    plan = plan_of(RUBRIC)
    assert plan["strata"][0] == {
        "key": "form",
        "weight": 1.0,
        "gate": {"at": 0.5, "mode": "soft"},
        "when": {"field": "task", "in": ["topics", 7]},
        "criteria": [
            {
                "key": "json",
                "weight": 1.0,
                "when": None,
                "kind": {
                    "type": "format",
                    "schema": {"type": "object"},
                    "min_chars": None,
                    "max_chars": None,
                },
                "allow_na": False,
            }
        ],
    }


def test_the_stratum_of_row_criteria_is_made_last_where_it_is_missing():
    plan = plan_of(RUBRIC)
    assert [stratum["key"] for stratum in plan["strata"]] == ["form", "content", "row"]
    assert plan["strata"][2] == {"key": "row", "weight": 1.0, "gate": None, "when": None, "criteria": []}


def test_the_formula_is_written_over_all_strata():
    terms = [StratumTerm("form", 1, 0.5, gate_hard=False), StratumTerm("content", 3), StratumTerm("row", 1)]
    assert plan_of(RUBRIC)["formula"] == total_text("stratified", terms)


def test_an_imported_formula_stays_as_it_is():
    rubric = Rubric.model_validate(
        {"aggregation": "formula", "formula": "clear ^ 2", "row_criteria": None, "strata": [RUBRIC.strata[1]]}
    )
    assert plan_of(rubric)["formula"] == "clear ^ 2"


def test_a_left_out_criterion_is_gone_and_its_stratum_stays_while_it_has_others():
    left = without(RUBRIC, ["clear"])
    assert [criterion.key for criterion in left.criteria()] == ["json", "content"]


def test_a_stratum_that_loses_its_last_criterion_goes():
    assert [stratum.key for stratum in without(RUBRIC, ["json"]).strata] == ["content"]


def test_a_stratum_goes_by_its_key():
    assert [stratum.key for stratum in without(RUBRIC, ["form"]).strata] == ["content"]


def test_a_key_that_is_both_means_the_criterion():
    left = without(RUBRIC, ["content"])
    assert [criterion.key for criterion in left.criteria()] == ["json", "clear"]


def test_row_criteria_are_left_out_by_the_key_of_their_stratum_even_where_the_rubric_only_names_it():
    left = without(RUBRIC, ["row"])
    assert left.row_criteria is None
    assert [stratum["key"] for stratum in plan_of(left)["strata"]] == ["form", "content"]


def test_a_key_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(StudioError, match="no criterion or stratum nothing") as refused:
        without(RUBRIC, ["nothing"])
    assert "clear, content, form, json, row" in refused.value.hint


def test_what_an_imported_formula_reads_cannot_be_left_out():
    rubric = Rubric.model_validate(
        {"aggregation": "formula", "formula": "clear", "strata": [RUBRIC.strata[1]]}
    )
    assert [c.key for c in without(rubric, ["content"]).criteria()] == ["clear"]
    with pytest.raises(StudioError, match="reads clear"):
        without(rubric, ["clear"])
