"""Rows that no answer could score, and why."""

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, RowCriterion, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.untrainable import untrainable_rows
from tests.targets.contents import (
    checks_rubric,
    judged_rubric,
    row_with_own_criteria,
    rows,
    single_criterion_rubric,
)

PROMPT = user_prompt("Why?")


def test_rows_with_all_they_need_can_train():
    own = [*(entry.row for entry in rows()), row_with_own_criteria().row]
    assert untrainable_rows(judged_rubric(), own) == ()


def test_a_missing_or_null_reference_stops_the_row_and_names_the_criterion():
    absent = Row(id=RowId("a"), prompt=PROMPT, reference={"task": "topics"})
    null = Row(id=RowId("b"), prompt=PROMPT, reference={"labels": ["x"], "task": "tax", "amount": None})
    found = untrainable_rows(checks_rubric(), [absent, null])
    assert [(each.row, each.criterion) for each in found] == [("a", "topics_found"), ("b", "amount")]
    assert all(each.reason for each in found)


def test_a_reference_that_nothing_reads_on_this_row_may_be_missing():
    row = Row(id=RowId("a"), prompt=PROMPT, reference={"labels": ["x"], "task": "topics"})
    assert untrainable_rows(checks_rubric(), [row]) == ()


def test_a_row_to_which_nothing_applies_cannot_train():
    when = {"field": "task", "in": ["tax"]}
    rubric = Rubric.model_validate({"strata": [{"key": "s", "when": when, "criteria": [{"key": "c"}]}]})
    found = untrainable_rows(rubric, [Row(id=RowId("a"), prompt=PROMPT)])
    assert [(each.row, each.reason) for each in found] == [("a", "no criteria")]
    own = Row(id=RowId("b"), prompt=PROMPT, criteria=(RowCriterion(key="k", text="t"),))
    assert untrainable_rows(rubric, [own]) == ()


def test_a_row_without_a_prompt_cannot_train():
    row = Row(id=RowId("a"), reference={"only": "x"})
    found = untrainable_rows(single_criterion_rubric(), [row])
    assert [each.reason for each in found] == ["it has no prompt"]


def test_an_imported_grader_needs_the_rows_fields_not_the_answers():
    def check(given):
        return {"type": "string_check", "input": given, "reference": "{{ item.answer }}", "operation": "eq"}

    rubric = Rubric.model_validate(
        {
            "aggregation": "formula",
            "row_criteria": None,
            "formula": "whole / part",
            "graders": {
                "whole": check("{{ sample.output_text }}"),
                "part": check("{{ sample.output_json.x }}"),  # an empty answer has none, another one may
                "unread": check("{{ item.nowhere }}"),  # and this is not in the formula
            },
        }
    )
    given = Row(id=RowId("a"), prompt=PROMPT, reference={"answer": "x"})
    absent = Row(id=RowId("b"), prompt=PROMPT)
    (found,) = untrainable_rows(rubric, [given, absent])
    assert (found.row, found.criterion, found.reason) == ("b", "whole", "the row has no item.answer")
