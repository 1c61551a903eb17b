"""Lists what the doctor remarks on published expert rubrics, whole or as a sample to read: measures, tests nothing.

    python -m tests.benchmarks.doctor_findings ROWS.jsonl [--sample 50] [--seed 7]

Each line of the file holds a "task" and a "rubric", a list of {"title", "weight"}.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rubric_studio.domain.doctor.examination import examine
from rubric_studio.domain.doctor.finding import Finding
from rubric_studio.domain.ids import CriterionKey, StratumKey
from rubric_studio.domain.rubric import Criterion, Rubric, Stratum


class Remark(NamedTuple):
    """A finding with the words it is about."""

    task: str
    finding: Finding
    words: str


def expert_rubrics(path: Path) -> Iterator[Rubric]:
    """Read the rubrics of a file, one part each; rows without one are passed over."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        criteria = tuple(
            Criterion(key=CriterionKey(f"c{at}"), title=each["title"], weight=each["weight"])
            for at, each in enumerate(row.get("rubric") or ())
        )
        if criteria:
            part = Stratum(key=StratumKey("all"), criteria=criteria)
            name = str(row.get("task") or row["id"])
            yield Rubric(name=name, aggregation="points_clipped", strata=(part,))


def remarks_on(rubric: Rubric) -> list[Remark]:
    """Everything found in a rubric, with the words of its point."""
    words = {str(criterion.key): criterion.words for criterion in rubric.criteria()}
    return [Remark(rubric.name, found, words.get(found.criterion, "")) for found in examine(rubric)]


def main() -> None:
    """Print the counts and the findings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    rubrics = list(expert_rubrics(chosen.rows))
    remarks = [remark for rubric in rubrics for remark in remarks_on(rubric)]
    counts = Counter(remark.finding.detector for remark in remarks)
    points = sum(len(list(rubric.criteria())) for rubric in rubrics)
    print(f"{len(rubrics)} rubrics, {points} points, {len(remarks)} remarks: {dict(counts)}")
    if chosen.sample:
        remarks = random.Random(chosen.seed).sample(remarks, min(chosen.sample, len(remarks)))
    for number, remark in enumerate(remarks, start=1):
        print(f"{number}. {remark.finding.detector} · {remark.task[:8]} · {remark.finding.text}")
        print(f"   {remark.words.strip()}")


if __name__ == "__main__":
    main()
