"""How somebody likes to go on while marking: two switches, kept with the place. It marks nothing."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from rubric_studio.ui.review.sitting import Sitting


class HabitsMenu(QMenu):
    """The switches of a sitting."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.goes_on = self._switch(self.tr("Go to the next answer by itself after the last point"))
        self.asks_why = self._switch(self.tr("Ask why at low grades"))

    def follow(self, sitting: Sitting) -> None:
        """Show a sitting's habits and change them from now on."""
        self.goes_on.setChecked(sitting.goes_on)
        self.asks_why.setChecked(sitting.asks_why)
        self.goes_on.toggled.connect(lambda on: self._change(sitting, "goes_on", on))
        self.asks_why.toggled.connect(lambda on: self._change(sitting, "asks_why", on))

    def _switch(self, text: str) -> QAction:
        action = self.addAction(text)
        action.setCheckable(True)
        return action

    def _change(self, sitting: Sitting, name: str, on: bool) -> None:
        setattr(sitting, name, on)
        sitting.keep_soon()
