"""A drawer: the editor beside the answers where there is room, over them at the left where there is not."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress

WIDTH_IN_LETTERS = 68  # of the control's size
WITH_CODE = 100  # room for lines of code of seventy letters


class Drawer(QObject):
    """Moves the editor between the splitter's first place and a frame over it; open or closed in both."""

    def __init__(
        self, look: Look, editor: QWidget, answers: QWidget, splitter: QSplitter, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._look, self._editor, self._splitter = look, editor, splitter
        self._answers = answers
        self.is_floating = False
        self._open_beside = True
        self._open_over = False
        self._is_wide, self._before = False, 0
        self._frame = QFrame(parent)
        dress(self._frame, "pane")
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(1, 1, 1, 1)
        self._frame.hide()
        splitter.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether the editor is shown, beside the answers or over them."""
        return self._open_over if self.is_floating else self._open_beside

    def set_floating(self, on: bool) -> None:
        """Float over the answers, or stand beside them."""
        self._editor.setMinimumWidth(min(self._width(), 320))
        if on != self.is_floating:
            self.is_floating = on
            if on:
                layout = self._frame.layout()
                assert layout is not None
                layout.addWidget(self._editor)
            else:
                self._splitter.insertWidget(0, self._editor)
                rest = max(1, self._splitter.width() - self._width())
                self._splitter.setSizes([self._width(), rest])
            self._show()

    def set_open(self, on: bool) -> None:
        """Open or close it, and give the keyboard to it or back."""
        if on == self.is_open:
            return
        if self.is_floating:
            self._open_over = on
        else:
            self._open_beside = on
        self._show()
        target = self._editor if on else self._answers
        (target.focusWidget() or target).setFocus(Qt.FocusReason.OtherFocusReason)

    def give_room(self, on: bool) -> None:
        """Stand wider while code is open in the editor; afterwards as wide as before."""
        if on == self._is_wide:
            return
        self._is_wide = on
        if self.is_floating:
            self._place()
            return
        editor, answers = self._splitter.sizes()
        self._before, width = (editor, max(editor, self._width())) if on else (0, self._before or editor)
        self._splitter.setSizes([width, max(1, editor + answers - width)])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return False

    def _show(self) -> None:
        self._editor.setVisible(self.is_open)
        self._frame.setVisible(self.is_open and self.is_floating)
        self._place()

    def _place(self) -> None:
        if self.is_floating:
            area = self._splitter.geometry()
            self._frame.setGeometry(area.x(), area.y(), min(self._width(), area.width()), area.height())
            self._frame.raise_()

    def _width(self) -> int:
        letters = WITH_CODE if self._is_wide else WIDTH_IN_LETTERS
        return self._look.metrics("control").averageCharWidth() * letters
