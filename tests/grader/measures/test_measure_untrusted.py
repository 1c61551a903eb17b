"""Whatever a model writes and whatever an import brings, a check gives a value or says why not."""

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric_studio.grader.measures import CHECK_KINDS, Answer, measure

MEGABYTE = 1_000_000
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda child: st.lists(child, max_size=3) | st.dictionaries(st.text(max_size=4), child, max_size=3),
    max_leaves=6,
)
PREDICTED = st.sampled_from(
    ["output_text", "output_json", "output_json.a", "output_json[*]", {"pattern": "(.)"}]
)
OPTIONS = (
    "terms",
    "schema",
    "metric",
    "beta",
    "exact",
    "absolute",
    "band",
    "decimal",
    "days",
    "order",
    "floor",
)
KINDS = st.fixed_dictionaries(
    {"type": st.sampled_from(CHECK_KINDS), "predicted": PREDICTED | JSON, "reference": st.just("r") | JSON},
    optional=dict.fromkeys(OPTIONS, JSON),
)
TEXTS = (
    st.text()
    | JSON.map(repr)
    | st.sampled_from(['{"a": [1, "x"]}', "```\n[1]\n```", "1.5.2024", "§ 5 \ud800"])
)


@settings(max_examples=300, deadline=None)
@given(kind=KINDS, text=TEXTS, reference=JSON)
def test_no_kind_no_text_and_no_reference_raises(kind: dict[str, Any], text: str, reference: Any) -> None:
    outcome = measure(kind, Answer(text), {"r": reference})
    assert outcome.value is None or 0.0 <= outcome.value <= 1.0
    assert outcome.reason
    outcome.reason.encode()  # nothing in it that a file or a database refuses
    assert all(0 <= start <= end <= len(text) for start, end in outcome.spans)


@pytest.mark.parametrize("kind", [{}, {"type": None}, {"type": "judged"}, {"type": ["labels"]}])
def test_an_unknown_kind_is_unscored(kind: dict[str, Any]) -> None:
    outcome = measure(kind, Answer("x"), {})
    assert outcome.value is None
    assert outcome.reason.startswith("no check of this kind")


@pytest.mark.parametrize(
    "text",
    [
        "1.1." * (MEGABYTE // 4) + "a",
        "1" * MEGABYTE + "a",
        "1 " * (MEGABYTE // 2),
        "a" + "\u0300\u0316" * (MEGABYTE // 2),  # naive normalizing takes an hour
        "ß" * (MEGABYTE // 4),
        "`" * MEGABYTE,
        "```\n" * (MEGABYTE // 4),
        " \t" * (MEGABYTE // 2) + "x",
        "§ 5 " * (MEGABYTE // 4),
    ],
    ids=lambda text: ascii(text[:6]),
)
def test_a_megabyte_of_anything_takes_seconds_at_most(text: str) -> None:
    item = {"x": 5, "day": "2024-03-01", "labels": ["a"]}
    kinds = [
        {"type": "number", "reference": "x"},
        {"type": "date", "reference": "day"},
        {"type": "mentions", "terms": ["Art. 5 Abs. 1", "a a"]},
        {"type": "labels", "reference": "labels"},
        {"type": "format", "schema": {"type": "object"}},
    ]
    started = time.process_time()
    answer = Answer(text)
    for kind in kinds:
        assert measure(kind, answer, item).value is not None
    assert time.process_time() - started < 30  # far above what it takes, far below what quadratic time would
