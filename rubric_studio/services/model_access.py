"""What of the world of models one window is handed: servers, keys, connections, prices. `wiring.py` fills it."""

from dataclasses import dataclass

from rubric_studio.services.connections import Connections
from rubric_studio.services.model_ports import Keys, ModelServers
from rubric_studio.services.prices import Prices


@dataclass(frozen=True)
class ModelAccess:
    """All of it belongs to this computer; nothing of it is in a project."""

    servers: ModelServers
    keys: Keys
    connections: Connections
    prices: Prices
