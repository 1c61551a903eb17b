from collections.abc import Sequence

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.model_call import Fault, FaultKind, Parameters, Request, Usage
from rubric_studio.domain.price import Price
from rubric_studio.domain.run import Call, CallState, RunState
from rubric_studio.services import running
from rubric_studio.services.call_work import Again, Prepared, Settled
from rubric_studio.services.edits import Author, ChangeRow, perform
from rubric_studio.services.runs import failures, reopened, retry_failed
from rubric_studio.store.project_file import ProjectFile
from tests.services.fake_asking import FakeAsking, FakeServers, Told, Watching, echo, said
from tests.services.run_room import HOME, ask_rows, start, texts, work_off

BUSY = Fault(kind=FaultKind.SERVER, message="The server failed.", status=500)
NO_KEY = Fault(kind=FaultKind.KEY, message="The server refused the key.", status=401)


def faulty(*bad: str, fault: Fault = BUSY):
    """A server that answers all questions but those."""

    def behave(request: Request, choices: int) -> Told:
        return fault if request.messages[-1].content in bad else echo(request, choices)

    return behave


def test_a_run_asks_all_and_keeps_every_answer_once(store: ProjectFile, author: Author):
    run = start(store, author, ask_rows(store, author, 3))
    asking, watching = FakeAsking(echo), Watching()
    run = work_off(store, run, asking, watching)
    assert (run.state, run.done, run.failed, run.reason) == (RunState.DONE, 3, 0, "")
    assert texts(store) == [("n0", 0, "text 0 #0"), ("n1", 0, "text 1 #0"), ("n2", 0, "text 2 #0")]
    # three calls of 10 and 5 tokens
    assert run.usage == Usage(prompt=30, answer=15)
    last = watching.told[-1]
    assert (last.done, last.total, last.in_flight, last.usage) == (3, 3, 0, run.usage)
    assert frozenset().union(*(told.rows for told in watching.told)) == {"n0", "n1", "n2"}
    assert work_off(store, run, FakeAsking(faulty())).state is RunState.DONE


def test_draws_of_a_row_are_asked_in_one_call(store: ProjectFile, author: Author):
    run = start(store, author, ask_rows(store, author, 2), per_row=3)
    asking = FakeAsking(echo)
    run = work_off(store, run, asking)
    assert [choices for _, choices in asking.asked] == [3, 3]
    assert [text for row, _, text in texts(store) if row == "n0"] == ["text 0 #0", "text 0 #1", "text 0 #2"]
    assert run.usage == Usage(prompt=20, answer=10)  # the server counts for all choices of a call together


def test_a_server_that_ignores_the_number_is_topped_up(store: ProjectFile, author: Author):
    def only_one(request: Request, choices: int) -> Told:
        return echo(request, 1)

    run = start(store, author, ask_rows(store, author, 2), per_row=4)
    asking = FakeAsking(only_one, width=1)
    run = work_off(store, run, asking)
    assert (run.state, run.done) == (RunState.DONE, 8)
    # one call for four brings one, then all are asked singly, but for what was handed over before
    assert len(asking.asked) == 8
    assert [choices for _, choices in asking.asked[2:]] == [1] * 6
    assert [each[1] for each in texts(store)] == [0, 1, 2, 3, 0, 1, 2, 3]


def test_a_server_that_refuses_the_number_is_asked_singly(store: ProjectFile, author: Author):
    refused = Fault(kind=FaultKind.BAD_REQUEST, message="n must be 1", status=400)

    def no_number(request: Request, choices: int) -> Told:
        return refused if choices > 1 else echo(request, 1)

    run = start(store, author, ask_rows(store, author, 2), per_row=3)
    run = work_off(store, run, FakeAsking(no_number))
    assert (run.state, run.done, run.failed) == (RunState.DONE, 6, 0)


@pytest.mark.parametrize("how", [{"api": "responses"}, {"parameters": Parameters(seed=7)}])
def test_draws_are_asked_singly_where_one_call_cannot_ask_for_several(
    store: ProjectFile, author: Author, how
):
    run = start(store, author, ask_rows(store, author, 1), per_row=3, **how)
    asking = FakeAsking(echo)
    work_off(store, run, asking)
    assert [choices for _, choices in asking.asked] == [1, 1, 1]
    if "parameters" in how:
        assert sorted(request.parameters.seed or 0 for request, _ in asking.asked) == [7, 8, 9]


def test_what_is_known_is_never_asked_again(store: ProjectFile, author: Author):
    rows = ask_rows(store, author, 3)
    first = work_off(store, start(store, author, rows, per_row=2), FakeAsking(echo))
    store.delete_source(first.id)
    assert texts(store) == []
    again = start(store, author, rows, per_row=2)
    asking = FakeAsking(faulty("text 0", "text 1", "text 2"))
    again = work_off(store, again, asking)
    assert (again.state, again.done, again.reused, again.usage) == (RunState.DONE, 6, 6, Usage())
    assert asking.asked == []
    assert len(texts(store)) == 6


def test_equal_questions_in_one_run_are_asked_once(store: ProjectFile, author: Author):
    rows = ask_rows(store, author, 1)
    edited = next(store.rows([rows[0]])).model_copy(update={"id": RowId("q1")})
    perform(store, ChangeRow(row=edited), author)
    run = start(store, author, (*rows, RowId("q1")))
    asking = FakeAsking(echo)
    run = work_off(store, run, asking)
    assert (run.done, run.reused, len(asking.asked)) == (2, 1, 1)
    assert [(row, text) for row, _, text in texts(store)] == [("n0", "text 0 #0"), ("q1", "text 0 #0")]


def test_a_fault_fails_its_own_call_only_and_can_be_tried_again(store: ProjectFile, author: Author):
    run = start(store, author, ask_rows(store, author, 3))
    run = work_off(store, run, FakeAsking(faulty("text 1")))
    assert (run.state, run.done, run.failed) == (RunState.DONE, 2, 1)
    (failure,) = failures(store, run.id)
    assert (failure.kind, failure.calls, failure.example.source) == (FaultKind.SERVER, 1, "n1")
    assert retry_failed(store, run.id) == 1
    assert store.run(run.id).state is RunState.WAITING
    asking = FakeAsking(echo)
    run = work_off(store, run, asking)
    assert (run.done, run.failed, asking.counted()) == (3, 0, {"text 1": 1})


def test_a_fault_that_would_befall_every_call_pauses_the_run(store: ProjectFile, author: Author):
    run = start(store, author, ask_rows(store, author, 40))
    asking = FakeAsking(faulty("text 3", fault=NO_KEY), width=4)
    run = work_off(store, run, asking)
    assert (run.state, run.reason, run.failed) == (RunState.PAUSED, NO_KEY.message, 0)
    assert run.open > 0
    waiting = store.calls(run.id, [CallState.WAITING])
    assert [call.fault for call in waiting if call.fault] == [NO_KEY]
    assert len(texts(store)) == run.done > 0
    run = work_off(store, run, FakeAsking(echo))
    assert (run.state, run.done, run.reason) == (RunState.DONE, 40, "")


def test_a_server_that_is_gone_does_not_burn_through_the_run(store: ProjectFile, author: Author):
    run = start(store, author, ask_rows(store, author, 200))
    run = work_off(store, run, FakeAsking(lambda *_: BUSY, width=4))
    assert run.state is RunState.PAUSED
    assert "25 calls failed one after the other" in run.reason
    assert run.failed < 40


def test_the_budget_pauses_the_run_and_keeps_what_is_on_the_way(store: ProjectFile, author: Author):
    # a call costs 10 * 1 + 5 * 2 = 20 dollars; the budget of 100 is reached by the fifth
    price = Price(model="alder", prompt=1_000_000, answer=2_000_000)
    run = start(store, author, ask_rows(store, author, 300), price=price, budget=100.0)
    run = work_off(store, run, FakeAsking(echo, width=5), Watching())
    assert (run.state, run.reason) == (RunState.PAUSED, "The budget of 100.00 USD is reached.")
    assert 5 <= run.done <= 10
    assert run.cost == 20.0 * run.done
    assert len(texts(store)) == run.done


def test_pausing_keeps_what_is_on_the_way_and_going_on_asks_nothing_twice(store: ProjectFile, author: Author):
    run = start(store, author, ask_rows(store, author, 400))
    asking = FakeAsking(echo, width=8)
    run = work_off(store, run, asking, Watching(pause_at=8))
    assert (run.state, run.reason) == (RunState.PAUSED, "")
    assert 8 <= run.done == len(asking.asked) < 400
    assert asking.was_held == [True]
    run = work_off(store, run, asking)
    assert (run.state, run.done, max(asking.counted().values())) == (RunState.DONE, 400, 1)


def test_a_pause_that_is_taken_back_goes_on(store: ProjectFile, author: Author):
    asking = FakeAsking(echo, width=2, slow=True)

    class Hesitant(Watching):
        def tell(self, progress):
            self.told.append(progress)
            self.is_paused = len(self.told) < 4
            asking.slow = self.is_paused

    run = start(store, author, ask_rows(store, author, 6))
    run = work_off(store, run, asking, Hesitant())
    assert (run.state, run.done, asking.was_held) == (RunState.DONE, 6, [True, False])


def test_stopping_keeps_what_comes_in_the_last_moment(
    store: ProjectFile, author: Author, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(running, "LAST_MOMENT", 0.3)
    run = start(store, author, ask_rows(store, author, 300))
    asking = FakeAsking(echo, width=4)
    watching = Watching(stop_at=4)
    run = work_off(store, run, asking, watching)
    assert run.state is RunState.PAUSED
    assert run.done == len(asking.asked)


def test_a_stop_does_not_wait_for_an_answer_that_never_comes(
    store: ProjectFile, author: Author, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(running, "LAST_MOMENT", 0.1)
    run = start(store, author, ask_rows(store, author, 2))
    asking = FakeAsking(echo, slow=True)

    class Impatient(Watching):
        def tell(self, progress):
            super().tell(progress)
            self.is_stopped = progress.in_flight > 0

    run = work_off(store, run, asking, Impatient())
    assert (run.state, run.open) == (RunState.PAUSED, 2)


def test_a_question_that_changed_since_is_not_asked(store: ProjectFile, author: Author):
    rows = ask_rows(store, author, 2)
    run = start(store, author, rows)
    row = next(store.rows([rows[0]]))
    prompt = (row.prompt[0].model_copy(update={"content": "another text"}),)
    perform(store, ChangeRow(row=row.model_copy(update={"prompt": prompt})), author)
    asking = FakeAsking(echo)
    run = work_off(store, run, asking)
    assert (run.done, run.failed, asking.counted()) == (1, 1, {"text 1": 1})
    assert [each.kind for each in failures(store, run.id)] == [FaultKind.CHANGED]


def test_a_refusal_and_an_empty_answer_are_samples_but_what_was_filtered_is_none(
    store: ProjectFile, author: Author
):
    told = {
        "text 0": said("", refusal="I cannot help with that."),
        "text 1": said("", finish="length"),
        "text 2": said("", finish="content_filter"),
    }
    run = start(store, author, ask_rows(store, author, 3))
    run = work_off(store, run, FakeAsking(lambda request, _: [told[request.messages[-1].content]]))
    assert [text for _, _, text in texts(store)] == ["I cannot help with that.", ""]
    assert [each.kind for each in failures(store, run.id)] == [FaultKind.FILTERED]
    retry_failed(store, run.id)
    run = work_off(store, run, FakeAsking(echo))  # what the filter left is no answer to be used again
    assert run.done == 3


def test_a_run_that_the_program_left_is_paused(store: ProjectFile, author: Author):
    run = start(store, author, ask_rows(store, author, 1))
    assert reopened(store) == []
    store.set_run_state(run.id, RunState.RUNNING)
    (paused,) = reopened(store)
    assert (paused.state, paused.reason) == (RunState.PAUSED, "The program ended while it ran.")


def test_a_run_that_cannot_begin_is_paused_with_the_reason(store: ProjectFile, author: Author):
    class Closed(FakeServers):
        def asking(self, connection):
            raise StudioError("No key", "There is no key for this connection.")

    run = start(store, author, ask_rows(store, author, 1))
    with pytest.raises(StudioError):
        running.run_calls(store, run.id, Closed(FakeAsking(echo)), HOME, Watching())
    run = store.run(run.id)
    assert (run.state, run.reason) == (RunState.PAUSED, "There is no key for this connection.")


def test_an_error_of_ours_pauses_the_run_and_keeps_what_came(store: ProjectFile, author: Author):
    def breaks(request: Request, choices: int) -> Told:
        if request.messages[-1].content == "text 5":
            raise RuntimeError("a slip of ours")
        return echo(request, choices)

    run = start(store, author, ask_rows(store, author, 9))
    with pytest.raises(RuntimeError):
        work_off(store, run, FakeAsking(breaks, width=2))
    run = store.run(run.id)
    assert (run.state, run.done) == (RunState.PAUSED, len(texts(store)))
    assert run.done >= 2
    assert "error of the program" in run.reason


class Picky:
    """Takes an answer only at the second asking, and only if it is a good one."""

    def __init__(self, work) -> None:
        self._work = work

    def prepared(self, store: ProjectFile, calls: Sequence[Call]):
        return self._work.prepared(store, calls)

    def settle(self, prepared: Prepared, reply, asked_before: bool):
        if not asked_before:
            (message,) = prepared.request.messages
            again = message.model_copy(update={"content": message.content + " again"})
            return Again(prepared.request.model_copy(update={"messages": (again,)}))
        if "bad" in reply.text:
            return Settled(fault=Fault(kind=FaultKind.UNFIT, message="It does not fit."))
        return self._work.settle(prepared, reply, asked_before)

    def failed(self, prepared: Prepared, fault: Fault):
        return self._work.failed(prepared, fault)


@pytest.fixture
def picky(monkeypatch: pytest.MonkeyPatch) -> None:
    real = running.work_of
    monkeypatch.setattr(running, "work_of", lambda plan, run: Picky(real(plan, run)))


def test_an_answer_that_does_not_fit_is_asked_once_more(store: ProjectFile, author: Author, picky: None):
    run = start(store, author, ask_rows(store, author, 2))
    asking = FakeAsking(echo)
    run = work_off(store, run, asking)
    assert asking.counted() == {"text 0": 1, "text 0 again": 1, "text 1": 1, "text 1 again": 1}
    assert [text for _, _, text in texts(store)] == ["text 0 again #0", "text 1 again #0"]
    assert run.usage == Usage(prompt=40, answer=20)
    assert [call.attempts for call in store.calls(run.id)] == [2, 2]


def test_both_answers_are_known_the_next_time(store: ProjectFile, author: Author, picky: None):
    rows = ask_rows(store, author, 2)
    store.delete_source(work_off(store, start(store, author, rows), FakeAsking(echo)).id)
    asking = FakeAsking(echo)
    run = work_off(store, start(store, author, rows), asking)
    assert (run.done, run.reused, asking.asked) == (2, 2, [])


def test_an_answer_that_never_fits_fails_and_is_asked_anew_when_tried_again(
    store: ProjectFile, author: Author, picky: None
):
    run = start(store, author, ask_rows(store, author, 1))
    run = work_off(store, run, FakeAsking(lambda *_: [said("bad")]))
    assert (run.failed, [each.kind for each in failures(store, run.id)]) == (1, [FaultKind.UNFIT])
    retry_failed(store, run.id)
    assert work_off(store, run, FakeAsking(echo)).done == 1


def test_a_second_question_that_fails_leaves_the_first_answer_known(
    store: ProjectFile, author: Author, picky: None
):
    run = start(store, author, ask_rows(store, author, 1))
    run = work_off(store, run, FakeAsking(faulty("text 0 again")))
    assert run.failed == 1
    retry_failed(store, run.id)
    asking = FakeAsking(echo)
    assert work_off(store, run, asking).done == 1
    assert asking.counted() == {"text 0 again": 1}
