"""The doctor on published expert rubrics: it says little, names the sums that do not come out, and takes no time."""

from collections import Counter
from pathlib import Path

import pytest

from rubric_studio.domain.doctor.sums import wrong_sum
from rubric_studio.domain.rubric import Rubric
from tests.benchmarks.doctor_findings import expert_rubrics, remarks_on

MOST_IN_ONE = 8
MOST_PER_RUBRIC = 1.0


@pytest.fixture(scope="module")
def rubrics(shared_data: Path) -> list[Rubric]:
    path = shared_data / "prbench_finance_rubrics" / "rows.jsonl"
    if not path.exists():
        pytest.skip(f"the published expert rubrics are not here ({path.name})")
    return list(expert_rubrics(path))


def test_there_are_few_remarks_per_rubric(rubrics: list[Rubric]):
    counts = [len(remarks_on(rubric)) for rubric in rubrics]
    assert len(counts) == 122
    assert max(counts) <= MOST_IN_ONE
    assert sum(counts) / len(counts) <= MOST_PER_RUBRIC


def test_what_is_found_are_mostly_joined_facts(rubrics: list[Rubric]):
    found = Counter(remark.finding.detector for rubric in rubrics for remark in remarks_on(rubric))
    assert found.most_common(1)[0][0] == "joined_facts"
    assert found["joined_facts"] >= 40


def test_the_one_sum_that_does_not_come_out_is_found(rubrics: list[Rubric]):
    # "5.0% - 3.0% - 3.0% = 1.8%": the parts come to -1.0, and the rubric says .2 for the last one further down.
    wrong = [each for rubric in rubrics for each in remarks_on(rubric) if each.finding.detector == "sums"]
    assert [each.finding.details for each in wrong] == [{"sum": "-1%", "total": "1.8%"}]


def test_an_allocation_that_adds_up_to_900_060_is_found_beside_its_total_of_900_000():
    # 300,020 + 300,020 + 300,020 = 900,060, in the notations of money that experts use.
    for text in (
        "Allocates the $900,000 as follows: $300,020 to A, $300,020 to B and $300,020 to C.",
        "Total consideration of EUR 900.000: land EUR 300.020, building EUR 300.020, plant EUR 300.020.",
        "Land: 300,020\nBuilding: 300,020\nEquipment: 300,020\nTotal: 900,000",
        "The price of £900k is apportioned: £300.02k to A, £300.02k to B, £300.02k to C.",
        "A 300’020, B 300’020 und C 300’020 ergeben insgesamt CHF 900’000.",
    ):
        found = wrong_sum(text)
        assert found is not None, text
        assert (found.value, found.total.value) == (900_060, 900_000)
