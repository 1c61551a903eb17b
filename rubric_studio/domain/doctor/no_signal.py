"""Criteria that get the same value on every sample at hand."""

from collections.abc import Iterator

from rubric_studio.domain.doctor.finding import Detector, Finding
from rubric_studio.domain.doctor.marks_at_hand import MarksAtHand
from rubric_studio.domain.rubric import Rubric

FEWEST_SAMPLES = 12
"""Fewer equal marks happen by chance: a point that one answer in four meets is missed twelve times in 3 % of cases."""
SAME = 1e-9


def find(rubric: Rubric, marks: MarksAtHand) -> Iterator[Finding]:
    """One finding per criterion that counts.

    A fault that nobody commits and a condition that everybody meets are guards: they are there for the answers
    that training has not tried yet.
    """
    for stratum in rubric.strata:
        for criterion in stratum.criteria:
            column = marks.criteria.get(criterion.key)
            if column is None or column.values.size < FEWEST_SAMPLES or criterion.weight == 0:
                continue
            value = float(column.values[0])
            is_guard = value <= SAME if criterion.is_fault else stratum.gate is not None and value >= 1 - SAME
            if is_guard or float(abs(column.values - value).max()) > SAME:
                continue
            n = column.values.size
            yield Finding(
                DETECTOR.name,
                round(min(0.75, 0.4 + 0.1 * (n / FEWEST_SAMPLES) ** 0.5), 3),
                "All {n} marked answers have the same value here: {value}.",
                {"n": str(n), "value": f"{value:.2f}"},
                criterion=criterion.key,
                words=f"{criterion.words}\n{value:.3f}",
            )


DETECTOR = Detector(
    "no_signal",
    "a point on which all answers at hand have the same value",
    "A point that does not tell answers apart moves no reward, so training learns nothing from it.",
    in_marks=find,
)
