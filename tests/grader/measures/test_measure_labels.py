"""labels: precision, recall and F-beta over sets of names."""

import json
from typing import Any

import pytest

from rubric_studio.grader.measures import Answer, Outcome, measure

IN_JSON = "output_json.labels"


def labels(text: str, reference: Any, **kind: Any) -> Outcome:
    kind = {"type": "labels", "predicted": IN_JSON, "reference": "topics", **kind}
    return measure(kind, Answer(text), {"topics": reference})


def named(*names: Any) -> str:
    return json.dumps({"labels": names})


# One of two named is right, one of three expected is found: TP 1, FP 1, FN 2.
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ({"metric": "precision"}, 1 / 2),
        ({"metric": "recall"}, 1 / 3),
        ({}, 2 / 5),  # F1 = 2 TP / (2 TP + FN + FP) = 2 / (2 + 2 + 1)
        ({"beta": 2.0}, 5 / 14),  # F2 = 5 TP / (5 TP + 4 FN + FP) = 5 / (5 + 8 + 1)
        ({"beta": 0.5}, 5 / 11),  # F0.5 = 1.25 / (1.25 + 0.25 * 2 + 1) = 1.25 / 2.75
    ],
)
def test_metrics_are_the_hand_derived_ones(kind: dict[str, Any], value: float) -> None:
    outcome = labels(named("law", "trade"), ["law", "energy", "finance"], **kind)
    assert outcome.value == pytest.approx(value, abs=1e-15)
    assert outcome.reason == "found 1 of 3: law; missing: energy, finance; not expected: trade"


@pytest.mark.parametrize("metric", ["precision", "recall", "f_beta"])
def test_nothing_named_where_nothing_is_expected_is_right(metric: str) -> None:
    assert labels(named(), [], metric=metric).value == 1.0
    assert labels('{"labels": null}', [], metric=metric).value == 1.0


@pytest.mark.parametrize("metric", ["precision", "recall", "f_beta"])
@pytest.mark.parametrize(("names", "reference"), [((), ["law"]), (("law",), [])])
def test_a_share_of_nothing_is_zero(metric: str, names: tuple[str, ...], reference: list[str]) -> None:
    assert labels(named(*names), reference, metric=metric).value == 0.0


def test_a_text_as_reference_is_one_label_and_not_its_letters() -> None:
    assert labels(named("law"), "law").value == 1.0
    assert labels(named("l", "a", "w"), "law").value == 0.0
    assert labels('{"labels": "law"}', ["law"]).value == 1.0


def test_case_spaces_and_unicode_form_do_not_matter() -> None:
    assert (
        labels(
            named(" Social\u00a0 QUESTIONS", "e\u0301nergie", "STRASSE"),
            ["social questions", "énergie", "Straße"],
        ).value
        == 1.0
    )


def test_exact_takes_case_and_space_at_their_word_but_not_the_unicode_form() -> None:
    assert labels(named("Law"), ["law"], exact=True).value == 0.0
    assert labels(named("law "), ["law"], exact=True).value == 0.0
    assert labels(named("e\u0301"), ["é"], exact=True).value == 1.0


def test_a_label_twice_counts_once() -> None:
    assert labels(named("law", "Law", "law "), ["law", "LAW"], metric="precision").value == 1.0


def test_labels_of_any_type_and_depth_are_compared_as_texts() -> None:
    assert labels(named(28, [True, ["x"]], None), ["28", ["true"], "X", None]).value == 1.0
    assert labels(named(28.0), [28]).value == 1.0
    assert labels(named(1), [True]).value == 0.0
    assert labels(named(True), [True]).value == 1.0  # after [1] against [True]: no cache mixes them up


def test_an_object_is_one_label_that_is_shown_as_it_stands() -> None:
    outcome = labels(named({"name": "law"}), ["law"])
    assert outcome.value == 0.0
    assert outcome.reason == 'found 0 of 1; missing: law; not expected: {"name": "law"}'


def test_labels_are_read_through_a_path_with_a_star() -> None:
    text = '{"codes": [{"code": "A"}, {"code": "B"}]}'
    assert labels(text, ["a", "b"], predicted="output_json.codes[*].code").value == 1.0
    assert labels('{"codes": []}', [], predicted="output_json.codes[*].code").value == 1.0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("law", "the answer cannot be read: it is not JSON"),
        ("", "the answer cannot be read: it is not JSON"),
        ('{"topics": ["law"]}', "the answer has no output_json.labels"),
    ],
)
def test_no_json_or_no_such_place_is_zero_with_the_reason(text: str, reason: str) -> None:
    assert labels(text, ["law"]) == Outcome(0.0, reason)
    assert labels(text, []) == Outcome(0.0, reason)


def test_a_pattern_finds_all_labels_and_where_they_stand() -> None:
    text = "Topic: law\nTopic: trade\nNote: energy"
    outcome = labels(text, ["law", "trade"], predicted={"pattern": r"Topic: (\w+)"})
    assert outcome.value == 1.0
    assert [text[start:end] for start, end in outcome.spans] == ["law", "trade"]
    assert labels("none", [], predicted={"pattern": r"Topic: (\w+)"}).value == 1.0


def test_a_whole_text_is_one_label() -> None:
    assert labels(" Law\n", ["law"], predicted="output_text").value == 1.0


@pytest.mark.parametrize("item", [{}, {"topics": None}, {"topics": ""}, {"topics": [None, " "]}])
def test_a_reference_that_is_absent_null_or_blank_is_unscored(item: dict[str, Any]) -> None:
    kind = {"type": "labels", "predicted": IN_JSON, "reference": "topics"}
    assert measure(kind, Answer("not JSON either"), item) == Outcome(None, "reference missing: topics")


def test_a_long_list_is_cut_in_the_reason_but_not_in_the_value() -> None:
    outcome = labels(named(*(f"label {number:02}" for number in range(21))), ["label 00"])
    assert outcome.value == pytest.approx(2 / 22)  # TP 1, FP 20: 2 / (2 + 20)
    assert outcome.reason == (
        "found 1 of 1: label 00; not expected: label 01, label 02, label 03, label 04, label 05, label 06"
        " and 14 more"
    )


@pytest.mark.parametrize(
    "kind", [{"metric": "accuracy"}, {"beta": -1}, {"beta": "2"}, {"predicted": "answer.x"}]
)
def test_a_criterion_that_makes_no_sense_is_unscored(kind: dict[str, Any]) -> None:
    assert labels(named("law"), ["law"], **kind).value is None
