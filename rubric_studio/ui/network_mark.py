"""The mark that says whether anything may leave this computer, and the question before it may. Opens no connection."""

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.ui.last_action_strip import LastActionStrip
from rubric_studio.ui.message import Choice, ask
from rubric_studio.ui.network_switch import NetworkSwitch


class NetworkMark(QObject):
    """Keeps the strip's mark true. `shown` tells whether the network is forbidden, for the menu."""

    shown = Signal(bool)

    def __init__(
        self, window: QWidget, strip: LastActionStrip, network: NetworkSwitch, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._strip, self._network = window, strip, network
        self._calls = 0
        strip.network_requested.connect(self.switch)
        network.changed.connect(self._show)
        self._show()

    def switch(self) -> None:
        """Forbid the network at once, or allow it after a question."""
        network = self._network
        if not network.is_offline:
            network.set_offline(True)
            return
        self._show()  # the menu has ticked itself off already
        if network.can_switch:
            ask(self._window, going_online(), lambda: network.set_offline(False))

    def show_calls(self, calls: int) -> None:
        """Say how many calls of models are under way."""
        self._calls = calls
        self._show()

    def _show(self) -> None:
        network = self._network
        self._strip.show_network(offline=network.is_offline, can_switch=network.can_switch, calls=self._calls)
        self.shown.emit(network.is_offline)


def going_online() -> Choice:
    """Ask whether models may be asked from now on."""
    return Choice(
        _tr("Go online?"),
        _tr(
            "Nothing leaves this computer by itself then either. A model is asked only when you start a run or try a "
            "connection, and before a run you see what goes where and what it costs."
        ),
        _tr("Go online"),
        _tr("Stay offline"),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("network_mark", text)
