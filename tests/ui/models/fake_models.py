"""A world of models without a network: servers that answer tests as told, keys in a dictionary."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from rubric_studio.domain.connection import Capability, Connection, ConnectionReport
from rubric_studio.services.connections import Connections
from rubric_studio.services.model_access import ModelAccess, ReadyModelAccess
from rubric_studio.services.model_ports import Asking, BatchCalls, KeyHome
from rubric_studio.services.ports import Progress, no_progress
from rubric_studio.services.prices import Prices


class KeptInMemory:
    """A small file that is none."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def read(self) -> dict[str, Any]:
        return dict(self.values)

    def write(self, values: dict[str, Any]) -> None:
        self.values = dict(values)


class FakeServers:
    """Answers every test with `report`; `while_testing` is called on the job's thread."""

    def __init__(self) -> None:
        self.is_offline = True
        self.tested: list[tuple[Connection, str]] = []
        self.report = ConnectionReport()
        self.while_testing: Callable[[Progress], None] = lambda progress: None

    def set_offline(self, offline: bool) -> None:
        self.is_offline = offline

    def asking(self, connection: Connection) -> AbstractContextManager[Asking]:
        raise AssertionError("no run here")

    def batches(self, connection: Connection) -> AbstractContextManager[BatchCalls]:
        raise AssertionError("no batch here")

    def test(
        self, connection: Connection, model: str = "", progress: Progress = no_progress
    ) -> ConnectionReport:
        assert not self.is_offline, "the network is forbidden"
        self.tested.append((connection, model))
        self.while_testing(progress)
        return self.report


class FakeKeys:
    """Keeps keys by connection; with `trouble` for the session only."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.trouble = ""

    def keyring_trouble(self) -> str:
        return self.trouble

    def home(self, connection: Connection) -> KeyHome:
        if connection.id not in self.kept:
            return "none"
        return "session" if self.trouble else "keyring"

    def put(self, connection: Connection, key: str) -> KeyHome:
        self.kept[connection.id] = key
        return self.home(connection)

    def forget(self, connection: Connection) -> None:
        self.kept.pop(connection.id, None)


def models() -> ModelAccess:
    """All of it, new."""
    return ReadyModelAccess(FakeServers(), FakeKeys(), Connections(KeptInMemory()), Prices(KeptInMemory()))


def report(**works: bool | None) -> ConnectionReport:
    """A report on those capabilities."""
    told = tuple(
        Capability.model_validate({"name": name, "works": each, "said": "" if each else f"no {name}"})
        for name, each in works.items()
    )
    return ConnectionReport(capabilities=told, models=("model-a", "model-b"), model="model-a", latency=0.4)
