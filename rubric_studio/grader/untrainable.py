"""Rows that no answer could score: they teach nothing. It names them; leaving them out is a service's matter."""

from collections.abc import Iterable, Mapping

from rubric_studio.domain.bundle import UntrainableRow
from rubric_studio.domain.ids import row_criterion_key
from rubric_studio.domain.prompt import PromptTemplate
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.formula import names_in, parse
from rubric_studio.grader.openai_graders import ANSWER_LACKS
from rubric_studio.grader.plan import Plan, formula_of, plan_of, row_criteria_of
from rubric_studio.grader.scoring import NOT_APPLICABLE, UNSCORED, Graded, grade, weighs

NOT_A_PROGRAM = ("judged", "python")


def asked_row(row: Row, prompt: PromptTemplate | None) -> Row:
    """The row with the prompt that a model gets, which decides whether there is anything to ask."""
    return row if prompt is None else row.model_copy(update={"prompt": prompt.messages_for(row)})


def untrainable_rows(rubric: Rubric, rows: Iterable[Row]) -> tuple[UntrainableRow, ...]:
    """The rows that no answer could score, each with the first reason: leave them out of a bundle and say so."""
    plan = plan_of(rubric)
    marks: dict[str, float] = {
        criterion.key: 1.0 for criterion in rubric.criteria() if criterion.kind.type in NOT_A_PROGRAM
    }
    return tuple(found for row in rows if (found := _trouble(plan, marks, row)) is not None)


def _trouble(plan: Plan, marks: Mapping[str, float], row: Row) -> UntrainableRow | None:
    if not row.prompt:
        return UntrainableRow(row=row.id, reason="it has no prompt")
    own = row_criteria_of(row)
    known = {**marks, **{row_criterion_key(criterion["key"]): 1.0 for criterion in own}}
    graded = grade(plan, "", row.reference, known, own)
    return _why_without_score(plan, row, graded)


def _why_without_score(plan: Plan, row: Row, graded: Graded) -> UntrainableRow | None:
    if graded.score is not None:
        return None
    unscored = {key: reason for key, (state, _, reason) in graded.criteria.items() if state == UNSCORED}
    if plan["aggregation"] == "formula":
        formula = formula_of(plan)
        read = names_in(formula) if formula is not None else tuple(unscored)
        unscored = {
            key: why for key, why in unscored.items() if key in read and not why.startswith(ANSWER_LACKS)
        }
        if formula is not None and not unscored and not _needs_what_does_not_apply(plan, graded):
            return None  # an imported formula may well have no value for an empty answer, nor has its JSON fields
    blocking = next((key for key in unscored if _weighs(plan, key)), "")
    return UntrainableRow(row=row.id, criterion=blocking, reason=unscored.get(blocking) or graded.reason)


def _needs_what_does_not_apply(plan: Plan, graded: Graded) -> bool:
    return any(graded.criteria[name][0] == NOT_APPLICABLE for name in names_in(parse(plan["formula"])))


def _weighs(plan: Plan, key: str) -> bool:
    return any(
        criterion["key"] == key
        and (plan["aggregation"] == "formula" or weighs(plan, stratum, criterion["weight"]))
        for stratum in plan["strata"]
        for criterion in stratum["criteria"]
    )
