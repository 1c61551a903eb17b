"""Marks as somebody wants them from a judge: of which answers, on which points. Plans no call, see `judging.py`."""

from collections.abc import Sequence
from random import Random
from typing import Literal, NamedTuple

from pydantic import Field

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.judge import JudgeConfig, JudgeMode
from rubric_studio.domain.listing import RowQuery, SampleInfo
from rubric_studio.domain.model_call import Request
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.redaction import Redaction
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.values import Value
from rubric_studio.services.asked import Asked, questionnaire
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.identifiers import redactor
from rubric_studio.services.judge_plans import judge_plan
from rubric_studio.services.points_to_mark import shown_to_judge
from rubric_studio.services.ports import Store

AnswersOf = Literal["all", "experts", "drawn", "found"]


class AnswersWanted(Value):
    """Which answers a judge shall mark. What it has marked already is never asked again.

    "experts": those that a person marked. "drawn": `number` of those without any mark of it, by chance from
    `draw`. "found": those to questions in which `search` is found.
    """

    of: AnswersOf = "all"
    number: int = Field(default=100, ge=1)
    draw: int = Field(default=1, ge=0)
    search: str = ""


class Preview(NamedTuple):
    """A request as it would leave, with the question and the answer that it is about."""

    row: Row
    sample: Sample
    request: Request
    points: int


def wanted_samples(store: Store, wanted: AnswersWanted, rater: str) -> tuple[int, ...]:
    """The samples that are meant, in the store's order."""
    infos = store.sample_infos()
    if wanted.of == "experts":
        kinds = (RecordKind.VERDICT, RecordKind.SETTLEMENT)
        said = {head.scope for kind in kinds for head in store.heads(kind) if head.body is not None}
        return tuple(info.id for info in infos if info.key in said)
    if wanted.of == "found":
        rows = set(store.row_ids(RowQuery(search=wanted.search)))
        return tuple(info.id for info in infos if info.row in rows)
    if wanted.of == "drawn":
        return _drawn(store, infos, wanted, rater)
    return tuple(info.id for info in infos)


def _drawn(store: Store, infos: Sequence[SampleInfo], wanted: AnswersWanted, rater: str) -> tuple[int, ...]:
    """A draw by the samples' keys, so that the same seed means the same answers in every copy of a project."""
    marked = {id for id, verdict in store.judge_verdicts() if verdict.rater.name == rater}
    open_ones = sorted((info.key, info.id) for info in infos if info.id not in marked)
    drawn = Random(wanted.draw).sample(open_ones, min(wanted.number, len(open_ones)))
    return tuple(sorted(id for _, id in drawn))


def judge_order(
    judge: JudgeConfig,
    connection: Connection,
    rubric: Rubric,
    samples: Sequence[int],
    criteria: Sequence[str] = (),
) -> RunOrder:
    """The run that has a judge mark those samples on those criteria, all judged ones where none is named."""
    plan = judge_plan("judging", judge, connection, rubric)
    return RunOrder(plan, samples=tuple(samples), criteria=tuple(criteria))


def calls_for_one_answer(rubric: Rubric) -> dict[JudgeMode, int]:
    """How many calls one answer takes in each mode, rows' own criteria aside."""
    judged = [criterion for criterion in rubric.criteria() if criterion.is_judged]
    parts = [part for part in rubric.strata if any(each.is_judged for each in part.criteria)]
    return {"criterion": max(1, len(judged)), "stratum": max(1, len(parts)), "sample": 1}


def preview(store: Store, rubric: Rubric, judge: JudgeConfig) -> Preview | None:
    """The first request that the judge would be sent, nothing taken out; None where there is nothing to mark."""
    asking = questionnaire(store, rubric)
    for row_id in store.row_ids(RowQuery(answered=True)):
        row = next(iter(store.rows([row_id])))
        group = _first_group(judge.mode, [each for each in asking.on(row) if each.is_judged])
        if group:
            _, sample = store.samples_of(row.id)[0]
            shown = shown_to_judge(judge, group, row, sample, redactor(Redaction()))
            return Preview(row, sample, shown.request, len(group))
    return None


def _first_group(mode: JudgeMode, asked: Sequence[Asked]) -> list[Asked]:
    if mode == "sample" or not asked:
        return list(asked)
    first = asked[0]
    return [first] if mode == "criterion" else [each for each in asked if each.stratum == first.stratum]
