"""Paths into an answer and into a row's reference fields."""

from typing import Any

import pytest

from rubric_studio.grader.measures import field_values, parse_path, read_path

ANSWER = {"codes": [{"code": "A"}, {"name": "no code"}, {"code": "B"}], "a.b": 1, "empty": [], "none": None}


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("labels", ("labels",)),
        ("output_json.codes[*].code", ("output_json", "codes", None, "code")),
        ('lines["Line 35a: line 34, refunded."]', ("lines", "Line 35a: line 34, refunded.")),
        ('lines.["a \\"quoted\\" key"][0]', ("lines", 'a "quoted" key', 0)),
        ("[2].x", (2, "x")),
        ("Line 1a: wages (box 1)", ("Line 1a: wages (box 1)",)),
    ],
)
def test_a_path_is_names_quoted_keys_indexes_and_stars(text: str, steps: tuple[Any, ...]) -> None:
    assert parse_path(text) == steps


@pytest.mark.parametrize("text", ["", ".", "a.", ".a", "a..b", "a[", "a[-1]", "a[x]", 'a["x]', "[*]b", "a]"])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a path from character"):
        parse_path(text)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("codes[*].code", ["A", "B"]),  # the entry without a code is passed over
        ("codes[2].code", ["B"]),
        ("codes[3].code", []),
        ("codes.code", []),  # a name is no step into a list
        ("empty", [[]]),
        ("empty[*]", []),
        ("none", [None]),
        ("absent", []),
        ('["a.b"]', [1]),
    ],
)
def test_a_path_finds_everything_it_leads_to(path: str, found: list[Any]) -> None:
    assert read_path(path, ANSWER) == found


def test_a_field_is_looked_up_by_its_exact_name_before_it_is_a_path() -> None:
    assert field_values("a.b", {"a.b": "exact", "a": {"b": "path"}}) == ["exact"]
    assert field_values("a.b", {"a": {"b": "path"}}) == ["path"]


def test_a_name_that_is_no_path_can_still_be_a_field() -> None:
    assert field_values("Refund due.", {"Refund due.": 5}) == [5]
    assert field_values("Refund due.", {}) == []
