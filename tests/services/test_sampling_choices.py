"""Which questions a wish for fresh answers means, and the orders made of it."""

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.model_call import Parameters
from rubric_studio.domain.prompt import AS_IT_STANDS
from rubric_studio.domain.row import Row
from rubric_studio.domain.source import Source
from rubric_studio.services.edits import Author, DecideRows, perform
from rubric_studio.services.runs import start_run
from rubric_studio.services.sampling_choices import (
    ChosenModel,
    SamplingChoices,
    orders_of,
    remembered_choices,
    rows_of,
)
from rubric_studio.store.project_file import ProjectFile


def add(store: ProjectFile, count: int) -> None:
    with store.writing() as writer:
        writer.source(Source(id="more", kind="rows", name="more"))
        writer.rows(Row(id=RowId(f"r{at}")) for at in range(count))


def test_scopes_take_the_questions_they_name(store: ProjectFile, author: Author):
    add(store, 4)  # beside q1 and q2, which have answers
    everything = tuple(map(RowId, ("q1", "q2", "r0", "r1", "r2", "r3")))
    assert rows_of(store, SamplingChoices()) == everything
    assert rows_of(store, SamplingChoices(scope="unanswered")) == everything[2:]
    assert rows_of(store, SamplingChoices(scope="first", number=3)) == everything[:3]
    assert rows_of(store, SamplingChoices(scope="named", rows=(RowId("r3"),))) == (RowId("r3"),)
    perform(store, DecideRows(rows=(RowId("q1"),), decision="drop"), author)
    assert rows_of(store, SamplingChoices()) == everything[1:]
    assert rows_of(store, SamplingChoices(without_dropped=False)) == everything


def test_an_equal_draw_is_the_same_in_the_projects_order(store: ProjectFile):
    add(store, 40)
    wanted = SamplingChoices(scope="drawn", number=10, draw=7)
    drawn = rows_of(store, wanted)
    everything = rows_of(store, SamplingChoices())
    assert len(drawn) == 10
    assert drawn == rows_of(store, wanted)
    assert list(drawn) == sorted(drawn, key=everything.index)
    assert drawn != rows_of(store, wanted.model_copy(update={"draw": 8}))
    assert len(rows_of(store, wanted.model_copy(update={"number": 99}))) == 42


def test_each_model_has_an_order_and_an_unknown_connection_none():
    here = Connection(id="c1", name="Here", base_url="http://localhost:1234/v1", api="responses")
    models = tuple(
        ChosenModel(connection=id, model=model) for id, model in (("c1", "a"), ("x", "b"), ("c1", "c"))
    )
    choices = SamplingChoices(models=models, per_row=3)
    orders = orders_of(choices, [RowId("q1")], [here], AS_IT_STANDS, "Answers by {0}")
    assert [(order.plan.title, order.plan.per_row, order.rows) for order in orders] == [
        ("Answers by a", 3, ("q1",)),
        ("Answers by c", 3, ("q1",)),
    ]
    assert orders[0].plan.api == "responses"
    assert orders[0].plan.endpoint == "http://localhost:1234/v1"


def test_what_was_asked_last_is_offered_again(store: ProjectFile, author: Author):
    here = Connection(id="c1", name="Here", base_url="http://localhost:1234/v1")
    assert remembered_choices(store, [here]) == SamplingChoices()
    models = tuple(ChosenModel(connection="c1", model=model) for model in ("a", "b"))
    parameters = Parameters(temperature=0.5)
    older = SamplingChoices(models=models[:1], per_row=2)
    newer = SamplingChoices(models=models, per_row=3, api="chat", parameters=parameters, scope="unanswered")
    for choices in (older, newer):
        for order in orders_of(choices, [RowId("q1")], [here], AS_IT_STANDS, "Answers by {0}"):
            start_run(store, order, author)
    assert remembered_choices(store, [here]) == newer.model_copy(update={"scope": "all"})
    elsewhere = remembered_choices(store, [])
    assert (elsewhere.models, elsewhere.per_row) == ((), 3)
