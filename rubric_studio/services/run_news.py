"""The numbers of a run under way: counted as outcomes are kept, told to the window a few times a second."""

import time
from collections import deque
from collections.abc import Iterable

from rubric_studio.domain.model_call import Usage
from rubric_studio.domain.run import CallOutcome, CallState, RunSummary
from rubric_studio.services.run_progress import OnTheWay, RunControl, RunProgress

TELL_SECONDS = 0.1
RATE_SECONDS = 30.0


class RunNews:
    """What is told of one run: calls once they are kept, tokens as they are spent."""

    def __init__(self, run: RunSummary, control: RunControl) -> None:
        self._run, self._control = run, control
        self._done, self._failed = run.done, run.failed
        usage = run.usage
        self._tokens = [usage.prompt, usage.answer, usage.reasoning, usage.cached]
        self._rows: set[str] = set()
        self._seen: deque[tuple[float, int]] = deque([(time.monotonic(), self._ended)])
        self._told_at = 0.0

    @property
    def usage(self) -> Usage:
        """Tokens so far."""
        prompt, answer, reasoning, cached = self._tokens
        return Usage(prompt=prompt, answer=answer, reasoning=reasoning, cached=cached)

    @property
    def cost(self) -> float | None:
        """What the run cost so far, None where no price is known."""
        price = self._run.plan.price
        return None if price is None else price.cost(self.usage, batch=self._run.plan.batch)

    @property
    def over_budget(self) -> str:
        """That the budget is reached, in words; "" while it is not, or where there is none."""
        budget, price, cost = self._run.plan.budget, self._run.plan.price, self.cost
        if budget is None or price is None or cost is None or cost < budget:
            return ""
        return f"The budget of {budget:.2f} {price.currency} is reached."

    def spent(self, usage: Usage) -> None:
        """Count tokens that were used."""
        tokens = self._tokens
        tokens[0] += usage.prompt
        tokens[1] += usage.answer
        tokens[2] += usage.reasoning
        tokens[3] += usage.cached

    def kept(self, outcomes: Iterable[tuple[CallOutcome, str]]) -> None:
        """Count calls that ended, each with the row that has news by it."""
        for outcome, row in outcomes:
            self._done += outcome.state is CallState.DONE
            self._failed += outcome.state is CallState.FAILED
            if row and (outcome.samples or outcome.verdicts):
                self._rows.add(row)

    def tell(self, asking: OnTheWay, *, at_once: bool = False) -> None:
        """Tell the news, at most every tenth of a second unless `at_once`."""
        now = time.monotonic()
        if not at_once and now - self._told_at < TELL_SECONDS:
            return
        self._told_at = now
        rate = self._rate(now)
        rows, self._rows = frozenset(self._rows), set()
        left = self._run.calls - self._ended
        self._control.tell(
            RunProgress(
                run=self._run.id,
                total=self._run.calls,
                done=self._done,
                failed=self._failed,
                in_flight=asking.in_flight,
                calls_per_second=rate,
                seconds_left=left / rate if rate else None,
                usage=self.usage,
                cost=self.cost,
                waiting_for=asking.waiting_for,
                rows=rows,
            )
        )

    @property
    def _ended(self) -> int:
        return self._done + self._failed

    def _rate(self, now: float) -> float:
        self._seen.append((now, self._ended))
        while now - self._seen[0][0] > RATE_SECONDS:
            self._seen.popleft()
        then, ended = self._seen[0]
        return (self._ended - ended) / (now - then) if now > then else 0.0
