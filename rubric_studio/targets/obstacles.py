"""What stands in a trainer's way, whatever the trainer: criteria that no program marks, points of single rows."""

from collections.abc import Iterator

from rubric_studio.domain.bundle import BundleContent, Objection
from rubric_studio.domain.rubric import Criterion, Rubric
from rubric_studio.grader.plan import plan_of
from rubric_studio.grader.scoring import weighs

NOT_COMPARED = "its code has not been run yet as the trainer will run it, so nobody knows whether both agree"


def counting_criteria(rubric: Rubric) -> Iterator[Criterion]:
    """The rubric's criteria that can move a score."""
    plan = plan_of(rubric)
    for stratum, planned in zip(rubric.strata, plan["strata"], strict=False):
        for criterion in stratum.criteria:
            if rubric.aggregation == "formula" or weighs(plan, planned, criterion.weight):
                yield criterion


def judged_criteria(rubric: Rubric) -> tuple[Criterion, ...]:
    """The criteria that can move a score and that a model must mark in training."""
    return tuple(criterion for criterion in counting_criteria(rubric) if criterion.is_judged)


def own_code_objections(content: BundleContent) -> tuple[Objection, ...]:
    """Own code goes out once it is known that the trainer, which runs CPython, will compute what was seen here."""
    troubles = {
        criterion.key: content.own_code.get(criterion.key, NOT_COMPARED)
        for criterion in counting_criteria(content.rubric)
        if criterion.kind.type == "python"
    }
    return tuple(Objection(criterion=key, message=message) for key, message in troubles.items() if message)


def row_criteria_objections(content: BundleContent, message: str) -> tuple[Objection, ...]:
    """One objection on the stratum of row criteria, where rows that go out have some; `message` says why."""
    key = content.rubric.row_criteria
    owners = sum(any(c.weight for c in entry.row.criteria) for entry in content.rows)
    if key is None or not owners:
        return ()
    counted = (
        "1 question has points of its own" if owners == 1 else f"{owners} questions have points of their own"
    )
    return (Objection(criterion=key, message=f"{counted}, and {message}"),)
