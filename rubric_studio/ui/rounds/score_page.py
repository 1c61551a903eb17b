"""Here your experts score the same answers, each on their own."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.session import Session


class ScorePage(QWidget):
    """Nothing yet."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "page")
        QVBoxLayout(self).addWidget(
            EmptyState(look, self.tr("Here your experts score the same answers, each on their own."))
        )

    def plan_round(self, start: object) -> None:
        """Begin a new round."""
