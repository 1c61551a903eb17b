"""What somebody wants asked anew: which questions, which models, how often. Plans no call, see `sampling.py`."""

from collections.abc import Sequence
from itertools import takewhile
from random import Random
from typing import Literal

from pydantic import Field

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.listing import RowQuery
from rubric_studio.domain.model_call import Api, Parameters
from rubric_studio.domain.prompt import PromptTemplate
from rubric_studio.domain.run import RunPlan
from rubric_studio.domain.values import Value
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.ports import Store
from rubric_studio.services.prompts import kept_prompt

MOST_ANSWERS = 64

Scope = Literal["all", "unanswered", "first", "drawn", "named"]


class ChosenModel(Value):
    """A model at a connection, by the connection's id."""

    connection: str
    model: str


class SamplingChoices(Value):
    """All that a form for fresh answers holds. `prompt` is the subject of a saved way of asking, "" for none.

    `number` counts the questions that are taken first or drawn; equal `draw` draws the same ones. `rows` are
    those of the scope "named". `api` "" asks in the way of each connection.
    """

    scope: Scope = "all"
    number: int = Field(default=20, ge=1)
    draw: int = Field(default=1, ge=0)
    rows: tuple[RowId, ...] = ()
    without_dropped: bool = True
    models: tuple[ChosenModel, ...] = ()
    per_row: int = Field(default=4, ge=1, le=MOST_ANSWERS)
    prompt: str = ""
    api: Api | Literal[""] = ""
    parameters: Parameters = Parameters()


def remembered_choices(store: Store, connections: Sequence[Connection]) -> SamplingChoices:
    """What was asked for last in this project, by its newest run and those of other models like it.

    Which questions it was for is not remembered: the next run is rarely for the same ones. Models at a connection
    that this computer does not know are left out: a colleague's, or the example's, which nobody can ask.
    """
    plans = [run.plan for run in store.runs() if run.plan.purpose == "sampling"]
    if not plans or plans[-1].prompt is None:
        return SamplingChoices()
    newest = plans[-1]
    alike = takewhile(lambda plan: _asks_like(plan, newest), reversed(plans))
    known = {connection.id for connection in connections}
    asked = [ChosenModel(connection=plan.connection, model=plan.model) for plan in alike]
    models = dict.fromkeys(model for model in asked if model.connection in known)
    kept = kept_prompt(store, plans[-1].prompt)
    return SamplingChoices(
        models=tuple(reversed(models)),
        per_row=min(newest.per_row, MOST_ANSWERS),
        prompt="" if kept is None else kept.subject,
        api=newest.api,
        parameters=newest.parameters,
    )


def _asks_like(plan: RunPlan, other: RunPlan) -> bool:
    def asked(each: RunPlan) -> tuple[object, ...]:
        return each.prompt, each.per_row, each.api, each.parameters

    return asked(plan) == asked(other)


def rows_of(store: Store, choices: SamplingChoices) -> tuple[RowId, ...]:
    """The questions they mean, in the project's order; an equal draw of equal questions is the same one."""
    if choices.scope == "named":
        return choices.rows
    query = RowQuery(answered=False if choices.scope == "unanswered" else None)
    ids = store.row_ids(query)
    if choices.without_dropped:
        dropped = set(store.row_ids(RowQuery(decision="drop")))
        ids = [id for id in ids if id not in dropped]
    if choices.scope == "first":
        return tuple(ids[: choices.number])
    if choices.scope == "drawn":
        places = sorted(Random(choices.draw).sample(range(len(ids)), min(choices.number, len(ids))))
        return tuple(ids[place] for place in places)
    return tuple(ids)


def orders_of(
    choices: SamplingChoices,
    rows: Sequence[RowId],
    connections: Sequence[Connection],
    template: PromptTemplate,
    title: str,
) -> list[RunOrder]:
    """One order for each model, in their order; a connection that this computer does not know gives none.

    `title` holds {0} for the model.
    """
    known = {connection.id: connection for connection in connections}
    orders: list[RunOrder] = []
    for chosen in choices.models:
        connection = known.get(chosen.connection)
        if connection is not None:
            plan = RunPlan(
                purpose="sampling",
                title=title.format(chosen.model),
                connection=connection.id,
                connection_name=connection.name,
                endpoint=connection.endpoint,
                model=chosen.model,
                api=choices.api or connection.api,
                parameters=choices.parameters,
                prompt=template,
                per_row=choices.per_row,
            )
            orders.append(RunOrder(plan, rows=tuple(rows)))
    return orders
