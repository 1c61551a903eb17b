"""One source string that grades without our package: measures, formula and scoring in one file, and the plan.

measures.py and formula.py stand in it verbatim, scoring.py without its import lines of ours.
"""

import ast
import json
from collections.abc import Mapping, Sequence
from typing import Any

from rubric_studio.targets.sources import grader_source, template

SOURCE_LIMIT = 256 * 1024  # bytes a trainer's service takes for one python grader

OWN_PACKAGE = "rubric_studio"

_PLAN = """

# ---- what is graded here

PLAN = json.loads(r'''
{plan}
''')
RENAMED = json.loads(r'''{renamed}''')
ADDED = json.loads(r'''{added}''')

score_plan = {score_plan}
"""


def grade_source(
    plan: Mapping[str, Any], opening: str, renamed: Mapping[str, str] | None = None, added: Sequence[str] = ()
) -> str:
    """A file with `grade(sample, item) -> float` for the plan.

    Args:
        plan: see `grader.plan`.
        opening: what the file says it is for, the first line of its docstring.
        renamed: {name in the trainer's row: name of the reference field} where they differ.
        added: names in the trainer's row that are no reference fields.
    """
    return _core(plan, opening, renamed or {}, added) + template("grade.py")


def rewards_source(plan: Mapping[str, Any], opening: str) -> str:
    """A file with `rubric_reward(...)` for TRL."""
    return _core(plan, opening, {}, ()) + template("rewards.py")


def _core(plan: Mapping[str, Any], opening: str, renamed: Mapping[str, str], added: Sequence[str]) -> str:
    title = f'"""{opening}\n\nStandard library only, CPython 3.10 or later. Written by Rubric Studio.\n"""\n'
    imports = "\nimport json\n\n"
    parts = [
        f"# ---- {name}\n\n{_without_own_imports(grader_source(name))}"
        for name in ("measures.py", "formula.py", *_graders_files(plan), "scoring.py")
    ]
    if _has_own_code(plan):
        parts.append(f"# ---- own_code.py\n\n{_without_own_imports(grader_source('own_code.py'))}")
    told = _PLAN.format(
        plan=_raw_json(plan, indent=1),
        renamed=_raw_json(renamed, indent=None),
        added=_raw_json(list(added), indent=None),
        score_plan="grade_with_own_code" if _has_own_code(plan) else "grade",
    )
    return title + imports + "\n\n".join(parts) + told


def _has_own_code(plan: Mapping[str, Any]) -> bool:
    kinds = (criterion["kind"] for stratum in plan["strata"] for criterion in stratum["criteria"])
    return any(kind["type"] == "python" for kind in kinds)


def _graders_files(plan: Mapping[str, Any]) -> tuple[str, ...]:
    """The files that run imported graders, where the plan has any."""
    kinds = {criterion["kind"]["type"] for part in plan["strata"] for criterion in part["criteria"]}
    return ("openai_similarities.py", "openai_graders.py") if "grader" in kinds else ()


def _raw_json(value: Mapping[str, Any] | Sequence[str], indent: int | None) -> str:
    r"""JSON that can stand in a raw string of three single quotes: ASCII, each ' written \u0027."""
    return json.dumps(value, sort_keys=True, indent=indent, allow_nan=False).replace("'", "\\u0027")


def _without_own_imports(source: str) -> str:
    """Drop the import statements of our package; every other line stays as it is."""
    lines = source.split("\n")
    for node in reversed(ast.parse(source).body):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == OWN_PACKAGE:
            del lines[node.lineno - 1 : node.end_lineno]
    return "\n".join(lines)
