"""Works a run off in batches at the provider: calls up, looked at now and then, results merged. Knows no network.

What is at the server is known here before it is sent: a batch is written down with a token of ours first, so that a
kill at any instant loses none and sends none twice. Calls that failed, and second questions, go into a next batch.
"""

import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.model_call import Fault, FaultKind, Reply
from rubric_studio.domain.model_traffic import BatchLine, BatchState, ModelFault
from rubric_studio.domain.run import Batch, Call, CallOutcome, CallState, RunSummary
from rubric_studio.services.model_ports import BatchCalls, ModelServers
from rubric_studio.services.ports import Store
from rubric_studio.services.run_address import check_goes_there
from rubric_studio.services.run_kinds import work_of
from rubric_studio.services.run_news import RunNews
from rubric_studio.services.run_progress import RunControl
from rubric_studio.services.settling import NO_TOKENS, Question, Settling

PAGE = 500
LINES = 10_000
"""Calls in one batch; services take five times as many, but lose time with each."""
CHARACTERS = 50_000_000
"""Of text in one batch; services take files of 200 MB."""
POLL_SECONDS = 30.0
PATIENCE_SECONDS = 0.1
ROUNDS = 3
"""How often a call goes into a batch before it counts as failed."""
TROUBLES = 5
"""So many looks in a row that fail, and the run pauses with the reason."""

MERGED = "merged"
REFUSED = "refused"
SENDING = "sending"
NOT_ANSWERED = Fault(
    kind=FaultKind.TIMEOUT, message="The batch came back without an answer to this question."
)


class OverBudget(Exception):
    """The budget is reached: what is at the server comes back, nothing else is sent. Its text is the reason."""


class AtServer(NamedTuple):
    """What stands for an open connection in the news of a batch."""

    in_flight: int = 0
    waiting_for: str = ""


class BatchedRun:
    """One run while its calls go out and come back in batches."""

    def __init__(
        self,
        store: Store,
        run: RunSummary,
        servers: ModelServers,
        connection: Connection,
        control: RunControl,
        poll_seconds: float | None = None,
    ) -> None:
        self._store, self._run, self._control = store, run, control
        self._servers, self._connection = servers, connection
        self._settling = Settling(store, run.plan, work_of(run.plan, run.id))
        self._news = RunNews(run, control)
        self._poll_seconds = POLL_SECONDS if poll_seconds is None else poll_seconds
        self._troubles = 0

    def work_off(self) -> str:
        """Send, wait and merge until nothing is left or something ends it; the reason, "" where all is done.

        Stopped, it leaves the batches at the server, where they go on: the run finds them again.
        """
        with self._servers.batches(self._connection) as calls:
            while not self._control.is_stopped:
                try:
                    if not self._turn(calls):
                        return ""
                    self._troubles = 0
                except OverBudget as told:
                    return str(told)
                except ModelFault as told:
                    self._troubles += 1
                    if not told.fault.is_passing or self._troubles >= TROUBLES:
                        return told.fault.message
                self._wait()
        return ""

    def _turn(self, calls: BatchCalls) -> bool:
        """Look at every batch once, then send what waits; whether anything is left to wait for."""
        open_batches = [b for b in self._store.batches(self._run.id) if b.state not in (MERGED, REFUSED)]
        for batch in open_batches:
            self._look_at(calls, batch if batch.id else self._found_again(calls, batch))
        self._send_waiting(calls)
        run = self._store.run(self._run.id)
        return run.open > 0

    def _wait(self) -> None:
        until = time.monotonic() + self._poll_seconds
        while not self._control.is_stopped and (time.monotonic() < until or self._control.is_paused):
            time.sleep(PATIENCE_SECONDS if self._poll_seconds > PATIENCE_SECONDS else self._poll_seconds)

    # ---- sending

    def _send_waiting(self, calls: BatchCalls) -> None:
        while not self._control.is_stopped and not self._control.is_paused:
            questions = self._next_questions()
            if not questions:
                return
            if self._news.over_budget:
                self._end_if_all_is_back()
                return
            numbers = [question.prepared.call.number for question in questions]
            batch = Batch(
                token=f"{self._run.id}-{len(self._store.batches(self._run.id))}",
                run=self._run.id,
                state=SENDING,
                first=min(numbers),
                last=max(numbers),
                at=_now(),
            )
            self._store.put_batch(batch)
            self._send(calls, batch, questions)

    def _end_if_all_is_back(self) -> None:
        if not self._store.run(self._run.id).sent:
            raise OverBudget(self._news.over_budget)

    def _send(self, calls: BatchCalls, batch: Batch, questions: Sequence[Question]) -> None:
        by_key = {question.key: BatchLine(question.key, question.request) for question in questions}
        try:
            id = calls.send(batch.token, list(by_key.values()))
        except ModelFault as told:
            if _has_refused(told.fault):
                self._put_back(batch, told.fault)
            raise  # else it may be there: it is looked for by its token before any of it is sent again
        self._store.put_batch(batch.model_copy(update={"id": id, "state": "validating"}))
        self._tell(BatchState(id, "validating", total=len(by_key)))

    def _next_questions(self) -> list[Question]:
        """Waiting calls for one batch, in one unbroken run of numbers; those whose answers are known end at once."""
        questions: list[Question] = []
        characters = last = 0
        while len(questions) < LINES and characters < CHARACTERS:
            page = self._store.calls(self._run.id, [CallState.WAITING], last, min(PAGE, LINES))
            if not page:
                break
            last = page[-1].number
            for question in self._asked(page):
                questions.append(question)
                characters += sum(len(message.content) for message in question.request.messages)
        return questions

    def _asked(self, page: Sequence[Call]) -> Iterator[Question]:
        ended: list[tuple[CallOutcome, str]] = []
        for now, question in self._settling.begun(page):
            if isinstance(now, Question):
                yield now
            else:
                ended.append((now, question.prepared.row if question else ""))
        self._keep(ended)

    # ---- looking and merging

    def _found_again(self, calls: BatchCalls, batch: Batch) -> Batch:
        """A batch whose id was lost in a crash: the server knows it by our token, or never got it."""
        id = calls.find(batch.token)
        if id is None:
            self._put_back(batch, None)
            return batch
        found = batch.model_copy(update={"id": id, "state": "validating"})
        self._store.put_batch(found)
        return found

    def _look_at(self, calls: BatchCalls, batch: Batch) -> None:
        if not batch.id:
            return
        state = calls.state(batch.id)
        self._tell(state)
        if not state.has_ended:
            return
        if state.state == "failed" and not state.done:
            said = f' The server said: "{state.said}"' if state.said else ""
            fault = Fault(kind=FaultKind.BAD_REQUEST, message=f"The server refused the batch.{said}")
            self._put_back(batch, fault)
            raise ModelFault(fault)
        results = dict(calls.results(batch.id))
        self._merge(batch, results)
        self._close(batch, MERGED)
        for found in results.values():
            if isinstance(found, Fault) and found.stops_run:  # sent at once it would come back so for ever
                raise ModelFault(found)

    def _merge(self, batch: Batch, results: dict[str, Reply | Fault]) -> None:
        for page in self._sent(batch):
            ended: list[tuple[CallOutcome, str]] = []
            for now, question in self._settling.begun(page):
                if isinstance(now, Question):
                    ended.append((self._outcome(now, results.get(now.key, NOT_ANSWERED)), now.prepared.row))
                else:
                    ended.append((now, question.prepared.row if question else ""))
            self._keep(ended)

    def _outcome(self, question: Question, found: Reply | Fault) -> CallOutcome:
        call = question.prepared.call
        if isinstance(found, Fault):
            if found.is_passing and call.attempts + 1 < ROUNDS:
                return CallOutcome(call, CallState.WAITING, found, attempts=1)
            return self._settling.failed(question, found, attempts=1)
        usage = found.usage or NO_TOKENS
        now = self._settling.answered(question, found, 1, usage)
        self._news.spent(usage)
        if isinstance(now, CallOutcome):
            return now
        # It did not fit: the answer is kept, and the second question goes into the next batch.
        return CallOutcome(call, CallState.WAITING, None, now.attempts, now.answers, usage=now.usage)

    def _put_back(self, batch: Batch, fault: Fault | None) -> None:
        """Let the calls of a batch that never was wait again."""
        for page in self._sent(batch):
            self._store.keep_outcomes(
                self._run.id, [CallOutcome(call, CallState.WAITING, fault) for call in page]
            )
        self._close(batch, REFUSED)

    def _close(self, batch: Batch, state: str) -> None:
        """Nothing of it is at the server any more: of the calls it held, those that wait again are not in it."""
        self._store.put_batch(batch.model_copy(update={"state": state, "first": 0, "last": 0}))

    def _sent(self, batch: Batch) -> Iterator[list[Call]]:
        after = batch.first - 1
        while page := self._store.calls(self._run.id, [CallState.SENT], after, PAGE):
            within = [call for call in page if call.number <= batch.last]
            if within:
                yield within
            if len(within) < len(page):
                return
            after = page[-1].number

    def _keep(self, ended: Sequence[tuple[CallOutcome, str]]) -> None:
        if ended:
            self._store.keep_outcomes(self._run.id, [outcome for outcome, _ in ended])
            self._news.kept(ended)

    def _tell(self, state: BatchState) -> None:
        words = f"The batch is at the server ({state.state}): {state.done} of {state.total} done."
        self._news.tell(AtServer(state.total - state.done - state.failed, words), at_once=True)


def _has_refused(fault: Fault) -> bool:
    """Whether a server said that it took nothing. Going offline, or an answer that we cannot read, says nothing."""
    return fault.status >= 400 and not fault.is_passing


def cancel_batches(store: Store, run: str, servers: ModelServers, connection: Connection) -> None:
    """Ask the server to end the batches of a run that was cancelled.

    Raises:
        ModelFault: the server could not be asked.
        StudioError: the connection leads to another server than the run's.
    """
    check_goes_there(store.run(run).plan, connection)
    with servers.batches(connection) as calls:
        for batch in store.batches(run):
            if batch.state not in (MERGED, REFUSED):
                id = batch.id or calls.find(batch.token)
                if id is not None:
                    calls.cancel(id)


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
