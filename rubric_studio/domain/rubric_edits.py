"""What people do to a rubric, as functions from one rubric to the next. They ask nobody and save nothing.

Every function gives back a whole, checked rubric, or raises pydantic's ValidationError and changes nothing.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeVar

from rubric_studio.domain.ids import CriterionKey, StratumKey
from rubric_studio.domain.rubric import (
    FUNCTION_NAMES,
    STARTING_LEVELS,
    Aggregation,
    Criterion,
    Level,
    Rubric,
    Stratum,
    repeated,
)
from rubric_studio.domain.values import Value

LONGEST_KEY = 40

V = TypeVar("V", bound=Value)
RubricEdit = Callable[[Rubric], Rubric]


def changed(value: V, /, **fields: Any) -> V:
    """Give back the value with other fields, checked as a whole."""
    kept = {name: getattr(value, name) for name in type(value).model_fields}
    return type(value).model_validate(kept | fields)


# ---- keys


def key_from(title: str, taken: Collection[str], otherwise: str) -> str:
    """Make a key from a title: its words in small letters, not yet taken, no function's name.

    `otherwise` begins the key of a title without a Latin letter at its front ("2024" gives "point_2024").
    """
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    words = "_".join(re.findall(r"[a-z0-9]+", plain))
    if len(words) > LONGEST_KEY:
        words = words[: LONGEST_KEY + 1].rpartition("_")[0] or words[:LONGEST_KEY]
    if not words[:1].isalpha():
        words = f"{otherwise}_{words}" if words else otherwise
    key, number = words, 1
    while key in taken or key in FUNCTION_NAMES:
        number += 1
        key = f"{words}_{number}"
    return key


def taken_keys(rubric: Rubric) -> set[str]:
    """Every key in use, that of the rows' own criteria included: a new part must not become theirs."""
    keys = {str(stratum.key) for stratum in rubric.strata} | {str(c.key) for c in rubric.criteria()}
    return keys | ({rubric.row_criteria} if rubric.row_criteria else set())


# ---- changing what is there


def with_stratum(rubric: Rubric, key: str, /, **fields: Any) -> Rubric:
    """Change fields of one stratum."""
    strata = [changed(s, **fields) if s.key == key else s for s in rubric.strata]
    return changed(rubric, strata=tuple(strata))


def with_criterion(rubric: Rubric, key: str, /, **fields: Any) -> Rubric:
    """Change fields of one criterion."""
    stratum = rubric.stratum_of(key)
    if stratum is None:
        return rubric
    criteria = [changed(c, **fields) if c.key == key else c for c in stratum.criteria]
    return with_stratum(rubric, stratum.key, criteria=tuple(criteria))


def with_kind(rubric: Rubric, key: str, /, **fields: Any) -> Rubric:
    """Change parameters of one criterion's kind."""
    criterion = rubric.criterion(key)
    return (
        rubric if criterion is None else with_criterion(rubric, key, kind=changed(criterion.kind, **fields))
    )


# ---- adding and taking away


def with_new_stratum(rubric: Rubric, title: str, place: int | None = None) -> tuple[Rubric, StratumKey]:
    """Add an empty stratum at a place, by default the last; give back its key too."""
    key = StratumKey(key_from(title, taken_keys(rubric), "part"))
    return _with_inserted(rubric, Stratum(key=key, title=title.strip()), place), key


def with_new_criterion(
    rubric: Rubric, title: str, stratum: str, place: int | None = None
) -> tuple[Rubric, CriterionKey]:
    """Add a judged criterion with the grades fully, partly, no and weight 1; give back its key too."""
    key = CriterionKey(key_from(title, taken_keys(rubric), "point"))
    criterion = Criterion(key=key, title=title.strip(), levels=STARTING_LEVELS)
    return _with_criterion_at(rubric, criterion, stratum, place), key


def with_copied_criterion(rubric: Rubric, key: str, title: str) -> tuple[Rubric, CriterionKey]:
    """Put a copy of a criterion, under another title and a key of its own, right behind it."""
    stratum, criterion = _found(rubric, key)
    copy_key = CriterionKey(key_from(criterion.key, taken_keys(rubric), "point"))
    copied = changed(criterion, key=copy_key, title=title)
    place = stratum.criteria.index(criterion) + 1
    return _with_criterion_at(rubric, copied, stratum.key, place), copy_key


def with_copied_stratum(rubric: Rubric, key: str, title: str) -> tuple[Rubric, StratumKey]:
    """Put a copy of a stratum and its criteria, under keys of their own, right behind it."""
    place = next(at for at, stratum in enumerate(rubric.strata) if stratum.key == key)
    original, taken = rubric.strata[place], taken_keys(rubric)
    copy_key = StratumKey(key_from(original.key, taken, "part"))
    criteria: list[Criterion] = []
    for criterion in original.criteria:
        taken |= {copy_key, *(c.key for c in criteria)}
        criteria.append(changed(criterion, key=key_from(criterion.key, taken, "point")))
    copied = changed(original, key=copy_key, title=title, criteria=tuple(criteria))
    return _with_inserted(rubric, copied, place + 1), copy_key


def without_criterion(rubric: Rubric, key: str) -> Rubric:
    """Take a criterion away."""
    stratum, criterion = _found(rubric, key)
    left = tuple(each for each in stratum.criteria if each is not criterion)
    return with_stratum(rubric, stratum.key, criteria=left)


def without_stratum(rubric: Rubric, key: str) -> Rubric:
    """Take a stratum and its criteria away."""
    return changed(rubric, strata=tuple(s for s in rubric.strata if s.key != key))


# ---- moving


def moved_criterion(rubric: Rubric, key: str, stratum: str, place: int) -> Rubric:
    """Put a criterion into a stratum; `place` counts the others there."""
    _, criterion = _found(rubric, key)
    return _with_criterion_at(without_criterion(rubric, key), criterion, stratum, place)


def nudged_criterion(rubric: Rubric, key: str, step: int) -> Rubric:
    """Move a criterion one up (-1) or down (+1), over the edge into the neighboring stratum."""
    stratum, criterion = _found(rubric, key)
    at, part = stratum.criteria.index(criterion), rubric.strata.index(stratum)
    if 0 <= at + step < len(stratum.criteria):
        return moved_criterion(rubric, key, stratum.key, at + step)
    if not 0 <= part + step < len(rubric.strata):
        return rubric
    neighbor = rubric.strata[part + step]
    return moved_criterion(rubric, key, neighbor.key, 0 if step > 0 else len(neighbor.criteria))


def criterion_to_part(rubric: Rubric, key: str, step: int) -> Rubric:
    """Put a criterion into the stratum above (-1), as its last, or below (+1), as its first; at the edge it stays."""
    stratum, _ = _found(rubric, key)
    part = rubric.strata.index(stratum) + step
    if not 0 <= part < len(rubric.strata):
        return rubric
    neighbor = rubric.strata[part]
    return moved_criterion(rubric, key, neighbor.key, 0 if step > 0 else len(neighbor.criteria))


def moved_stratum(rubric: Rubric, key: str, place: int) -> Rubric:
    """Put a stratum at a place among the others."""
    stratum = next(each for each in rubric.strata if each.key == key)
    return _with_inserted(without_stratum(rubric, key), stratum, place)


def nudged_stratum(rubric: Rubric, key: str, step: int) -> Rubric:
    """Move a stratum one up (-1) or down (+1); at the edge it stays."""
    at = next(at for at, each in enumerate(rubric.strata) if each.key == key)
    return moved_stratum(rubric, key, at + step) if 0 <= at + step < len(rubric.strata) else rubric


# ---- levels


def with_new_level(rubric: Rubric, key: str) -> Rubric:
    """Add a level between the last two, worth what lies between them; the first is worth 1, the second 0."""
    _, criterion = _found(rubric, key)
    levels = list(criterion.levels)
    own = key_from("grade", {level.key for level in levels}, "grade")
    if len(levels) < 2:
        levels.append(Level(key=own, value=0.0 if levels else 1.0))
    else:
        between = (levels[-2].value + levels[-1].value) / 2
        levels.insert(-1, Level(key=own, value=round(between, 3)))
    return with_criterion(rubric, key, levels=tuple(levels))


def with_level(rubric: Rubric, key: str, place: int, /, **fields: Any) -> Rubric:
    """Change fields of one level."""
    _, criterion = _found(rubric, key)
    levels = [changed(each, **fields) if at == place else each for at, each in enumerate(criterion.levels)]
    twice = repeated(level.key for level in levels)
    if twice:
        raise ValueError(f"There is a grade with the key {twice[0]} already")
    return with_criterion(rubric, key, levels=tuple(levels))


def without_level(rubric: Rubric, key: str, place: int) -> Rubric:
    """Take one level away."""
    _, criterion = _found(rubric, key)
    return with_criterion(rubric, key, levels=criterion.levels[:place] + criterion.levels[place + 1 :])


def nudged_level(rubric: Rubric, key: str, place: int, step: int) -> Rubric:
    """Move a level one up (-1) or down (+1); at the edge it stays."""
    _, criterion = _found(rubric, key)
    levels = list(criterion.levels)
    if not 0 <= place + step < len(levels):
        return rubric
    levels.insert(place + step, levels.pop(place))
    return with_criterion(rubric, key, levels=tuple(levels))


# ---- faults and ways of counting


def most_points(criteria: Iterable[Criterion]) -> float:
    """The sum of the positive weights."""
    return sum(criterion.weight for criterion in criteria if criterion.weight > 0)


def share_of(points: float, rubric: Rubric) -> float:
    """What a fault of so many points costs as a share of the final score, in [-1, 0), three decimals.

    In `points_clipped` a fault of p points costs p / M of the score, M being the sum of the positive weights
    (design section 3).
    """
    most = most_points(rubric.criteria())
    share = abs(points) / most if most > 0 else 1.0
    return -min(1.0, max(0.001, round(share, 3)))


def has_heavy_faults(rubric: Rubric) -> bool:
    """Whether a fault costs more than one point, which no share of a score can."""
    return any(criterion.weight < -1 for criterion in rubric.criteria())


def with_aggregation(rubric: Rubric, aggregation: Aggregation) -> Rubric:
    """Count in another way, the weights left as they are; a formula goes when it is left.

    ValueError where the rubric is made of imported graders: they count by their formula alone.
    """
    if rubric.has_graders and aggregation != rubric.aggregation:
        raise ValueError("The graders of this guide came with their formula, and count by it alone")
    return changed(rubric, aggregation=aggregation, formula=None, graders=None)


def in_shares(rubric: Rubric) -> Rubric:
    """Turn a rubric that counts points into a stratified one whose totals stay those of `points_clipped`.

    A stratum weighs its points M_s and a fault costs |w| / M: then sum(M_s reach S_s / M_s) / M - sum(|w| v) / M
    is (sum(reach S) - sum F) / M. (Exact where every criterion applies and no fault exceeds the whole score.)
    """
    weighed = [changed(stratum, weight=most_points(stratum.criteria)) for stratum in rubric.strata]
    return with_fault_shares(changed(rubric, strata=tuple(weighed)))


def with_fault_shares(rubric: Rubric) -> Rubric:
    """Count part by part, the points of each fault turned into a share; the strata's weights stay."""
    strata = [
        changed(
            stratum,
            criteria=tuple(
                changed(c, weight=share_of(c.weight, rubric)) if c.is_fault else c for c in stratum.criteria
            ),
        )
        for stratum in rubric.strata
    ]
    return changed(rubric, strata=tuple(strata), aggregation="stratified", formula=None, graders=None)


# ---- putting things in


def _found(rubric: Rubric, key: str) -> tuple[Stratum, Criterion]:
    stratum, criterion = rubric.stratum_of(key), rubric.criterion(key)
    if stratum is None or criterion is None:
        raise ValueError(f"There is no point {key} any more")
    return stratum, criterion


def _with_inserted(rubric: Rubric, stratum: Stratum, place: int | None) -> Rubric:
    strata = list(rubric.strata)
    strata.insert(len(strata) if place is None else place, stratum)
    return changed(rubric, strata=tuple(strata))


def _with_criterion_at(rubric: Rubric, criterion: Criterion, stratum: str, place: int | None) -> Rubric:
    held = next(each for each in rubric.strata if each.key == stratum)
    criteria = list(held.criteria)
    criteria.insert(len(criteria) if place is None else place, criterion)
    return with_stratum(rubric, stratum, criteria=tuple(criteria))
