"""What of the world of models one window is handed: servers, keys, connections, prices. `wiring.py` fills it."""

from dataclasses import dataclass
from typing import Protocol

from rubric_studio.services.connections import Connections
from rubric_studio.services.model_ports import Keys, ModelServers
from rubric_studio.services.prices import Prices


class ModelAccess(Protocol):
    """All of it belongs to this computer; nothing of it is in a project.

    The servers are offline where the connections say so: whoever fills it sees to that.
    """

    @property
    def servers(self) -> ModelServers:
        """Everything that goes over the network."""
        ...

    @property
    def keys(self) -> Keys:
        """Keys of connections."""
        ...

    @property
    def connections(self) -> Connections:
        """The connections that this computer knows, and whether the network is allowed."""
        ...

    @property
    def prices(self) -> Prices:
        """What tokens cost."""
        ...


@dataclass(frozen=True)
class ReadyModelAccess:
    """Parts that are there already."""

    servers: ModelServers
    keys: Keys
    connections: Connections
    prices: Prices
