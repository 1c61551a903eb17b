"""The passages that a mark rests on: each goes to its place in the text, or is taken away. It keeps none."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from rubric_studio.domain.verdict import Span
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import set_tip
from rubric_studio.ui.quote_button import QuoteButton


class EvidenceList(QWidget):
    """Made anew only where the passages are others."""

    shown_requested = Signal(object)
    removal_requested = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._spans: tuple[Span, ...] = ()
        self._can_remove = True
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self.setAccessibleName(self.tr("Evidence"))
        self.hide()

    def show_spans(self, spans: Sequence[Span], *, can_remove: bool) -> None:
        """Show passages."""
        if tuple(spans) == self._spans and can_remove == self._can_remove:
            return
        self._spans, self._can_remove = tuple(spans), can_remove
        while (item := self._layout.takeAt(0)) is not None:
            line = item.widget()
            assert line is not None  # only the lines below are in this layout
            line.hide()
            line.deleteLater()
        for span in self._spans:
            self._layout.addWidget(self._line(span))
        self.setVisible(bool(self._spans))

    def _line(self, span: Span) -> QWidget:
        line = QWidget(self)
        quote = QuoteButton(span.quote, line)
        quote.setAccessibleName(self.tr("Show the passage: {quote}").format(quote=quote.words))
        quote.clicked.connect(lambda: self.shown_requested.emit(span))
        away = QToolButton(line)
        away.setIcon(self._look.icon("close"))
        away.setAccessibleName(self.tr("Take this passage away"))
        set_tip(away, away.accessibleName())
        away.setVisible(self._can_remove)
        away.clicked.connect(lambda: self.removal_requested.emit(span))
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(quote, 1)
        layout.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        return line
