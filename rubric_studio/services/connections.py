"""The connections that this computer knows, and whether the network is allowed. Their keys are not here."""

from typing import cast

from pydantic import ValidationError

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.errors import StudioError
from rubric_studio.services.ports import KeptFile


class Connections:
    """Connections by id, in the order in which they were made, kept in a small file of this computer."""

    def __init__(self, kept: KeptFile) -> None:
        self._kept = kept

    def all(self) -> tuple[Connection, ...]:
        """Every connection; one that a newer program wrote and we cannot read is passed over, never lost."""
        return tuple(found for found in map(_read, self._told()) if found is not None)

    def named(self, id: str) -> Connection:
        """One connection.

        Raises:
            StudioError: this computer has none of that id.
        """
        found = next((each for each in self.all() if each.id == id), None)
        if found is None:
            raise StudioError(
                "No such connection",
                "This computer does not know the connection any more.",
                "Choose another one, or make it again under Models.",
            )
        return found

    def put(self, connection: Connection) -> None:
        """Add a connection, or change the one of its id."""
        told = [each for each in self._told() if each.get("id") != connection.id]
        place = next(
            (at for at, each in enumerate(self._told()) if each.get("id") == connection.id), len(told)
        )
        told.insert(place, connection.model_dump(mode="json"))
        self._write(connections=told)

    def remove(self, id: str) -> None:
        """Forget a connection; its key is forgotten elsewhere."""
        self._write(connections=[each for each in self._told() if each.get("id") != id])

    @property
    def is_offline(self) -> bool:
        """Whether the network is forbidden; it is until somebody allows it."""
        return self._kept.read().get("offline", True) is not False

    def set_offline(self, offline: bool) -> None:
        """Remember the switch."""
        self._write(offline=offline)

    def _told(self) -> list[dict[str, object]]:
        told = self._kept.read().get("connections", [])
        several = cast(list[object], told) if isinstance(told, list) else []
        return [cast(dict[str, object], each) for each in several if isinstance(each, dict)]

    def _write(self, **changed: object) -> None:
        self._kept.write(self._kept.read() | changed)


def _read(told: dict[str, object]) -> Connection | None:
    try:
        return Connection.model_validate(told)
    except ValidationError:
        return None
