"""Runs of model calls: planned whole, kept one by one, listed. What a call is about is not known here."""

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.model_call import Fault, FaultKind, Reply, Usage
from rubric_studio.domain.run import (
    Batch,
    Call,
    CallOutcome,
    CallState,
    PlannedCall,
    RunPlan,
    RunState,
    RunSummary,
)
from rubric_studio.domain.source import Source
from rubric_studio.store.bulk import put, read_json, take, take_for
from rubric_studio.store.connection import Connection, Part, json_text
from rubric_studio.store.outcomes import write_outcomes
from rubric_studio.store.sources import ImportWriter

log = logging.getLogger(__name__)

ANSWERS_PAGE = 1000
UNKNOWN_FAULT = Fault(kind=FaultKind.NONSENSE, message="Why it failed cannot be read.")

_RUN = """
    select r.source, s.id, s.person, s.at, r.plan, r.state, r.reason, r.prompt_tokens, r.answer_tokens,
        r.reasoning_tokens, r.cached_tokens, r.reused, r.dropped_quotes, r.calls, r.done, r.failed, r.sent
    from run r join source s on s.number = r.source
"""
# Searched for in the index once for each state: for several at once SQLite would sort all of them.
_NUMBERS = (
    "select number from "
    "(select number from call where run = ? and state = ? and number > ? order by number limit ?)"
)
_CALL = ("number", "lower(hex(key))", "source", "subject", "state", "attempts", "fault")


class Runs(Part):
    """Runs with their calls, answers and batches (see `RunStore` in the ports)."""

    def add_run(self, source: Source, plan: RunPlan, calls: Iterable[PlannedCall]) -> int:
        """Write a run with all its calls, whole or not at all; how many calls.

        They are planned before the file is locked for writing: planning reads much, and others write meanwhile.
        """
        planned = [(bytes.fromhex(call.key), call.source, call.subject) for call in calls]
        with self._db.transaction():
            ImportWriter(self._db).source(source)
            run = self._db.one("select number from source where id = ?", [source.id])
            self._db.run(
                "insert into run (source, plan, state, calls) values (?, ?, ?, ?)",
                [run, json_text(plan.model_dump(mode="json")), RunState.WAITING, len(planned)],
            )
            first = 1 + (self._db.one("select max(number) from call") or 0)
            put(
                self._db,
                "insert into call (number, run, key, source, subject, state) {values}",
                ((number, run, *call, CallState.WAITING) for number, call in enumerate(planned, start=first)),
            )
        return len(planned)

    def runs(self) -> list[RunSummary]:
        """Every run with its numbers, oldest first; those taken away or retired are not among them.

        Nor are those whose plan cannot be read, as of a newer program: they stay in the file as they are.
        """
        lines = self._db.all(f"{_RUN} where not s.retired order by s.at, s.number")
        return [run for run in map(_readable, lines) if run is not None]

    def run(self, id: str) -> RunSummary:
        """One run.

        Raises:
            StudioError: it is not here, or its plan cannot be read.
        """
        number = run_number(self._db, id)
        (line,) = self._db.all(f"{_RUN} where r.source = ?", [number])
        found = _readable(line)
        if found is None:
            raise StudioError(
                "The run cannot be read",
                "Its plan was written by a newer program, or is damaged. Nothing of it was changed.",
                "Open the project with the newest version of the program.",
            )
        return found

    def set_run_state(self, id: str, state: RunState, reason: str = "") -> None:
        """Say where a run stands."""
        with self._db.transaction():
            number = run_number(self._db, id)
            self._db.run("update run set state = ?, reason = ? where source = ?", [state, reason, number])

    def calls(
        self, run: str, states: Sequence[CallState] | None = None, after: int = 0, limit: int = 1000
    ) -> list[Call]:
        """Calls of a run in those states, or all, with numbers above `after`, in order."""
        wanted = list(CallState) if states is None else list(dict.fromkeys(states))
        if not wanted:
            return []
        number = run_number(self._db, run)
        numbers = " union all ".join([_NUMBERS] * len(wanted))
        values = [value for state in wanted for value in (number, state, after, limit)]
        rest = f"from call where number in ({numbers}) order by number limit ?"
        return [_call(line) for line in take(self._db, _CALL, rest, [*values, limit])]

    def answers(self, keys: Iterable[str]) -> dict[str, Reply]:
        """What is known of those keys; an answer that cannot be read is not known."""
        rest = "from ({values}) wanted join answer on answer.key = wanted.column1"
        lines = ((bytes.fromhex(key),) for key in dict.fromkeys(keys))
        found = take_for(self._db, ("lower(hex(answer.key))", "answer.reply"), rest, lines)
        read = ((key, _reply(reply)) for key, reply in found)
        return {key: reply for key, reply in read if reply is not None}

    def keep_outcomes(self, run: str, outcomes: Sequence[CallOutcome]) -> None:
        """Keep how calls ended, with answers, samples and verdicts, in one durable transaction.

        A call that is done already is passed over, whatever is said of it again.
        """
        with self._db.transaction():
            write_outcomes(self._db, run_number(self._db, run), outcomes)

    def retry_failed(self, run: str) -> int:
        """Let the failed calls of a run wait again; how many."""
        with self._db.transaction():
            number = run_number(self._db, run)
            count = self._db.run(
                "update call set state = ? where run = ? and state = ?",
                [CallState.WAITING, number, CallState.FAILED],
            )
            self._db.run("update run set failed = failed - ? where source = ?", [count, number])
            return count

    def put_batch(self, batch: Batch) -> None:
        """Keep a batch, or what changed of it; the calls between its ends that wait are sent from then on."""
        with self._db.transaction():
            number = run_number(self._db, batch.run)
            self._db.run(
                "insert into batch (token, run, id, state, first, last, at) values (?, ?, ?, ?, ?, ?, ?) "
                "on conflict (token) do update set id = excluded.id, state = excluded.state, at = excluded.at, "
                "first = excluded.first, last = excluded.last",
                [batch.token, number, batch.id, batch.state, batch.first, batch.last, batch.at],
            )
            count = self._db.run(
                "update call set state = ? where run = ? and state = ? and number between ? and ?",
                [CallState.SENT, number, CallState.WAITING, batch.first, batch.last],
            )
            self._db.run("update run set sent = sent + ? where source = ?", [count, number])

    def batches(self, run: str) -> list[Batch]:
        """The batches of a run, oldest first."""
        sql = "select token, id, state, first, last, at from batch where run = ? order by at, first, token"
        lines = self._db.all(sql, [run_number(self._db, run)])
        names = ("token", "id", "state", "first", "last", "at")
        return [Batch(run=run, **dict(zip(names, line, strict=True))) for line in lines]


def run_number(db: Connection, id: str) -> int:
    """The local number of a run.

    Raises:
        StudioError: it is not here.
    """
    number = db.one("select r.source from source s join run r on r.source = s.number where s.id = ?", [id])
    if number is None:
        raise StudioError("No such run", "This run is not in the project any more.")
    return number


def _readable(line: Sequence[Any]) -> RunSummary | None:
    try:
        return _summary(line)
    except (ValueError, RecursionError) as error:  # no JSON, another shape, a state that we do not know
        log.warning("The run %s cannot be read: %s", line[1], type(error).__name__)
        return None


def _reply(text: str) -> Reply | None:
    try:
        return Reply.model_validate(read_json(text))
    except (ValueError, RecursionError):
        return None


def _fault(text: str) -> Fault:
    try:
        return Fault.model_validate(read_json(text))
    except (ValueError, RecursionError):
        return UNKNOWN_FAULT


def _summary(line: Sequence[Any]) -> RunSummary:
    _, id, person, at, plan, state, reason, *numbers = line
    prompt, answer, reasoning, cached, reused, dropped, calls, done, failed, sent = numbers
    return RunSummary(
        id=id,
        plan=RunPlan.model_validate(read_json(plan)),
        state=RunState(state),
        reason=reason,
        person=person,
        at=at,
        calls=calls,
        done=done,
        failed=failed,
        sent=sent,
        reused=reused,
        usage=Usage(prompt=prompt, answer=answer, reasoning=reasoning, cached=cached),
        dropped_quotes=dropped,
    )


def _call(line: Sequence[Any]) -> Call:
    number, key, source, subject, state, attempts, fault = line
    told = None if fault is None else _fault(fault)
    return Call(number, key, source, subject, CallState(state), attempts, told)
