"""What is learned of a rubric's checks and of rows, so that probes fit them."""

from datetime import date
from typing import Any

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.probes.facts import Context, Facts
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.asked import Questionnaire
from rubric_studio.services.probe_facts import context_of, facts_of


def row(id: str = "r1", **reference: Any) -> Row:
    return Row(id=RowId(id), prompt=user_prompt("?"), reference=reference)


def rubric(*kinds: dict[str, Any], **more: Any) -> Rubric:
    criteria = [{"key": f"c{at}", "title": "", "kind": kind, **more} for at, kind in enumerate(kinds)]
    return Rubric.model_validate({"strata": [{"key": "all", "criteria": criteria}]})


def facts(of: Row, guide: Rubric, *others: Row) -> Facts:
    return facts_of(of, Questionnaire(guide).on(of), context_of(guide, [of, *others]))


def test_labels_are_counted_over_all_rows_the_most_frequent_first():
    guide = rubric({"type": "labels", "reference": "topics"}, {"type": "choice", "reference": "country"})
    rows = [row("r1", topics=["b", "a"], country="FR"), row("r2", topics=["b"]), row("r3", topics="a")]
    assert context_of(guide, [*rows, row("r4", topics=["b"])]) == Context(
        {"topics": ("b", "a"), "country": ("FR",)}
    )


def test_where_the_result_stands_is_read_from_the_check():
    guide = rubric(
        {"type": "labels", "predicted": "output_json.codes[*].code", "reference": "codes"},
        {
            "type": "number",
            "predicted": {"pattern": "due ([0-9]+)"},
            "reference": "due",
            "relative": 0.1,
            "band": 5,
        },
        {"type": "date", "reference": "day", "days": 3},
        {"type": "choice", "reference": "absent"},
    )
    labels, number, day = facts(row(codes=["A1"], due="1,680.50", day="2024-02-03"), guide).targets
    assert (labels.steps, labels.values) == (("codes", None, "code"), ("A1",))
    assert (number.pattern, number.steps, number.values) == ("due ([0-9]+)", None, (1680.5,))
    assert number.slack == 0.1 * 1680.5 + 5
    assert (day.values, day.slack, day.pattern) == ((date(2024, 2, 3),), 3.0, "")


def test_an_empty_list_of_labels_is_a_statement_and_null_is_none():
    guide = rubric({"type": "labels", "reference": "topics"})
    assert facts(row(topics=[]), guide).targets[0].values == ()
    assert facts(row(topics=None), guide).targets == ()


def test_terms_that_rows_share_are_labels_and_others_are_not():
    guide = rubric({"type": "mentions", "reference": "cites"})
    shared = row("r1", cites=["Sec. 1", "Sec. 2"]), row("r2", cites=["Sec. 2", "Sec. 1"])
    found = facts(shared[0], guide, shared[1])
    assert (found.targets[0].is_mention, found.terms, found.wants_more) == (True, ("Sec. 1", "Sec. 2"), False)
    found = facts(row("r1", cites=["Sec. 1"]), guide, row("r2", cites=["Sec. 2"]))
    assert (found.targets, found.terms, found.wants_more) == ((), ("Sec. 1",), True)


def test_whether_the_guide_asks_for_more_than_the_bare_result():
    labels = {"type": "labels", "reference": "topics"}
    of = row(topics=["a"])
    assert not facts(of, rubric(labels, {"type": "format", "max_chars": 9})).wants_more
    assert facts(of, rubric(labels, {"type": "format", "min_chars": 9})).wants_more
    assert facts(of, rubric(labels, {"type": "judged"})).wants_more
    assert not facts(of, rubric(labels, {"type": "judged"}, weight=0)).wants_more


def test_a_whole_answer_is_a_long_text_that_is_compared_or_named_as_one():
    long = "A reasoned answer. " * 10
    assert facts(row(gold=long), rubric({"type": "similar", "reference": "gold"})).text == long
    assert facts(row(answer=long), rubric({"type": "judged"})).text == long
    assert facts(row(answer="42"), rubric({"type": "judged"})).text == ""
    assert facts(row(note=long), rubric({"type": "judged"})).text == ""


def test_telling_words_are_long_and_say_something():
    guide = rubric(
        {"type": "judged"}, wording="Cites the allowance that applies where nothing else does; cites it"
    )
    assert facts(row(), guide).words == ("Cites", "allowance", "applies", "cites")
