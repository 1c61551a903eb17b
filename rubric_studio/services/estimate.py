"""What a run would take, as people are told before it starts: calls, texts, tokens, cost. Not how it is found."""

from typing import Literal, NamedTuple

from rubric_studio.domain.model_call import Usage
from rubric_studio.domain.price import Price
from rubric_studio.domain.row import Message

Part = Literal["question", "fields", "answer", "wording", "anchors", "instructions", "schema", "reasons"]
Source = Literal["earlier", "characters", "limit", "guess"]


class Tokens(NamedTuple):
    """Tokens of one call: the least, the likely and the most, and how that was found.

    `source`: "earlier" answers of this project, `seen` of them; "characters" of the texts; the "limit" that was set;
    a "guess".
    """

    low: float
    likely: float
    high: float
    source: Source
    seen: int = 0


class Cost(NamedTuple):
    """The ends between which the cost will probably lie."""

    low: float
    high: float
    currency: str


class Example(NamedTuple):
    """One call with its real texts: as they stand, and as they would go out. `source` is what it is about."""

    source: str
    plain: tuple[Message, ...]
    sent: tuple[Message, ...]
    found: tuple[tuple[tuple[int, int], ...], ...] = ()
    """Of each message that is sent, where something was replaced, in code points."""


class Finding(NamedTuple):
    """What was found of one kind: how many different things, in how many calls, the first of them."""

    kind: str
    things: int
    calls: int
    first: tuple[str, ...]


class Leaving(NamedTuple):
    """What of the project would leave the computer: which parts, which reference fields, and which are left out."""

    parts: tuple[Part, ...]
    fields: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class Estimate(NamedTuple):
    """A run before it starts. `calls` are planned, `known` of them answered already at no cost.

    `looked_at` calls were made ready to estimate tokens and to look for identifiers; `changed` of those could not
    be. `draws_per_call` answers come with one call where the server gives several at once.
    """

    calls: int
    known: int
    looked_at: int
    changed: int = 0
    leaving: Leaving = Leaving(())
    findings: tuple[Finding, ...] = ()
    prompt: Tokens = Tokens(0, 0, 0, "guess")
    answer: Tokens = Tokens(0, 0, 0, "guess")
    draws_per_call: int = 1
    reasoning: str = ""
    """The effort asked for, whose tokens nobody can foresee; "" where none was or where earlier answers tell."""
    examples: tuple[Example, ...] = ()

    @property
    def to_ask(self) -> int:
        """Answers that must be asked for."""
        return self.calls - self.known

    def prompt_tokens(self, batch: bool = False) -> Tokens:
        """Prompt tokens of all calls to make; the most is where each answer takes a call of its own."""
        shared = self.to_ask / (1 if batch else self.draws_per_call)
        one = self.prompt
        return one._replace(low=one.low * shared, likely=one.likely * shared, high=one.high * self.to_ask)

    @property
    def answer_tokens(self) -> Tokens:
        """Answer tokens of all calls to make."""
        one, count = self.answer, self.to_ask
        return one._replace(low=one.low * count, likely=one.likely * count, high=one.high * count)

    def cost(self, price: Price | None, *, batch: bool = False) -> Cost | None:
        """What it will probably cost; None where no price is known. Prompts kept at the server would be cheaper."""
        if price is None:
            return None
        prompt, answer = self.prompt_tokens(batch), self.answer_tokens
        low, high = (
            price.cost(Usage(prompt=round(p), answer=round(a)), batch=batch)
            for p, a in ((prompt.low, answer.low), (prompt.high, answer.high))
        )
        return Cost(low, high, price.currency)
