"""Behaviors that many tests want: always the same act, one act after another."""

from collections.abc import Callable

from tests.model_server.acts import Act
from tests.model_server.seen import Seen

Behave = Callable[[Seen], Act]


def always(act: Act) -> Behave:
    """Do the same with every request."""
    return lambda seen: act


def in_turn(*acts: Act) -> Behave:
    """Do one after the other; the last one for all that follow."""
    waiting = list(acts)
    return lambda seen: waiting.pop(0) if len(waiting) > 1 else waiting[0]
