"""What replies and faults make of a run's calls: outcomes to be kept, or a second question. Asks nobody itself.

The same for calls that are made one by one and for those that a provider works off as a batch.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rubric_studio.domain.model_call import Fault, Reply, Request, Usage
from rubric_studio.domain.run import Call, CallOutcome, CallState, RunPlan
from rubric_studio.services.call_work import CallWork, Prepared, Settled, key_of
from rubric_studio.services.ports import Store

NO_TOKENS = Usage()


class Question(NamedTuple):
    """What a call asks next. `answers` came over the network and did not fit; `attempts` and `usage` are theirs."""

    prepared: Prepared
    key: str
    request: Request
    is_second: bool = False
    answers: tuple[tuple[str, Reply], ...] = ()
    attempts: int = 0
    usage: Usage = NO_TOKENS

    def answered(self, reply: Reply | None, attempts: int, usage: Usage) -> "Question":
        """The question with what was spent on it since, and the reply where one came."""
        if not attempts:  # the reply was at hand
            return self
        return Question(
            self.prepared,
            self.key,
            self.request,
            self.is_second,
            self.answers if reply is None else (*self.answers, (self.key, reply)),
            self.attempts + attempts,
            usage if self.usage is NO_TOKENS else self.usage + usage,
        )


class Settling:
    """Settles the calls of one run, on the run's thread."""

    def __init__(self, store: Store, plan: RunPlan, work: CallWork) -> None:
        self._store, self._plan, self._work = store, plan, work

    def begun(self, calls: Sequence[Call]) -> Iterator[tuple[CallOutcome | Question, Question | None]]:
        """Calls as they stand before anything is asked, in order: ended by what is known, or what they ask.

        The second of each pair is the question that ended so, None where the call could not be made ready.
        """
        made = self._work.prepared(self._store, calls)
        known = self._store.answers([each.call.key for each in made if isinstance(each, Prepared)])
        for each in made:
            if isinstance(each, Prepared):
                question = Question(each, each.call.key, each.request)
                reply = known.get(question.key)
                yield question if reply is None else self.answered(question, reply), question
            else:
                yield CallOutcome(each[0], CallState.FAILED, each[1], paid=False), None

    def answered(
        self, question: Question, reply: Reply, attempts: int = 0, usage: Usage = NO_TOKENS
    ) -> CallOutcome | Question:
        """How a call ends by a reply, or what it asks now. Without attempts the reply was at hand and costs nothing."""
        asked = question.answered(reply, attempts, usage)
        settled = self._work.settle(asked.prepared, reply, asked.is_second)
        if isinstance(settled, Settled):
            return _ended(asked, settled)
        key = key_of(self._plan, settled.request, asked.prepared.draw)
        second = asked._replace(key=key, request=settled.request, is_second=True)
        known = self._store.answers([key]).get(key)
        return second if known is None else self.answered(second, known)

    def failed(
        self, question: Question, fault: Fault, attempts: int = 0, usage: Usage = NO_TOKENS
    ) -> CallOutcome:
        """How a call ends by a fault. One that would befall every other call as well leaves it waiting."""
        asked = question.answered(None, attempts, usage)
        if fault.stops_run:
            kept = CallOutcome(asked.prepared.call, CallState.WAITING, fault, answers=asked.answers)
            return kept._replace(attempts=asked.attempts, usage=asked.usage)
        settled = self._work.failed(asked.prepared, fault)
        return _ended(asked, settled._replace(fault=fault), keeps_answers=True)


def _ended(asked: Question, settled: Settled, *, keeps_answers: bool = False) -> CallOutcome:
    """An answer of no use is not kept: whoever asks again shall get another one."""
    return CallOutcome(
        call=asked.prepared.call,
        state=CallState.DONE if settled.fault is None else CallState.FAILED,
        fault=settled.fault,
        attempts=asked.attempts,
        answers=asked.answers if settled.fault is None or keeps_answers else (),
        samples=settled.samples,
        verdicts=settled.verdicts,
        usage=asked.usage,
        paid=bool(asked.attempts),
        dropped_quotes=settled.dropped_quotes,
    )
