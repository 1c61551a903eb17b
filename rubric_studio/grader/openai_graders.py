"""OpenAI's graders that are programs without a source: string_check and text_similarity, run as they are.

Their texts are templates: `{{ item.x }}` is the row's reference field x (a path may follow), and
`{{ sample.output_text }}` and `{{ sample.output_json.x }}` are the answer and what a path finds in its JSON. All
other braces are just braces. What a name does not find leaves the grader unscored, with that name. A text
stands there as it is; anything else as JSON, for how the service writes it is not documented.

Not here: python graders (own code), score_model and label_model (models and people mark those).
Standard library only, CPython 3.10: bundles carry this file, with its two imports of ours resolved.
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, cast

from rubric_studio.grader.measures import Answer, Outcome, field_values, read_path
from rubric_studio.grader.openai_similarities import similarity

GRADERS_VERSION = "1"
"""Goes into the question of every such grader: whoever changes a figure counts on."""

GRADER_KIND = "grader"
ANSWER_LACKS = "the answer has no "

_TEMPLATE = re.compile(r"\{\{\s*(item|sample)\s*((?:[.\[][^{}]*)?)\}\}")
_MAY_DIFFER = "the server's own figure may differ"
_WAYS = {"fuzzy_match": "rapidfuzz's ratio", "meteor": "from equal words only, without stems and synonyms"}
_PUBLISHED = "by the published formula"

GraderCheck = Callable[[Answer], Outcome]


class _Unfilled(Exception):
    """A template names what is not there."""


def grader_check(kind: Mapping[str, Any], item: dict[str, Any]) -> GraderCheck:
    """Make the check of one grader ({"type": "grader", "grader": {...}}) on one row; it never raises."""
    grader = kind.get("grader")
    told: Mapping[str, Any] = cast("dict[str, Any]", grader) if isinstance(grader, dict) else {}

    def check(answer: Answer) -> Outcome:
        try:
            given, expected = (_filled(told.get(name), item, answer) for name in ("input", "reference"))
            return _compared(told, given, expected)
        except (_Unfilled, ValueError) as error:
            return Outcome(None, str(error))
        except ImportError as error:
            return Outcome(None, f"{error.name} is not installed here")
        except RecursionError:
            return Outcome(None, "a value is nested too deeply to be written as text")

    return check


def _compared(grader: Mapping[str, Any], given: str, expected: str) -> Outcome:
    if grader.get("type") == "string_check":
        return _checked_string(str(grader.get("operation")), given, expected)
    if grader.get("type") == "text_similarity":
        metric = str(grader.get("evaluation_metric"))
        figure = similarity(metric, given, expected)
        return Outcome(figure, f"{metric}: {_WAYS.get(metric, _PUBLISHED)}; {_MAY_DIFFER}")
    raise ValueError(f"no program here runs a grader of type {grader.get('type')}")


def _checked_string(operation: str, given: str, expected: str) -> Outcome:
    """1 or 0: `eq` the same, `ne` another, `like` holds the reference, `ilike` holds it in any case."""
    if operation in ("eq", "ne"):
        holds = (given == expected) == (operation == "eq")
        words = "is" if given == expected else "is not"
    elif operation in ("like", "ilike"):
        holds = expected in given if operation == "like" else expected.lower() in given.lower()
        words = "holds" if holds else "does not hold"
    else:
        raise ValueError(f"no program here knows the operation {operation}")
    return Outcome(float(holds), f"{_in_quotes(given)} {words} {_in_quotes(expected)}")


def _in_quotes(text: str, most: int = 40) -> str:
    shown = " ".join(text[: most * 4].split())
    return f'"{shown[:most]}\N{HORIZONTAL ELLIPSIS}"' if len(shown) > most else f'"{shown}"'


# ---- templates


@lru_cache(maxsize=256)
def _pieces(text: str) -> tuple[tuple[str, str, str], ...]:
    """Cut a template into (literal, root, rest of the name); the last has a literal only."""
    pieces: list[tuple[str, str, str]] = []
    end = 0
    for match in _TEMPLATE.finditer(text):
        pieces.append((text[end : match.start()], match[1], match[2].strip()))
        end = match.end()
    return (*pieces, (text[end:], "", ""))


def _filled(text: Any, item: dict[str, Any], answer: Answer) -> str:
    if not isinstance(text, str):
        raise ValueError("the grader has no text to compare")
    written = (
        literal + (_written(_looked_up(root, rest, item, answer)) if root else "")
        for literal, root, rest in _pieces(text)
    )
    return "".join(written)


def _looked_up(root: str, rest: str, item: dict[str, Any], answer: Answer) -> Any:
    path = rest[1:].strip() if rest.startswith(".") else rest
    if root == "item":
        found = field_values(path, item) if path and rest.startswith(".") else []
        if not found:
            raise _Unfilled(f"the row has no item{rest}")
        return _only(path, found)
    name, _, inside = path.partition(".")
    if path == "output_text":
        return answer.text
    if name == "output_json" or path.startswith("output_json["):
        return _in_output_json(rest, inside if name == "output_json" else path[len("output_json") :], answer)
    raise _Unfilled(f"sample{rest} is not known here: there are output_text and output_json")


def _in_output_json(rest: str, path: str, answer: Answer) -> Any:
    is_json, value = answer.json()
    if not is_json:
        raise _Unfilled(f"{ANSWER_LACKS}sample{rest}: it is no JSON")
    if not path:
        return value
    found = _found_in(path, value)
    if not found:
        raise _Unfilled(f"{ANSWER_LACKS}sample{rest}")
    return _only(path, found)


def _found_in(path: str, value: Any) -> list[Any]:
    """What a name or a path finds; only an object has names."""
    return (
        field_values(path, cast("dict[str, Any]", value))
        if isinstance(value, dict)
        else read_path(path, value)
    )


def _only(path: str, found: list[Any]) -> Any:
    """What a path finds; one that spreads over a list finds a list."""
    return found if "[*]" in path else found[0]


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
