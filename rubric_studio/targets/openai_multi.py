"""The grader of OpenAI's RFT: one `python` grader where a program marks everything, else a `multi` grader.

A multi grader has one grader per criterion that counts: `score_model` for judged ones, `python` for checks, and a
`python` grader that gives 1 or 0 for each `when`. Its calculate_output is the plan's own formula, in which every
KEY_s, KEY_m, KEY_f and KEY_l is replaced by its sum over graders. Names, `+ - * / ^`, and functions; no leading
minus, no exponent, because the service documents neither.

Imported graders go out word for word, and so does their formula; so does the code of a rubric that is exactly one
imported python grader.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rubric_studio.domain.bundle import BundleContent
from rubric_studio.domain.canonical import canonical_json
from rubric_studio.domain.rubric import Criterion
from rubric_studio.domain.single_grader import source_of_rubric
from rubric_studio.grader.formula import StratumTerm, number_text, total_text
from rubric_studio.grader.plan import Plan, plan_of
from rubric_studio.targets.inline import grade_source
from rubric_studio.targets.obstacles import counting_criteria, judged_criteria
from rubric_studio.targets.openai_judge import score_model
from rubric_studio.targets.openai_rows import RowForm, free_name

IMAGE_TAG = "2025-05-08"

OPENING = "Grades one output by a rubric: grade(sample, item) -> float."


_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)  # no exponents there, so a letter never belongs to a number


class _Counted(NamedTuple):
    """One criterion in the sums: its weight, its grader's name, and the grader that says whether it applies."""

    weight: float
    name: str
    applies: str | None


def grader_of(content: BundleContent, form: RowForm) -> dict[str, Any]:
    """The grader as a plain dict, ready for grader.json; `form` says how the rows are written."""
    plan = plan_of(content.rubric)
    source = source_of_rubric(content.rubric)
    if source is not None:
        return {"type": "python", "name": content.rubric.name, "source": source, "image_tag": IMAGE_TAG}
    if judged_criteria(content.rubric) or content.rubric.has_graders:
        return _multi(content, plan, form)
    return _python("rubric", plan, form)


def _multi(content: BundleContent, plan: Plan, form: RowForm) -> dict[str, Any]:
    imported = content.rubric.graders or {}
    criteria = {
        criterion.key: criterion
        for criterion in counting_criteria(content.rubric)
        if criterion.key not in imported
    }
    graders: dict[str, Any] = {}
    conditions: dict[str, str] = {}
    sums: dict[str, str] = {}
    taken: set[str] = {*criteria, *imported}
    for stratum in plan["strata"]:
        counted: list[_Counted] = []
        for planned in stratum["criteria"]:
            if planned["key"] not in criteria:
                continue
            graders[planned["key"]] = _grader(content, criteria[planned["key"]], stratum, planned, form)
            applies = _condition(stratum, planned, conditions, taken)
            if applies is not None and applies not in graders:
                graders[applies] = _python(applies, _condition_plan(stratum, planned), form)
            counted.append(_Counted(planned["weight"], planned["key"], applies))
        sums |= _sums(stratum["key"], counted)
    output = plan["formula"] if plan["aggregation"] == "formula" else _replaced(plan["formula"], sums)
    name = content.rubric.name if imported and content.rubric.name else "rubric"
    return {"type": "multi", "name": name, "graders": graders | imported, "calculate_output": output}


def _grader(
    content: BundleContent, criterion: Criterion, stratum: Plan, planned: Plan, form: RowForm
) -> dict[str, Any]:
    if criterion.is_judged:
        model = content.options.judge_model or ""
        return score_model(criterion, model, form.texts, content.options.seed, content.judge)
    return _python(criterion.key, _single_plan(stratum, planned), form)


def _python(name: str, plan: Plan, form: RowForm) -> dict[str, Any]:
    source = grade_source(plan, OPENING, form.renamed, form.added)
    return {"type": "python", "name": name, "source": source, "image_tag": IMAGE_TAG}


def _single_plan(stratum: Plan, planned: Plan) -> Plan:
    """A plan whose score is the value of one check; 0 where it does not apply."""
    key = stratum["key"]
    alone = {
        "key": key,
        "weight": 1,
        "gate": None,
        "when": stratum["when"],
        "criteria": [planned | {"weight": 1}],
    }
    formula = total_text("points_clipped", [StratumTerm(key, 1)])
    return {"aggregation": "points_clipped", "row_criteria": None, "strata": [alone], "formula": formula}


def _condition_plan(stratum: Plan, planned: Plan) -> Plan:
    """A plan whose score is 1 where a criterion applies, else 0: a check that asks nothing, under the same `when`."""
    return _single_plan(stratum, planned | {"kind": {"type": "format"}})


def _condition(stratum: Plan, planned: Plan, conditions: dict[str, str], taken: set[str]) -> str | None:
    """The name of the grader that says whether a criterion applies; criteria with the same `when` share it."""
    pair = [stratum["when"], planned["when"]]
    if pair == [None, None]:
        return None
    told = canonical_json(pair)
    if told not in conditions:
        owner = stratum["key"] if planned["when"] is None else planned["key"]
        conditions[told] = free_name(f"{owner}_applies", taken)
    return conditions[told]


def _sums(key: str, counted: Sequence[_Counted]) -> dict[str, str]:
    """The four sums of a stratum as texts over graders' names."""
    merits = [each for each in counted if each.weight > 0]
    faults = [each for each in counted if each.weight < 0]
    return {
        f"{key}_s": _sum(_product(each, value=True) for each in merits),
        f"{key}_m": _sum(_product(each, value=False) for each in merits),
        f"{key}_f": _sum(_product(each, value=True) for each in faults),
        f"{key}_l": _sum(_product(each, value=False) for each in faults),
    }


def _product(each: _Counted, *, value: bool) -> str:
    factors = [number_text(abs(each.weight)), each.name if value else None, each.applies]
    return " * ".join(factor for factor in factors if factor)


def _sum(products: Iterator[str]) -> str:
    return " + ".join(products) or "0"


def _replaced(formula: str, sums: Mapping[str, str]) -> str:
    """A formula of our own writing with each name replaced by its sum in brackets; functions stay."""
    return _NAME.sub(lambda name: f"({sums[name[0]]})" if name[0] in sums else name[0], formula)
