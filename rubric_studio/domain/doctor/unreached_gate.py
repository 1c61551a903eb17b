"""A gate that nothing reaches: by construction, or on the samples at hand."""

from collections.abc import Iterator

from rubric_studio.domain.doctor.finding import Detector, Finding
from rubric_studio.domain.doctor.marks_at_hand import MarksAtHand
from rubric_studio.domain.rubric import Criterion, Rubric, Stratum

FEWEST_SAMPLES = 10
TOLERANCE = 1e-9


def find(rubric: Rubric) -> Iterator[Finding]:
    """Find gates higher than the best grades; questions' own points, which come with the rows, may reach one."""
    for stratum, at in _gates(rubric):
        best = highest(stratum)
        if best < at - TOLERANCE and stratum.key != rubric.row_criteria:
            yield Finding(
                DETECTOR.name,
                1.0,
                "Even the best grades reach only {best}, and the condition asks for {at}.",
                {"best": f"{best:.2f}", "at": f"{at:.2f}"},
                stratum=stratum.key,
                words=f"built {best:.3f} {at:.3f}",
            )


def find_in_marks(rubric: Rubric, marks: MarksAtHand) -> Iterator[Finding]:
    """Find gates that no marked sample meets, among those that could be met."""
    for stratum, at in _gates(rubric):
        reached = marks.reached.get(stratum.key)
        if reached is None or reached.size < FEWEST_SAMPLES or highest(stratum) < at - TOLERANCE:
            continue
        if not bool((reached >= at - TOLERANCE).any()):
            yield Finding(
                DETECTOR.name,
                0.8,
                "None of {n} marked answers meets this condition ({at}); the best reaches {best}.",
                {"n": str(reached.size), "at": f"{at:.2f}", "best": f"{float(reached.max()):.2f}"},
                stratum=stratum.key,
                words=f"marks {at:.3f}",
            )


def _gates(rubric: Rubric) -> Iterator[tuple[Stratum, float]]:
    """The gates that count: points without gates have none."""
    if rubric.aggregation not in ("points_shifted", "formula"):
        yield from ((stratum, stratum.gate.at) for stratum in rubric.strata if stratum.gate is not None)


def highest(stratum: Stratum) -> float:
    """The highest value that a stratum can take; 1 where it has no points and its gate passes."""
    points = [criterion for criterion in stratum.criteria if criterion.weight > 0]
    most = sum(criterion.weight for criterion in points)
    return sum(criterion.weight * _best(criterion) for criterion in points) / most if most else 1.0


def _best(criterion: Criterion) -> float:
    levels = criterion.levels if criterion.is_judged else ()
    return max((level.value for level in levels), default=1.0)


DETECTOR = Detector(
    "unreached_gate",
    "a condition that nothing reaches",
    "While no answer gets past it, the parts behind it pay nothing and cannot teach anything.",
    in_words=find,
    in_marks=find_in_marks,
)
