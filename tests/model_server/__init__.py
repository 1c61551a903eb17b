"""A small OpenAI-compatible server of our own that does what a test tells it; it has nothing of the program in it."""

from tests.model_server.acts import (
    Act,
    HalfBody,
    Late,
    NoChoices,
    NotJson,
    Reset,
    Say,
    SlowBody,
    Stall,
    Status,
    WrongShape,
)
from tests.model_server.behaviors import always, in_turn
from tests.model_server.seen import Seen
from tests.model_server.server import ModelServer

__all__ = [
    "Act",
    "HalfBody",
    "Late",
    "ModelServer",
    "NoChoices",
    "NotJson",
    "Reset",
    "Say",
    "Seen",
    "SlowBody",
    "Stall",
    "Status",
    "WrongShape",
    "always",
    "in_turn",
]
