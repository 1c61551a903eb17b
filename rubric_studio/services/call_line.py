"""Questions on their way to a model: equal ones are asked once, draws of one question together. Settles nothing."""

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from rubric_studio.domain.model_call import Fault, FaultKind, Reply, Usage
from rubric_studio.domain.model_traffic import Answered
from rubric_studio.services.model_ports import Asking
from rubric_studio.services.settling import NO_TOKENS, Question

CHOICES = 16
"""Most draws asked for in one call."""

NO_ANSWER = Fault(kind=FaultKind.NONSENSE, message="The server sent no answer to the question.")


class Came(NamedTuple):
    """What came for one question: a reply or a fault. No attempts: another call with the same question had it."""

    question: Question
    found: Reply | Fault
    attempts: int = 0
    usage: Usage = NO_TOKENS


class CallLine:
    """The questions of one run that wait to be asked or were handed over."""

    def __init__(self, asking: Asking, *, takes_n: bool) -> None:
        self._asking = asking
        self._takes_n = takes_n
        self._waiting: deque[Question] = deque()
        self._alike: dict[str, list[Question]] = {}
        self._on_way: dict[int, list[Question]] = {}
        self._singly: set[str] = set()
        self._ticket = 0

    @property
    def waiting(self) -> int:
        """How many questions are not handed over yet."""
        return len(self._waiting)

    @property
    def on_way(self) -> int:
        """How many calls are handed over and not answered."""
        return len(self._on_way)

    def add(self, question: Question) -> None:
        """Line a question up; where the same one is on its way already, what comes will serve both."""
        alike = self._alike.get(question.key)
        if alike is not None:
            alike.append(question)
            return
        self._alike[question.key] = []
        self._waiting.append(question)

    def hand_over(self) -> None:
        """Ask the next question; with it those behind it that are further draws of the very same request."""
        asked = [self._waiting.popleft()]
        while self._waiting and len(asked) < CHOICES and self._goes_with(asked[0], self._waiting[0]):
            asked.append(self._waiting.popleft())
        self._ticket += 1
        self._on_way[self._ticket] = asked
        self._asking.ask(self._ticket, asked[0].request, len(asked))

    def came(self, answered: Answered) -> Iterator[Came]:
        """What an answer brings, for each question that it serves."""
        asked = self._on_way.pop(answered.ticket, None)
        if asked is None:  # told twice
            return
        fault = answered.fault or (None if answered.replies else NO_ANSWER)
        if fault is None:
            found: list[Reply | Fault] = list(answered.replies[: len(asked)])
            self._learn(asked, len(found))
        elif len(asked) > 1 and fault.kind is FaultKind.BAD_REQUEST:
            self._singly.update(
                question.key for question in asked
            )  # is it the number that the server refuses?
            found = []
        else:
            found = [fault] * len(asked)
        usage = answered.usage
        for question, each in zip(asked, found, strict=False):
            yield Came(question, each, answered.attempts, usage)
            usage = NO_TOKENS  # the first one bears what all have cost
            for other in self._alike.pop(question.key):
                yield Came(other, each)
        self._waiting.extendleft(reversed(asked[len(found) :]))

    def _learn(self, asked: list[Question], replies: int) -> None:
        """A server that sends one answer whatever the number is asked singly from then on."""
        ignored = replies == 1 < len(asked)
        refused = len(asked) == 1 and asked[0].key in self._singly
        if ignored or refused:
            self._takes_n = False

    def _goes_with(self, first: Question, other: Question) -> bool:
        return (
            self._takes_n
            and other.request is first.request
            and first.key not in self._singly
            and other.key not in self._singly
        )
