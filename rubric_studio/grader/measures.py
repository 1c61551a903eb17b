"""Every check that a program decides, kind by kind; standard library only, no formula, no weights.

A check takes a criterion's kind (JSON as in a rubric), an answer and the row's reference fields, and gives
an Outcome. The very same file runs in the program and in every bundle, under CPython 3.10 and later; its
version is part of what a verdict answers, so raise MEASURES_VERSION with every change of a result.

Sampled output is untrusted: any Unicode, a megabyte on one line, JSON nested a million deep. Each pattern
written here takes time in proportion to the text; a pattern out of a rubric may not, and runs under the
caller's limit. A check never raises: what it cannot judge is unscored, with a reason that a lawyer can read.
"""

import json
import math
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple, TypeGuard

MEASURES_VERSION = "1"

PathStep = str | int | None
"""One step of a path: a name, an index, or None for `[*]`."""


class Outcome(NamedTuple):
    """What a check found: a value in [0, 1] or None for unscored, why, and where (code points, end excluded)."""

    value: float | None
    reason: str
    spans: tuple[tuple[int, int], ...] = ()


class _Settled(Exception):
    """Not an error: the outcome stands before anything is compared."""

    def __init__(self, value: float | None, reason: str) -> None:
        super().__init__(reason)
        self.outcome = Outcome(value, reason)


# --- Paths: name, ["any key"], [0], [*], joined by dots ----------------------------------------------------

_PATH_STEP = re.compile(
    r"""(?P<dot>\.)?(?:(?P<name>[^.\[\]"]+)|\[(?:(?P<key>"(?:[^"\\]|\\.)*")|(?P<index>\d{1,9})|(?P<every>\*))\])"""
)


@lru_cache(maxsize=1024)
def parse_path(text: str) -> tuple[PathStep, ...]:
    """Read a path into its steps; ValueError names the place where it stops being one."""
    steps: list[PathStep] = []
    position = 0
    while position < len(text) or not steps:
        match = _PATH_STEP.match(text, position)
        # A dot joins two steps; only a bracket may follow a step without one.
        if match is None or (bool(match["dot"]) if not steps else not match["dot"] and bool(match["name"])):
            raise ValueError(f"not a path from character {position + 1} on: {_shown(text)}")
        steps.append(_path_step(match))
        position = match.end()
    return tuple(steps)


def _path_step(match: re.Match[str]) -> PathStep:
    if match["name"]:
        return match["name"].strip()
    if match["key"]:
        return str(json.loads(match["key"], strict=False))
    return int(match["index"]) if match["index"] else None


def read_path(path_text: str, value: Any) -> list[Any]:
    """Return everything that a path finds in a JSON value, [] where it finds nothing; ValueError if no path."""
    return _walk(parse_path(path_text), value) or []


def field_values(path: str, mapping: dict[str, Any]) -> list[Any]:
    """Return what a field holds: by its exact name first, then as a path; [] where it is absent."""
    return _field(path, mapping) or []


def _field(path: str, mapping: dict[str, Any]) -> list[Any] | None:
    if path in mapping:
        return [mapping[path]]
    try:
        steps = parse_path(path)
    except ValueError:  # a text that is no path can only be an exact name, and no field has that name
        return None
    return _walk(steps, mapping)


def _walk(steps: tuple[PathStep, ...], value: Any) -> list[Any] | None:
    """Follow the steps; None is absent, while [] is a list that is there and empty."""
    for place, step in enumerate(steps):
        if not isinstance(step, str):
            return _walk_lists(steps[place:], value)
        if not _is_object(value) or step not in value:
            return None
        value = value[step]
    return [value]


def _walk_lists(steps: tuple[PathStep, ...], value: Any) -> list[Any] | None:
    nodes: list[Any] = [value]
    for step in steps:
        if step is None:
            lists = [node for node in nodes if _is_list(node)]
            nodes = [child for node in lists for child in node]
            if lists and not nodes:
                return []
        elif isinstance(step, int):
            nodes = [node[step] for node in nodes if _is_list(node) and step < len(node)]
        else:
            nodes = [node[step] for node in nodes if isinstance(node, dict) and step in node]
        if not nodes:
            return None
    return nodes


_LISTS = (list, tuple)


def _is_list(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, _LISTS)


def _is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


# --- The answer and its JSON -------------------------------------------------------------------------------

DEEPEST_JSON = 100
_TOO_DEEP = f"its JSON is nested more than {DEEPEST_JSON} deep"
_FENCE = re.compile(r"^[ \t]*(?P<marks>`{3,}|~{3,})(?P<rest>[^\n]*)$", re.MULTILINE)


class Answer:
    """One output text and what is read from it, each read once however many criteria ask."""

    __slots__ = ("_json", "_searchable", "names", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: dict[tuple[str, bool], tuple[dict[str, str], tuple[tuple[int, int], ...]]] = {}
        self._json: tuple[bool, Any, str] | None = None
        self._searchable: _Searchable | None = None

    def json(self) -> tuple[bool, Any]:
        """Return (found, value) of the answer's JSON: the whole text, or else its only fenced block.

        JSON is what RFC 8259 says: no NaN, no Infinity. Of a name given twice the last one counts, as in
        Python, JavaScript and every trainer here. Nesting deeper than DEEPEST_JSON counts as unreadable, so
        that the result does not depend on how much stack a machine has left.
        """
        return self.reading()[:2]

    def json_problem(self) -> str:
        """Return why there is no JSON, in plain words; "" where there is."""
        return self.reading()[2]

    def searchable(self) -> "_Searchable":
        """Return the text as terms are searched in it."""
        if self._searchable is None:
            self._searchable = _searchable(self.text)
        return self._searchable

    def reading(self) -> tuple[bool, Any, str]:
        """Return (found, value, problem) of the answer's JSON."""
        if self._json is None:
            self._json = _read_json(self.text)
        return self._json


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _read_whole_number(digits: str) -> int | float:
    # CPython refuses integers past 4,300 digits, by a setting; past a float's range the size says nothing.
    return int(digits) if len(digits) <= 300 else float(digits)


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, parse_int=_read_whole_number)


def _read_json(text: str) -> tuple[bool, Any, str]:
    try:
        value, end = _DECODER.raw_decode(text)
        found, problem = True, ""
        if end < len(text):
            value = _DECODER.decode(text)  # complains of all but white space
    except ValueError:
        found, value, problem = _read_dressed_json(text)
    except RecursionError:
        found, value, problem = False, None, _TOO_DEEP
    if found and len(text) > DEEPEST_JSON and _is_too_deep(value, text):
        return False, None, _TOO_DEEP
    return found, value, problem


def _read_dressed_json(text: str) -> tuple[bool, Any, str]:
    """Read JSON that a byte order mark, odd spaces or a fence surround."""
    blocks, is_open = _fenced_blocks(text)
    if is_open or len(blocks) > 1:
        return (
            False,
            None,
            "its fenced block is not closed" if is_open else f"it holds {len(blocks)} fenced blocks",
        )
    try:
        return True, _DECODER.decode(blocks[0] if blocks else text.strip("\ufeff \t\r\n\xa0")), ""
    except ValueError:
        return False, None, "its fenced block is not JSON" if blocks else "it is not JSON"
    except RecursionError:
        return False, None, _TOO_DEEP


def _fenced_blocks(text: str) -> tuple[list[str], bool]:
    """Return the contents of all closed blocks, and whether one is left open (CommonMark 0.31, 4.5)."""
    blocks: list[str] = []
    opening: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if opening is None:
            if fence["marks"][0] == "~" or "`" not in fence["rest"]:
                opening = fence
        elif fence["marks"].startswith(opening["marks"]) and not fence["rest"].strip():
            blocks.append(text[opening.end() : fence.start()])
            opening = None
    return blocks, opening is not None


def _is_too_deep(value: Any, text: str) -> bool:
    if text.count("[") + text.count("{") <= DEEPEST_JSON:
        return False
    level = [value]
    for _ in range(DEEPEST_JSON):
        containers = [
            node.values() if isinstance(node, dict) else node for node in level if _is_container(node)
        ]
        level = [child for container in containers for child in container]
    return any(map(_is_container, level))


def _is_container(value: object) -> TypeGuard[dict[str, Any] | list[Any]]:
    return isinstance(value, (dict, list))


# --- Texts as they are compared and shown ------------------------------------------------------------------

_EXPANDING = "\xdf\u0130\u0149\u01f0\u0390\u03b0\u0587\u1e96-\u1e9e\u1f50-\u1fff\ufb00-\ufb17"  # such as ß
_INVISIBLE = "\xad\u200b-\u200d\u2060\ufeff"  # soft hyphen, zero-width space and joiners, byte order mark
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_IRREGULAR = re.compile(f"[{_EXPANDING}{_INVISIBLE}]|(?s:.)[{_MARKS}]{{1,30}}")
_HIDDEN = re.compile(f"[{_INVISIBLE}]")
_PILE = re.compile(r"[^\w\s!-~]{31,}")
_PLAIN = str.maketrans(
    dict.fromkeys("\t\n\v\f\r\x85\xa0\u2028\u2029\u202f\u205f\u3000", " ")
    | dict.fromkeys(range(0x2000, 0x200B), " ")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63\uff0d", "-")
    | dict.fromkeys("\u2018\u2019\u02bc\u2032", "'")
    | dict.fromkeys("\u201c\u201d\u201e", '"')
)
"""Signs that read the same, one for one, so that places in the text stay where they are."""


def _composed(text: str) -> str:
    """Return the text in NFC, or as it is where marks pile up past the 30 in a row that UAX 15 calls safe.

    Normalizing sorts such a run in quadratic time: 80,000 marks took six seconds.
    """
    if text.isascii():
        return text
    for run in _PILE.finditer(text):
        if sum(map(bool, map(unicodedata.combining, run.group()))) > 30:
            return text
    return unicodedata.normalize("NFC", text)


def _fold(text: str) -> str:
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = _HIDDEN.sub("", _composed(text)).translate(_PLAIN)
    return " ".join(_composed(plain.casefold()).split())


class _FoldedTexts(dict[str, str]):
    """Short texts and what they are folded to, found out when first asked for; quicker than an lru_cache."""

    def __missing__(self, text: str) -> str:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        folded = self[text] = _fold(text)
        return folded


_MOST_REMEMBERED, _LONGEST_REMEMBERED = 8192, 500
_FOLDED_TEXTS = _FoldedTexts()


def _folded(text: str) -> str:
    """Return the text as names are compared: any case, any space, any form of accent, dash and quote."""
    # Only short texts are remembered: eight thousand answers of a megabyte would fill the memory.
    return _FOLDED_TEXTS[text] if len(text) <= _LONGEST_REMEMBERED else _fold(text)


class _Searchable(NamedTuple):
    """A folded text that knows where each of its characters stood; no places means where they stand now."""

    text: str
    starts: list[int]
    ends: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the original text of a place, not empty, in the folded one."""
        return (self.starts[start], self.ends[end - 1]) if self.starts else (start, end)


def _searchable(text: str) -> _Searchable:
    plain = text.translate(_PLAIN)
    if plain.isascii() or not _IRREGULAR.search(plain):
        return _Searchable(plain.casefold(), [], [])
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    regular_from = 0
    for match in _IRREGULAR.finditer(plain):
        start, end = match.span()
        folded = _HIDDEN.sub("", unicodedata.normalize("NFC", match.group().casefold()))
        pieces += plain[regular_from:start].casefold(), folded
        starts += [*range(regular_from, start), *[start] * len(folded)]
        ends += [*range(regular_from + 1, start + 1), *[end] * len(folded)]
        regular_from = end
    pieces.append(plain[regular_from:].casefold())
    starts += range(regular_from, len(plain))
    ends += range(regular_from + 1, len(plain) + 1)
    return _Searchable("".join(pieces), starts, ends)


def _text_of(value: Any) -> str:
    """Return a JSON value as the text that it is compared by: 28 and 28.0 are "28", true is "true"."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _shown(text: str, longest: int = 60) -> str:
    """Return a text as it may stand in a reason: short, on one line, nothing in it that cannot be stored."""
    short = _HIDDEN.sub("", text[: longest + 1])
    if not short.isprintable():
        short = "".join(sign if sign.isprintable() else " " for sign in short)
    return short if len(text) <= longest else short[:longest].rstrip() + "…"


def _listed(texts: Collection[str], most: int = 6) -> str:
    listed = ", ".join(texts if len(texts) <= most else islice(texts, most))
    if len(listed) > 200 or not listed.isprintable():
        listed = ", ".join(map(_shown, islice(texts, most)))
    return listed if len(texts) <= most else f"{listed} and {len(texts) - most} more"


def _counted(number: float, one: str, many: str) -> str:
    return f"{_figure(number)} {one if number == 1 else many}"


def _figure(number: float) -> str:
    return format(number, ".12g")


# --- What a criterion compares: the predicted and the reference --------------------------------------------


class _Predicted(NamedTuple):
    """The values that an answer gives, lists opened, and where they stand if they were read from its text."""

    values: list[Any]
    spans: tuple[tuple[int, int], ...] = ()


_Reader = Callable[[Answer], _Predicted]


def _predicted(kind: dict[str, Any], answer: Answer) -> _Predicted:
    """Read what the answer gives; settled at 0 where it has no such place, and empty where that is empty."""
    return _reader(kind)(answer)


def _reader(kind: dict[str, Any], every_match: bool = False) -> _Reader:
    """Return what reads the predicted values out of an answer."""
    source = kind.get("predicted", "output_text")
    if source == "output_text":
        return lambda answer: _Predicted([answer.text], ((0, len(answer.text)),))
    if isinstance(source, str):
        steps = _json_steps(source)
        return lambda answer: _Predicted(_values_in_json(steps, source, answer))
    if _is_object(source) and isinstance(source.get("pattern"), str):
        pattern = source["pattern"]
        return lambda answer: _predicted_by_pattern(pattern, answer.text, every_match)
    raise _Settled(None, f"this point does not say where the answer gives it: {_shown(_text_of(source))}")


def _values_in_json(steps: tuple[PathStep, ...], source: str, answer: Answer) -> list[Any]:
    found, value, problem = answer.reading()
    if not found:
        raise _Settled(0.0, f"the answer cannot be read: {problem}")
    values = _walk(steps, value)
    if values is None:
        raise _Settled(0.0, f"the answer has no {_shown(source)}")
    return _leaves(values)


@lru_cache(maxsize=1024)
def _json_steps(source: str) -> tuple[PathStep, ...]:
    try:
        root, *steps = parse_path(source)
    except ValueError as problem:
        raise _Settled(None, str(problem)) from problem
    if root != "output_json":
        raise _Settled(
            None, f"a place in the answer starts with output_text or output_json: {_shown(source)}"
        )
    return tuple(steps)


def _predicted_by_pattern(pattern: str, text: str, every_match: bool) -> _Predicted:
    compiled = _compiled(pattern)
    group = min(compiled.groups, 1)
    matches = islice(compiled.finditer(text), None if every_match else 1)
    found = [match for match in matches if match[group] is not None]
    if not found and not every_match:
        raise _Settled(0.0, f"the answer has nothing that fits {_shown(pattern)}")
    return _Predicted([match[group] for match in found], tuple(match.span(group) for match in found))


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as problem:
        raise _Settled(None, f"the pattern {_shown(pattern)} cannot be read: {problem}") from problem


def _reference(kind: dict[str, Any], item: dict[str, Any], may_be_empty: bool = False) -> list[Any]:
    """Return the values of the reference, lists opened; unscored where it is absent, null or blank.

    An empty list is a statement only where `may_be_empty`; a text is one value, never its letters.
    """
    field = kind.get("reference")
    values = _field(field, item) if isinstance(field, str) else None
    leaves = [] if values is None else _leaves(values)
    known = leaves if all(leaves) else [leaf for leaf in leaves if leaf is not None and leaf != ""]
    if known and _is_blank(known[0]) and all(map(_is_blank, known)):
        known = []
    stated_empty = values is not None and not leaves and may_be_empty
    if not known and not stated_empty:
        raise _Settled(None, f"reference missing: {_shown(_text_of(field))}")
    return known


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()


def _leaves(values: list[Any]) -> list[Any]:
    """Return the values with every list among them opened, in order."""
    if len(values) == 1 and _is_list(values[0]):
        values = list(values[0])
    for value in values:
        if isinstance(value, _LISTS):
            return _opened(values)
    return values


def _opened(values: list[Any]) -> list[Any]:
    leaves: list[Any] = []
    pending = values[::-1]
    while pending:
        value = pending.pop()
        if _is_list(value):
            pending.extend(value[::-1])
        else:
            leaves.append(value)
    return leaves


_LARGEST = 1e300  # so that no difference, product or quotient of two sizes can leave a float's range by much


def _option(kind: dict[str, Any], name: str, default: float) -> float:
    """Return a number that a kind sets, not negative; null and absent are the default."""
    value = kind.get(name)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= _LARGEST:
        raise _Settled(None, f"{name} must be a number of 0 or more: {_shown(_text_of(value))}")
    return float(value)


def _one_of(kind: dict[str, Any], name: str, choices: tuple[str, ...]) -> str:
    """Return a word that a kind sets, the first choice by default."""
    value = kind.get(name)
    if value is None:
        return choices[0]
    if value not in choices:
        raise _Settled(None, f"{name} must be {' or '.join(choices)}: {_shown(_text_of(value))}")
    return str(value)


# --- labels: sets of names ---------------------------------------------------------------------------------


def _labels_check(kind: dict[str, Any], item: dict[str, Any]) -> Callable[[Answer], Outcome]:
    """Return the check of the answers to one row: how far the names in them are the reference's."""
    exact = bool(kind.get("exact"))
    wanted = _names(_reference(kind, item, may_be_empty=True), exact)
    value_of, read = _labels_value(kind), _reader(kind, every_match=True)
    place = str(kind.get("predicted")), exact

    def check(answer: Answer) -> Outcome:
        given, spans = answer.names.get(place) or _kept_names(read, answer, place)
        right = [written for key, written in wanted.items() if key in given]
        missing = wrong = _NONE
        if len(right) < len(wanted):
            missing = [written for key, written in wanted.items() if key not in given]
        if len(right) < len(given):
            wrong = [written for key, written in given.items() if key not in wanted]
        reason = _in_words(right, missing, wrong)
        return Outcome(value_of(len(right), len(given), len(wanted)), reason, spans)

    return check


_NONE: list[str] = []


def _kept_names(
    read: _Reader, answer: Answer, place: tuple[str, bool]
) -> tuple[dict[str, str], tuple[tuple[int, int], ...]]:
    """Read the names that an answer gives, and where; kept, as precision, recall and F ask for the same."""
    values, spans = read(answer)
    kept = answer.names[place] = _names(values, place[1]), spans
    return kept


def _names(values: list[Any], exact: bool) -> dict[str, str]:
    """Return what each name is compared by, and the name as it was written; a name twice is one name."""
    try:
        if not exact and len("".join(values)) <= _LONGEST_REMEMBERED:
            names = dict(zip(map(_FOLDED_TEXTS.__getitem__, values), values, strict=True))
            if len(names) == len(values) and "" not in names:
                return names  # nearly always: a few plain names, none twice, none empty
    except TypeError:  # not texts alone
        pass
    names = dict[str, str]()
    for value in values:
        if value is None:
            continue
        text = value if isinstance(value, str) else _text_of(value)
        key = _composed(text) if exact else _folded(text)
        if key and not key.isspace():
            names.setdefault(key, text)
    return names


def _in_words(right: list[str], missing: list[str], wrong: list[str]) -> str:
    reason = _labels_reason(right, missing, wrong, ", ".join)
    if len(reason) > 200 or not reason.isprintable():
        reason = _labels_reason(right, missing, wrong, _listed)
    return reason


def _labels_reason(
    right: list[str], missing: list[str], wrong: list[str], listed: Callable[[list[str]], str]
) -> str:
    if not right and not missing:
        return f"nothing is expected; named: {listed(wrong)}" if wrong else "nothing expected, nothing named"
    reason = f"found {len(right)} of {len(right) + len(missing)}"
    if right:
        reason += f": {listed(right)}"
    if missing:
        reason += f"; missing: {listed(missing)}"
    return f"{reason}; not expected: {listed(wrong)}" if wrong else reason


def _labels_value(kind: dict[str, Any]) -> Callable[[int, int, int], float]:
    """Return what makes a value of how many names are right, named and expected.

    Precision, recall or F-beta = (1 + b^2) TP / ((1 + b^2) TP + b^2 FN + FP) of two sets. Nothing named where
    nothing is expected is 1 in all three. Otherwise a share of nothing is 0, as with scikit-learn's
    zero_division=0: precision when nothing is named, recall when nothing is expected.
    """
    metric = _one_of(kind, "metric", ("f_beta", "precision", "recall"))
    squared = _option(kind, "beta", 1.0) ** 2

    def value(right: int, named: int, expected: int) -> float:
        if not right:
            return 0.0 if named or expected else 1.0
        if metric == "precision":
            return right / named
        if metric == "recall":
            return right / expected
        # (1 + b^2) TP + b^2 FN + FP = b^2 (TP + FN) + (TP + FP): the sizes of the two sets.
        return (1 + squared) * right / (squared * expected + named)

    return value


# --- choice: one name ----------------------------------------------------------------------------------------


def _measure_choice(kind: dict[str, Any], answer: Answer, item: dict[str, Any]) -> Outcome:
    """Return 1 where the answer names one thing and it is the reference, or one of the reference's list."""
    exact = bool(kind.get("exact"))
    expected = _names(_reference(kind, item), exact)
    predicted = _predicted(kind, answer)
    named = _names(predicted.values, exact)
    wanted = " or ".join(map(_shown, expected.values()))
    if len(named) != 1:
        given = f"several: {_listed(named.values())}" if named else "none"
        return Outcome(0.0, f"expected one choice, {wanted}, the answer names {given}")
    if named.keys() <= expected.keys():
        return Outcome(1.0, f"as expected: {_listed(named.values())}", predicted.spans)
    return Outcome(0.0, f"expected {wanted}, the answer says {_listed(named.values())}", predicted.spans)


# --- One reading out of a text, for number and date --------------------------------------------------------


class _Reading(NamedTuple):
    """A number, or a day as its ordinal, how it was written and where; size None is written so, yet unreadable."""

    size: float | None
    written: str
    span: tuple[int, int] | None = None


class _Pair(NamedTuple):
    """The expected size, the size that the answer gives, and where the answer gives it."""

    expected: float
    given: float
    spans: tuple[tuple[int, int], ...]


def _read_pair(
    kind: dict[str, Any],
    answer: Answer,
    item: dict[str, Any],
    read: Callable[[Any], Iterator[_Reading]],
    thing: str,
) -> _Pair:
    """Read both sides; unscored where the reference is unclear, settled at 0 where the answer is."""
    expected = _only_reading(_reference(kind, item), read, thing)
    if expected.size is None:
        raise _Settled(None, f"reference {_shown(_text_of(kind['reference']))}: {expected.written}")
    predicted = _predicted(kind, answer)
    given = _only_reading(predicted.values, read, thing)
    if given.size is None:
        raise _Settled(0.0, f"the answer gives {given.written}")
    spans: tuple[tuple[int, int], ...] = ()
    if predicted.spans and given.span:
        start = predicted.spans[0][0]
        spans = ((start + given.span[0], start + given.span[1]),)
    return _Pair(expected.size, given.size, spans)


def _only_reading(values: list[Any], read: Callable[[Any], Iterator[_Reading]], thing: str) -> _Reading:
    """Return the one thing that the values say, or None and why it is not clear; the same twice is one."""
    readings = [reading for value in values for reading in islice(read(value), 1000)]
    if not readings:
        said = _listed([text for text in map(_text_of, values) if text.strip()])
        return _Reading(None, f"no {thing}: {said}" if said else f"no {thing}")
    if len({reading.size for reading in readings}) > 1:
        return _Reading(
            None, f"more than one {thing}: {_listed(dict.fromkeys(seen.written for seen in readings))}"
        )
    if readings[0].size is None:
        return _Reading(None, f"{_shown(readings[0].written)}, which is no {thing}")
    return readings[0]


# --- number: one amount, in any money notation ---------------------------------------------------------------

_AMOUNT = re.compile(
    r"""
    (?P<bracket>\(\ ?)?
    (?P<sign>(?:(?<![\w)])-|\A\ *-\ )(?=[\d.,A-Z$€£¥(]))?         # "Tax - 500" is a dash, not a minus
    (?P<currency>(?<![^\W_])(?:[A-Z]{0,3}[$€£¥]|[A-Z]{3}|Fr\.?)\ ?)?
    (?P<inner_sign>(?<!\w)-)?
    (?:(?<=[A-Z]{3})|(?<=Fr)|(?<!\w)(?<!\w[.,'])(?<![^\W\d]-))   # not inside a name such as W-2 or Q4
    (?P<digits>(?:(?<![\w.,])[.,])?\d+(?:[.,'\ ]\d+)*)
    (?:[.,][-—]{1,2}(?!\w))?                                     # CHF 5.- and 5,-- are five, not minus five
    (?P<minus>-(?!\w))?
    (?P<percent>\ ?(?:%|percent\b|per\ cent\b|Prozent\b|pour\ ?cent\b))?
    (?:(?=\ ?[A-Z]{3}\b)|(?![^\W_])(?![.,']\d))
    (?P<closed>\ ?(?:[A-Z]{3}|[$€£¥])?\ ?\))?
    """,
    re.VERBOSE,
)


def _grouped(decimal: str, group: str) -> re.Pattern[str]:
    thousands = rf"\d{{1,3}}(?:(?P<group>[{group}' ])\d{{3}})(?:(?P=group)\d{{3}})*"
    return re.compile(rf"(?:{thousands}|\d+)?(?:[{decimal}]\d+)?")


_GROUPED = {".": _grouped(".", ","), ",": _grouped(",", ".")}


def _measure_number(kind: dict[str, Any], answer: Answer, item: dict[str, Any]) -> Outcome:
    """Return 1 within max(absolute, relative |reference|), then falling in a line to 0 over the band."""
    decimal = _one_of(kind, "decimal", (".", ","))
    as_fraction = _one_of(kind, "percent", ("keep", "fraction")) == "fraction"
    thing = f"number with “{decimal}” as decimal mark"
    pair = _read_pair(kind, answer, item, lambda value: _read_amounts(value, decimal, as_fraction), thing)
    allowed = max(_option(kind, "absolute", 0.0), _option(kind, "relative", 0.0) * abs(pair.expected))
    apart = abs(pair.given - pair.expected)
    # "Within 5" takes in 5 itself, also where 105.1 - 100.1 comes out as 4.999999999999986 or a little over.
    rounding = 4 * math.ulp(max(abs(pair.given), abs(pair.expected)))
    band = _option(kind, "band", 0.0)
    value = 1.0 if apart <= allowed + rounding else max(0.0, 1.0 - (apart - allowed) / band) if band else 0.0
    reason = f"expected {_figure(pair.expected)}, found {_figure(pair.given)}"
    if apart > rounding:
        reason += f": {_figure(apart)} apart, {_figure(allowed)} allowed"
    return Outcome(value, reason, pair.spans)


def _read_amounts(value: Any, decimal: str, as_fraction: bool) -> Iterator[_Reading]:
    """Give every number that a value holds; one in a name (W-2, Q4, 1a) is none, a year or a date is some."""
    if isinstance(value, str):
        for match in _AMOUNT.finditer(value.translate(_PLAIN)):
            yield from _read_amount(match, decimal, as_fraction)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        if abs(value) <= _LARGEST:
            yield _Reading(float(value) + 0.0, _text_of(value))  # + 0.0: minus zero is zero
        else:
            yield _Reading(None, "a number without bounds")


def _read_amount(match: re.Match[str], decimal: str, as_fraction: bool) -> Iterator[_Reading]:
    digits = match["digits"]
    negative = (
        match["sign"] or match["inner_sign"] or match["minus"] or (match["bracket"] and match["closed"])
    )
    # Spaces group thousands where they can; elsewhere they part two numbers.
    for part in [digits] if _GROUPED[decimal].fullmatch(digits) else digits.split(" "):
        size = _size_of(part, decimal)
        if size is not None and as_fraction and match["percent"]:
            size /= 100
        yield _Reading(0.0 - size if size and negative else size, match.group().strip(), match.span())


def _size_of(digits: str, decimal: str) -> float | None:
    if len(digits) > 300 or not _GROUPED[decimal].fullmatch(digits):
        return None
    return float(re.sub(rf"[^\d{decimal}]", "", digits).replace(decimal, "."))


# --- date: one day, in figures or with the month's name ------------------------------------------------------

_MONTH_NAMES = (  # English, German, French
    "january januar jänner janvier jan jän janv",
    "february februar février fevrier feb fév févr",
    "march märz maerz mars mar mär mrz",
    "april avril apr avr",
    "may mai",
    "june juni juin jun",
    "july juli juillet jul juil",
    "august août aout aug",
    "september septembre sept sep",
    "october oktober octobre oct okt",
    "november novembre nov",
    "december dezember décembre decembre dec dez déc",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"""(?<!\w)(?<!\d[./-])(?:
      (?P<year_first>\d{{4}}(?P<mark>[-/.])\ ?\d{{1,2}}(?P=mark)\ ?\d{{1,2}})
    | (?P<compact>(?:19|20)\d{{2}}(?:0[1-9]|1[012])(?:0[1-9]|[12]\d|3[01]))
    | (?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?[ -]?(?:of\ )?(?P<month>{_MONTH})\.?,?[ -]?(?P<year>\d{{4}}|\d{{2}})
    | (?P<month_first>{_MONTH})\.?\ ?(?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?,?\ (?P<year_last>\d{{4}})
    | (?P<figures>\d{{1,2}}(?P<sign>[-/.])\ ?\d{{1,2}}(?P=sign)\ ?(?:\d{{4}}|\d{{2}}))
    )(?:(?=T\d)|(?!\w))(?![./-]\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_ORDERS = {"dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day"}


def _measure_date(kind: dict[str, Any], answer: Answer, item: dict[str, Any]) -> Outcome:
    """Return 1 where the two days are at most `days` apart, else 0."""
    order = _one_of(kind, "order", tuple(_ORDERS))
    thing = f"date in the order {_ORDERS[order]}"
    pair = _read_pair(kind, answer, item, lambda value: _read_dates(value, order), thing)
    allowed, apart = _option(kind, "days", 0.0), abs(pair.given - pair.expected)
    reason = f"expected {date.fromordinal(int(pair.expected))}, found {date.fromordinal(int(pair.given))}"
    if apart:
        reason += f": {_counted(apart, 'day', 'days')} apart, {_figure(allowed)} allowed"
    return Outcome(1.0 if apart <= allowed else 0.0, reason, pair.spans)


def _read_dates(value: Any, order: str) -> Iterator[_Reading]:
    """Give every date that a text holds; year first and month names are read whatever the order."""
    if not isinstance(value, str):
        return
    composed = _composed(value)
    in_place = composed == value  # else a span would speak of another text
    for match in _DATE.finditer(composed.translate(_PLAIN)):
        try:
            size = date(*_date_parts(match, order)).toordinal()
        except ValueError:  # written like a date, but there is no such day
            size = None
        yield _Reading(size, match.group(), match.span() if in_place else None)


def _date_parts(match: re.Match[str], order: str) -> tuple[int, int, int]:
    """Return year, month and day as written; day 0, which is none, where the order does not fit."""
    if match["year_first"]:
        year, month, day = map(int, re.findall(r"\d+", match["year_first"]))
        return year, month, day
    if match["compact"]:
        digits = match["compact"]
        return int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if match["figures"]:
        part = dict(zip(order, re.findall(r"\d+", match["figures"]), strict=True))
        return _full_year(part["y"]), int(part["m"]), int(part["d"]) if len(part["d"]) <= 2 else 0
    month = _MONTHS[(match["month"] or match["month_first"]).casefold()]
    return _full_year(match["year"] or match["year_last"]), month, int(match["day"] or match["day_second"])


def _full_year(digits: str) -> int:
    # POSIX: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068.
    year = int(digits)
    return year if len(digits) > 2 else year + (1900 if year >= 69 else 2000)


# --- mentions and forbids: terms and citations in the whole text ---------------------------------------------

_LETTER = r"[^\W_]"
_SECTION = r"(?:§§?|sec(?:tions?|t|s)?\.?)"
_ARTICLE = r"(?:art(?:icles?|ikeln?|icol[oi]|[ií]culos?|s)?\.?)"
_TERM_PIECE = re.compile(
    rf"(?P<gap>\ *)(?:(?:(?<!{_LETTER})(?:(?P<section>{_SECTION})|(?P<article>{_ARTICLE}))"
    rf"(?=\ *(?:\d|[ivxlcdm]+(?!{_LETTER}))))|{_LETTER}+|[^ ])"
)
_MOST_SPANS = 50


def _measure_mentions(kind: dict[str, Any], answer: Answer, item: dict[str, Any]) -> Outcome:
    """Return the share of the terms that the answer names."""
    terms = _terms(kind, item, may_be_empty=False)
    found = _found_terms(terms, answer.searchable())
    reason = f"found {len(found)} of {len(terms)}"
    if found:
        reason += ": " + _listed(found)
    if len(found) < len(terms):
        reason += "; missing: " + _listed([term for term in terms if term not in found])
    return Outcome(len(found) / len(terms), reason, _in_order(found))


def _measure_forbids(kind: dict[str, Any], answer: Answer, item: dict[str, Any]) -> Outcome:
    """Return 1 where the answer names none of the terms, else 0."""
    terms = _terms(kind, item, may_be_empty=True)
    found = _found_terms(terms, answer.searchable())
    if found:
        return Outcome(0.0, f"found what is forbidden: {_listed(found)}", _in_order(found))
    return Outcome(1.0, f"found none of {len(terms)} forbidden" if terms else "nothing is forbidden")


def _terms(kind: dict[str, Any], item: dict[str, Any], may_be_empty: bool) -> dict[str, re.Pattern[str]]:
    """Return the criterion's own terms, or else the row's; one that is written in two ways counts once."""
    own = kind.get("terms")
    values = _leaves([own]) if own else _reference(kind, item, may_be_empty)
    written_by_pattern: dict[re.Pattern[str], str] = {}
    for text in map(_text_of, values):
        pattern = _term_pattern(text)
        if pattern is not None:
            written_by_pattern.setdefault(pattern, text)
    if not written_by_pattern and not may_be_empty:
        raise _Settled(None, "there are no terms to look for")
    return {text: pattern for pattern, text in written_by_pattern.items()}


def _found_terms(terms: dict[str, re.Pattern[str]], where: _Searchable) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for term, pattern in terms.items():
        places = [where.span(*match.span()) for match in islice(pattern.finditer(where.text), _MOST_SPANS)]
        if places:
            found[term] = places
    return found


def _in_order(found: dict[str, list[tuple[int, int]]]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted({span for places in found.values() for span in places})[:_MOST_SPANS])


@lru_cache(maxsize=2048)
def _term_pattern(term: str) -> re.Pattern[str] | None:
    """Return the pattern that finds a term as a whole in a folded text; None for a term without any sign.

    "Art. 5" is Article 5, Artikel 5 and art.5, and "§ 5" is Section 5, Sec. 5 and §§ 5 to 7; neither is
    in 50, 5a or 5.2. "U. S. C." is U.S.C., and 5(1) is 5 (1).
    """
    parts: list[str] = []
    before = ""
    for piece in _TERM_PIECE.finditer(_searchable(term).text.strip()):
        written = piece.group().strip()
        head = _SECTION if piece["section"] else _ARTICLE if piece["article"] else ""
        parts += [_joint(before, written, bool(piece["gap"])), head or re.escape(written)]
        before = " " if head else written
    if not parts:
        return None
    first = parts[1]
    left = rf"(?<!{_LETTER})" if first[0].isalnum() or first in (_SECTION, _ARTICLE) else ""
    left += r"(?<!\d[.,])" if first[0].isdigit() else ""
    right = rf"(?!{_LETTER})" if before[-1].isalnum() else ""
    right += r"(?![.,]\d)" if before[-1].isdigit() else ""
    return re.compile(left + "".join(parts) + right)


def _joint(before: str, after: str, spaced: bool) -> str:
    """Return what may stand between two pieces of a term; a citation's head, given as " ", and brackets are loose."""
    if not before:
        return ""
    if spaced and before.isalnum() and after.isalnum():
        return " +"
    loose = spaced or before in " ([)]" or after in "([)]" or (before == "." and after.isalpha())
    return " *" if loose else ""


# --- similar: how alike two texts are ------------------------------------------------------------------------

_LONGEST_COMPARED = 20_000
_LONGEST_PART = 1_000


def _measure_similar(kind: dict[str, Any], answer: Answer, item: dict[str, Any]) -> Outcome:
    """Return rapidfuzz's ratio in [0, 1], drawn out so that `floor` is 0 and `ceiling` is 1."""
    ratio = _one_of(kind, "ratio", ("ratio", "partial", "token_set"))
    floor, ceiling = _option(kind, "floor", 0.0), _option(kind, "ceiling", 1.0)
    expected = _joined(_reference(kind, item))
    given = _joined(_predicted(kind, answer).values)
    if not given:
        return Outcome(0.0, "the answer gives no text to compare")
    alike = _alikeness(ratio, expected, given)
    if alike is None:
        return Outcome(None, "comparing texts needs the package rapidfuzz, which is not installed")
    value = (alike - floor) / (ceiling - floor) if ceiling > floor else float(alike >= ceiling)
    reason = f"{alike:.0%} alike; no credit up to {floor:.0%}, full credit from {ceiling:.0%}"
    if max(len(expected), len(given)) > _LONGEST_COMPARED:
        reason += f"; only the first {_LONGEST_COMPARED} characters were compared"
    return Outcome(min(1.0, max(0.0, value)), reason)


def _joined(values: list[Any]) -> str:
    return _folded(" ".join(_text_of(value) for value in values if value is not None))


def _alikeness(ratio: str, expected: str, given: str) -> float | None:
    try:
        from rapidfuzz import fuzz
    except ImportError:  # None becomes unscored, and says so
        return None
    short, long = sorted((expected[:_LONGEST_COMPARED], given[:_LONGEST_COMPARED]), key=len)
    if ratio == "partial":
        # Looking for a part takes cubic time: 5,000 characters in 5,000 took seven seconds.
        return fuzz.partial_ratio(short[:_LONGEST_PART], long) / 100
    return (fuzz.ratio if ratio == "ratio" else fuzz.token_set_ratio)(short, long) / 100


# --- format: length and a subset of JSON Schema --------------------------------------------------------------

_ANNOTATIONS = frozenset(("$comment", "$schema", "default", "description", "examples", "title"))
_BY_VALUE = frozenset(("type", "enum", "const", "anyOf"))
_BY_SIZE = frozenset(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"))
_BY_LENGTH = frozenset(("minLength", "maxLength", "pattern", "minItems", "maxItems"))
_BY_CONTENT = frozenset(("properties", "required", "additionalProperties", "items", "uniqueItems"))
SCHEMA_KEYWORDS = _ANNOTATIONS | _BY_VALUE | _BY_SIZE | _BY_LENGTH | _BY_CONTENT


def unsupported_keywords(schema: Any) -> list[str]:
    """Return the keywords of a schema, at any depth, that `format` does not know, sorted, each once."""
    unknown: set[str] = set()
    pending = [schema]
    while pending:
        part = pending.pop()
        if _is_object(part):
            unknown |= part.keys() - SCHEMA_KEYWORDS
            pending += _subschemas(part)
    return sorted(unknown)


def _subschemas(schema: dict[str, Any]) -> Iterator[Any]:
    properties, choices = schema.get("properties"), schema.get("anyOf")
    yield from properties.values() if _is_object(properties) else ()
    yield from choices if _is_list(choices) else ()
    yield from (schema.get("items"), schema.get("additionalProperties"))


def _measure_format(kind: dict[str, Any], answer: Answer, _item: dict[str, Any]) -> Outcome:
    """Return 1 where length and JSON are as asked, else 0; without a schema only the length counts."""
    length = len(answer.text)
    size = f"{_counted(length, 'character', 'characters')} long"
    least, most = _option(kind, "min_chars", 0), _option(kind, "max_chars", _LARGEST)
    if not least <= length <= most:
        asked = f"at least {_figure(least)}" if length < least else f"at most {_figure(most)}"
        return Outcome(0.0, f"{size}, {asked} asked for")
    if kind.get("schema") is None:
        return Outcome(1.0, size)
    found, value = answer.json()
    if not found:
        return Outcome(0.0, f"the answer cannot be read: {answer.json_problem()}")
    complaints = _first_complaints(kind["schema"], value)
    return Outcome(0.0, "; ".join(complaints)) if complaints else Outcome(1.0, "in the form asked for")


def _first_complaints(schema: Any, value: Any) -> list[str]:
    try:
        return list(islice(_complaints(schema, value, "the answer"), 3))
    except (TypeError, ValueError, AttributeError, KeyError, OverflowError) as problem:  # {"minimum": "5"}
        raise _Settled(None, f"the schema itself is at fault: {_shown(str(problem))}") from problem


def _complaints(schema: Any, value: Any, place: str) -> Iterator[str]:
    """Say where a value is not as a schema asks (JSON Schema 2020-12, the keywords above)."""
    if isinstance(schema, bool):
        if not schema:
            yield f"{place} should not be there"
        return
    if unknown := schema.keys() - SCHEMA_KEYWORDS:
        raise _Settled(None, f"the schema uses what is not supported: {_listed(sorted(unknown))}")
    yield from _value_complaints(schema, value, place)
    if _is_object(value):
        yield from _object_complaints(schema, value, place)
    elif _is_list(value):
        yield from _array_complaints(schema, value, place)
    elif isinstance(value, str):
        yield from _text_complaints(schema, value, place)
    elif _is_of_type(value, "number"):
        yield from _size_complaints(schema, value, place)


def _is_of_type(value: Any, name: str) -> bool:
    if isinstance(value, bool) or value is None:
        return name == ("null" if value is None else "boolean")
    if isinstance(value, (int, float)):
        return name == "number" or (name == "integer" and float(value).is_integer())
    return name == ("string" if isinstance(value, str) else "object" if isinstance(value, dict) else "array")


def _value_complaints(schema: dict[str, Any], value: Any, place: str) -> Iterator[str]:
    if "type" in schema:
        types = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
        if not any(_is_of_type(value, name) for name in types):
            yield f"{place} is not of type {' or '.join(types)}"
    if "enum" in schema and _identity(value) not in map(_identity, schema["enum"]):
        yield f"{place} is none of {_listed([_text_of(choice) for choice in schema['enum']])}"
    if "const" in schema and _identity(value) != _identity(schema["const"]):
        yield f"{place} is not {_shown(_text_of(schema['const']))}"
    if "anyOf" in schema and all(any(_complaints(choice, value, place)) for choice in schema["anyOf"]):
        yield f"{place} has none of the {len(schema['anyOf'])} forms that it may have"


def _object_complaints(schema: dict[str, Any], value: dict[str, Any], place: str) -> Iterator[str]:
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{place} has no {_shown(name)}"
    properties, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name, child in value.items():
        yield from _complaints(properties.get(name, others), child, _shown(name))


def _array_complaints(schema: dict[str, Any], value: list[Any], place: str) -> Iterator[str]:
    yield from _length_complaints(
        schema, "Items", len(value), f"{place} has {_counted(len(value), 'entry', 'entries')}"
    )
    if schema.get("uniqueItems") and len(set(map(_identity, value))) < len(value):
        yield f"{place} has an entry twice"
    if "items" in schema:
        for number, child in enumerate(value, start=1):
            yield from _complaints(schema["items"], child, f"entry {number} of {place}")


def _text_complaints(schema: dict[str, Any], value: str, place: str) -> Iterator[str]:
    yield from _length_complaints(
        schema, "Length", len(value), f"{place} has {_counted(len(value), 'character', 'characters')}"
    )
    if "pattern" in schema and not _compiled(schema["pattern"]).search(value):
        yield f"{place} does not fit {_shown(schema['pattern'])}"


def _length_complaints(schema: dict[str, Any], of: str, length: int, opening: str) -> Iterator[str]:
    if length < schema.get(f"min{of}", 0):
        yield f"{opening}, at least {schema[f'min{of}']} asked for"
    if length > schema.get(f"max{of}", length):
        yield f"{opening}, at most {schema[f'max{of}']} asked for"


def _size_complaints(schema: dict[str, Any], value: float, place: str) -> Iterator[str]:
    if value < schema.get("minimum", value):
        yield f"{place} is {_figure(value)}, at least {_figure(schema['minimum'])} asked for"
    if value > schema.get("maximum", value):
        yield f"{place} is {_figure(value)}, at most {_figure(schema['maximum'])} asked for"
    if "exclusiveMinimum" in schema and value <= schema["exclusiveMinimum"]:
        yield f"{place} is {_figure(value)}, more than {_figure(schema['exclusiveMinimum'])} asked for"
    if "exclusiveMaximum" in schema and value >= schema["exclusiveMaximum"]:
        yield f"{place} is {_figure(value)}, less than {_figure(schema['exclusiveMaximum'])} asked for"


def _identity(value: Any) -> Any:
    """Return what makes two JSON values the same one, hashable: 1 is 1.0, but true is not 1."""
    if _is_object(value):
        return "object", frozenset((name, _identity(child)) for name, child in value.items())
    if _is_list(value):
        return "array", tuple(map(_identity, value))
    return ("boolean", value) if isinstance(value, bool) else value


# --- All of them -----------------------------------------------------------------------------------------------

Check = Callable[[Answer], Outcome]
"""One criterion as it is asked of one row: called with each of the answers to it."""

_MEASURES: dict[str, Callable[[dict[str, Any], Answer, dict[str, Any]], Outcome]] = {
    "choice": _measure_choice,
    "number": _measure_number,
    "date": _measure_date,
    "mentions": _measure_mentions,
    "forbids": _measure_forbids,
    "similar": _measure_similar,
    "format": _measure_format,
}
CHECK_KINDS = ("labels", *_MEASURES)
_TOO_NESTED = Outcome(None, "the criterion or the reference is nested too deeply to be read")


def asked(kind: dict[str, Any], item: dict[str, Any]) -> Check:
    """Make the check of one criterion on one row; `item` is the row's reference fields.

    What does not depend on the answer is read once. Neither this nor the check raises, or gives NaN.
    """
    try:
        check = _check_of(kind, item)
    except _Settled as settled:
        outcome = settled.outcome
        return lambda _: outcome
    except RecursionError:
        return lambda _: _TOO_NESTED

    def guarded(answer: Answer) -> Outcome:
        try:
            return check(answer)
        except _Settled as settled:
            return settled.outcome
        except RecursionError:
            return _TOO_NESTED

    return guarded


def measure(kind: dict[str, Any], answer: Answer, item: dict[str, Any]) -> Outcome:
    """Measure one criterion of one sample; `item` is the row's reference fields. Never raises, never NaN."""
    return asked(kind, item)(answer)


def _check_of(kind: dict[str, Any], item: dict[str, Any]) -> Check:
    name = _text_of(kind.get("type"))
    if name == "labels":
        return _labels_check(kind, item)
    if name not in _MEASURES:
        raise _Settled(None, f"no check of this kind: {_shown(name)}")
    return lambda answer: _MEASURES[name](kind, answer, item)
