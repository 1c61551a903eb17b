"""The scoring guide that goes into a packet: the round's version and its "only a typo", as records."""

from collections.abc import Iterator
from typing import Any, cast

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RowId, SampleKey
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.round import RoundPlan
from rubric_studio.domain.rubric import Anchor, Criterion, Rubric
from rubric_studio.services.packet_ids import PackedIds
from rubric_studio.services.ports import Store

HIDDEN_MARKER = "hidden"
"""What stands for the model that an imported grader asks."""


def rubric_of(store: Store, plan: RoundPlan) -> Rubric:
    """The rubric that a round scores with.

    Raises:
        StudioError: its version is not in this project.
    """
    return Rubric.model_validate(_body(store, plan)["rubric"])


def guide_records(store: Store, plan: RoundPlan, ids: PackedIds) -> Iterator[Record]:
    """The version and what is said to mean the same in it, with their own ids and times.

    Whoever wrote them, in a packet they are the lead's: it names no other expert. A version's note stays at home,
    since it may speak of people.
    """
    body = _body(store, plan)
    rubric = Rubric.model_validate(body["rubric"])
    version = store.records([plan.version])[0]
    told = {"number": body["number"], "note": "", "rubric": _without_sources(rubric).to_json()}
    yield _by_lead(version, plan, ids, told)
    for head in store.heads(RecordKind.SAME_MEANING):
        if head.body is not None and rubric.criterion(head.body["criterion"]) is not None:
            yield _by_lead(head, plan, ids, {name: head.body[name] for name in ("criterion", "old", "new")})


def _without_sources(rubric: Rubric) -> Rubric:
    """The guide without what it knows of others: where its examples come from, and which models mark by it.

    An example's key would say which model wrote it. No question changes by this, so marks fit as they are.
    """
    strata = tuple(
        stratum.model_copy(update={"criteria": tuple(map(_without_places, stratum.criteria))})
        for stratum in rubric.strata
    )
    graders = rubric.graders and {key: _without_model(grader) for key, grader in rubric.graders.items()}
    return rubric.model_copy(update={"strata": strata, "graders": graders})


def _without_places(criterion: Criterion) -> Criterion:
    levels = tuple(
        level.model_copy(update={"anchors": tuple(map(_placeless, level.anchors))})
        for level in criterion.levels
    )
    return criterion.model_copy(update={"levels": levels})


def _placeless(anchor: Anchor) -> Anchor:
    return anchor.model_copy(update={"row": RowId(""), "sample": SampleKey("")})


def _without_model(grader: Any) -> Any:
    if not isinstance(grader, dict):
        return grader
    told = cast("dict[str, Any]", grader)
    return told | {"model": HIDDEN_MARKER} if "model" in told else told


def _body(store: Store, plan: RoundPlan) -> dict[str, object]:
    found = store.records([plan.version])
    if not found or found[0].body is None:
        raise StudioError(
            "The round's scoring guide is missing",
            f"Version {plan.version_number} is not in this project.",
            "Bring in the copy of the project in which the round was started.",
        )
    return found[0].body


def _by_lead(record: Record, plan: RoundPlan, ids: PackedIds, body: dict[str, object]) -> Record:
    changed = {"person": plan.lead, "reason": "", "body": body, "replaces": (), "edit": ids.edit}
    return record.model_copy(update=changed)
