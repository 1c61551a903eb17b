"""What was said where a judge and the experts differ: both marks with their reasons. Which ones, is known already."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.asked import Asked, questionnaire
from rubric_studio.services.judge_comparison import Difference
from rubric_studio.services.mark import Mark
from rubric_studio.services.marks import EXPERTS, Counting, mark_book, rater_choice
from rubric_studio.services.ports import Store


class BothSides(NamedTuple):
    """A difference with the criterion it is about and what either side said."""

    difference: Difference
    asked: Asked
    expert: Mark
    judge: Mark


def both_sides(store: Store, rubric: Rubric, judge: str, found: Sequence[Difference]) -> list[BothSides]:
    """Read the marks behind some differences, in their order; what has gone since is left out."""
    asking = questionnaire(store, rubric)
    book = mark_book(store, [(each.sample.id, each.sample.key) for each in found])
    experts = Counting(book, rater_choice(store, EXPERTS))
    judged = Counting(book, rater_choice(store, judge))
    by_row: dict[RowId, dict[str, BothSides]] = defaultdict(dict)
    wanted: dict[RowId, list[Difference]] = defaultdict(list)
    for each in found:
        wanted[each.sample.row].append(each)
    for row in store.rows(list(wanted)):
        asked = {each.key: each for each in asking.on(row)}
        for each in wanted[row.id]:
            if each.key in asked:
                point, pair = asked[each.key], (each.sample.id, each.sample.key)
                questions = point.accepted_on(row)
                sides = (experts.mark(point, questions, pair), judged.mark(point, questions, pair))
                by_row[row.id][_place(each)] = BothSides(each, point, *sides)
    return [
        by_row[each.sample.row][_place(each)] for each in found if _place(each) in by_row[each.sample.row]
    ]


def _place(difference: Difference) -> str:
    return f"{difference.sample.id}/{difference.key}"
