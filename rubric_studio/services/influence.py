"""How much a criterion's mark can move the total of a row. What anybody gave does not matter here."""

from collections import defaultdict
from collections.abc import Sequence

from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.asked import Asked


def influence(rubric: Rubric, asked: Sequence[Asked]) -> dict[str, float]:
    """How far each criterion's mark moves the total of such a row from 0 to 1, gates aside and all applying."""
    gained = [each for each in asked if each.weight > 0]
    if rubric.aggregation == "formula":
        return {each.key: 1.0 for each in asked}
    if rubric.aggregation == "stratified":
        parts = {str(stratum.key): stratum.weight for stratum in rubric.strata}
        sums: dict[str, float] = defaultdict(float)
        for each in gained:
            sums[each.stratum] += each.weight
        every = sum(parts.get(key, 1.0) for key in sums) or 1.0
        return {
            each.key: parts.get(each.stratum, 1.0) / every * each.weight / sums[each.stratum]
            if each.weight > 0
            else abs(each.weight)
            for each in asked
        }
    shifted = asked if rubric.aggregation == "points_shifted" else gained
    every = sum(abs(each.weight) for each in shifted) or 1.0
    return {each.key: abs(each.weight) / every for each in asked}
