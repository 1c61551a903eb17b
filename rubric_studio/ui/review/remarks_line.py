"""Flags and notes that she put on the question, below it. It keeps none."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.record import RecordKind
from rubric_studio.services.ports import Store
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel


class RemarksLine(QWidget):
    """Nothing is shown where nothing was said."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = PlainLabel("", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.theme.space.small, 0, look.theme.space.small, 0)
        layout.addWidget(self._label)
        self.hide()

    def show_remarks(self, flags: Sequence[str], notes: Sequence[str]) -> None:
        """Show them, flags first."""
        lines = [self.tr("Flagged: {0}").format(each) for each in flags]
        lines += [self.tr("Note: {0}").format(each) for each in notes]
        self._label.setText("\n".join(lines))
        self.setVisible(bool(lines))

    def words(self) -> str:
        """Return what is shown."""
        return self._label.text()


def remarks_on(store: Store, row: RowId) -> tuple[list[str], list[str]]:
    """Return the reasons of flags and the texts of notes on a row, oldest first."""
    flags = [head.reason for head in store.heads(RecordKind.FLAG, scopes=[row]) if head.body is not None]
    notes = [
        head.body["text"] for head in store.heads(RecordKind.NOTE, scopes=[row]) if head.body is not None
    ]
    return flags, notes
