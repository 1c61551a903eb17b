"""One question beside the table, or below it where the window is narrow: its words, and what is known of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, set_tip
from rubric_studio.ui.questions.row_facts import RowFacts
from rubric_studio.ui.questions.row_reading import RowReading
from rubric_studio.ui.reading_pane import ReadingPane


class RowDetails(QFrame):
    """Knows no store: it is handed what was read, and says what is wished."""

    edit_requested = Signal()
    close_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: str | None = None
        self._is_moved = False
        self.title = PlainLabel("", "title")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.edited = PlainLabel(self.tr("Edited"), "chip")
        set_tip(self.edited, self.tr("Somebody changed it since it was brought in"))
        self.edit_button = QPushButton(self.tr("Edit  E"))
        dress(self.edit_button, "quiet")
        set_tip(self.edit_button, self.tr("Change its words and its reference"))
        self.close_button = QPushButton()
        dress(self.close_button, "quiet")
        self.close_button.setAccessibleName(self.tr("Close the details"))
        set_tip(self.close_button, self.tr("Close the details (I)"))
        self.prompt = ReadingPane(look, self.tr("The question"))
        self.no_words = PlainLabel(
            self.tr("This question has no words of its own, only fields."), "muted", wrap=True
        )
        self.no_words.hide()
        self.facts = RowFacts(look)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.nothing = EmptyState(look, self.tr("Choose a question to read it here."))
        self._stack = QStackedWidget()
        self._lay_out()
        self.splitter.splitterMoved.connect(self._on_splitter_moved)
        self.edit_button.clicked.connect(self.edit_requested)
        self.close_button.clicked.connect(self.close_requested)
        look.changed.connect(self._draw_icons)
        self._draw_icons()

    def set_wide(self, wide: bool) -> None:
        """Put the question's words and the facts side by side, or below each other."""
        orientation = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.splitter.orientation() != orientation:
            self.splitter.setOrientation(orientation)
            self.splitter.setSizes([500, 500] if wide else [400, 600])
            self.facts.set_wide(wide)
            self._column.setContentsMargins(*self._margins(wide))

    def show_reading(self, reading: RowReading | None, models: Sequence[str], *, writable: bool) -> None:
        """Show a row; None shows that none is chosen."""
        self._stack.setCurrentIndex(0 if reading is not None else 1)
        if reading is None:
            self._shown = None
            return
        is_new = reading.row.id != self._shown
        self._shown = reading.row.id
        self._fit_title()
        set_tip(self.title, reading.row.id)
        self.edited.setVisible(reading.imported is not None and reading.imported != reading.row)
        self.edit_button.setEnabled(writable)
        if is_new or reading.row.prompt_text != self.prompt.text():
            self.prompt.set_text(reading.row.prompt_text)
            has_words = bool(reading.row.prompt_text.strip())
            self.prompt.setVisible(has_words)
            self.no_words.setVisible(not has_words)
            self._fit_prompt()
        if is_new:
            self.facts.verticalScrollBar().setValue(0)
            self.facts.note_field.setModified(False)
        self.facts.show_reading(reading, models, writable=writable)

    def _fit_prompt(self) -> None:
        """Give a short question no more height than it needs, until somebody moves the line themselves."""
        if self._is_moved or self.splitter.orientation() is not Qt.Orientation.Vertical:
            return
        margins = 2 * self._look.theme.space.medium
        wanted = int(self.prompt.view.document().size().height()) + margins
        whole = self.splitter.height()
        height = max(self._look.theme.space.page * 3, min(wanted, whole * 2 // 5))
        self.splitter.setSizes([height, whole - height])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_title()
        self._fit_prompt()

    def _fit_title(self) -> None:
        metrics = self._look.metrics("title", bold=True)
        wanted = Qt.TextElideMode.ElideMiddle
        room = self.title.width() - 1  # a label at exactly its width loses half a letter
        self.title.setText(metrics.elidedText(self._shown or "", wanted, room))

    def _on_splitter_moved(self) -> None:
        self._is_moved = True

    def _lay_out(self) -> None:
        space = self._look.theme.space
        head = QHBoxLayout()
        head.setSpacing(space.small)
        head.addWidget(self.title, 1)
        head.addWidget(self.edited)
        head.addWidget(self.edit_button)
        head.addWidget(self.close_button)
        self.splitter.addWidget(self.prompt)
        self.splitter.addWidget(self.facts)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.setSizes([400, 600])
        whole = QWidget()
        layout = self._column = QVBoxLayout(whole)
        layout.setContentsMargins(*self._margins(False))
        layout.setSpacing(space.small)
        layout.addLayout(head)
        layout.addWidget(self.no_words)
        layout.addWidget(self.splitter, 1)
        self._stack.addWidget(whole)
        self._stack.addWidget(self.nothing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._stack.setCurrentIndex(1)

    def _margins(self, wide: bool) -> tuple[int, int, int, int]:
        space = self._look.theme.space
        return (0, space.small, 0, 0) if wide else (space.large, 0, 0, 0)

    def _draw_icons(self) -> None:
        self.close_button.setIcon(self._look.icon("close"))
