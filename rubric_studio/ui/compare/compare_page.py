"""Here you see where your experts agree and where they differ."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.session import Session


class ComparePage(QWidget):
    """Nothing yet."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "page")
        QVBoxLayout(self).addWidget(
            EmptyState(look, self.tr("Here you see where your experts agree and where they differ."))
        )

    def show_view(self, name: str) -> None:
        """Show one of its views."""
