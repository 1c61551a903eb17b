"""A connection opened for one run: takes questions from any thread, asks them paced and again, hands answers back."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from random import Random

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.model_call import Fault, Reply, Request, Usage
from rubric_studio.domain.model_traffic import Answered
from rubric_studio.llm.attempts import Attempts
from rubric_studio.llm.backoff import again_in
from rubric_studio.llm.network import OFFLINE, Network
from rubric_studio.llm.pacing import Pacing
from rubric_studio.llm.secret import Secret

USUAL_ANSWER = 500
"""Tokens that an answer is taken to have before it is there, where no limit is asked for."""
NOTHING = Usage()


@dataclass(eq=False, slots=True)
class _Call:
    ticket: int
    request: Request
    choices: int
    attempts: int = 0

    @property
    def tokens(self) -> float:
        """About how many tokens the call will use: four characters make one."""
        asked = sum(len(message.content) for message in self.request.messages) / 4
        return asked + (self.request.parameters.max_tokens or USUAL_ANSWER) * self.choices


class OpenConnection:
    """See `Asking` in the services. What begins with an underscore and has no lock runs on the network's thread."""

    def __init__(
        self,
        network: Network,
        connection: Connection,
        secret: Callable[[], Secret | None],
        chance: Random | None = None,
    ) -> None:
        self._network = network
        self._chance = chance or Random()
        self._stack = ExitStack()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._asked: deque[_Call] = deque()
        self._is_woken = False
        self._is_held = False
        self._ended = threading.Condition()
        self._answers: list[Answered] = []
        self._given = 0
        self._why = ""
        # what follows is the network thread's alone
        self._pacing = Pacing(connection)
        self._attempts = Attempts(connection, secret, self._pacing.learn)
        self._waiting: deque[_Call] = deque()
        self._later: dict[_Call, asyncio.TimerHandle] = {}
        self._tasks: dict[asyncio.Task[None], _Call] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    # ---- the run's thread

    def ask(self, ticket: int, request: Request, choices: int = 1) -> None:
        """Queue a call."""
        self._asked.append(_Call(ticket, request, choices))
        if self._network.is_offline and self._loop is None:
            self._refuse_asked()
        else:
            self._wake()

    def answered(self, wait: float) -> list[Answered]:
        """What has ended since the last time; waits at most that many seconds for the first one.

        Asking says that what was told the last time is kept: its places are free for further calls.
        """
        if self._given:
            self._given = 0
            if self._loop is not None:
                self._wake()
        with self._ended:
            if not self._answers:
                self._ended.wait(wait)
            found, self._answers = self._answers, []
            self._given = len(found)
        return found

    def hold(self, held: bool) -> None:
        """Begin no further call while held."""
        self._is_held = held
        if not held and self._loop is not None:
            self._wake()

    @property
    def in_flight(self) -> int:
        """Calls that are on the wire now."""
        return len(self._tasks)

    @property
    def waiting_for(self) -> str:
        """Why calls wait, in words; "" where none does."""
        if not self._why and self._later and not self._tasks:
            return "calls that failed are made again in a moment"
        return self._why

    def close(self) -> None:
        """Cut off what is under way and close the connections."""
        if self._loop is not None:
            asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._stack.close()

    def _wake(self) -> None:
        """Have the network's thread look at what was asked; once for all that is asked until it does."""
        if self._loop is None:
            self._loop = self._stack.enter_context(self._network.opened())
            self._stack.enter_context(self._network.on_offline(self._cut))
        if not self._is_woken:
            self._is_woken = True
            self._loop.call_soon_threadsafe(self._look)

    def _refuse_asked(self) -> None:
        while self._asked:
            self._tell(self._asked.popleft(), OFFLINE)

    # ---- the network's thread: beginning

    def _look(self) -> None:
        self._is_woken = False
        while self._asked:
            self._waiting.append(self._asked.popleft())
        self._pump()

    def _pump(self) -> None:
        """Begin as many calls as may be under way; one whose answer is not kept yet counts among them.

        So a kill at any instant loses no more answers than there may be calls at once.
        """
        if self._network.is_offline:
            self._cut()
            return
        while self._waiting and not self._is_held and self._taken < self._pacing.width:
            wait = self._pacing.wait(self._waiting[0].tokens)
            if wait > 0:
                self._pause(wait)
                return
            self._begin(self._waiting.popleft())
        self._why = ""

    @property
    def _taken(self) -> int:
        return len(self._tasks) + len(self._answers) + self._given

    def _pause(self, seconds: float) -> None:
        self._why = self._pacing.why(seconds)
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, self._pump)

    def _begin(self, call: _Call) -> None:
        call.attempts += 1
        self._pacing.began(call.ticket, call.tokens)
        task = asyncio.get_running_loop().create_task(self._attempt(call))
        self._tasks[task] = call

    async def _attempt(self, call: _Call) -> None:
        ended, times = await self._attempts.outcome(call.request, call.choices)
        call.attempts += times - 1
        task = asyncio.current_task()
        if task is None or self._tasks.pop(task, None) is None:
            return  # cut off in the meantime, and told of
        if isinstance(ended, Fault):
            self._failed(call, ended)
        else:
            self._worked(call, ended)
        self._pump()

    # ---- ending

    def _worked(self, call: _Call, found: tuple[Reply, ...]) -> None:
        usage = found[0].usage
        self._pacing.ended(call.ticket, None if usage is None else usage.prompt + usage.answer)
        self._pacing.worked()
        self._tell(call, found)

    def _failed(self, call: _Call, fault: Fault) -> None:
        self._pacing.ended(call.ticket, None)
        self._pacing.failed(fault)
        wait = again_in(fault, call.attempts, self._chance)
        if wait is None:
            self._tell(call, fault)
        else:
            self._later[call] = asyncio.get_running_loop().call_later(wait, self._again, call)

    def _again(self, call: _Call) -> None:
        del self._later[call]
        self._waiting.appendleft(call)
        self._pump()

    def _tell(self, call: _Call, ended: tuple[Reply, ...] | Fault) -> None:
        if isinstance(ended, Fault):
            told = Answered(call.ticket, (), ended, call.attempts, NOTHING)
        else:
            told = Answered(call.ticket, ended, None, call.attempts, ended[0].usage or NOTHING)
        with self._ended:
            self._answers.append(told)
            self._ended.notify()

    # ---- cutting off

    def _cut(self) -> None:
        """The network is forbidden: what waits or is under way ends here, and no connection stays open."""
        for call in self._stopped():
            self._tell(call, OFFLINE)
        self._refuse_asked()
        self._leave(asyncio.get_running_loop().create_task(self._attempts.close()))

    def _stopped(self) -> list[_Call]:
        """Stop everything; what was asked and has no answer yet."""
        if self._timer is not None:
            self._timer.cancel()
        for timer in self._later.values():
            timer.cancel()
        for call in self._tasks.values():
            self._pacing.ended(call.ticket, None)
        calls = [*self._tasks.values(), *self._later, *self._waiting]
        tasks = list(self._tasks)
        for each in (self._tasks, self._later, self._waiting):
            each.clear()
        for task in tasks:
            task.cancel()
            self._leave(task)
        self._why = ""
        return calls

    def _leave(self, task: asyncio.Task[None]) -> None:
        """Let a task come to its end, and keep hold of it until then."""
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def _close(self) -> None:
        self._stopped()
        await asyncio.gather(*self._leaving, return_exceptions=True)
        await self._attempts.close()
