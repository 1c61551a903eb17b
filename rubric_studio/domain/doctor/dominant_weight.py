"""A criterion that weighs more than all others together."""

from collections.abc import Iterator

from rubric_studio.domain.doctor.finding import Detector, Finding
from rubric_studio.domain.rubric import Rubric

LARGEST_SHARE = 0.5
LARGEST_OF_THREE = 2 / 3
FEWEST_POINTS = 3


def find(rubric: Rubric) -> Iterator[Finding]:
    """Say which criterion has more than half of all there is to gain.

    Half is the border because beyond it the order of two answers follows that one criterion, whatever the others
    say. Of three criteria one easily does, so there it must weigh twice the other two; of two, one nearly always
    does, which nobody needs to be told.
    """
    shares = shares_of(rubric)
    if len(shares) < FEWEST_POINTS:
        return
    border = LARGEST_OF_THREE if len(shares) == FEWEST_POINTS else LARGEST_SHARE
    for key, share in shares.items():
        if share > border + 1e-9:
            yield Finding(
                DETECTOR.name,
                round(min(1.0, 0.2 + 0.7 * share), 3),
                "This point alone is {share} of all that can be gained, more than the other {count} together.",
                {"share": f"{share:.0%}", "count": str(len(shares) - 1)},
                criterion=key,
                words=f"{share:.2f}",
            )


def shares_of(rubric: Rubric) -> dict[str, float]:
    """What part of the best total each point is worth (design section 3); faults and rows' own points left out."""
    if rubric.aggregation == "formula":
        return {}
    gains: dict[str, float] = {}
    for stratum in rubric.strata:
        points = [criterion for criterion in stratum.criteria if criterion.weight > 0]
        most = sum(criterion.weight for criterion in points)
        scale = stratum.weight / most if rubric.aggregation == "stratified" and most else 1.0
        gains |= {criterion.key: criterion.weight * scale for criterion in points}
    total = sum(gains.values())
    return {key: gain / total for key, gain in gains.items() if gain > 0} if total else {}


DETECTOR = Detector(
    "dominant_weight",
    "a point that weighs more than all others together",
    "Training follows the largest weight: the model learns this one point and lets the others go.",
    in_words=find,
)
