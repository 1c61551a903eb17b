"""Finds out what a run would take before it starts: it plans all calls and makes a part of them ready. Asks nothing.

Tokens and identifiers are looked for in at most `LOOKED_AT` calls spread over the order, so that ten thousand
calls are estimated as soon as they are planned.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.prompt import PLACEHOLDER, PromptTemplate
from rubric_studio.domain.question import PROMPT_FIELD
from rubric_studio.domain.redacting import PLACEHOLDER as REPLACED
from rubric_studio.domain.redaction import Redaction
from rubric_studio.domain.row import Message
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.run import Call, PlannedCall
from rubric_studio.services.asked import Asked, questionnaire
from rubric_studio.services.call_work import CallWork, Prepared, RunOrder
from rubric_studio.services.estimate import Estimate, Example, Finding, Leaving, Part
from rubric_studio.services.identifiers import KIND_OF, redactor
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.run_kinds import work_of as real_work_of
from rubric_studio.services.token_guesses import WorkOf, answer_tokens, prompt_tokens, seen_before

Each = TypeVar("Each")

LOOKED_AT = 200
EXAMPLES = 12
PAGE = 500
SMALL_PAGE = 20
FIRST_FOUND = 3


class _Looked(NamedTuple):
    """Calls made ready, as they stand and as they go out, in the same order."""

    plain: tuple[Prepared, ...]
    sent: tuple[Prepared, ...]
    changed: int = 0


def estimate(
    store: Store,
    order: RunOrder,
    connection: Connection | None = None,
    progress: Progress = no_progress,
    work_of: WorkOf = real_work_of,
) -> Estimate:
    """What a run of that order would take. Raises Cancelled where the user stopped it."""
    calls, known = _counted(store, order, work_of(order), progress)
    looked = _looked(store, part_of(order, LOOKED_AT), work_of, LOOKED_AT, progress)
    seen = seen_before(store, order.plan, work_of)
    requests = [each.request for each in looked.sent]
    return Estimate(
        calls=calls,
        known=known,
        looked_at=len(looked.sent),
        changed=looked.changed,
        leaving=leaving(store, order),
        findings=_findings(looked.plain, order.plan.redaction, progress),
        prompt=prompt_tokens(requests, seen),
        answer=answer_tokens(order.plan, _points_per_call(order, looked), seen),
        draws_per_call=_draws_per_call(order, connection),
        reasoning=order.plan.parameters.reasoning_effort or "" if not seen.answer_tokens else "",
        examples=_examples(looked),
    )


def examples(
    store: Store, order: RunOrder, progress: Progress = no_progress, work_of: WorkOf = real_work_of
) -> tuple[Example, ...]:
    """A few calls with their real texts, quickly."""
    return _examples(_looked(store, part_of(order, EXAMPLES), work_of, EXAMPLES, progress))


def leaving(store: Store, order: RunOrder) -> Leaving:
    """Which parts of the project a run of that order sends, and which reference fields."""
    plan = order.plan
    if plan.purpose == "wording":
        return Leaving(("wording", "reasons"))
    if plan.judge is not None and plan.rubric is not None:
        return _leaving_to_judge(store, order, Rubric.model_validate(plan.rubric))
    template = plan.prompt or PromptTemplate(name="-")
    names = [name for message in template.messages for name in PLACEHOLDER.findall(message.content)]
    own_words = any(PLACEHOLDER.sub("", message.content).strip() for message in template.messages)
    fields, left_out = _parted(store, template.fields, plan.redaction)
    parts: list[tuple[Part, bool]] = [
        ("question", "prompt" in names),
        ("fields", bool(fields)),
        ("instructions", own_words),
        ("schema", template.response is not None),
    ]
    return Leaving(tuple(part for part, there in parts if there), fields, left_out)


def part_of(order: RunOrder, most: int) -> RunOrder:
    """The same order for at most so many of its rows or samples, spread over all of it."""
    return order._replace(rows=_spread(order.rows, most), samples=_spread(order.samples, most))


def _leaving_to_judge(store: Store, order: RunOrder, rubric: Rubric) -> Leaving:
    asked = list(_asked(store, part_of(order, LOOKED_AT), rubric))
    reads = sorted({name for each in asked for name in each.question.reads})
    named = [name for name in reads if name != PROMPT_FIELD]
    fields, left_out = _parted(store, named, order.plan.redaction)
    judge = order.plan.judge
    parts: list[tuple[Part, bool]] = [
        ("answer", True),
        ("question", PROMPT_FIELD in reads),
        ("fields", bool(fields)),
        ("wording", True),
        ("anchors", any(level.anchors for each in asked for level in each.levels)),
        ("instructions", judge is not None and bool(judge.instructions.strip())),
    ]
    return Leaving(tuple(part for part, there in parts if there), fields, left_out)


def _asked(store: Store, order: RunOrder, rubric: Rubric) -> Iterator[Asked]:
    asking = questionnaire(store, rubric)
    rows = {sample.row for _, sample in store.samples(order.samples)}
    for row in store.rows(rows):
        for each in asking.on(row):
            if each.is_judged and (not order.criteria or each.key in order.criteria):
                yield each


def _parted(
    store: Store, names: Iterable[str], redaction: Redaction
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Fields that go out, and those left out; a path stands for the field in which it begins."""
    known = frozenset(store.reference_fields())
    fields = dict.fromkeys(name if name in known else name.split(".")[0].split("[")[0] for name in names)
    return (
        tuple(name for name in fields if name not in redaction.fields),
        tuple(name for name in fields if name in redaction.fields),
    )


def _counted(store: Store, order: RunOrder, work: CallWork, progress: Progress) -> tuple[int, int]:
    """How many calls are planned, and how many of them need not be made."""
    calls = known = 0
    keys: set[str] = set()
    planned = work.planned(store)
    expected = max(1, len(order.rows) * order.plan.per_row + len(order.samples))
    while page := list(islice(planned, PAGE)):
        calls += len(page)
        asked_first = {call.key for call in page} - keys
        at_hand = store.answers(asked_first)
        known += sum(call.key in at_hand or call.key not in asked_first for call in page)
        keys |= asked_first
        progress(min(calls, expected), expected, "")
    return calls, known


def _looked(store: Store, order: RunOrder, work_of: WorkOf, most: int, progress: Progress) -> _Looked:
    """Calls made ready; where something is redacted they are made twice, and the same ones are compared."""
    plain_order = order._replace(plan=order.plan.model_copy(update={"redaction": Redaction()}))
    sent, changed = _ready(store, work_of(order), most, progress)
    if plain_order.plan == order.plan:
        return _Looked(sent, sent, changed)
    plain, _ = _ready(store, work_of(plain_order), most, progress)
    stands = {_about(each): each for each in plain}
    both = [(stands[_about(each)], each) for each in sent if _about(each) in stands]
    return _Looked(tuple(plain for plain, _ in both), tuple(sent for _, sent in both), changed)


def _about(prepared: Prepared) -> tuple[str, str]:
    return prepared.call.source, prepared.call.subject


def _ready(store: Store, work: CallWork, most: int, progress: Progress) -> tuple[tuple[Prepared, ...], int]:
    calls = _spread(list(_numbered(work.planned(store))), most)
    found: list[Prepared] = []
    for at in range(0, len(calls), SMALL_PAGE):
        progress(at, len(calls), "")
        prepared = work.prepared(store, calls[at : at + SMALL_PAGE])
        found += [each for each in prepared if isinstance(each, Prepared)]
    return tuple(found), len(calls) - len(found)


def _numbered(planned: Iterable[PlannedCall]) -> Iterator[Call]:
    for number, call in enumerate(planned):
        yield Call(number, call.key, call.source, call.subject)


def _findings(looked: Sequence[Prepared], redaction: Redaction, progress: Progress) -> tuple[Finding, ...]:
    """Everything that could be taken out, asked for or not, by kind."""
    finding = _Finding(Redaction(identifiers=tuple(KIND_OF), names=redaction.names))
    things: dict[str, dict[str, str]] = {}
    calls: dict[str, int] = {}
    for at, each in enumerate(looked):
        progress(at, len(looked), "")
        found = [one for message in each.request.messages for one in finding.within(message.content)]
        for kind, thing, words in found:
            things.setdefault(kind, {}).setdefault(thing, words)
        for kind in {kind for kind, _, _ in found}:
            calls[kind] = calls.get(kind, 0) + 1
    return tuple(
        Finding(kind, len(found), calls[kind], tuple(found.values())[:FIRST_FOUND])
        for kind, found in things.items()
    )


class _Finding:
    """Finds things in texts, each text once: the draws of a row and the points of an answer share theirs."""

    def __init__(self, redaction: Redaction) -> None:
        self._redaction = redaction
        self._known: dict[str, tuple[tuple[str, str, str], ...]] = {}

    def within(self, text: str) -> tuple[tuple[str, str, str], ...]:
        """(kind, thing, its words) of everything in a text."""
        if text not in self._known:
            spans = redactor(self._redaction).text(text).spans
            self._known[text] = tuple(
                (span.kind, span.thing, text[span.original_start : span.original_end]) for span in spans
            )
        return self._known[text]


def _examples(looked: _Looked) -> tuple[Example, ...]:
    """Some of those looked at, those in which something was replaced first."""
    made = [
        Example(
            sent.call.source,
            plain.request.messages,
            sent.request.messages,
            tuple(
                _replaced(before, after)
                for before, after in zip(plain.request.messages, sent.request.messages, strict=False)
            ),
        )
        for plain, sent in zip(looked.plain, looked.sent, strict=True)
    ]
    return tuple(sorted(made, key=lambda example: not any(example.found))[:EXAMPLES])


def _replaced(plain: Message, sent: Message) -> tuple[tuple[int, int], ...]:
    if plain.content == sent.content:
        return ()
    stood = {match[0] for match in REPLACED.finditer(plain.content)}
    return tuple(match.span() for match in REPLACED.finditer(sent.content) if match[0] not in stood)


def _points_per_call(order: RunOrder, looked: _Looked) -> float:
    """How many points one call marks, from the calls looked at; 1 where no judge is asked."""
    judge = order.plan.judge
    if judge is None or judge.mode == "criterion" or not looked.sent:
        return 1.0
    counts = [getattr(each.about, "points", ()) for each in looked.sent]
    return sum(map(len, counts)) / len(counts)


def _draws_per_call(order: RunOrder, connection: Connection | None) -> int:
    plan = order.plan
    together = (
        connection is not None
        and connection.takes_n
        and plan.purpose == "sampling"
        and plan.parameters.seed is None
        and plan.api == "chat"
    )
    return plan.per_row if together else 1


def _spread(every: Sequence[Each], most: int) -> tuple[Each, ...]:
    """At most so many of them, spread evenly, the first among them."""
    count = min(most, len(every))
    return tuple(every[at * len(every) // count] for at in range(count))
