"""A wording proposed by a model, as a run: what is sent, what came back. It changes nothing by itself."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from pydantic import TypeAdapter

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.ids import SampleKey
from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.judge_answer import Unfit, complaint_of
from rubric_studio.domain.model_call import Fault, FaultKind, Reply
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.run import Call, CallState, PlannedCall, RunPlan
from rubric_studio.domain.wording_prompt import (
    Differing,
    WordsAsked,
    WordsProposed,
    asked_again,
    read_words,
    wording_request,
)
from rubric_studio.grader.measures import Answer
from rubric_studio.services.call_work import Again, Prepared, RunOrder, Settled, key_of
from rubric_studio.services.disputes import Dispute, Said, disputes
from rubric_studio.services.identifiers import redactor
from rubric_studio.services.ports import Store
from rubric_studio.services.replaying import replayed_run

MOST_DISPUTES = 40
"""The worst so many are sent: more would cost without telling more."""
SOMEBODY = "an expert"
DOES_NOT_APPLY = "does not apply"

_SUBJECT = TypeAdapter(tuple[str, tuple[str, ...]])


class Proposed(NamedTuple):
    """What came of a run. Without words, `trouble` says why in a plain sentence; both empty: nothing came yet."""

    criterion: str
    words: WordsProposed | None = None
    trouble: str = ""
    model: str = ""


class WordingWork:
    """A model asked for a wording (see `CallWork`): one call about one criterion."""

    def __init__(self, order: RunOrder) -> None:
        if order.plan.rubric is None:
            raise ValueError("a wording needs a rubric")
        self._order = order
        self.plan: RunPlan = order.plan
        self._rubric = Rubric.model_validate(order.plan.rubric)

    def planned(self, store: Store) -> Iterator[PlannedCall]:
        """The one call; none where the disputes are no more."""
        for criterion in self._order.criteria:
            asked = self._asked(store, criterion, self._order.disputes)
            if asked is not None:
                request = wording_request(asked, self.plan.model, self.plan.parameters, self.plan.api)
                subject = json.dumps([criterion, self._order.disputes], ensure_ascii=False)
                yield PlannedCall(key_of(self.plan, request, 0), criterion, subject)

    def prepared(self, store: Store, calls: Sequence[Call]) -> list[Prepared | tuple[Call, Fault]]:
        """The call, made anew from the marks as they are now."""
        return [self._ready(store, call) for call in calls]

    def settle(self, prepared: Prepared, reply: Reply, asked_before: bool) -> Settled | Again:
        """Whether the answer can be read; one that does not fit is asked for once more, and never used."""
        try:
            self.read(prepared, reply)
        except Unfit as unfit:
            if not asked_before:
                said = reply.text or reply.refusal
                return Again(asked_again(prepared.request, said, str(unfit), prepared.about))
            message = f"The model's answer could not be used, twice: {unfit}."
            return Settled(fault=Fault(kind=FaultKind.UNFIT, message=message, request_id=reply.request_id))
        return Settled()

    def failed(self, prepared: Prepared, fault: Fault) -> Settled:  # noqa: ARG002
        """Nothing but the fault."""
        return Settled(fault=fault)

    def read(self, prepared: Prepared, reply: Reply) -> WordsProposed:
        """The words that a reply proposes.

        Raises:
            Unfit: it cannot be used.
        """
        complaint = complaint_of(reply)
        found, value, problem = (False, None, complaint) if complaint else Answer(reply.text).reading()
        if not found:
            raise Unfit(problem)
        return read_words(value, prepared.about)

    def _ready(self, store: Store, call: Call) -> Prepared | tuple[Call, Fault]:
        try:
            criterion, names = _SUBJECT.validate_json(call.subject)
        except ValueError:
            return call, _changed("What the call is about cannot be read: ask for a wording anew.")
        asked = self._asked(store, criterion, names)
        if asked is not None:
            request = wording_request(asked, self.plan.model, self.plan.parameters, self.plan.api)
            if key_of(self.plan, request, 0) == call.key:
                return Prepared(call, request, 0, asked)
        return call, _changed("The words or the marks have changed since this was asked for.")

    def _asked(self, store: Store, criterion: str, names: Sequence[str]) -> WordsAsked | None:
        samples = {SampleKey(name.partition("/")[0]) for name in names}
        found = {each.subject: each for each in disputes(store, self._rubric, samples=samples)}
        chosen = [found[name] for name in names if name in found and found[name].key == criterion]
        if not chosen:
            return None
        redact = redactor(self.plan.redaction)
        nameless = _without_names([person.name for person in store.people()])
        return words_asked(chosen, lambda text: redact.text(nameless(text)).text)


def words_asked(chosen: Sequence[Dispute], cleaned: Callable[[str], str]) -> WordsAsked:
    """The criterion of some disputes as a model is asked about it."""
    asked = chosen[0].asked
    levels = asked.levels if asked.criterion is not None else ()
    wording = asked.wording if asked.criterion is None else asked.criterion.words
    return WordsAsked(
        title=cleaned(asked.title),
        wording=cleaned(wording),
        levels=tuple((each.key, cleaned(each.text)) for each in levels),
        differing=tuple(Differing(tuple(_view(said, cleaned) for said in each.said)) for each in chosen),
    )


def wording_order(
    judge: JudgeConfig, connection: Connection, rubric: Rubric, chosen: Sequence[Dispute], at: str = ""
) -> RunOrder:
    """The run that asks a judge's model for a wording of the disputed criterion, with the worst disputes.

    `at` (ISO 8601) asks anew where the same was asked before.
    """
    worst = chosen[:MOST_DISPUTES]
    plan = RunPlan(
        purpose="wording",
        title=worst[0].asked.title,
        connection=connection.id,
        connection_name=connection.name,
        endpoint=connection.endpoint,
        model=judge.model,
        api=judge.api,
        parameters=judge.parameters,
        rubric=rubric.to_json(),
        again=at,
    )
    return RunOrder(plan, criteria=(worst[0].key,), disputes=tuple(each.subject for each in worst))


def proposed_wording(store: Store, run: str) -> Proposed:
    """What came of a run that asked for a wording."""
    plan = store.run(run).plan
    work = WordingWork(RunOrder(plan))
    for each in replayed_run(store, run, work, plan):
        if each.settled.fault is None:
            words = work.read(each.prepared, each.reply)
            return Proposed(each.prepared.call.source, words, model=each.reply.model or plan.model)
    calls = store.calls(run)
    failed = next((call for call in calls if call.state is CallState.FAILED and call.fault), None)
    trouble = failed.fault.message if failed and failed.fault else ""
    answered = any(call.state is CallState.DONE for call in calls)
    if answered and not trouble:
        trouble = "The words or the marks have changed since this was asked for."
    return Proposed(calls[0].source if calls else "", trouble=trouble, model=plan.model)


def _view(said: Said, cleaned: Callable[[str], str]) -> tuple[str, str]:
    verdict = said.verdict
    value = "" if verdict.value is None else f"{verdict.value:g}"
    grade = DOES_NOT_APPLY if said.says_na else verdict.level or value
    return grade, cleaned(verdict.reason)


def _without_names(names: Sequence[str]) -> Callable[[str], str]:
    """Put "an expert" where a colleague is named in full."""
    known = sorted({name.strip() for name in names if len(name.strip()) > 1}, key=len, reverse=True)
    if not known:
        return lambda text: text
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, known))})\b", re.IGNORECASE)
    return lambda text: pattern.sub(SOMEBODY, text)


def _changed(message: str) -> Fault:
    return Fault(kind=FaultKind.CHANGED, message=message)
