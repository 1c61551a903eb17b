"""A file that is an OpenAI grader, as a rubric. What a form cannot edit is kept word for word and runs as it is."""

from collections.abc import Mapping
from typing import Any, cast

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.graders import GraderError, check_grader, grader_points, is_named_grader
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_edits import key_from
from rubric_studio.domain.single_grader import rubric_of_source
from rubric_studio.domain.values import Json
from rubric_studio.grader.formula import FormulaError, names_in, parse
from rubric_studio.grader.plan import value_range

WRAPPERS = (
    ("grader",),
    ("reinforcement", "grader"),
    ("method", "reinforcement", "grader"),
)
"""Where a job, or a request that checks a grader, holds it."""

UNNAMED = "rubric"
"""What a grader without a name goes by, and what its export is called."""

TITLE = "This grader cannot be taken over"


def is_grader_file(data: Json) -> bool:
    """Whether a JSON value is a grader, or a job that holds one, and not a rubric of our own."""
    return _held(data) is not None


def rubric_of_grader(data: Json, file: str | None = None) -> Rubric:
    """Make a rubric of a grader, bare or inside a job.

    A python grader becomes a criterion of kind `python`. Any other becomes the aggregation `formula`: a multi
    grader's own formula and graders, or a formula that is nothing but the one grader's name.

    Raises:
        StudioError: names the place of what cannot be taken over.
    """
    held = _held(data)
    if held is None:
        raise StudioError(TITLE, "there is no grader in it", file=file)
    place, grader = held
    try:
        check_grader(grader, place, is_top=True)
        told = cast(dict[str, Any], grader)
        if told["type"] == "multi":
            return _of_multi(told, place, file)
        if told["type"] == "python":
            return rubric_of_source(told.get("name") or UNNAMED, told["source"])
        return _of_single(told)
    except GraderError as error:
        raise refused(error, file) from error


def refused(error: GraderError, file: str | None) -> StudioError:
    """What people are told of a grader that cannot be taken over."""
    return StudioError(TITLE, error.message, "Change it in the file.", file=file, field=error.place or None)


def formula_problem(text: str, keys: Mapping[str, object] | set[str]) -> str:
    """Say what is wrong with a formula over those names, and where; "" where nothing is."""
    try:
        unknown = [name for name in names_in(parse(text)) if name not in keys]
    except FormulaError as error:
        return str(error)
    return f"{', '.join(unknown)}: no point has this name" if unknown else ""


def formula_reads(rubric: Rubric) -> frozenset[str]:
    """The names that a rubric's formula reads; none where it has none, or it cannot be read."""
    try:
        return frozenset(names_in(parse(rubric.formula or "0")))
    except FormulaError:
        return frozenset()


def refuse_formula(rubric: Rubric, file: str | None = None, field: str = "formula") -> Rubric:
    """Give back the rubric, if its formula can be read and reads only what it has.

    Raises:
        StudioError: says where the formula is wrong.
    """
    problem = (
        formula_problem(rubric.formula, {str(c.key) for c in rubric.criteria()}) if rubric.formula else ""
    )
    if problem:
        raise StudioError(
            "The formula cannot be read", problem, "Change it in the file.", file=file, field=field
        )
    return rubric


def with_formula(rubric: Rubric, text: str) -> Rubric:
    """The rubric with another formula. ValueError, in words, where it cannot be read."""
    problem = formula_problem(text, {str(criterion.key) for criterion in rubric.criteria()})
    if problem:
        raise ValueError(problem)
    return rubric.model_copy(update={"formula": text})


def takes_raw_marks(rubric: Rubric | None) -> bool:
    """Whether a file's marks stay the numbers they are: a grader that a model or a person marks has a range."""
    return rubric is not None and any(
        criterion.is_judged and value_range(criterion) != (0.0, 1.0) for criterion in rubric.criteria()
    )


def _held(data: Json) -> tuple[str, Json] | None:
    """The grader in a file with its place; None where there is none."""
    if not isinstance(data, dict) or "strata" in data:
        return None
    whole = cast(dict[str, Any], data)
    for names in WRAPPERS:
        inside: Json = whole
        for name in names:
            inside = cast(dict[str, Any], inside).get(name) if isinstance(inside, dict) else None
        if inside is not None:
            return ".".join(names), inside
    return ("", whole) if is_named_grader(whole) else None


def _of_multi(grader: dict[str, Any], place: str, file: str | None) -> Rubric:
    before = f"{place}." if place else ""
    try:
        grader_points(grader["graders"])
    except GraderError as error:
        raise GraderError(f"{before}{error.place}", error.message) from error
    rubric = Rubric(
        name=grader.get("name") or UNNAMED,
        aggregation="formula",
        row_criteria=None,
        formula=grader["calculate_output"],
        graders=grader["graders"],
    )
    return refuse_formula(rubric, file, f"{before}calculate_output")


def _of_single(grader: dict[str, Any]) -> Rubric:
    name = grader.get("name") or UNNAMED
    key = key_from(name, (), "grader")
    return Rubric(name=name, aggregation="formula", row_criteria=None, formula=key, graders={key: grader})
