"""How often each grade was given so far, by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.services.edits import Author
from rubric_studio.services.expected_levels import ExpectedLevels, expected_levels
from rubric_studio.store.project_file import ProjectFile, create_project

from .judged_project import GUIDE, JUDGE_GOOD, NEVER, expert_says, fill, judge_says


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[ProjectFile]:
    with create_project(tmp_path / "levels.rubric") as project:
        fill(project, author)
        yield project


def test_grades_that_nobody_gave_yet_are_as_likely(store: ProjectFile) -> None:
    assert expected_levels(store, GUIDE) == {
        "good": ExpectedLevels((1 / 3, 1 / 3, 1 / 3), "nobody", 0),
        "bad": ExpectedLevels((0.5, 0.5), "nobody", 0),
    }


def test_experts_tell_before_judges_and_the_lowest_grade_comes_first(
    store: ProjectFile, author: Author
) -> None:
    # The judge gave "good": 1 four times, .5 five times, 0 three times. The expert marked four answers: 1, 1, .5, 0.
    judge_says(store, {"good": JUDGE_GOOD, "bad": NEVER})
    assert expected_levels(store, GUIDE)["good"] == ExpectedLevels((3 / 12, 5 / 12, 4 / 12), "judges", 12)
    expert_says(store, author, {"good": (1, 1, 0.5, 0, *(None,) * 8)})
    assert expected_levels(store, GUIDE)["good"] == ExpectedLevels((0.25, 0.25, 0.5), "experts", 4)
    assert expected_levels(store, GUIDE)["bad"] == ExpectedLevels((1, 0), "judges", 12)
