"""The pages that people read: rubric.html, by itself or in a bundle, and a bundle's README.md.

Every text in the HTML is escaped.
"""

from typing import Any

from jinja2 import Environment, StrictUndefined

from rubric_studio.domain.bundle import BundleContent
from rubric_studio.domain.exported_guide import ExportedGuide
from rubric_studio.domain.rubric import Rubric, When
from rubric_studio.grader.formula import number_text
from rubric_studio.grader.plan import plan_of, with_row_stratum
from rubric_studio.targets.agreement_page import STATISTICS
from rubric_studio.targets.json_bytes import json_text
from rubric_studio.targets.kind_words import kind_words
from rubric_studio.targets.own_code import own_code_sources
from rubric_studio.targets.sources import template

AGGREGATION_WORDS = {
    "stratified": "Each part has a value from 0 to 1, the share of its points that were reached. The score is the "
    "mean of the parts by their weights, less what faults cost, and lies between 0 and 1.",
    "points_clipped": "The points reached are added up, faults are taken away, and the sum is divided by the "
    "points there are; the score lies between 0 and 1.",
    "points_shifted": "The points reached are added up, faults are taken away, and the sum is stretched so that the "
    "worst possible answer has 0 and the best has 1.",
    "formula": "The score is what the formula below makes of the points.",
}


JUDGE_MODES = {
    "criterion": "one point at a time",
    "stratum": "all points of a part at once",
    "sample": "all points of an answer at once",
}


def rubric_page(content: BundleContent) -> bytes:
    """The rubric as one HTML page that loads nothing and prints well."""
    return _rendered("rubric.html", autoescape=True, guide=_guide_of(content), **_told(content))


def guide_page(guide: ExportedGuide) -> bytes:
    """The same page of a rubric that is given out by itself."""
    return _rendered(
        "rubric.html", autoescape=True, guide=guide, content=None, owners=None, **_said(guide.rubric)
    )


def readme(content: BundleContent, needs: tuple[str, ...], titles: dict[str, str]) -> bytes:
    """README.md of the whole bundle; `titles` is {target: what people call it}."""
    own_code = bool(own_code_sources(content.rubric))
    return _rendered(
        "bundle_readme.md", autoescape=False, needs=needs, titles=titles, own_code=own_code, **_told(content)
    )


def _rendered(name: str, *, autoescape: bool, **values: Any) -> bytes:
    environment = Environment(
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "plain": _plain_number,
        "condition": _condition,
        "how": kind_words,
        "figure": _figure,
        "statistic": lambda name: STATISTICS.get(name, name),
    }
    return environment.from_string(template(name)).render(values).encode("utf-8", "backslashreplace")


def _guide_of(content: BundleContent) -> ExportedGuide:
    return ExportedGuide(
        rubric=content.rubric,
        project=content.project,
        record=content.rubric_id,
        version=content.version,
        note=content.version_note,
        author=content.author,
        saved_at=content.saved_at,
    )


def _said(rubric: Rubric) -> dict[str, Any]:
    """What the page says of the rubric itself."""
    return {
        "rubric": rubric,
        "strata": with_row_stratum(rubric),
        "formula": plan_of(rubric)["formula"],
        "how_scored": AGGREGATION_WORDS[rubric.aggregation],
    }


def _told(content: BundleContent) -> dict[str, Any]:
    return {
        "content": content,
        **_said(content.rubric),
        "judged": _judged_keys(content.rubric),
        "owners": sum(bool(entry.row.criteria) for entry in content.rows),
        "judge_mode": JUDGE_MODES[content.judge.mode] if content.judge else "",
        "experts": content.evidence.get("experts", {}),
        "sampled": content.evidence.get("prompt", {}).get("said", ""),
        "counts": {"train": len(content.part("train")), "validation": len(content.part("validation"))},
    }


def _judged_keys(rubric: Rubric) -> list[str]:
    return [criterion.key for criterion in rubric.criteria() if criterion.is_judged]


def _plain_number(number: float) -> str:
    """A number as people write it: 5, 0.25, −0.2."""
    return f"−{number_text(-number)}" if number < 0 else number_text(number)


def _figure(figure: dict[str, Any]) -> str:
    """A figure of the evidence: its value, its interval if it has one; why not, where it is withheld."""
    if figure["value"] is None:
        return f"withheld: {figure['reason']}"
    interval = figure["interval"]
    return f"{figure['value']:.2f}" + (f" ({interval[0]:.2f} to {interval[1]:.2f})" if interval else "")


def _condition(when: When) -> str:
    values = [value if isinstance(value, str) else json_text(value) for value in when.any_of]
    return f"{when.field} is {' or '.join(values)}"
