"""The built-in example hangs together: what refers to something finds it, and what is planted is there."""

import json
import re
from collections import Counter
from typing import Any

import pytest

from rubric_studio.domain.rubric import Rubric
from rubric_studio.resources import resource

TAX_CRITERIA = {"turning_point", "steps", "unknown", "invents"}


def records(name: str) -> list[dict[str, Any]]:
    lines = resource(f"example/{name}").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


ROWS = {row["id"]: row for row in records("rows.jsonl")}
SAMPLES = {(s["row"], s["model"], s["run"]): s["text"] for s in records("samples.jsonl")}
JUDGE = records("verdicts_judge.jsonl")
EXPERTS = records("verdicts_experts.jsonl")
RUBRIC = Rubric.model_validate_json(resource("example/rubric.json").read_text(encoding="utf-8"))
PLANTED = {
    entry["kind"]: entry["rows"]
    for entry in json.loads(resource("example/planted.json").read_text(encoding="utf-8"))
}


def sample_of(verdict: dict[str, Any]) -> tuple[str, str, int]:
    return verdict["row"], verdict["model"], verdict["run"]


def texts_of(row: str) -> list[str]:
    return [text for (of, _, _), text in SAMPLES.items() if of == row]


def amount(text: str) -> float | None:
    kind = RUBRIC.criterion("tax_due").kind.model_dump()  # pyright: ignore[reportOptionalMemberAccess]
    found = re.search(kind["predicted"]["pattern"], text)
    return float(found[1].replace(",", "")) if found else None


def test_there_are_sixteen_topic_rows_and_fourteen_tax_rows() -> None:
    assert len(records("rows.jsonl")) == len(ROWS) == 30
    assert Counter(row["task"] for row in ROWS.values()) == {"topics": 16, "tax": 14}
    assert Counter(row["language"] for row in ROWS.values()) == {"en": 26, "el": 2, "fr": 1, "de": 1}


def test_every_row_says_that_it_is_made_up() -> None:
    assert all(row["source"].startswith("Made up") for row in ROWS.values())


def test_every_row_has_three_answers_with_text_from_each_model() -> None:
    models = ("Model Alder", "Model Birch")
    assert len(records("samples.jsonl")) == 180
    assert set(SAMPLES) == {(row, model, run) for row in ROWS for model in models for run in range(3)}
    assert all(text.strip() for text in SAMPLES.values())


def test_no_two_tax_answers_have_the_same_words() -> None:
    texts = [text for (row, _, _), text in SAMPLES.items() if ROWS[row]["task"] == "tax"]
    assert len(set(texts)) == len(texts) == 84


def test_the_topics_are_skewed_toward_two() -> None:
    topics = Counter(topic for row in ROWS.values() for topic in row.get("topics", ()))
    assert topics.most_common(3) == [("environment", 9), ("trade", 8), ("agriculture", 4)]
    assert sorted(topics.values()) == [1, 1, 1, 2, 2, 3, 3, 4, 8, 9]


def test_every_topic_of_a_reference_is_offered_in_the_prompt() -> None:
    for row in ROWS.values():
        offered = row["prompt"].split("\n")[0]
        assert all(topic in offered for topic in row.get("topics", ()))


def test_every_provision_to_cite_is_in_the_law_of_the_prompt() -> None:
    for row in ROWS.values():
        for term in row.get("must_cite", ()):
            section = term.split("(")[0]
            assert f"\n{section} " in row["prompt"], (row["id"], term)


@pytest.mark.parametrize("verdicts", [JUDGE, EXPERTS], ids=["judge", "experts"])
def test_every_verdict_answers_a_judged_criterion_on_a_tax_sample(verdicts: list[dict[str, Any]]) -> None:
    assert {criterion.key for criterion in RUBRIC.criteria() if criterion.is_judged} == TAX_CRITERIA
    assert all(sample_of(v) in SAMPLES and ROWS[v["row"]]["task"] == "tax" for v in verdicts)
    whole = Counter((*sample_of(v), v.get("rater"), v["criterion"]) for v in verdicts)
    assert set(whole.values()) == {1}
    assert {v["criterion"] for v in verdicts} == TAX_CRITERIA


@pytest.mark.parametrize("verdicts", [JUDGE, EXPERTS], ids=["judge", "experts"])
def test_every_value_is_a_level_or_says_why_there_is_none(verdicts: list[dict[str, Any]]) -> None:
    for verdict in verdicts:
        criterion = RUBRIC.criterion(verdict["criterion"])
        assert criterion is not None
        if verdict["value"] == "not_applicable":
            assert criterion.allow_na
        elif verdict["value"] is None:
            assert verdict["reason"].startswith("Judge failed")
        else:
            assert verdict["value"] in {level.value for level in criterion.levels}


def test_the_judge_marks_every_tax_answer_and_fails_five_times() -> None:
    assert len(JUDGE) == 84 * 4
    assert sum(verdict["value"] is None for verdict in JUDGE) == 5


@pytest.mark.parametrize("verdicts", [JUDGE, EXPERTS], ids=["judge", "experts"])
def test_what_a_reason_quotes_stands_in_the_answer(verdicts: list[dict[str, Any]]) -> None:
    for verdict in verdicts:
        text = SAMPLES[sample_of(verdict)].casefold()
        for quoted in re.findall("“(.+?)”", verdict["reason"]):
            assert quoted.casefold() in text, verdict


def test_both_experts_mark_a_third_of_the_tax_answers_and_differ_on_some() -> None:
    by_expert = {
        name: {(*sample_of(v), v["criterion"]): v["value"] for v in EXPERTS if v["rater"] == name}
        for name in ("Anna Example", "Bruno Example")
    }
    anna, bruno = by_expert.values()
    assert len(EXPERTS) == len(anna) + len(bruno)
    assert set(anna) == set(bruno)
    assert len(anna) == 28 * 4
    differ = Counter(key[-1] for key in anna if anna[key] != bruno[key])
    assert differ.most_common(1)[0][0] == "steps"
    assert sum(differ.values()) == 16


def test_all_answers_agree_against_the_wrong_reference() -> None:
    (row,) = PLANTED["wrong_reference"]
    assert {amount(text) for text in texts_of(row)} == {16330}
    assert ROWS[row]["tax_due"] == 13630


def test_the_near_duplicates_differ_in_a_few_words() -> None:
    first, second = (Counter(ROWS[row]["prompt"].split()) for row in PLANTED["near_duplicate"])
    assert 0 < (first - second).total() < 10
    assert 0 < (second - first).total() < 10


def test_one_prompt_stands_twice_with_two_references() -> None:
    first, second = (ROWS[row] for row in PLANTED["duplicate_other_reference"])
    assert first["prompt"] == second["prompt"]
    assert first["tax_due"] != second["tax_due"]
    assert len({row["prompt"] for row in ROWS.values()}) == len(ROWS) - 1


def test_the_unanswerable_row_gives_no_amount_in_its_case_and_nobody_meets_its_reference() -> None:
    (row,) = PLANTED["unanswerable"]
    case = ROWS[row]["prompt"].split("Case: ")[1]
    assert not re.search(r"\d", case)
    assert ROWS[row]["tax_due"] not in {amount(text) for text in texts_of(row)}


def test_only_the_truncated_prompt_breaks_off() -> None:
    broken = [row["id"] for row in ROWS.values() if not row["prompt"].rstrip().endswith((".", ".)"))]
    assert broken == PLANTED["truncated_prompt"]


def test_only_the_leaking_prompt_holds_its_amount() -> None:
    leaking = [id for id, row in ROWS.items() if "tax_due" in row and f"{row['tax_due']:,}" in row["prompt"]]
    assert leaking == PLANTED["leak"]


def test_every_planted_row_is_named_in_the_readme() -> None:
    readme = resource("example/README.md").read_text(encoding="utf-8")
    assert all(row in readme for rows in PLANTED.values() for row in rows)
    assert "made up" in readme
    assert "MIT" in readme


def test_the_tour_has_five_steps() -> None:
    tour = resource("example/tour.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^\d\. ", tour, flags=re.MULTILINE)) == 5
