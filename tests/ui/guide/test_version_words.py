"""What a change of the guide did, as titles."""

from rubric_studio.domain.rank_correlation import Correlation
from rubric_studio.services.version_effects import Effect
from rubric_studio.ui.guide.version_words import finding_words


def effect(n: int, moved: int, lost: int) -> Effect:
    mean = 0.5 if moved else None
    return Effect(n, moved, mean, mean, Correlation(n, 1.0), 0, lost)


def test_what_was_lost_comes_first_where_nothing_moved(qapp) -> None:
    assert finding_words(effect(96, 0, 79)) == "79 answers lost the total; none of the other 96 moved"
    assert finding_words(effect(96, 0, 0)) == "None of the 96 totals moved"
    assert finding_words(effect(96, 3, 79)).startswith("3 of 96 totals moved")
