"""Views and a sheet that are only wishes, for tests of the page that hosts them."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

HERE = "tests.ui.models.paper_views"
VIEWS = {
    "answers": f"{HERE}:PaperView",
    "judges": f"{HERE}:PaperView",
    "runs": "rubric_studio.ui.models.runs_view:RunsView",
    "connections": f"{HERE}:PaperView",
}
SHEET = f"{HERE}:PaperSheet"


class PaperView(QWidget):
    """Wishes for everything that a view may wish for."""

    order_wanted = Signal(object)
    row_requested = Signal(str)
    samples_requested = Signal(list)
    view_requested = Signal(str)

    def __init__(self, session: Any, look: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)


class PaperSheet(QDialog):
    """Agrees when it is told to."""

    accepted_order = Signal(object)

    def __init__(self, session: Any, look: Any, order: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self.order = order
        self.place = (0, 0)

    def show_place(self, number: int, of: int) -> None:
        self.place = (number, of)
