"""What an answer's source told of it, in a few quiet words: cut off, refused, tokens, seconds, way of asking."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.sample import Sample
from rubric_studio.ui.number_text import count_text

BETWEEN = " \N{MIDDLE DOT} "
CUT_OFF, FILTERED = "length", "content_filter"
SHOWN = 200


def alarm_words(sample: Sample) -> str:
    """Return what a reader must know before marking: that it was cut off or refused; "" where neither."""
    facts = sample.facts
    words = []
    if facts.get("refusal") is True:
        words.append(_tr("refused"))
    if facts.get("finish") == CUT_OFF:
        words.append(_tr("cut off at the limit"))
    elif facts.get("finish") == FILTERED:
        words.append(_tr("cut off by a content filter"))
    return BETWEEN.join(words)


def told_words(sample: Sample) -> str:
    """Return all that is told in one line, the alarms first; "" where nothing is told."""
    facts = sample.facts
    answered_as = _text(facts, "answered_as")
    words = [
        alarm_words(sample),
        _text(facts, "prompt"),
        _tr("answered as {model}").format(model=answered_as) if answered_as not in ("", sample.model) else "",
        _tokens(facts),
        _seconds(facts),
    ]
    return BETWEEN.join(each for each in words if each)


def reasoning_of(sample: Sample) -> str:
    """Return the summary of its reasoning that the server gave: untrusted text, never scored."""
    told = sample.facts.get("reasoning")
    return told if isinstance(told, str) else ""


def _tokens(facts: Mapping[str, Any]) -> str:
    answer, reasoning = _count(facts, "answer_tokens"), _count(facts, "reasoning_tokens")
    if not answer:
        return ""
    if not reasoning:
        return _tr("{n} tokens").format(n=count_text(answer))
    words = _tr("{n} tokens, {reasoning} of them reasoning")
    return words.format(n=count_text(answer), reasoning=count_text(reasoning))


def _seconds(facts: Mapping[str, Any]) -> str:
    told = facts.get("latency")
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 < told < 1e6:
        return ""
    return _tr("{n} s").format(n=f"{told:.1f}" if told < 10 else f"{told:.0f}")


def _count(facts: Mapping[str, Any], name: str) -> int:
    told = facts.get(name)
    return told if isinstance(told, int) and not isinstance(told, bool) and told > 0 else 0


def _text(facts: Mapping[str, Any], name: str) -> str:
    """A short text on one line: what came from a server may hold anything."""
    told = facts.get(name)
    return " ".join(told[:SHOWN].split()) if isinstance(told, str) else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("answer_told", text)
