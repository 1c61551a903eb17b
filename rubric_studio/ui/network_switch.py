"""The switch that forbids or allows the network on this computer. It asks nobody and shows nothing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from rubric_studio.services.model_access import ModelAccess


class NetworkSwitch(QObject):
    """Off until somebody turns it on, and as it was left last time. Without models there is nothing to turn on."""

    changed = Signal()

    def __init__(self, models: "ModelAccess | None", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models = models

    @property
    def is_offline(self) -> bool:
        """Whether the network is forbidden."""
        return self._models is None or self._models.connections.is_offline

    @property
    def can_switch(self) -> bool:
        """Whether models can be reached here at all."""
        return self._models is not None

    def set_offline(self, offline: bool) -> None:
        """Forbid or allow the network, now and at the next start; what is on the wire is cut off."""
        if self._models is None or offline == self.is_offline:
            return
        self._models.servers.set_offline(offline)
        self._models.connections.set_offline(offline)
        self.changed.emit()
