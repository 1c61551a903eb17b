"""A rubric that is one python grader and says nothing else: made of the grader, and told from other rubrics."""

from rubric_studio.domain.ids import CriterionKey, StratumKey
from rubric_studio.domain.kinds import PythonKind
from rubric_studio.domain.rubric import Criterion, Rubric, Stratum
from rubric_studio.domain.rubric_edits import key_from

PART = StratumKey("code")


def rubric_of_source(name: str, source: str) -> Rubric:
    """The rubric whose score is what the code says: one part, one point, both of the grader's name."""
    key = CriterionKey(key_from(name, (), "grader"))
    criterion = Criterion(key=key, title=name, kind=PythonKind(source=source))
    part = Stratum(key=PART, title=name, criteria=(criterion,))
    return Rubric(name=name, row_criteria=None, strata=(part,))


def source_of_rubric(rubric: Rubric) -> str | None:
    """The code of a rubric that is exactly what a python grader is imported as; None for any other."""
    criteria = list(rubric.criteria())
    if len(criteria) != 1 or not isinstance(criteria[0].kind, PythonKind):
        return None
    source = criteria[0].kind.source
    return source if rubric == rubric_of_source(rubric.name, source) else None
