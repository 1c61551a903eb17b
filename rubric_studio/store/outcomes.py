"""Writes how calls of a run ended: answers, samples, verdicts, states and sums. The transaction is the caller's."""

from collections.abc import Iterable, Mapping, Sequence

from pydantic_core import PydanticSerializationError

from rubric_studio.domain.ids import SampleKey
from rubric_studio.domain.model_call import Fault, FaultKind, Reply
from rubric_studio.domain.run import CallOutcome, CallState
from rubric_studio.domain.sample import Sample
from rubric_studio.store.bulk import put, take
from rubric_studio.store.connection import Connection, json_text
from rubric_studio.store.samples import known_ids, write_keyed_samples
from rubric_studio.store.verdicts import put_judge_verdicts

GONE = Fault(kind=FaultKind.CHANGED, message="The answer that was to be marked was taken away meanwhile.")


def write_outcomes(db: Connection, run: int, outcomes: Sequence[CallOutcome]) -> None:
    """Write them all; a call that is done already is passed over."""
    before = _states_before(db, run, outcomes)
    ended = [outcome for outcome in outcomes if outcome.call.number in before]
    ended = list({outcome.call.number: outcome for outcome in ended}.values())
    answers = [pair for outcome in ended for pair in outcome.answers]
    put(
        db,
        "insert into answer (key, reply) {values} on conflict (key) do nothing",
        [(bytes.fromhex(key), _reply_text(reply)) for key, reply in answers],
    )
    samples = [sample for outcome in ended for sample in outcome.samples]
    if samples:
        write_keyed_samples(db, run, at_free_places(db, samples))
    ended = _with_verdicts_written(db, run, ended)
    put(
        db,
        "update call set state = new.column2, attempts = attempts + new.column3, fault = new.column4 "
        "from ({values}) new where number = new.column1",
        [
            (outcome.call.number, outcome.state, outcome.attempts, _fault_text(outcome.fault))
            for outcome in ended
        ],
    )
    _add_up(db, run, ended, before)


def _states_before(db: Connection, run: int, outcomes: Sequence[CallOutcome]) -> dict[int, CallState]:
    """Where those of the calls stand, by number, that are not done yet."""
    numbers = [outcome.call.number for outcome in outcomes]
    rest = "from call where number in (select value from json_each(?)) and run = ? and state <> ?"
    values = [json_text(numbers), run, CallState.DONE]
    return {number: CallState(state) for number, state in take(db, ("number", "state"), rest, values)}


def at_free_places(db: Connection, samples: Sequence[Sample]) -> dict[SampleKey, Sample]:
    """The samples by key; one whose place another text has taken meanwhile has the next free run number."""
    rest = (
        "from json_each(?) wanted join sample s on s.row = json_extract(wanted.value, '$[0]') "
        "and s.model = json_extract(wanted.value, '$[1]') and s.run = json_extract(wanted.value, '$[2]')"
    )
    lines = take(
        db, ("s.row", "s.model", "s.run", "s.key"), rest, [json_text([each.place for each in samples])]
    )
    taken: dict[tuple[str, str, int], set[str]] = {}
    for row, model, run, key in lines:
        taken.setdefault((row, model, run), set()).add(key)
    placed: dict[SampleKey, Sample] = {}
    for sample in samples:
        key, place = sample.key, sample.place
        if place in taken and key not in taken[place]:
            sample = sample.model_copy(update={"run": _next_free(db, sample, taken)})
            key, place = sample.key, sample.place
        taken.setdefault(place, set()).add(key)
        placed[key] = sample
    return placed


def _next_free(db: Connection, sample: Sample, taken: Iterable[tuple[str, str, int]]) -> int:
    last = db.one("select max(run) from sample where row = ? and model = ?", [sample.row, sample.model])
    beside = [run for row, model, run in taken if (row, model) == (sample.row, sample.model)]
    return 1 + max(beside if last is None else [*beside, last])


def _with_verdicts_written(
    db: Connection, run: int, outcomes: Sequence[CallOutcome]
) -> Sequence[CallOutcome]:
    """Write the verdicts; a call whose sample is gone meanwhile has failed, and nothing else is lost by it."""
    if not any(outcome.verdicts for outcome in outcomes):
        return outcomes
    ids = known_ids(db, {verdict.sample for outcome in outcomes for verdict in outcome.verdicts})
    ended: list[CallOutcome] = []
    for outcome in outcomes:
        here = all(verdict.sample in ids for verdict in outcome.verdicts)
        ended.append(outcome if here else outcome._replace(state=CallState.FAILED, fault=GONE, verdicts=()))
    put_judge_verdicts(db, run, [verdict for outcome in ended for verdict in outcome.verdicts], ids)
    return ended


def _add_up(
    db: Connection, run: int, outcomes: Sequence[CallOutcome], before: Mapping[int, CallState]
) -> None:
    def more(state: CallState) -> int:
        now = sum(outcome.state is state for outcome in outcomes)
        return now - sum(before[outcome.call.number] is state for outcome in outcomes)

    used = [outcome.usage for outcome in outcomes if outcome.paid]
    db.run(
        "update run set prompt_tokens = prompt_tokens + ?, answer_tokens = answer_tokens + ?, "
        "reasoning_tokens = reasoning_tokens + ?, cached_tokens = cached_tokens + ?, "
        "reused = reused + ?, dropped_quotes = dropped_quotes + ?, "
        "done = done + ?, failed = failed + ?, sent = sent + ? where source = ?",
        [
            sum(usage.prompt for usage in used),
            sum(usage.answer for usage in used),
            sum(usage.reasoning for usage in used),
            sum(usage.cached for usage in used),
            sum(outcome.state is CallState.DONE and not outcome.paid for outcome in outcomes),
            sum(outcome.dropped_quotes for outcome in outcomes),
            more(CallState.DONE),
            more(CallState.FAILED),
            more(CallState.SENT),
            run,
        ],
    )


def _reply_text(reply: Reply) -> str:
    try:
        return reply.model_dump_json(exclude_defaults=True)
    except PydanticSerializationError:  # half a character, which JSON can write and UTF-8 cannot
        return json_text(reply.model_dump(exclude_defaults=True))


def _fault_text(fault: Fault | None) -> str | None:
    return None if fault is None else json_text(fault.model_dump(exclude_defaults=True))
