"""string_check and text_similarity as they run here: templates, comparisons, what is left unscored."""

import pytest

from rubric_studio.grader.chunk import measure_chunk
from rubric_studio.grader.measures import Answer
from rubric_studio.grader.openai_graders import grader_check
from rubric_studio.grader.scoring import grade

ITEM = {"answer": "42", "law": {"name": "VAT", "articles": [5, 7]}, "n": 1.5, "none": None, "a.b": "dotted"}


def outcome(grader, text="42", item=None):
    return grader_check({"type": "grader", "grader": grader}, ITEM if item is None else item)(Answer(text))


def check(operation, given, expected):
    return {"type": "string_check", "input": given, "reference": expected, "operation": operation}


def filled(template, text="42"):
    """What a template becomes: read off the reason of a comparison with it."""
    return outcome(check("eq", template, ""), text).reason.removesuffix(' is not ""').strip('"')


@pytest.mark.parametrize(
    ("operation", "given", "expected", "value"),
    [
        ("eq", "Yes", "Yes", 1),
        ("eq", "Yes", "yes", 0),
        ("eq", "Yes ", "Yes", 0),
        ("ne", "Yes", "yes", 1),
        ("ne", "Yes", "Yes", 0),
        ("like", "so Yes.", "Yes", 1),  # the input holds the reference
        ("like", "Yes", "so Yes.", 0),
        ("like", "so yes.", "Yes", 0),
        ("ilike", "so yes.", "YES", 1),
        ("ilike", "so no.", "YES", 0),
    ],
)
def test_string_checks(operation, given, expected, value):
    assert outcome(check(operation, given, expected)).value == value


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ item.answer }}", "42"),
        ("{{item.answer}}", "42"),
        ("[{{ item.answer }}|{{ sample.output_text }}]", "[42|out]"),
        ("{{ item.law.name }}", "VAT"),
        ("{{ item.a.b }}", "dotted"),  # an exact name comes before a path
        ("{{ item.law.articles[1] }}", "7"),
        ("{{ item.law.articles }}", "[5, 7]"),
        ("{{ item.law.articles[*] }}", "[5, 7]"),
        ("{{ item.n }} {{ item.none }}", "1.5 null"),
        ("{ item.answer } {{ other.x }} {% if %}", "{ item.answer } {{ other.x }} {% if %}"),
        ("{{ items.x }}", "{{ items.x }}"),
    ],
)
def test_templates(template, text):
    assert filled(template, "out") == text


def test_a_value_that_looks_like_a_template_stays_as_it_is():
    assert filled("{{ sample.output_text }}", "{{ item.answer }}") == "{{ item.answer }}"


def test_the_answers_json_is_read_by_our_own_parser():
    fenced = 'Here:\n```json\n{"x": {"y": ["a", 2]}}\n```'
    assert filled("{{ sample.output_json.x.y[0] }}", fenced) == "a"
    assert filled("{{ sample.output_json.x }}", fenced) == '{"y": ["a", 2]}'
    assert filled("{{ sample.output_json[1] }}", "[1, 2]") == "2"
    assert filled("{{ sample.output_json }}", "[1, 2]") == "[1, 2]"


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{{ item.nope }}", "the row has no item.nope"),
        ("{{ item }}", "the row has no item"),
        ("{{ item.law.nope }}", "the row has no item.law.nope"),
        (
            "{{ sample.output_tools }}",
            "sample.output_tools is not known here: there are output_text and output_json",
        ),
        ("{{ sample.output_json.x }}", "the answer has no sample.output_json.x: it is no JSON"),
        ("{{ sample.output_json.x }}", "the answer has no sample.output_json.x"),
    ],
)
def test_a_name_that_finds_nothing_is_unscored_with_it(template, reason):
    text = "no JSON" if reason.endswith("no JSON") else '{"y": 1}'
    assert outcome(check("eq", template, "x"), text) == (None, reason, ())


def test_a_similarity_says_that_the_servers_figure_may_differ():
    grader = {
        "type": "text_similarity",
        "input": "{{ sample.output_text }}",
        "reference": "{{ item.law.name }} rate",
        "evaluation_metric": "rouge_1",
    }
    found = outcome(grader, "vat")
    assert found.value == pytest.approx(2 / 3)  # 1 word in common of 1 and 2
    assert found.reason == "rouge_1: by the published formula; the server's own figure may differ"


@pytest.mark.parametrize(
    "grader", [{}, None, {"type": "python"}, check("xx", "a", "b"), {"type": "string_check"}]
)
def test_what_cannot_run_is_unscored_and_never_raises(grader):
    assert outcome(grader).value is None


KIND = {"type": "grader", "grader": check("eq", "{{ sample.output_text }}", "{{ item.answer }}")}


def test_workers_run_it_beside_our_own_checks():
    kinds = [{"type": "choice", "reference": "answer"}, KIND]
    found = measure_chunk(kinds, [(ITEM, [0, 1], ["42", "43"])])
    assert [values for values, _, _ in found] == [(1.0, 0.0), (1.0, 0.0)]


def test_one_sample_is_scored_with_it():
    criterion = {"key": "Exact", "weight": 1, "when": None, "allow_na": False, "kind": KIND}
    part = {"key": "graders", "weight": 1, "gate": None, "when": None, "criteria": [criterion]}
    plan = {"aggregation": "formula", "row_criteria": None, "strata": [part], "formula": "0.25 + Exact / 2"}
    assert grade(plan, "42", ITEM).score == 0.75
    missing = grade(plan, "42", {})
    assert missing.reason == "1 of 1 criteria is unscored: Exact"
    assert missing.criteria["Exact"] == ("unscored", None, "the row has no item.answer")
