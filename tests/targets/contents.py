"""Small hand-made bundles: a rubric that programs mark, one that needs a judge, rows and samples for both."""

from typing import Any

from rubric_studio.domain.bundle import BundleContent, BundleOptions, BundleRow, Mark, RecordedSample
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, RowCriterion, user_prompt
from rubric_studio.domain.rubric import Criterion, Rubric, Stratum
from rubric_studio.grader.plan import plan_of, row_criteria_of
from rubric_studio.grader.scoring import grade

OBJECT = {"type": "object", "properties": {"labels": {"type": "array"}}, "required": ["labels"]}

JSON_FORM = {"key": "json", "title": "Valid answer", "kind": {"type": "format", "schema": OBJECT}}
TOPICS = {
    "key": "topics_found",
    "title": "Topics found",
    "kind": {"type": "labels", "predicted": "output_json.labels", "reference": "labels"},
}
AMOUNT = {
    "key": "amount",
    "kind": {
        "type": "number",
        "predicted": {"pattern": r"(-?\d[\d,.]*)"},
        "reference": "amount",
        "absolute": 5,
    },
    "when": {"field": "task", "in": ["tax"]},
}
SHOUTING = {
    "key": "shouting",
    "title": "Uses forbidden words",
    "weight": -0.25,
    "kind": {"type": "mentions", "terms": ["obviously", "Art. 5"]},
}
REASONING = {
    "key": "reasoning",
    "title": "Reasons it out",
    "wording": "Says why, {{ item.secret }} or not, and names the {% rule %}.",
    "weight": 2,
    "levels": [
        {"key": "fully", "value": 1.0, "text": "each step"},
        {"key": "partly", "value": 0.5, "text": "some steps"},
        {"key": "no", "value": 0.0, "text": "none"},
    ],
}


def checks_rubric() -> Rubric:
    """A gate, a `when`, a fault; a program marks everything."""
    return Rubric.model_validate(
        {
            "name": "Topics & <tax>",
            "strata": [
                {"key": "form", "gate": {"at": 1.0, "mode": "hard"}, "criteria": [JSON_FORM]},
                {"key": "content", "weight": 4, "criteria": [TOPICS, AMOUNT, SHOUTING]},
            ],
        }
    )


def judged_rubric() -> Rubric:
    """The same with a judged criterion that counts double, in a part that only tax rows have."""
    rubric = checks_rubric()
    part = Stratum.model_validate(
        {"key": "why", "weight": 2, "when": {"field": "task", "in": ["tax"]}, "criteria": [REASONING]}
    )
    return rubric.model_copy(update={"strata": (*rubric.strata, part)})


def rows() -> tuple[BundleRow, ...]:
    """Two rows to train with and one to validate with, of two tasks."""
    return (
        _row("t1", "train", {"task": "topics", "labels": ["trade", "energy"]}),
        _row("t2", "train", {"task": "tax", "labels": ["tax"], "amount": 1250.5, "messages": "a clash"}),
        _row("v1", "validation", {"task": "topics", "labels": "science", "café": "été"}),
    )


def _row(id: str, part: Any, reference: dict[str, Any]) -> BundleRow:
    row = Row(id=RowId(id), prompt=user_prompt(f"Question of {id}: which topics?"), reference=reference)
    return BundleRow(row=row, part=part)


TEXTS = (
    '{"labels": ["Trade", "energy"]}',
    '{"labels": ["trade"]} obviously',
    '```json\n{"labels": ["tax"], "amount": "1,252.00"}\n```',
    "obviously not JSON, see Art. 5",
    "",
    "half a character \ud83d and a line separator \u2028 inside",
)


def content(rubric: Rubric | None = None, /, *targets: str, **options: Any) -> BundleContent:
    """A bundle's content with every text recorded once per row; judged criteria marked 0.5."""
    rubric = rubric or checks_rubric()
    bundle_rows = options.pop("rows", None) or rows()
    return BundleContent(
        project="eu",
        rubric=rubric,
        rubric_id="R1",
        version=3,
        version_note="Third wording",
        author="Ada",
        saved_at="2026-11-22T10:00:00.000Z",
        rows=bundle_rows,
        samples=tuple(
            recorded(rubric, entry.row, run, text) for entry in bundle_rows for run, text in enumerate(TEXTS)
        ),
        evidence={"reasoning": {"n": 4, "alpha": 0.1 + 0.2}},
        options=BundleOptions(targets=targets or ("trl", "openai"), **options),
        notes=("1 row was dropped.",),
    )


def recorded(rubric: Rubric, row: Row, run: int, text: str) -> RecordedSample:
    """A sample with the score that our own grader gives it."""
    marks: dict[str, Mark] = {criterion.key: 0.5 for criterion in rubric.criteria() if criterion.is_judged}
    marks |= {f"row:{criterion.key}": 1.0 for criterion in row.criteria}
    graded = grade(plan_of(rubric), text, row.reference, marks, row_criteria_of(row))
    return RecordedSample(
        row=row.id,
        model="small",
        run=run,
        text=text,
        marks=marks,
        score=graded.score,
        reason=graded.reason,
        strata=graded.strata,
    )


def row_with_own_criteria() -> BundleRow:
    """A row that has two criteria of its own."""
    own = (
        RowCriterion(key="a 1", text="Names the rule"),
        RowCriterion(key="b", text="Gets it wrong", weight=-0.5),
    )
    row = Row(id=RowId("own"), prompt=user_prompt("Why?"), reference={"labels": ["tax"]}, criteria=own)
    return BundleRow(row=row, part="train")


def single_criterion_rubric(**criterion: Any) -> Rubric:
    """One part with one criterion."""
    made = Criterion.model_validate({"key": "only", **criterion})
    return Rubric.model_validate({"strata": [{"key": "part", "criteria": [made.model_dump(by_alias=True)]}]})
