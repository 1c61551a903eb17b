"""The answer being read, and behind it the next one, laid out already: going on is then only painting."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from rubric_studio.services.review_tasks import Turn
from rubric_studio.ui.guide.answer_text import AnswerText
from rubric_studio.ui.look import Look


class AnswerPanes(QWidget):
    """Two panes that change places. `text` is the one in sight."""

    scrolled = Signal(float)
    evidence_chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panes = [AnswerText(look, self.tr("Answer")) for _ in range(2)]
        self._holds: list[tuple[Turn, str] | None] = [None, None]
        self._front = 0
        self._as_written = False
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        for pane in self._panes:
            self._stack.addWidget(pane)
            pane.scrolled.connect(self._on_pane_scrolled)
            pane.evidence_chosen.connect(self.evidence_chosen)

    @property
    def text(self) -> AnswerText:
        """The pane in sight."""
        return self._panes[self._front]

    def turn(self) -> Turn | None:
        """Return whose answer is in sight."""
        held = self._holds[self._front]
        return held[0] if held else None

    def show_answer(self, turn: Turn, text: str) -> None:
        """Bring an answer into sight, at its beginning."""
        if self._holds[self._front] == (turn, text):
            return
        if self._holds[1 - self._front] == (turn, text):
            had_keyboard = self.text.view.hasFocus()
            self._front = 1 - self._front
            self._stack.setCurrentIndex(self._front)
            if had_keyboard:
                self.text.view.setFocus()
        else:
            self._fill(self._front, turn, text)

    def prepare(self, turn: Turn, text: str) -> None:
        """Lay an answer out behind the one in sight."""
        behind = 1 - self._front
        if self._holds[behind] == (turn, text) or self._holds[self._front] == (turn, text):
            return
        pane = self._panes[behind]
        pane.setGeometry(self.text.geometry())
        layout = pane.layout()
        if layout is not None:
            layout.activate()
        self._fill(behind, turn, text)
        pane.view.fit_width()
        pane.view.document().documentLayout().documentSize()

    def turn_page(self, step: int) -> None:
        """Go on a screen, or back; at the end of what is shown of a very long text, show more of it."""
        bar = self.text.view.verticalScrollBar()
        if step > 0 and bar.value() == bar.maximum() and self.text.more_button.isVisible():
            self.text.more_button.click()
        bar.setValue(bar.value() + step * round(0.9 * bar.pageStep()))

    def forget_next(self) -> None:
        """Let go of what was laid out behind."""
        self._holds[1 - self._front] = None

    def toggle_as_written(self) -> bool:
        """Show texts letter by letter, or laid out; True for letter by letter."""
        self._as_written = not self._as_written
        held = self._holds[self._front]
        if held is not None:
            self.text.show_text(held[1], as_written=self._as_written)
        self.forget_next()
        return self._as_written

    def _fill(self, at: int, turn: Turn, text: str) -> None:
        pane = self._panes[at]
        pane.find("")
        if text == pane.text():
            pane.set_evidence(())
            pane.scroll_to(0.0)
        pane.show_text(text, as_written=self._as_written)
        self._holds[at] = (turn, text)

    def _on_pane_scrolled(self, share: float) -> None:
        if self.sender() is self.text:
            self.scrolled.emit(share)
