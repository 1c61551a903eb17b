"""Rubrics: the JSON of design section 8 in and out, and what is refused."""

import pytest
from pydantic import ValidationError

from rubric_studio.domain.rubric import Rubric

DESIGN_EXAMPLE = {
    "name": "EU topics",
    "aggregation": "stratified",
    "row_criteria": "row",
    "strata": [
        {
            "key": "form",
            "title": "Form",
            "weight": 1,
            "gate": {"at": 1.0, "mode": "hard"},
            "when": None,
            "criteria": [
                {
                    "key": "json",
                    "title": "Valid answer",
                    "wording": "",
                    "weight": 1,
                    "kind": {"type": "format", "schema": {"type": "object"}},
                }
            ],
        },
        {
            "key": "topics",
            "title": "Topics",
            "weight": 4,
            "gate": None,
            "criteria": [
                {
                    "key": "f1",
                    "title": "Topics found",
                    "wording": "",
                    "weight": 1,
                    "levels": [],
                    "kind": {
                        "type": "labels",
                        "predicted": "output_json.labels",
                        "reference": "level_1_en",
                        "metric": "f_beta",
                        "beta": 1.0,
                    },
                }
            ],
        },
    ],
}


def with_criterion(**fields: object) -> dict[str, object]:
    criterion = {"key": "a", **fields}
    return {"strata": [{"key": "s", "criteria": [criterion]}]}


def test_the_example_of_the_design_reads_and_writes_itself() -> None:
    rubric = Rubric.model_validate(DESIGN_EXAMPLE)
    assert Rubric.model_validate(rubric.to_json()) == rubric
    assert rubric.to_json()["strata"][0]["criteria"][0]["kind"]["schema"] == {"type": "object"}
    assert "formula" not in rubric.to_json()


def test_absent_fields_take_their_defaults() -> None:
    rubric = Rubric.model_validate(with_criterion())
    criterion = rubric.criterion("a")
    assert criterion is not None
    assert (criterion.weight, criterion.allow_na, criterion.levels, criterion.when) == (1.0, False, (), None)
    assert criterion.is_judged
    assert rubric.strata[0].gate is None


def test_a_condition_writes_its_values_under_in() -> None:
    condition = {"field": "task", "in": ["topics"]}
    rubric = Rubric.model_validate(with_criterion(when=condition))
    assert rubric.to_json()["strata"][0]["criteria"][0]["when"] == condition


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"key": "Über"}, "small letters"),
        ({"key": "max"}, "function"),
        ({"weight": -1.5}, "below -1"),
        ({"weight": float("nan")}, "finite"),
        ({"levels": [{"key": "a", "value": 1}, {"key": "a", "value": 0}]}, "share a key"),
        ({"levels": [{"key": "a", "value": 1.2}]}, "less than or equal to 1"),
        ({"kind": {"type": "mentions"}}, "needs terms"),
        ({"kind": {"type": "choice", "reference": "r", "predicted": {"pattern": "(a)(b)"}}}, "one group"),
        (
            {"kind": {"type": "choice", "reference": "r", "predicted": {"pattern": "(a"}}},
            "regular expression",
        ),
        ({"kind": {"type": "unheard_of"}}, "unheard_of"),
        ({"colour": "red"}, "Extra inputs"),
    ],
)
def test_what_makes_no_sense_is_refused(fields: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Rubric.model_validate(with_criterion(**fields))


def test_points_may_cost_more_than_one() -> None:
    rubric = Rubric.model_validate({**with_criterion(weight=-8), "aggregation": "points_shifted"})
    assert next(rubric.criteria()).is_fault


def test_criteria_of_two_strata_may_not_share_a_key() -> None:
    strata = [{"key": "s", "criteria": [{"key": "a"}]}, {"key": "t", "criteria": [{"key": "a"}]}]
    with pytest.raises(ValidationError, match="criteria share a key: a"):
        Rubric.model_validate({"strata": strata})


def test_a_formula_needs_its_aggregation() -> None:
    with pytest.raises(ValidationError, match="formula"):
        Rubric.model_validate({"formula": "a + b"})
