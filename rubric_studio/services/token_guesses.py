"""How many tokens a call will take, from this project's earlier answers or from its characters. It asks nobody."""

import re
from collections.abc import Callable, Iterable, Sequence
from statistics import fmean
from typing import NamedTuple

from rubric_studio.domain.canonical import canonical_json
from rubric_studio.domain.model_call import Effort, Reply, Request
from rubric_studio.domain.run import CallState, RunPlan
from rubric_studio.services.call_work import CallWork, Prepared, RunOrder
from rubric_studio.services.estimate import Source, Tokens
from rubric_studio.services.ports import Store

WorkOf = Callable[[RunOrder], CallWork]

LATIN_CHARACTERS, OTHER_CHARACTERS = 4.0, 1.5
"""Characters a token, of letters up to the accented Latin ones and of all others, where nothing is known."""
OTHER = re.compile(r"[\u0370-\U0010ffff]+")
MESSAGE_TOKENS = 4
COUNTED_MARGIN, LEARNED_MARGIN = 0.3, 0.1
ANSWER_GUESS, FORMED_ANSWER_GUESS, MARK_GUESS = 800, 300, 150
"""Tokens of a free answer, of one in a given form, and of one point's mark."""
ANSWER_MARGIN, GUESS_FACTOR = 0.25, 3.0
REASONING_GUESS: dict[Effort, int] = {
    "minimal": 100,
    "low": 500,
    "medium": 2000,
    "high": 8000,
    "xhigh": 16000,
}
MOST_RUNS, MOST_SEEN, LEAST_SEEN = 5, 60, 5


class Seen(NamedTuple):
    """What earlier answers of a model teach: characters a token of prompts, and tokens of each answer."""

    characters_per_token: tuple[float, ...] = ()
    answer_tokens: tuple[float, ...] = ()


def characters(request: Request) -> int:
    """Characters of everything that is sent."""
    return sum(len(message.content) for message in request.messages) + len(_schema_text(request))


def counted(request: Request) -> float:
    """Tokens of a request by its characters alone."""
    texts = [message.content for message in request.messages] + [_schema_text(request)]
    other = sum(len(found) for text in texts for found in OTHER.findall(text))
    latin = sum(map(len, texts)) - other
    shells = MESSAGE_TOKENS * len(request.messages)
    return latin / LATIN_CHARACTERS + other / OTHER_CHARACTERS + shells


def seen_before(store: Store, plan: RunPlan, work_of: WorkOf) -> Seen:
    """What this project's newest answers of the model teach, those of the same purpose only."""
    ratios: list[float] = []
    answers: list[float] = []
    like = [run for run in store.runs() if run.plan.model == plan.model and run.plan.purpose == plan.purpose]
    for run in like[: -MOST_RUNS - 1 : -1]:
        calls = store.calls(run.id, [CallState.DONE], limit=MOST_SEEN - len(answers))
        replies = store.answers(call.key for call in calls)
        prepared = [
            each for each in work_of(RunOrder(run.plan)).prepared(store, calls) if isinstance(each, Prepared)
        ]
        ratios += _ratios(prepared, replies)
        answers += [reply.usage.answer / max(1, reply.of) for reply in replies.values() if reply.usage]
        if len(answers) >= MOST_SEEN:
            break
    return Seen(tuple(ratios), tuple(answers))


def prompt_tokens(requests: Sequence[Request], seen: Seen) -> Tokens:
    """Prompt tokens of one call, the mean over some."""
    if not requests:
        return Tokens(0, 0, 0, "characters")
    if len(seen.characters_per_token) >= LEAST_SEEN:
        likely = fmean(map(characters, requests)) / fmean(seen.characters_per_token)
        return _around(likely, LEARNED_MARGIN, "earlier", len(seen.characters_per_token))
    return _around(fmean(map(counted, requests)), COUNTED_MARGIN, "characters", 0)


def answer_tokens(plan: RunPlan, points_per_call: float, seen: Seen) -> Tokens:
    """Answer tokens of one call: as earlier ones were, else a guess, and never above the limit that is set."""
    limit = plan.parameters.max_tokens
    if len(seen.answer_tokens) >= LEAST_SEEN:
        return _limited(
            _around(fmean(seen.answer_tokens), ANSWER_MARGIN, "earlier", len(seen.answer_tokens)), limit
        )
    guess = _guess(plan, points_per_call)
    if limit is not None:
        return Tokens(min(guess / GUESS_FACTOR, limit), min(guess, limit), limit, "limit")
    return Tokens(guess / GUESS_FACTOR, guess, guess * GUESS_FACTOR, "guess")


def _guess(plan: RunPlan, points_per_call: float) -> float:
    effort = plan.parameters.reasoning_effort
    thinking = REASONING_GUESS.get(effort, 0) if effort else 0
    if plan.judge is not None:
        return MARK_GUESS * max(1.0, points_per_call) + thinking
    formed = plan.prompt is not None and plan.prompt.response is not None
    return (FORMED_ANSWER_GUESS if formed else ANSWER_GUESS) + thinking


def _ratios(prepared: Iterable[Prepared], replies: dict[str, Reply]) -> list[float]:
    """Characters a token of requests that were asked before."""
    found: list[float] = []
    for each in prepared:
        reply = replies.get(each.call.key)
        if reply is not None and reply.usage is not None and reply.usage.prompt > 0:
            found.append(characters(each.request) / reply.usage.prompt)
    return found


def _around(likely: float, margin: float, source: Source, seen: int) -> Tokens:
    return Tokens(likely * (1 - margin), likely, likely * (1 + margin), source, seen)


def _limited(tokens: Tokens, limit: int | None) -> Tokens:
    if limit is None:
        return tokens
    return tokens._replace(
        low=min(tokens.low, limit), likely=min(tokens.likely, limit), high=min(tokens.high, limit)
    )


def _schema_text(request: Request) -> str:
    return canonical_json(request.response.json_schema) if request.response else ""
