import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.model_call import FaultKind, Reply, Usage
from rubric_studio.domain.price import Price
from rubric_studio.domain.run import Batch, CallState, PlannedCall, RunState
from rubric_studio.domain.source import Source
from rubric_studio.store.project_file import ProjectFile
from tests.store.material import HALF_A_CHARACTER, bring_in, decide, judged, row, sample
from tests.store.run_material import BUSY, PLAN, TOKENS, add_run, done, failed, key, planned, waiting


def test_a_run_is_written_with_all_its_calls(store: ProjectFile):
    assert add_run(store, "R1", ["r1", "r2", "r3"]) == 3
    run = store.run("R1")
    assert (run.state, run.calls, run.done, run.failed, run.open) == (RunState.WAITING, 3, 0, 0, 3)
    assert run.plan == PLAN
    assert [(call.source, call.key, call.subject) for call in store.calls("R1")] == [
        ("r1", key("r1"), "[0,0]"), ("r2", key("r2"), "[0,0]"), ("r3", key("r3"), "[0,0]"),
    ]  # fmt: skip
    assert store.runs() == [run]
    assert [source.is_run for source in store.sources()] == [True]


def test_a_run_is_written_whole_or_not_at_all(store: ProjectFile):
    def breaks_off():
        yield planned("r1")[0]
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        store.add_run(Source(id="R1", kind="sampling", name="x"), PLAN, breaks_off())
    with pytest.raises(ValueError, match="non-hexadecimal"):
        store.add_run(Source(id="R1", kind="sampling", name="x"), PLAN, [PlannedCall("no key", "r1", "[]")])
    assert (store.runs(), store.sources()) == ([], [])


def test_calls_are_read_in_pages_and_by_state(store: ProjectFile):
    add_run(store, "R0", ["other"])
    add_run(store, "R1", [f"r{n}" for n in range(7)])
    first = store.calls("R1", limit=3)
    second = store.calls("R1", after=first[-1].number, limit=3)
    assert [call.source for call in first + second] == ["r0", "r1", "r2", "r3", "r4", "r5"]
    store.keep_outcomes("R1", [failed(first[1]), done(first[2])])
    ended = store.calls("R1", [CallState.DONE, CallState.FAILED])
    assert [(call.source, call.state) for call in ended] == [("r1", CallState.FAILED), ("r2", CallState.DONE)]
    assert len(waiting(store, "R1")) == 5
    assert store.calls("R1", []) == []


def test_an_outcome_brings_answer_sample_state_and_tokens(store: ProjectFile):
    add_run(store, "R1", ["r1", "r2"])
    one, two = waiting(store, "R1")
    store.keep_outcomes("R1", [done(one), failed(two)])
    run = store.run("R1")
    assert (run.done, run.failed, run.open, run.usage, run.reused) == (1, 1, 0, TOKENS, 0)
    assert store.answers([one.key, two.key]) == {one.key: Reply(text="42", usage=TOKENS)}
    assert [each for _, each in store.samples()] == [sample("r1")]
    kept = store.calls("R1")[1]
    assert (kept.state, kept.attempts, kept.fault) == (CallState.FAILED, 3, BUSY)


def test_what_a_run_cost_is_its_tokens_at_its_price(store: ProjectFile):
    add_run(store, "R1", ["r1", "r2"], price=Price(model="m", prompt=2.0, answer=10.0))
    store.keep_outcomes("R1", [done(call) for call in waiting(store, "R1")])
    # two calls of 10 tokens at 2 and 5 at 10 a million: 2 * (20 + 50) / 1,000,000
    assert store.run("R1").cost == pytest.approx(0.00014)


def test_an_outcome_that_is_kept_twice_counts_once(store: ProjectFile):
    add_run(store, "R1", ["r1"])
    outcome = done(waiting(store, "R1")[0])
    store.keep_outcomes("R1", [outcome, outcome])
    store.keep_outcomes("R1", [outcome])
    assert (store.run("R1").usage, store.counts().samples) == (TOKENS, 1)
    store.keep_outcomes("R1", [failed(outcome.call)])
    assert store.run("R1").done == 1


def test_what_was_at_hand_counts_as_reused_and_costs_nothing(store: ProjectFile):
    add_run(store, "R1", ["r1"])
    store.keep_outcomes("R1", [done(waiting(store, "R1")[0], paid=False, usage=Usage(), attempts=0)])
    assert (store.run("R1").reused, store.run("R1").usage) == (1, Usage())


def test_a_sample_whose_place_was_taken_meanwhile_gets_the_next_free_one(store: ProjectFile):
    add_run(store, "R1", ["r1"])
    bring_in(store, "S1", [], [sample("r1", run=0, text="brought in"), sample("r1", run=1, text="too")])
    (call,) = waiting(store, "R1")
    store.keep_outcomes(
        "R1", [done(call, sample("r1", run=0, text="asked"), sample("r1", run=1, text="twice"))]
    )
    found = [(each.run, each.text) for _, each in store.samples_of(sample("r1").row)]
    assert found == [(0, "brought in"), (1, "too"), (2, "asked"), (3, "twice")]
    assert store.sample_conflicts() == []


def test_a_sample_that_is_there_already_stays_once(store: ProjectFile):
    bring_in(store, "S1", [], [sample("r1")])
    add_run(store, "R1", ["r1"])
    store.keep_outcomes("R1", [done(waiting(store, "R1")[0])])
    assert store.counts().samples == 1
    assert store.delete_source("S1")
    assert store.counts().samples == 1


def test_half_characters_in_a_reply_are_kept(store: ProjectFile):
    add_run(store, "R1", ["r1"])
    (call,) = waiting(store, "R1")
    reply = Reply(text=HALF_A_CHARACTER, reasoning=HALF_A_CHARACTER)
    answer = sample("r1", text=HALF_A_CHARACTER, reasoning=HALF_A_CHARACTER)
    store.keep_outcomes("R1", [done(call, answer, answers=((call.key, reply),))])
    assert store.answers([call.key]) == {call.key: reply}
    assert [each for _, each in store.samples()] == [answer]
    assert [each for _, each in store.samples([1])] == [answer]


@pytest.mark.parametrize("text", ["a\0b", "\0", "\u2028 \x7f \x1b", 'quote " and \\', "🦉"])
def test_any_text_is_read_again_as_it_came(store: ProjectFile, text: str):
    add_run(store, "R1", ["r1"])
    (call,) = waiting(store, "R1")
    answer = sample("r1", text=text)
    bring_in(store, "S1", [row("r1", text, field=text)])
    store.keep_outcomes("R1", [done(call, answer, text=text)])
    assert [each for _, each in store.samples()] == [answer]
    assert store.answers([call.key])[call.key].text == text
    assert list(store.rows()) == [row("r1", text, field=text)]


def test_half_characters_in_a_fault_are_kept(store: ProjectFile):
    add_run(store, "R1", ["r1"])
    fault = BUSY.model_copy(update={"message": HALF_A_CHARACTER})
    store.keep_outcomes("R1", [failed(waiting(store, "R1")[0], fault)])
    assert store.calls("R1")[0].fault == fault


def test_an_answer_that_is_known_stays_as_it_is(store: ProjectFile):
    add_run(store, "R1", ["r1"])
    add_run(store, "R2", ["r1"])
    store.keep_outcomes("R1", [done(waiting(store, "R1")[0], text="first")])
    store.keep_outcomes("R2", [done(waiting(store, "R2")[0], text="second")])
    assert store.answers([key("r1")])[key("r1")].text == "first"


def test_verdicts_belong_to_their_run_and_go_with_it(store: ProjectFile):
    one = sample("r1")
    bring_in(store, "S1", [], [one])
    add_run(store, "R1", ["r1"], purpose="judging")
    store.keep_outcomes(
        "R1", [done(waiting(store, "R1")[0], one, verdicts=(judged(one),), samples=(), dropped_quotes=2)]
    )
    assert [verdict for _, verdict in store.judge_verdicts()] == [judged(one)]
    assert store.run("R1").dropped_quotes == 2
    assert store.delete_source("R1")
    assert (list(store.judge_verdicts()), store.counts().samples) == ([], 1)


def test_a_mark_for_an_answer_that_was_taken_away_fails_alone(store: ProjectFile):
    here, gone = sample("r1"), sample("r2")
    bring_in(store, "S1", [], [here])
    add_run(store, "R1", ["r1", "r2"], purpose="judging")
    one, two = waiting(store, "R1")
    store.keep_outcomes(
        "R1",
        [done(one, samples=(), verdicts=(judged(here),)), done(two, samples=(), verdicts=(judged(gone),))],
    )
    assert [verdict.sample for _, verdict in store.judge_verdicts()] == [here.key]
    kept = store.calls("R1")[1]
    assert (kept.state, kept.fault and kept.fault.kind) == (CallState.FAILED, FaultKind.CHANGED)
    assert two.key in store.answers([two.key])


def test_failed_calls_wait_again(store: ProjectFile):
    add_run(store, "R1", ["r1", "r2", "r3"])
    one, two, _ = waiting(store, "R1")
    store.keep_outcomes("R1", [done(one), failed(two)])
    assert store.retry_failed("R1") == 1
    assert [call.source for call in waiting(store, "R1")] == ["r2", "r3"]
    assert waiting(store, "R1")[0].attempts == 3


def test_calls_of_a_batch_are_sent_until_they_end(store: ProjectFile):
    add_run(store, "R1", [f"r{n}" for n in range(5)])
    calls = waiting(store, "R1")
    store.keep_outcomes("R1", [done(calls[1])])
    batch = Batch(token="t1", run="R1", first=calls[0].number, last=calls[2].number, at="2026")
    store.put_batch(batch)
    states = [call.state for call in store.calls("R1")]
    assert states == [CallState.SENT, CallState.DONE, CallState.SENT, CallState.WAITING, CallState.WAITING]
    assert store.run("R1").sent == 2
    named = batch.model_copy(update={"id": "batch_1", "state": "in_progress"})
    store.put_batch(named)
    assert store.batches("R1") == [named]
    store.keep_outcomes("R1", [failed(calls[0]), done(calls[2])])
    assert (store.run("R1").sent, store.run("R1").done, store.run("R1").failed) == (0, 2, 1)


def test_a_deleted_run_takes_its_samples_along_but_not_its_answers(store: ProjectFile):
    add_run(store, "R1", ["r1"])
    call = waiting(store, "R1")[0]
    store.put_batch(Batch(token="t1", run="R1", first=call.number, last=call.number))
    store.keep_outcomes("R1", [done(call)])
    assert store.delete_source("R1")
    assert (store.runs(), store.counts().samples) == ([], 0)
    assert list(store.answers([call.key])) == [call.key]
    assert store.connection.one("select (select count(*) from call) + (select count(*) from batch)") == 0
    with pytest.raises(StudioError, match="not in the project any more"):
        store.run("R1")
    assert store.problem() is None


def test_a_run_on_which_a_decision_hangs_is_hidden_instead(store: ProjectFile):
    add_run(store, "R1", ["r1"])
    store.keep_outcomes("R1", [done(waiting(store, "R1")[0])])
    decide(store, "d1", sample("r1").key, "keep")
    assert not store.delete_source("R1")
    assert (store.runs(), store.counts().samples) == ([], 0)


def test_the_state_of_a_run_is_kept_with_its_reason(store: ProjectFile):
    add_run(store, "R1", ["r1"])
    store.set_run_state("R1", RunState.PAUSED, "The key was refused.")
    assert (store.run("R1").state, store.run("R1").reason) == (RunState.PAUSED, "The key was refused.")
    store.set_run_state("R1", RunState.RUNNING)
    assert (store.run("R1").state, store.run("R1").reason) == (RunState.RUNNING, "")
