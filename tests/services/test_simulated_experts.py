"""What the figures recover of simulated experts. 200 projects: `python -m tests.benchmarks.simulated_rounds 200`."""

import pytest

from tests.services.rated_project import CLARA, DORA
from tests.services.simulated_experts import Found, simulated

PROJECTS = 4


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Found]:
    return [simulated(tmp_path_factory.mktemp(f"project{seed}"), seed) for seed in range(1, PROJECTS + 1)]


def test_who_differs_and_what_is_ambiguous_is_found(found: list[Found]) -> None:
    assert sum(each.differing == {CLARA, DORA} for each in found) >= PROJECTS - 1
    assert sum(each.mildest == CLARA for each in found) >= PROJECTS - 1
    assert sum(each.weakest == "vague" for each in found) >= PROJECTS - 1


def test_ending_an_ambiguity_is_significant_and_polishing_words_is_not(found: list[Found]) -> None:
    assert sum(each.cured for each in found) >= PROJECTS - 2
    assert sum(each.cosmetic for each in found) <= 1
