"""What is said of wordings that came back, and of a change that may be the people's."""

from types import SimpleNamespace
from typing import Any

from rubric_studio.domain.paired_change import PairedChange
from rubric_studio.ui.compare.trend_words import finding_words, versions_short, versions_words


def wording(*versions: int, **more: Any) -> Any:
    return SimpleNamespace(versions=versions, **more)


def test_versions_in_a_row_are_a_range_and_a_wording_that_came_back_is_not():
    assert versions_words(wording(3)) == "version 3"
    assert versions_words(wording(3, 4, 5)) == "versions 3 – 5"
    assert versions_words(wording(1, 3)) == "versions 1, 3"
    assert (versions_short(wording(1, 2)), versions_short(wording(1, 3))) == ("v1 – 2", "v1, 3")


def test_a_change_that_other_people_marked_says_so():
    change = PairedChange(20, 0.2, 0.1, 0.3, 0.01)
    same = finding_words(wording(2, change=change, other_people=False))
    other = finding_words(wording(2, change=change, other_people=True))
    assert (
        other == f"{same} Not the same people marked them before and after, so the difference may be theirs."
    )
