"""What a run would take, counted by hand."""

import pytest

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.errors import Cancelled
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.model_call import Parameters, Reply, Usage
from rubric_studio.domain.price import Price
from rubric_studio.domain.prompt import PromptTemplate, TemplateMessage
from rubric_studio.domain.redaction import Redaction
from rubric_studio.domain.run import CallOutcome, CallState, RunPlan, RunState
from rubric_studio.domain.source import Source
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.estimating import estimate, examples, leaving
from rubric_studio.services.run_kinds import work_of
from rubric_studio.services.supplied_prices import supplied_prices
from rubric_studio.store.project_file import ProjectFile

# Of the store in conftest: q1 asks "Which topics?" (13 characters), q2 "Which other topics?" (19 characters).
ROWS = (RowId("q1"), RowId("q2"))
PRICE = Price(model="elm", prompt=10.0, answer=20.0)


def plan(**changes: object) -> RunPlan:
    told = {
        "purpose": "sampling",
        "title": "Fresh answers",
        "connection": "c",
        "connection_name": "C",
        "endpoint": "https://c.example/v1",
        "model": "elm",
        "prompt": PromptTemplate(name="plain"),
        "per_row": 2,
    }
    return RunPlan.model_validate(told | changes)


def order(**changes: object) -> RunOrder:
    return RunOrder(plan(**changes), rows=ROWS)


def answered(store: ProjectFile, id: str, asked: RunOrder, kept_as: RunPlan | None = None) -> None:
    """Let every call of an order be answered, in a run of that plan; a prompt takes a token a character."""
    calls = list(work_of(asked).planned(store))
    source = Source(id=id, kind="sampling", name=id, at="2026-11-01T10:00:00Z")
    store.add_run(source, kept_as or asked.plan, calls)
    lengths = {"q1": 13, "q2": 19}
    outcomes = [
        CallOutcome(
            call,
            CallState.DONE,
            answers=((call.key, Reply(text="x", usage=Usage(prompt=lengths[call.source], answer=100))),),
        )
        for call in store.calls(id)
    ]
    store.keep_outcomes(id, outcomes)
    store.set_run_state(id, RunState.DONE)


def test_calls_and_tokens_where_nothing_is_known(store: ProjectFile):
    found = estimate(store, order())
    assert (found.calls, found.known, found.to_ask, found.looked_at) == (4, 0, 4, 4)
    # 13 / 4 + 4 = 7.25 and 19 / 4 + 4 = 8.75 tokens, 8 in the mean, four times; 30 % more or less.
    prompt = found.prompt_tokens()
    assert prompt.source == "characters"
    assert prompt.likely == pytest.approx(32)
    assert (prompt.low, prompt.high) == (pytest.approx(22.4), pytest.approx(41.6))
    # A free answer is guessed at 800 tokens, a third to three times that.
    answer = found.answer_tokens
    assert answer.source == "guess"
    assert (answer.likely, answer.high) == (3200, 9600)


def test_the_cost_lies_between_its_ends_and_a_batch_costs_half(store: ProjectFile):
    found = estimate(store, order(parameters=Parameters(max_tokens=300)))
    # The limit holds the guess of 800 at 300: 266.67 to 300 tokens an answer, 1067 to 1200 for four.
    # Low: 22 prompt tokens at 10 and 1067 at 20 a million; high: 42 and 1200.
    cost = found.cost(PRICE)
    assert cost is not None
    assert cost.low == pytest.approx((22 * 10 + 1067 * 20) / 1e6)
    assert cost.high == pytest.approx((42 * 10 + 1200 * 20) / 1e6)
    batch = found.cost(PRICE, batch=True)
    assert batch is not None
    assert batch.high == pytest.approx(cost.high / 2)
    assert found.cost(None) is None
    assert found.answer.source == "limit"


def test_answers_at_hand_are_counted_and_cost_nothing(store: ProjectFile):
    # One answer to each question is kept, from a run that made no samples of them.
    answered(store, "drift", order(per_row=1), plan(purpose="drift", per_row=1))
    found = estimate(store, order())
    assert (found.calls, found.known, found.to_ask) == (4, 2, 2)
    assert found.answer_tokens.likely == 1600


def test_earlier_answers_of_the_model_teach_what_a_token_is(store: ProjectFile):
    answered(store, "first", order(per_row=3))
    found = estimate(store, order(per_row=5))
    assert found.calls == 4  # draws four and five of two questions
    # A token a character was seen: (13 + 19) / 2 = 16 tokens a call. Each answer took 100 tokens.
    assert found.prompt.likely == pytest.approx(16)
    assert (found.prompt.source, found.prompt.seen) == ("earlier", 6)
    assert (found.answer.likely, found.answer.source) == (100, "earlier")


def test_several_answers_in_one_call_pay_for_the_prompt_once(store: ProjectFile):
    connection = Connection(id="c", name="C", base_url="https://c.example/v1", takes_n=True)
    found = estimate(store, order(), connection)
    assert found.prompt_tokens().likely == pytest.approx(16)  # 8 tokens for each of two calls
    assert found.prompt_tokens(batch=True).likely == pytest.approx(32)
    assert estimate(store, order(parameters=Parameters(seed=1)), connection).draws_per_call == 1


def test_greek_takes_more_tokens_than_latin(store: ProjectFile):
    greek = PromptTemplate(name="g", messages=(TemplateMessage(content="αβγδεζ"),))
    # 6 / 1.5 + 4 = 8
    assert estimate(store, order(prompt=greek)).prompt.likely == pytest.approx(8)


def test_what_leaves_of_a_sampling_run(store: ProjectFile):
    template = PromptTemplate(
        name="t",
        messages=(TemplateMessage(role="system", content="Use {{ item.labels }}"), TemplateMessage()),
    )
    found = leaving(store, order(prompt=template))
    assert found.parts == ("question", "fields", "instructions")
    assert found.fields == ("labels",)
    without = leaving(store, order(prompt=template, redaction=Redaction(fields=("labels",))))
    assert (without.parts, without.left_out) == (("question", "instructions"), ("labels",))


def test_what_leaves_of_a_judging_run(store: ProjectFile):
    found = leaving(store, judging(store))
    assert found.parts == ("answer", "question", "fields", "wording", "instructions")
    assert found.fields == ("labels",)


def test_a_mark_is_guessed_by_the_point(store: ProjectFile):
    # Two answers to q1 and one to q2, one point each, a call a point.
    found = estimate(store, judging(store))
    assert found.calls == 3
    assert found.answer.likely == 150


def test_an_example_shows_the_same_text_as_it_stands_and_as_it_goes_out(store: ProjectFile):
    made = examples(store, order(redaction=Redaction(names=("other",))))
    # The one in which something is replaced comes first.
    assert made[0].source == "q2"
    assert made[0].plain[0].content == "Which other topics?"
    assert made[0].sent[0].content == "Which [name 1] topics?"
    assert made[0].found == (((6, 14),),)
    assert all(each.plain == each.sent for each in made if each.source == "q1")


def test_everything_that_could_be_taken_out_is_counted_asked_for_or_not(store: ProjectFile):
    written = PromptTemplate(
        name="t", messages=(TemplateMessage(content="{{ prompt }} to a@b.eu, c@d.eu and A@b.eu"),)
    )
    (found,) = estimate(store, order(prompt=written)).findings
    assert (found.kind, found.things, found.calls) == ("e-mail", 2, 4)
    assert found.first == ("a@b.eu", "c@d.eu")


def test_counting_can_be_stopped(store: ProjectFile):
    def stop(done: int, total: int, what: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        estimate(store, order(), progress=stop)


def test_supplied_prices_are_dated_and_name_their_source():
    assert supplied_prices()
    assert all(price.as_of and price.source.startswith("https://") for price in supplied_prices())


def judging(store: ProjectFile) -> RunOrder:
    levels = [{"key": "yes", "value": 1, "text": "it does"}, {"key": "no", "value": 0, "text": "it does not"}]
    criterion = {
        "key": "named",
        "title": "Named",
        "wording": "Names the topics",
        "weight": 1,
        "levels": levels,
        "kind": {"type": "judged", "reads": ["prompt", "labels"]},
    }
    rubric = {
        "name": "R",
        "strata": [{"key": "a", "title": "A", "weight": 1, "criteria": [criterion]}],
    }
    judge = JudgeConfig(name="Judge", model="elm", instructions="Be strict.")
    samples = tuple(info.id for info in store.sample_infos())
    return RunOrder(
        plan(purpose="judging", judge=judge, rubric=rubric, prompt=None, per_row=1), samples=samples
    )
