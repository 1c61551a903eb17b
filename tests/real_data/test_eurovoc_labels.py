"""Precision, recall, F1 and F2 on the topics of real EU acts, with answers made here."""

import json
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.grader.measures import Answer, Outcome, measure

METRICS: dict[str, dict[str, Any]] = {
    "precision": {"metric": "precision"},
    "recall": {"metric": "recall"},
    "f1": {"metric": "f_beta", "beta": 1.0},
    "f2": {"metric": "f_beta", "beta": 2.0},
}
DIRECTIVE = "31998L0052"  # geography, law, social questions


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> dict[str, dict[str, Any]]:
    lines = (
        (shared_data / "eurovoc_eurlex" / "documents_en_fr.jsonl").read_text(encoding="utf-8").splitlines()
    )
    return {row["id"]: row for row in map(json.loads, lines)}


@pytest.fixture(scope="module")
def topics(shared_data: Path) -> list[str]:
    """The 21 domains; the file writes one of them in capitals, which the rows do not."""
    names = json.loads(
        (shared_data / "eurovoc_eurlex" / "eurovoc_level1_names_23_languages.json").read_bytes()
    )
    return [domain["names"]["en"] for domain in names.values()]


def measured(text: str, row: dict[str, Any], metric: str) -> Outcome:
    kind = {"type": "labels", "predicted": "output_json.labels", "reference": "level_1_en", **METRICS[metric]}
    return measure(kind, Answer(text), row)


def values(text: str, row: dict[str, Any]) -> list[float | None]:
    return [measured(text, row, metric).value for metric in METRICS]


def answer(*labels: str) -> str:
    return json.dumps({"labels": labels})


# The directive has 3 topics. TP, FP, FN by hand; F1 = 2 TP / (2 TP + FP + FN), F2 = 5 TP / (5 TP + FP + 4 FN).
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # right: TP 3
        (answer("geography", "law", "social questions"), [1, 1, 1, 1]),
        # partly right: TP 2, FP 1, FN 1
        (answer("law", "geography", "trade"), [2 / 3, 2 / 3, 4 / 6, 10 / 15]),
        # one of three and nothing wrong: TP 1, FN 2
        (answer("law"), [1, 1 / 3, 2 / 4, 5 / 13]),
        # nothing right: FP 2, FN 3
        (answer("energy", "trade"), [0, 0, 0, 0]),
        # empty: FN 3
        (answer(), [0, 0, 0, 0]),
        # other case and spaces: TP 3
        (answer("GEOGRAPHY", " Law ", "Social  Questions"), [1, 1, 1, 1]),
        # a label twice counts once: TP 2, FN 1
        (answer("law", "law", "geography"), [1, 2 / 3, 4 / 5, 10 / 14]),
        # one label as a text, not as a list: TP 1, FN 2
        ('{"labels": "law"}', [1, 1 / 3, 2 / 4, 5 / 13]),
        # JSON in one fence, with words around it: TP 3
        ("My answer:\n```json\n" + answer("law", "geography", "social questions") + "\n```\n", [1, 1, 1, 1]),
        # no JSON
        ("geography, law, social questions", [0, 0, 0, 0]),
        ("", [0, 0, 0, 0]),
    ],
)
def test_a_directive_is_scored_as_by_hand(rows: dict[str, Any], text: str, expected: list[float]) -> None:
    assert rows[DIRECTIVE]["level_1_en"] == ["geography", "law", "social questions"]
    assert values(text, rows[DIRECTIVE]) == pytest.approx(expected, abs=1e-12)


def test_all_21_labels_are_worth_little_on_every_act(rows: dict[str, Any], topics: list[str]) -> None:
    # An act of n topics: TP n, FP 21 - n, FN 0. P = n / 21, R = 1, F1 = 2n / (n + 21), F2 = 5n / (4n + 21).
    assert len(topics) == 21
    for row in rows.values():
        n = len(row["level_1_en"])
        expected = [n / 21, 1, 2 * n / (n + 21), 5 * n / (4 * n + 21)]
        assert values(answer(*topics), row) == pytest.approx(expected, abs=1e-12)


def test_an_answer_that_copies_the_reference_is_right_on_every_act(rows: dict[str, Any]) -> None:
    assert len(rows) == 176
    for row in rows.values():
        assert values(answer(*reversed(row["level_1_en"])), row) == [1, 1, 1, 1]


def test_the_reason_names_what_is_missing_and_what_is_too_much(rows: dict[str, Any]) -> None:
    outcome = measured(answer("law", "trade"), rows[DIRECTIVE], "f1")
    assert outcome.reason == "found 1 of 3: law; missing: geography, social questions; not expected: trade"
    assert measured("no idea", rows[DIRECTIVE], "f1").reason == "the answer cannot be read: it is not JSON"
