"""Sampling as a run: which draws it takes, what each asks, and the sample its answer makes. It makes no call itself."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.model_call import CallKeys, Fault, FaultKind, Reply, Request
from rubric_studio.domain.prompt import PromptTemplate
from rubric_studio.domain.row import Row
from rubric_studio.domain.run import Call, CallState, PlannedCall, RunPlan, RunState, RunSummary
from rubric_studio.domain.sample import Sample
from rubric_studio.services.call_work import Again, Prepared, RunOrder, Settled, with_seed_of
from rubric_studio.services.identifiers import redactor
from rubric_studio.services.ports import Store

PAGE = 1000
NAMED = 3
ENDED = (RunState.DONE, RunState.CANCELLED)
FILTER = "content_filter"
HIGHEST = 2**31
UNREADABLE = Fault(
    kind=FaultKind.CHANGED, message="What the call is about cannot be read: plan the run anew."
)


class SamplingWork:
    """A model asked about rows (see `CallWork`), `per_row` draws each; `run` is the run's id, which samples keep."""

    def __init__(self, order: RunOrder, run: str = "") -> None:
        if order.plan.prompt is None:
            raise ValueError("a run that samples needs a prompt")
        self.plan: RunPlan = order.plan
        self.prompt: PromptTemplate = order.plan.prompt
        self._rows = order.rows
        self._run = run
        self._prompt_hash = self.prompt.hash

    def planned(self, store: Store) -> Iterator[PlannedCall]:
        """The draws of every row that no run has made yet, or will make when it goes on.

        Raises:
            StudioError: a row has no text to be asked.
        """
        earlier = _Earlier(store, self.plan)
        mute: list[str] = []
        for row in store.rows(dict.fromkeys(self._rows)):
            request = self.request(row)
            if request is None:
                mute.append(row.id)
                continue
            keys = CallKeys(self.plan.endpoint, request)
            for draw in range(self.plan.per_row):
                key = keys.key(draw, self.plan.again)
                if not earlier.has_drawn(row.id, key):
                    yield PlannedCall(key, row.id, f"[{draw},{earlier.next_run(row.id)}]")
        if mute:
            raise _without_text(mute)

    def prepared(self, store: Store, calls: Sequence[Call]) -> list[Prepared | tuple[Call, Fault]]:
        """The calls ready to be asked, made anew from the rows as they are now.

        Draws of one row share one request, the very same value, unless each has a seed of its own.
        """
        requests = self._requests(store, {RowId(call.source) for call in calls})
        made: list[Prepared | tuple[Call, Fault]] = []
        for call in calls:
            subject = read_subject(call.subject)
            found = requests.get(call.source)
            if subject is None:
                made.append((call, UNREADABLE))
                continue
            draw, run = subject
            if found is None:
                made.append((call, _changed("The question is no longer in the project, or has no text.")))
            elif found[1].key(draw, self.plan.again) != call.key:
                made.append((call, _changed("The question has changed since this run was planned.")))
            else:
                made.append(Prepared(call, with_seed_of(found[0], draw), draw, run, call.source))
        return made

    def settle(self, prepared: Prepared, reply: Reply, asked_before: bool) -> Settled | Again:  # noqa: ARG002
        """The sample that a reply makes: an empty text and a refusal are answers too, one taken away is none."""
        text = reply.text or reply.refusal
        if not text and reply.finish == FILTER:
            fault = Fault(
                kind=FaultKind.FILTERED,
                message="The provider's content filter took the answer away.",
                request_id=reply.request_id,
            )
            return Settled(fault=fault)
        sample = Sample(
            row=RowId(prepared.call.source),
            model=self.plan.model,
            run=prepared.about,
            text=text,
            facts=self._facts(reply),
        )
        return Settled(samples=(sample,))

    def failed(self, prepared: Prepared, fault: Fault) -> Settled:  # noqa: ARG002
        """Nothing: a question without an answer has none."""
        return Settled(fault=fault)

    def request(self, row: Row) -> Request | None:
        """What is asked of a row, as it leaves the machine; None where there is nothing to ask."""
        shown = row if self.plan.redaction.is_empty else redactor(self.plan.redaction).row(row)
        messages = self.prompt.messages_for(shown)
        if not any(message.content for message in messages):
            return None
        return Request(
            model=self.plan.model,
            messages=messages,
            parameters=self.plan.parameters,
            response=self.prompt.response,
            api=self.plan.api,
        )

    def _requests(self, store: Store, rows: Iterable[RowId]) -> dict[str, tuple[Request, CallKeys]]:
        found: dict[str, tuple[Request, CallKeys]] = {}
        for row in store.rows(rows):
            request = self.request(row)
            if request is not None:
                found[row.id] = request, CallKeys(self.plan.endpoint, request)
        return found

    def _facts(self, reply: Reply) -> dict[str, Any]:
        """What else is known of an answer; what is not known is left out."""
        usage = reply.usage
        told = {
            "run": self._run,
            "finish": reply.finish,
            "answered_as": reply.model,
            "request_id": reply.request_id,
            "latency": round(reply.latency, 3),
            "prompt_tokens": usage and usage.prompt,
            "answer_tokens": usage and usage.answer,
            "reasoning_tokens": usage and usage.reasoning,
            "reasoning": reply.reasoning,
            "refusal": bool(reply.refusal) and not reply.text,
            "of": reply.of if reply.of > 1 else None,
        }
        facts = {name: value for name, value in told.items() if value}
        return {"prompt": self.prompt.title, "prompt_hash": self._prompt_hash, **facts}


class _Earlier:
    """What other runs of this project have drawn or will draw, and the run numbers that are given away."""

    def __init__(self, store: Store, plan: RunPlan) -> None:
        self._drawn: set[tuple[str, str]] = set()
        self._last: dict[str, int] = {}
        for info in store.sample_infos():
            if info.model == plan.model:
                self._see(info.row, info.run)
        for run in store.runs():
            if run.plan.purpose == "sampling" and run.plan.model == plan.model:
                self._read(store, run, plan)

    def has_drawn(self, row: str, key: str) -> bool:
        """Whether the draw is a sample of that row, or will be one."""
        return (row, key) in self._drawn

    def next_run(self, row: str) -> int:
        """The next free run number of a row; it is given away by this."""
        self._last[row] = 1 + self._last.get(row, -1)
        return self._last[row]

    def _see(self, row: str, run: int) -> None:
        self._last[row] = max(run, self._last.get(row, -1))

    def _read(self, store: Store, run: RunSummary, plan: RunPlan) -> None:
        """A run that has ended makes no more draws; only one that asks alike can have made the same."""
        states = [CallState.DONE]
        if run.state not in ENDED:
            states += [CallState.WAITING, CallState.SENT]
        asks_alike = (run.plan.endpoint, run.plan.parameters) == (plan.endpoint, plan.parameters)
        last = 0
        while page := store.calls(run.id, states, after=last, limit=PAGE):
            last = page[-1].number
            for call in page:
                subject = read_subject(call.subject)
                if subject is not None:
                    self._see(call.source, subject[1])
                if asks_alike:
                    self._drawn.add((call.source, call.key))


def read_subject(text: str) -> tuple[int, int] | None:
    """(draw, run number) of a call that samples; None where it cannot be read."""
    try:
        draw, run = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return None
    return (draw, run) if _is_number(draw) and _is_number(run) else None


def _is_number(value: object) -> bool:
    return type(value) is int and 0 <= value < HIGHEST


def _changed(message: str) -> Fault:
    return Fault(kind=FaultKind.CHANGED, message=message)


def _without_text(rows: Sequence[str]) -> StudioError:
    named = ", ".join(rows[:NAMED]) + (" …" if len(rows) > NAMED else "")
    return StudioError(
        "Questions without text",
        f"Nothing can be asked of {len(rows)} of the questions: {named}.",
        "Write their text first, or leave them out.",
    )
