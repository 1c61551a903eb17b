"""Everything that goes over the network, behind one switch. What services ask for is in their `model_ports.py`."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from random import Random
from typing import TYPE_CHECKING, Any

from rubric_studio.domain.connection import Connection, ConnectionReport
from rubric_studio.llm.keys import Keys
from rubric_studio.llm.network import Network

if TYPE_CHECKING:
    from rubric_studio.llm.asking import OpenConnection


def _unheard(done: int, of: int, what: str) -> None:
    """Progress that nobody looks at."""


class ModelServers:
    """Opens connections for runs, batches and tests. Forbidden until the user allows it."""

    def __init__(self, keys: Keys, *, offline: bool = True, chance: Random | None = None) -> None:
        self._keys = keys
        self._network = Network(offline=offline)
        self._chance = chance

    @property
    def is_offline(self) -> bool:
        """Whether the network is forbidden."""
        return self._network.is_offline

    def set_offline(self, offline: bool) -> None:
        """Forbid or allow the network; calls under way are cut off when it is forbidden."""
        self._network.set_offline(offline)

    @contextmanager
    def asking(self, connection: Connection) -> "Iterator[OpenConnection]":
        """Open a connection for a run; at the end what is still under way is cut off."""
        from rubric_studio.llm.asking import OpenConnection

        opened = OpenConnection(
            self._network, connection, lambda: self._keys.secret(connection), self._chance
        )
        try:
            yield opened
        finally:
            opened.close()

    def batches(self, connection: Connection) -> AbstractContextManager[Any]:
        """Open a connection for batches."""
        from rubric_studio.llm.batches import open_batches

        return open_batches(self._network, connection, self._keys)

    def test(
        self,
        connection: Connection,
        model: str = "",
        progress: Callable[[int, int, str], None] = _unheard,
    ) -> ConnectionReport:
        """Try what works, with the fewest and smallest calls; never raises for what a server does."""
        from rubric_studio.llm.connection_test import tested

        return tested(self._network, connection, self._keys.secret(connection), model, progress)
