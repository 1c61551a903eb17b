"""Views of paper for the frame of the page: each only has its wishes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget


class PaperView(QWidget):
    """Has a field for the keyboard."""

    row_requested = Signal(str)
    samples_requested = Signal(list)
    point_requested = Signal(list, str)
    page_requested = Signal(str)
    compare_requested = Signal(str)
    round_requested = Signal(object)
    view_requested = Signal(str)

    def __init__(self, session: object, look: object, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        self.setFocusProxy(self.field)


PLACE = "tests.ui.compare.paper_views:PaperView"
VIEWS: dict[str, str] = dict.fromkeys(("agreement", "trend", "differences", "decided"), PLACE)
