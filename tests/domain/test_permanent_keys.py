"""Keys are permanent: whatever is renamed or moved keeps its own, a copy gets a new one, none is used twice."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric_studio.domain import rubric_edits as edits
from rubric_studio.domain.rubric import Criterion, Rubric, Stratum

RUBRIC = Rubric(
    strata=(
        Stratum(
            key="form",
            title="Form",
            criteria=(Criterion(key="valid", title="Valid"), Criterion(key="length")),
        ),
        Stratum(key="topics", title="Topics", criteria=(Criterion(key="found", title="Found"),)),
        Stratum(key="end", title="End"),
    )
)


def keys(rubric: Rubric) -> set[str]:
    return {criterion.key for criterion in rubric.criteria()}


def test_a_renamed_point_and_a_renamed_part_keep_their_keys() -> None:
    renamed = edits.with_criterion(RUBRIC, "valid", title="Found", wording="Something else")
    renamed = edits.with_stratum(renamed, "form", title="Topics")
    assert (keys(renamed), renamed.criterion("valid").title) == (keys(RUBRIC), "Found")
    assert [stratum.key for stratum in renamed.strata] == ["form", "topics", "end"]


@pytest.mark.parametrize("part", ["form", "topics", "end"])
def test_a_point_keeps_its_key_and_everything_else_in_another_part(part: str) -> None:
    moved = edits.moved_criterion(RUBRIC, "valid", part, 0)
    assert moved.stratum_of("valid").key == part
    assert moved.criterion("valid") == RUBRIC.criterion("valid")


def test_a_moved_part_keeps_its_key_and_its_points() -> None:
    moved = edits.nudged_stratum(RUBRIC, "form", 1)
    assert [stratum.key for stratum in moved.strata] == ["topics", "form", "end"]
    assert moved.strata[1] == RUBRIC.strata[0]


def test_a_copy_gets_a_key_of_its_own_and_the_original_keeps_its() -> None:
    copied, key = edits.with_copied_criterion(RUBRIC, "valid", "Valid")
    assert key not in keys(RUBRIC)
    assert keys(copied) == keys(RUBRIC) | {key}
    again, part = edits.with_copied_stratum(copied, "form", "Form")
    assert part not in {stratum.key for stratum in copied.strata}
    assert keys(copied) < keys(again)
    assert len(list(again.criteria())) == len(keys(again))


def test_a_key_that_was_taken_away_is_free_but_that_of_a_renamed_point_is_not() -> None:
    renamed = edits.with_criterion(RUBRIC, "found", title="Named")
    _, key = edits.with_new_criterion(renamed, "Found", "topics")
    assert key == "found_2"  # marks on "found" must not become those of another point


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["rename", "move", "nudge", "nudge part"]), st.integers(0, 5), st.integers(0, 5)
    ),
    max_size=8,
)


@settings(max_examples=40)
@given(STEPS)
def test_no_row_of_renames_and_moves_changes_any_key(steps: list[tuple[str, int, int]]) -> None:
    rubric, names = RUBRIC, sorted(keys(RUBRIC))
    for what, first, second in steps:
        key, part = names[first % 3], rubric.strata[second % 3].key
        if what == "rename":
            rubric = edits.with_criterion(rubric, key, title=names[second % 3])
        elif what == "move":
            rubric = edits.moved_criterion(rubric, key, part, 0)
        elif what == "nudge":
            rubric = edits.nudged_criterion(rubric, key, 1 if second % 2 else -1)
        else:
            rubric = edits.nudged_stratum(rubric, part, 1 if first % 2 else -1)
    assert keys(rubric) == set(names)
    assert {stratum.key for stratum in rubric.strata} == {"form", "topics", "end"}
    titles = {"title", "wording"}
    for key in names:
        assert rubric.criterion(key).model_dump(exclude=titles) == RUBRIC.criterion(key).model_dump(
            exclude=titles
        )
