"""Parts of one rubric put into another: keys made unique, faults counted as the other one counts. Asks nobody."""

from collections.abc import Collection

from rubric_studio.domain.ids import CriterionKey, StratumKey
from rubric_studio.domain.rubric import Criterion, Rubric, Stratum
from rubric_studio.domain.rubric_edits import changed, in_shares, key_from, most_points, taken_keys

POINTS = ("points_clipped", "points_shifted")


def with_parts_of(rubric: Rubric, other: Rubric, parts: Collection[str] | None = None) -> Rubric:
    """Add parts of another rubric behind the last; `parts` are their keys there, None for all.

    Where one counts points and the other part by part, what a fault costs is turned into the other measure.
    """
    if rubric.aggregation == "stratified" and other.aggregation in POINTS:
        other = in_shares(other)
    elif rubric.aggregation in POINTS and other.aggregation == "stratified":
        other = _in_points(other)
    taken = taken_keys(rubric)
    added = [_with_free_keys(each, taken) for each in other.strata if parts is None or each.key in parts]
    return changed(rubric, strata=(*rubric.strata, *added))


def _with_free_keys(stratum: Stratum, taken: set[str]) -> Stratum:
    """The stratum under keys of its own; they are noted as taken."""
    key = StratumKey(key_from(stratum.key, taken, "part"))
    taken.add(key)
    criteria: list[Criterion] = []
    for criterion in stratum.criteria:
        own = CriterionKey(key_from(criterion.key, taken, "point"))
        taken.add(own)
        criteria.append(changed(criterion, key=own))
    return changed(stratum, key=key, criteria=tuple(criteria))


def _in_points(rubric: Rubric) -> Rubric:
    """A fault that costs a share w of the score costs |w| of the rubric's points."""
    most = most_points(rubric.criteria()) or 1.0
    strata = tuple(
        changed(
            stratum,
            criteria=tuple(
                changed(each, weight=round(each.weight * most, 3)) if each.is_fault else each
                for each in stratum.criteria
            ),
        )
        for stratum in rubric.strata
    )
    return changed(rubric, strata=strata, aggregation="points_clipped")
