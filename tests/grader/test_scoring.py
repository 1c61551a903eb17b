"""The score of one sample: states, sums, total, and the three files as one source."""

import ast
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from rubric_studio.grader import formula as formula_file
from rubric_studio.grader import measures as measures_file
from rubric_studio.grader import scoring as scoring_file
from rubric_studio.grader.scoring import applies, check_marks, criterion_states, grade, total
from tests.grader.random_plans import (
    RandomSample,
    judged,
    plain_score,
    plan_of,
    plans_and_samples,
    stratum,
)

FORM = stratum("form", judged("json"), gate={"at": 1.0, "mode": "hard"})
LAW = stratum("law", judged("issue"), judged("rule", 3), judged("invents", -0.25), weight=3)
RUBRIC = plan_of("stratified", FORM, LAW)
ROW_PLAN = plan_of("points_shifted", stratum("row"), row_criteria="row")


def test_a_complete_sample_has_a_score_and_values_of_strata() -> None:
    graded = grade(RUBRIC, "", {}, {"json": 1, "issue": 0.5, "rule": 1, "invents": 0.4})
    # law: (1 * 0.5 + 3 * 1) / 4 = 0.875; (1 * 1 + 3 * 0.875) / 4 = 0.90625; minus 0.25 * 0.4 = 0.80625
    assert graded.score == pytest.approx(0.80625)
    assert graded.reason == ""
    assert graded.strata == {"form": 1.0, "law": 0.875}
    assert graded.criteria["rule"] == ("scored", 1.0, "")


def test_a_hard_gate_that_fails_leaves_only_what_came_before() -> None:
    # form 0 is not passed: (1 * 0 + 3 * 0 * law) / 4 = 0
    assert grade(RUBRIC, "", {}, {"json": 0, "issue": 1, "rule": 1, "invents": 0}).score == 0


def test_unscored_criteria_are_named_and_leave_no_score() -> None:
    graded = grade(RUBRIC, "", {}, {"json": 1, "issue": 0.5, "rule": None})
    assert graded.score is None
    assert graded.reason == "2 of 4 criteria are unscored: rule, invents"
    # The fault does not keep law's own value from being final, the point does.
    assert graded.strata == {"form": 1.0, "law": None}
    assert graded.criteria["rule"] == ("unscored", None, "not rated yet")


def test_one_missing_criterion_is_named_in_the_singular() -> None:
    graded = grade(RUBRIC, "", {}, {"json": 1, "issue": 0.5, "rule": 1})
    assert graded.reason == "1 of 4 criteria is unscored: invents"


def test_a_criterion_of_weight_0_neither_counts_nor_blocks() -> None:
    plan = plan_of("stratified", stratum("law", judged("issue"), judged("style", 0)))
    assert grade(plan, "", {}, {"issue": 0.5}).score == 0.5
    assert grade(plan, "", {}, {"issue": 0.5, "style": 1}).score == 0.5
    assert grade(plan, "", {}, {"issue": None}).reason == "1 of 1 criteria is unscored: issue"


def test_a_stratum_of_weight_0_blocks_only_by_a_gate_or_a_fault() -> None:
    law = stratum("law", judged("issue"))
    idle = stratum("extra", judged("style"), weight=0)
    assert grade(plan_of("stratified", idle, law), "", {}, {"issue": 0.5}).score == 0.5
    gated = {**idle, "gate": {"at": 1.0, "mode": "hard"}}
    assert grade(plan_of("stratified", gated, law), "", {}, {"issue": 0.5}).score is None
    assert grade(plan_of("stratified", gated, law), "", {}, {"issue": 0.5, "style": 0}).score == 0
    fault = stratum("extra", judged("invents", -0.1), weight=0)
    assert grade(plan_of("stratified", fault, law), "", {}, {"issue": 0.5}).score is None
    # In points the stratum's weight does not matter: its criteria count, so they block.
    assert grade(plan_of("points_clipped", idle, law), "", {}, {"issue": 0.5}).score is None


def test_a_sample_without_applicable_criteria_says_so() -> None:
    plan = plan_of("stratified", stratum("law", judged("issue"), when={"field": "task", "in": ["tax"]}))
    graded = grade(plan, "", {"task": "topics"}, {"issue": 1})
    assert (graded.score, graded.reason) == (None, "no criteria")
    assert graded.criteria["issue"] == ("not_applicable", None, "does not apply to this row")
    assert graded.strata == {"law": None}
    assert total(plan_of("stratified"), {}).reason == "no criteria"


@pytest.mark.parametrize(
    "plan",
    [
        plan_of("stratified", stratum("law", judged("issue", 0))),
        plan_of("stratified", stratum("law", judged("issue"), weight=0)),
        plan_of("stratified", stratum("law", judged("issue", -0.5))),
        plan_of("points_clipped", stratum("law", judged("issue", -1))),
    ],
)
def test_a_sample_without_any_weight_has_no_score(plan: dict[str, Any]) -> None:
    graded = grade(plan, "", {}, {"issue": 1})
    assert (graded.score, graded.reason) == (None, "the weights add up to 0")


def test_not_applicable_is_taken_only_where_it_is_allowed() -> None:
    plan = plan_of("stratified", stratum("law", judged("issue"), judged("rule", allow_na=True)))
    assert grade(plan, "", {}, {"issue": 0.5, "rule": "not_applicable"}).score == 0.5
    refused = grade(plan, "", {}, {"issue": "not_applicable", "rule": 1})
    assert refused.score is None
    assert refused.criteria["issue"][0] == "unscored"
    assert "does not allow" in refused.criteria["issue"][2]


@pytest.mark.parametrize("mark", [1.5, -0.1, math.nan, math.inf, "good"])
def test_a_mark_that_is_no_value_is_unscored_and_never_clamped(mark: Any) -> None:
    plan = plan_of("stratified", stratum("law", judged("issue")))
    graded = grade(plan, "", {}, {"issue": mark})
    assert graded.score is None
    assert graded.criteria["issue"][:2] == ("unscored", None)


def test_own_code_is_unscored_unless_something_else_ran_it() -> None:
    plan = plan_of("stratified", stratum("law", judged("code", kind={"type": "python", "source": ""})))
    assert grade(plan, "", {}).criteria["code"] == ("unscored", None, "own code is not run here")
    assert grade(plan, "", {}, {"code": 0.75}).score == 0.75


def test_the_rows_own_criteria_are_scored_beside_the_rubrics() -> None:
    # PRBench: weights 6, 4, -2 with 1, 0, 1: (6 - 2 + 2) / (10 + 2) = 0.5
    own = [{"key": "a", "weight": 6}, {"key": "b", "weight": 4}, {"key": "c", "weight": -2}]
    graded = grade(ROW_PLAN, "", {}, {"row:a": 1, "row:b": 0, "row:c": 1}, own)
    assert graded.score == 0.5
    assert graded.strata == {"row": 0.6}
    assert graded.criteria["row:b"] == ("scored", 0.0, "")
    missing = grade(ROW_PLAN, "", {}, {"row:a": 1}, own)
    assert missing.reason == "2 of 3 criteria are unscored: b, c"


def test_a_stratum_only_for_rows_is_left_out_where_the_row_has_none() -> None:
    assert grade(ROW_PLAN, "", {}).strata == {}
    assert grade(ROW_PLAN, "", {}).reason == "no criteria"


def test_the_same_key_in_row_and_rubric_are_two_criteria() -> None:
    plan = plan_of("stratified", stratum("law", judged("issue")), row_criteria="law")
    graded = grade(plan, "", {}, {"issue": 1, "row:issue": 0}, [{"key": "issue", "weight": 1}])
    assert graded.score == 0.5


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        (None, True),
        ({"field": "task", "in": ["topics"]}, True),
        ({"field": "task", "in": ["tax", "topics"]}, True),
        ({"field": "task", "in": ["tax"]}, False),
        ({"field": "task", "in": []}, False),
        ({"field": "year", "in": ["2024"]}, True),  # numbers and texts alike
        ({"field": "year", "in": [2024.0]}, True),
        ({"field": "final", "in": [True]}, True),
        ({"field": "final", "in": [1]}, False),
        ({"field": "labels", "in": ["b"]}, True),  # a list by its elements
        ({"field": "case.kind", "in": ["civil"]}, True),
        ({"field": "absent", "in": ["x"]}, False),
        ({"field": "absent", "in": [None]}, True),
    ],
)
def test_a_condition_is_read_from_the_row(when: dict[str, Any] | None, holds: bool) -> None:
    item = {"task": "topics", "year": 2024, "final": True, "labels": ["a", "b"], "case": {"kind": "civil"}}
    assert applies(when, item) is holds


MENTIONS = judged("cites", kind={"type": "mentions", "terms": ["Art. 5"]})


def test_checks_are_measured_and_show_where() -> None:
    plan = plan_of("stratified", stratum("law", MENTIONS, judged("issue")))
    marks = check_marks(plan, "See Art. 5 there.", {})
    assert list(marks) == ["cites"]
    state, value, _, spans = marks["cites"]
    assert (state, value, spans) == ("scored", 1.0, ((4, 10),))
    # (1 + 0.5) / 2
    assert grade(plan, "See Art. 5 there.", {}, {"issue": 0.5, "cites": 0}).score == 0.75


def test_a_check_that_does_not_apply_is_not_measured() -> None:
    tax = stratum("tax", MENTIONS, when={"field": "task", "in": ["tax"]})
    topics = stratum("topics", {**MENTIONS, "key": "cites_2", "when": {"field": "task", "in": ["tax"]}})
    marks = check_marks(plan_of("stratified", tax, topics), "Art. 5", {"task": "topics"})
    assert {key: mark[0] for key, mark in marks.items()} == {
        "cites": "not_applicable",
        "cites_2": "not_applicable",
    }


def test_a_check_without_its_reference_is_unscored_with_the_reason() -> None:
    plan = plan_of(
        "stratified", stratum("law", {**MENTIONS, "kind": {"type": "mentions", "reference": "cited"}})
    )
    graded = grade(plan, "Art. 5", {})
    assert graded.score is None
    state, value, reason = graded.criteria["cites"]
    assert (state, value) == ("unscored", None)
    assert reason


def test_states_from_elsewhere_are_totaled_and_absent_ones_are_unscored() -> None:
    graded = total(RUBRIC, {"json": ("scored", 1.0, "checked")})
    assert graded.reason == "3 of 4 criteria are unscored: issue, rule, invents"
    assert graded.criteria["json"] == ("scored", 1.0, "checked")


# ---- imported formulas


def imported(text: str, *keys: str, **more: Any) -> dict[str, Any]:
    criteria = [judged(key, **more) for key in keys]
    return {
        "aggregation": "formula",
        "row_criteria": None,
        "strata": [stratum("all", *criteria)],
        "formula": text,
    }


def test_an_imported_formula_reads_raw_numbers() -> None:
    graded = grade(imported("min(1, a / 10 + b)", "a", "b"), "", {}, {"a": 4, "b": 0.25})
    assert graded.score == pytest.approx(0.65)
    assert graded.strata == {}


def test_a_grader_that_the_formula_does_not_read_does_not_block() -> None:
    assert grade(imported("a", "a", "b"), "", {}, {"a": 0.5}).score == 0.5


@pytest.mark.parametrize(
    ("marks", "reason"),
    [
        ({"a": 1, "b": 0}, "division by zero"),
        ({"a": 3, "b": 1}, "the formula gives 3, which is not between 0 and 1"),
        ({"a": 1}, "1 of 2 criteria is unscored: b"),
        ({"a": 1, "b": "not_applicable"}, "the formula needs what does not apply here: b"),
    ],
)
def test_an_imported_formula_without_a_total_says_why(marks: dict[str, Any], reason: str) -> None:
    graded = grade(imported("a / b", "a", "b", allow_na=True), "", {}, marks)
    assert (graded.score, graded.reason) == (None, reason)


# ---- against design section 3, and as one source


@given(plans_and_samples(missing=False))
def test_the_formula_says_what_the_design_says(drawn: tuple[dict[str, Any], list[RandomSample]]) -> None:
    plan, samples = drawn
    for sample in samples:
        graded = grade(plan, "", sample.item, sample.marks, sample.row_criteria)
        expected = plain_score(plan, sample)
        assert (graded.score is None) == (expected is None)
        if expected is not None:
            assert graded.score == pytest.approx(expected, abs=1e-9)
            assert graded.score is not None
            assert 0 <= graded.score <= 1


@given(plans_and_samples())
def test_a_score_is_missing_exactly_where_something_that_weighs_is(
    drawn: tuple[dict[str, Any], list[RandomSample]],
) -> None:
    plan, samples = drawn
    for sample in samples:
        states = criterion_states(plan, sample.item, sample.marks, sample.row_criteria)
        graded = total(plan, states, sample.row_criteria)
        assert (graded.score is None) == bool(graded.reason)
        assert graded.criteria == states
        for _, value, _ in graded.criteria.values():
            assert value is None or math.isfinite(value)


FILES = [Path(str(module.__file__)) for module in (measures_file, formula_file, scoring_file)]


def one_source() -> dict[str, Any]:
    """The three files as one, the way a bundle inlines them: the imports of ours are dropped."""
    lines = [
        line
        for file in FILES
        for line in file.read_text(encoding="utf-8").splitlines()
        if not line.startswith("from rubric_studio.")
    ]
    inlined: dict[str, Any] = {"__name__": "bundled"}
    exec(compile("\n".join(lines), "bundled", "exec"), inlined)
    return inlined


def test_names_of_the_three_files_do_not_collide() -> None:
    seen: dict[str, str] = {}
    for file in FILES:
        tree = ast.parse(file.read_text(encoding="utf-8"), feature_version=(3, 10))
        for node in tree.body:
            for name in _defined(node):
                assert name not in seen, f"{name} is in {seen.get(name)} and in {file.name}"
                seen[name] = file.name


def _defined(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [target.id for target in targets if isinstance(target, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []


BUNDLED = one_source()


@given(plans_and_samples())
def test_the_bundled_grader_scores_the_same(drawn: tuple[dict[str, Any], list[RandomSample]]) -> None:
    plan, samples = drawn
    for sample in samples:
        graded = grade(plan, "", sample.item, sample.marks, sample.row_criteria)
        bundled = BUNDLED["grade"](plan, "", sample.item, sample.marks, sample.row_criteria)
        assert tuple(bundled) == tuple(graded)
