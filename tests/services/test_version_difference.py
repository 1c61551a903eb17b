"""What differs between two rubrics: each change by itself, matched by key, and several of them at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric_studio.domain.ids import CriterionKey, RowId, SampleKey, StratumKey
from rubric_studio.domain.kinds import NumberKind
from rubric_studio.domain.rubric import Anchor, Criterion, Gate, Level, Rubric, Stratum
from rubric_studio.domain.rubric_edits import (
    changed,
    moved_criterion,
    moved_stratum,
    with_copied_criterion,
    with_criterion,
    with_kind,
    with_new_criterion,
    with_new_stratum,
    with_stratum,
    without_criterion,
    without_stratum,
)
from rubric_studio.services.version_difference import Change, PointDifference, rubric_difference

LEVELS = (Level(key="fully", value=1), Level(key="partly", value=0.5), Level(key="no", value=0))
RUBRIC = Rubric(
    name="guide",
    strata=(
        Stratum(
            key=StratumKey("form"),
            title="Form",
            criteria=tuple(
                Criterion(key=CriterionKey(key), title=key.title(), levels=LEVELS) for key in "abcd"
            ),
        ),
        Stratum(
            key=StratumKey("facts"),
            title="Facts",
            criteria=(
                Criterion(key=CriterionKey("year"), title="Year", kind=NumberKind(reference="year")),
                Criterion(
                    key=CriterionKey("law"), title="Law", wording="Names the right article", levels=LEVELS
                ),
            ),
        ),
    ),
)


def points(new: Rubric, old: Rubric = RUBRIC) -> dict[str, PointDifference]:
    """The points that differ, by key."""
    return {each.key: each for each in rubric_difference(old, new).points() if each.state != "same"}


def test_a_rubric_does_not_differ_from_itself() -> None:
    assert rubric_difference(RUBRIC, RUBRIC).is_empty


def test_a_rename_is_one_change_of_the_same_point() -> None:
    found = points(with_criterion(RUBRIC, "law", title="The law"))
    assert list(found) == ["law"]
    assert found["law"].changes == (Change("title", "Law", "The law"),)


def test_weight_wording_and_condition_of_a_point() -> None:
    new = with_criterion(RUBRIC, "law", weight=3, wording="Names the article", allow_na=True)
    assert [change.name for change in points(new)["law"].changes] == ["wording", "weight", "allow_na"]
    assert Change("weight", 1.0, 3.0) in points(new)["law"].changes


def test_parameters_of_a_kind_and_another_kind() -> None:
    assert points(with_kind(RUBRIC, "year", absolute=5))["year"].changes == (
        Change("kind.absolute", 0.0, 5.0),
    )
    other = with_criterion(RUBRIC, "year", kind={"type": "date", "reference": "year"})
    assert points(other)["year"].changes == (Change("kind", "number", "date"),)


def test_grades_value_text_anchors_added_removed_and_moved() -> None:
    anchor = Anchor(row=RowId("q"), sample=SampleKey("s"), text="so")
    levels = (
        Level(key="partly", value=0.4, text="half", anchors=(anchor,)),
        Level(key="fully", value=1),
        Level(key="poor", value=0.1),
    )
    grades = {each.key: each for each in points(with_criterion(RUBRIC, "a", levels=levels))["a"].grades}
    assert [(key, grade.state) for key, grade in grades.items()] == [
        ("partly", "changed"),
        ("no", "removed"),  # it stood behind "partly", so it is shown there
        ("fully", "same"),
        ("poor", "added"),
    ]
    assert [change.name for change in grades["partly"].changes] == ["value", "text", "anchors"]
    assert [grades[key].moved for key in ("partly", "fully")] == [True, False]  # one of the two is enough


def test_weight_gate_and_title_of_a_part() -> None:
    new = with_stratum(RUBRIC, "form", weight=2, gate=Gate(at=0.5), title="The form")
    form, facts = rubric_difference(RUBRIC, new).parts
    assert [change.name for change in form.changes] == ["title", "weight", "gate"]
    assert (form.state, facts.state) == ("changed", "same")


def test_name_and_way_of_counting() -> None:
    new = changed(RUBRIC, name="better", aggregation="points_clipped")
    assert [change.name for change in rubric_difference(RUBRIC, new).changes] == ["name", "aggregation"]


def test_a_point_that_moved_one_place_is_the_only_one_that_moved() -> None:
    found = points(moved_criterion(RUBRIC, "a", "form", 3))  # b c d a
    assert {key: each.moved for key, each in found.items()} == {"a": True}
    assert not found["a"].is_elsewhere


def test_a_point_that_went_to_another_part_is_told_of_there_once() -> None:
    difference = rubric_difference(RUBRIC, moved_criterion(RUBRIC, "b", "facts", 0))
    form, facts = difference.parts
    assert [each.key for each in form.points] == ["a", "c", "d"]
    assert [(each.key, each.state) for each in facts.points] == [
        ("b", "changed"),
        ("year", "same"),
        ("law", "same"),
    ]
    assert facts.points[0].is_elsewhere
    assert (facts.points[0].old_part, facts.points[0].new_part) == ("form", "facts")


def test_points_and_parts_added_and_removed_stand_where_they_were() -> None:
    new, _ = with_new_criterion(without_criterion(RUBRIC, "b"), "New", "form", 1)
    form = rubric_difference(RUBRIC, new).parts[0]
    assert [(each.key, each.state) for each in form.points] == [
        ("a", "same"),
        ("b", "removed"),
        ("new", "added"),
        ("c", "same"),
        ("d", "same"),
    ]
    new, _ = with_new_stratum(without_stratum(RUBRIC, "form"), "Last")
    assert [(each.key, each.state) for each in rubric_difference(RUBRIC, new).parts] == [
        ("form", "removed"),
        ("facts", "same"),
        ("last", "added"),
    ]


def test_a_moved_part_moves_alone() -> None:
    parts = rubric_difference(RUBRIC, moved_stratum(RUBRIC, "form", 1)).parts
    assert [(each.key, each.moved) for each in parts] in (
        [("facts", False), ("form", True)],
        [("facts", True), ("form", False)],
    )


@pytest.mark.parametrize("place", range(4))
def test_a_copy_is_an_added_point(place: int) -> None:
    key = "abcd"[place]
    new, copy_key = with_copied_criterion(RUBRIC, key, "Copy")
    assert {key: each.state for key, each in points(new).items()} == {copy_key: "added"}


@settings(max_examples=30)
@given(st.permutations("abcd"), st.permutations("abcd"))
def test_any_order_is_told_with_as_few_moves_as_can_be(first: list[str], second: list[str]) -> None:
    old, new = (
        with_stratum(RUBRIC, "form", criteria=tuple(RUBRIC.criterion(k) for k in keys))
        for keys in (first, second)
    )
    form = rubric_difference(old, new).parts[0]
    assert [each.key for each in form.points] == second
    still = [each.key for each in form.points if not each.moved]
    assert still == [key for key in first if key in still]  # what did not move keeps its order
    assert still or first == second
