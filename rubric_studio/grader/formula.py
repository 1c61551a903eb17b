"""The formula of a score: writes a rubric's total as text, reads such texts, evaluates them. It sums nothing.

The grammar is that of a multi grader's `calculate_output`:

    expression = operand { ("+" | "-" | "*" | "/" | "^") operand }
    operand    = number | name | function "(" expression { "," expression } ")" | "(" expression ")"
               | "-" operand

`^` binds tightest and to the right (2^3^2 = 2^9). A leading minus binds looser than `^` and tighter than `*`:
-2^2 = -4, 2^-1 = 0.5. The reader takes `1e-9` and the leading minus; the writer emits neither, since trainers
may not know them.

A formula that was read is a tuple of steps, each after those it needs, and the same part of a text only once.
Neither reading nor evaluating recurses, so no text is nested too deeply; only its length is limited. `evaluate`
is handed every function it calls, the operators too: the same lines serve floats in a bundle and numpy columns.
Standard library only, CPython 3.10: bundles carry this file as it is.
"""

import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

FORMULA_LENGTH = 200_000  # characters; the total of a thousand gated strata fits
GATE_TOLERANCE = Decimal("0.000000001")  # a hard gate is passed from `at` minus this on

# How many arguments a function takes; None = one or more.
FORMULA_FUNCTIONS: dict[str, int | None] = {"min": None, "max": None}
FORMULA_FUNCTIONS.update(dict.fromkeys(("abs", "floor", "ceil", "exp", "sqrt", "log"), 1))

# How tightly an operator holds what stands left and right of it; left > right makes it right-associative.
_BINDING = {"+": (1, 2), "-": (1, 2), "*": (3, 4), "/": (3, 4), "^": (6, 5)}
_MINUS_BINDING = 5
_MINUS = "negative"  # the step of a leading minus, told apart from subtraction

_FORMULA_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<sign>[-+*/^(),]))",
    re.ASCII,
)


class FormulaError(ValueError):
    """A text that is no formula: `message` says why, `position` counts characters from 0."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(f"{message} (at character {position + 1})")
        self.message = message
        self.position = position


class FormulaUndefinedError(ArithmeticError):
    """A formula has no value for these numbers (division by zero, log of 0 ...): the sample is unscored."""


class FormulaStep(NamedTuple):
    """One step: a number, a name's value, or a function (an operator too) called on the values of earlier steps."""

    kind: str  # "number", "name" or "call"
    number: float
    word: str
    operands: tuple[int, ...]  # which steps
    position: int


Formula = tuple[FormulaStep, ...]


class StratumTerm(NamedTuple):
    """What the total must know of a stratum: its weight W and its gate (None = no gate)."""

    key: str
    weight: float
    gate_at: float | None = None
    gate_hard: bool = True


# ---- reading


class _FormulaToken(NamedTuple):
    kind: str  # "number", "name", "sign" or "end"
    text: str
    position: int


def _formula_tokens(text: str) -> list[_FormulaToken]:
    tokens: list[_FormulaToken] = []
    position = 0
    end = len(text.rstrip())
    while position < end:
        match = _FORMULA_TOKEN.match(text, position)
        if match is None:
            position += len(text[position:]) - len(text[position:].lstrip())
            raise FormulaError(f"unexpected {text[position]!r}", position)
        kind = str(match.lastgroup)
        tokens.append(_FormulaToken(kind, match.group(kind), match.start(kind)))
        position = match.end()
    tokens.append(_FormulaToken("end", "", len(text)))
    return tokens


class _FormulaPending(NamedTuple):
    """What waits on the reader's stack: an operator for its right side, or a parenthesis for its end."""

    word: str  # an operator, a function's name, or "" for a plain parenthesis
    binding: int  # how tightly an operator holds its right side; 0 = a parenthesis
    arguments: int
    position: int


class _FormulaReader:
    """Reads by operator precedence on a stack of its own, so that Python's stays flat."""

    def __init__(self, text: str) -> None:
        self._tokens = _formula_tokens(text)
        self._index = 0
        self._pending: list[_FormulaPending] = []
        self._values: list[int] = []  # the steps whose values wait to be used
        self._steps: list[FormulaStep] = []
        self._places: dict[tuple[str, float, str, tuple[int, ...]], int] = {}

    def read(self) -> Formula:
        while True:
            while not self._operand():
                pass
            while not self._operator():
                if self._tokens[self._index].kind == "end":
                    return tuple(self._steps)
                self._index += 1

    def _operand(self) -> bool:
        """Take what may stand where a value is wanted; True once the value is there."""
        token = self._tokens[self._index]
        self._index += 1
        if token.kind == "number":
            if math.isinf(float(token.text)):
                raise FormulaError(f"{token.text} is too large", token.position)
            self._step("number", float(token.text), "", (), token.position)
            return True
        if token.kind == "name":
            return self._named(token)
        if token.text == "-":
            self._pending.append(_FormulaPending(_MINUS, _MINUS_BINDING, 1, token.position))
        elif token.text == "(":
            self._pending.append(_FormulaPending("", 0, 1, token.position))
        else:
            found = f"before {token.text!r}" if token.text else "at the end"
            raise FormulaError(f"a number, a name or '(' is missing {found}", token.position)
        return False

    def _named(self, token: _FormulaToken) -> bool:
        if self._tokens[self._index].text == "(":
            if token.text not in FORMULA_FUNCTIONS:
                known = " ".join(FORMULA_FUNCTIONS)
                raise FormulaError(f"{token.text} is not a function here; there are {known}", token.position)
            self._index += 1
            self._pending.append(_FormulaPending(token.text, 0, 1, token.position))
            return False
        if token.text in FORMULA_FUNCTIONS:
            raise FormulaError(f"{token.text} is a function: write {token.text}(...)", token.position)
        self._step("name", 0.0, token.text, (), token.position)
        return True

    def _operator(self) -> bool:
        """Take what may follow a value; True where another value is wanted, False at ')' and at the end."""
        token = self._tokens[self._index]
        if token.text in _BINDING:
            left, right = _BINDING[token.text]
            self._finish_operators(left)
            self._pending.append(_FormulaPending(token.text, right, 2, token.position))
        elif token.text in (",", ")") or token.kind == "end":
            self._finish_operators(0)
            self._end_argument(token)
        else:
            raise FormulaError(f"an operator is missing before {token.text!r}", token.position)
        if token.text == ")" or token.kind == "end":
            return False
        self._index += 1
        return True

    def _finish_operators(self, left: int) -> None:
        """Emit every waiting operator that holds what was just read tighter than the next one does."""
        while self._pending and self._pending[-1].binding > left:
            self._call(self._pending.pop())

    def _call(self, pending: _FormulaPending) -> None:
        operands = tuple(self._values[-pending.arguments :])
        del self._values[-pending.arguments :]
        self._step("call", 0.0, pending.word, operands, pending.position)

    def _step(self, kind: str, number: float, word: str, operands: tuple[int, ...], position: int) -> None:
        """Add a step whose value waits to be used, or find it where the text has said the same before."""
        place = self._places.setdefault((kind, number, word, operands), len(self._steps))
        if place == len(self._steps):
            self._steps.append(FormulaStep(kind, number, word, operands, position))
        self._values.append(place)

    def _end_argument(self, token: _FormulaToken) -> None:
        """See ',', ')' or the end against the parenthesis that is open, and close it on ')'."""
        if not self._pending:
            if token.kind != "end":
                raise FormulaError(f"unexpected {token.text!r}", token.position)
            return
        opened = self._pending.pop()
        if token.kind == "end":
            where = f"{opened.word + '('!r} at character {opened.position + 1}"
            raise FormulaError(f"')' for {where} is missing", token.position)
        if token.text == ",":
            if not opened.word:
                raise FormulaError("',' stands outside of a function", token.position)
            self._pending.append(opened._replace(arguments=opened.arguments + 1))
        elif opened.word:
            wanted = FORMULA_FUNCTIONS[opened.word]
            if wanted is not None and opened.arguments != wanted:
                message = f"{opened.word} takes {wanted} argument, not {opened.arguments}"
                raise FormulaError(message, opened.position)
            self._call(opened)


@lru_cache(maxsize=256)
def parse(text: str) -> Formula:
    """Read a formula, or raise FormulaError with the position where it is wrong. What was read is kept."""
    if len(text) > FORMULA_LENGTH:
        raise FormulaError(f"a formula has at most {FORMULA_LENGTH} characters", FORMULA_LENGTH)
    return _FormulaReader(text).read()


def names_in(formula: Formula) -> tuple[str, ...]:
    """Name what the formula reads, each once, in the order of first use."""
    return tuple(dict.fromkeys(step.word for step in formula if step.kind == "name"))


# ---- evaluating


def evaluate(formula: Formula, names: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> Any:
    """Compute the formula with these values by name.

    `functions` holds the operators too, under "+", "-", "*", "/", "^" and "negative"; those of
    FLOAT_FUNCTIONS raise FormulaUndefinedError where there is no value. A name without one is a FormulaError.
    """
    values: list[Any] = []
    for step in formula:
        if step.kind == "number":
            values.append(step.number)
        elif step.kind == "call":
            values.append(functions[step.word](*[values[place] for place in step.operands]))
        elif step.word in names:
            values.append(names[step.word])
        else:
            raise FormulaError(f"{step.word} has no value", step.position)
    return values[-1]


def _finite(function: Callable[..., Any]) -> Callable[..., float]:
    """Raise where no finite value comes out, so that neither NaN nor infinity can hide in min or max."""

    def guarded(*numbers: float) -> float:
        try:
            result = float(function(*numbers))
        except ZeroDivisionError as error:
            raise FormulaUndefinedError("division by zero") from error
        except (ArithmeticError, ValueError) as error:
            raise FormulaUndefinedError(f"no number comes out ({error})") from error
        if not math.isfinite(result):
            raise FormulaUndefinedError("no finite number comes out")
        return result

    return guarded


def _quotient(dividend: float, divisor: float) -> float:
    return dividend / divisor


def _lowest(*numbers: float) -> float:
    return min(numbers)


def _highest(*numbers: float) -> float:
    return max(numbers)


FLOAT_FUNCTIONS: dict[str, Callable[..., float]] = {
    "+": _finite(operator.add),
    "-": _finite(operator.sub),
    "*": _finite(operator.mul),
    "/": _finite(_quotient),
    "^": _finite(math.pow),
    _MINUS: _finite(operator.neg),
    "min": _lowest,
    "max": _highest,
    "abs": _finite(abs),
    "floor": _finite(math.floor),
    "ceil": _finite(math.ceil),
    "exp": _finite(math.exp),
    "sqrt": _finite(math.sqrt),
    "log": _finite(math.log),
}


# ---- writing


def number_text(number: float | Decimal) -> str:
    """Write a number >= 0 as a plain decimal that reads back as the same float: no exponent, no sign."""
    decimal = number if isinstance(number, Decimal) else Decimal(repr(float(number)))
    if not decimal.is_finite() or decimal < 0:
        raise ValueError(f"a formula writes finite numbers from 0 on, not {number}")
    text = format(abs(decimal), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _present(key: str) -> str:
    """1 where the stratum has weight on this sample, 0 where it is absent."""
    return f"min(1, ceil({key}_m))"


def _value(key: str) -> str:
    """a = S / M, and 0 where the stratum is absent."""
    return f"{key}_s / ({key}_m + (1 - {_present(key)}))"


def pass_text(term: StratumTerm) -> str:
    """Write how far a stratum lets later ones count: 0 to 1, 1 where it is absent or has no gate."""
    if term.gate_at is None:
        return "1"
    at = Decimal(repr(float(term.gate_at)))
    if not 0 < at <= 1:
        raise ValueError(f"a gate stands above 0 and at most at 1, not at {term.gate_at}")
    if term.gate_hard:
        # a >= at - tolerance, without a condition: the floor of a + (1 + tolerance - at) is 1 from there on.
        passed = f"min(1, floor({_value(term.key)} + {number_text(1 + GATE_TOLERANCE - at)}))"
    else:
        passed = f"min(1, {_value(term.key)} / {number_text(at)})"
    return f"max(1 - {_present(term.key)}, {passed})"


def _reached_sum(strata: Sequence[StratumTerm], parts: Sequence[str]) -> str:
    """Sum the parts, each times its reach.

    Reach is the product of the passes before, so the sum nests and writes each gate once:
    part1 + pass1 * (part2 + pass2 * (...)). A part "" counts nothing; its gate stays.
    """
    text = ""
    for term, part in zip(reversed(strata), reversed(parts), strict=True):
        if text and term.gate_at is not None:
            text = f"{pass_text(term)} * ({text})"
        text = " + ".join(piece for piece in (part, text) if piece)
    return text or "0"


def _plain_sum(strata: Sequence[StratumTerm], letter: str) -> str:
    return " + ".join(f"{term.key}_{letter}" for term in strata) or "0"


def _clamped(text: str) -> str:
    return f"min(1, max(0, {text}))"


def _stratified_text(strata: Sequence[StratumTerm]) -> str:
    weights = [number_text(term.weight) if term.weight else "" for term in strata]
    pairs = list(zip(weights, strata, strict=True))
    parts = [f"{weight} * {_value(term.key)}" if weight else "" for weight, term in pairs]
    weight_sum = " + ".join(f"{weight} * {_present(term.key)}" for weight, term in pairs if weight) or "0"
    return _clamped(f"({_reached_sum(strata, parts)}) / ({weight_sum}) - ({_plain_sum(strata, 'f')})")


def _points_clipped_text(strata: Sequence[StratumTerm]) -> str:
    points = _reached_sum(strata, [f"{term.key}_s" for term in strata])
    return _clamped(f"({points} - ({_plain_sum(strata, 'f')})) / ({_plain_sum(strata, 'm')})")


def _points_shifted_text(strata: Sequence[StratumTerm]) -> str:
    # L is summed apart on both sides: so rounding cannot carry the quotient out of [0, 1].
    faults = _plain_sum(strata, "l")
    points = f"{_plain_sum(strata, 's')} - ({_plain_sum(strata, 'f')}) + ({faults})"
    return f"({points}) / ({_plain_sum(strata, 'm')} + ({faults}))"


def total_text(aggregation: str, strata: Sequence[StratumTerm]) -> str:
    """Write the total of a rubric over KEY_s, KEY_m, KEY_f, KEY_l of each stratum, in their order (design 3).

    KEY_s sums w*v and KEY_m sums w over w > 0, KEY_f sums |w|*v and KEY_l sums |w| over w < 0; applicable
    criteria only. A stratum of weight 0 adds nothing to a stratified total, but its gate still gates. Where
    no weight is left the formula divides by zero: no score.
    ValueError for another aggregation, a negative weight or a gate outside (0, 1].
    """
    writers = {
        "stratified": _stratified_text,
        "points_clipped": _points_clipped_text,
        "points_shifted": _points_shifted_text,
    }
    if aggregation not in writers:
        raise ValueError(f"no total is written for {aggregation!r}")
    return writers[aggregation](strata)
