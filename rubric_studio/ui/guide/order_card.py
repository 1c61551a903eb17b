"""One answer while answers are put in order: its place, its beginning, all of it on demand. It names no model."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from rubric_studio.ui.guide.answer_text import AnswerText
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, set_tip

BEGINNING = 320
LONGEST_WORD = 60
LINES_OF_ALL = 12


class OrderCard(QFrame):
    """Space takes it up and puts it down, Enter opens it, Delete leaves it out; a hand drags it.

    `stepped` asks for a place further up (-1) or down (1), `walked` for the card there; a card in the hand steps.
    """

    picked = Signal(bool)
    stepped = Signal(int)
    walked = Signal(int)
    left_out = Signal()
    dragged = Signal(QPointF)
    dropped = Signal()

    def __init__(self, look: Look, id: int, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self.id, self._text = look, id, text
        self._pressed: QPointF | None = None
        self._dragging = self.is_picked = False
        self._whole: AnswerText | None = None
        dress(self, "ordered")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.place = PlainLabel("", "number")
        self.place.setMinimumWidth(look.metrics("number", bold=True).horizontalAdvance("8"))
        self.beginning = PlainLabel(beginning_of(text), "reading", wrap=True)
        self.open_button = self._button()
        self.open_button.clicked.connect(self.toggle)
        self.remove_button = self._button()
        self.remove_button.clicked.connect(self.left_out)
        self._lay_out()
        look.changed.connect(self._draw)
        self._draw()

    def show_place(self, place: int, count: int, *, removable: bool) -> None:
        """Show its place, counted from 1."""
        self.place.setText(str(place))
        words = self.tr("Place {place} of {count}: {beginning}")
        self.setAccessibleName(words.format(place=place, count=count, beginning=self.beginning.text()))
        self.remove_button.setVisible(removable)

    def set_picked(self, picked: bool) -> None:
        """Take it into the hand, or put it down."""
        if picked != self.is_picked:
            self.is_picked = picked
            self.setProperty("selected", picked)
            dress(self, "ordered")
            held = self.tr("In the hand: arrows move it, Space puts it down")
            self.setAccessibleDescription(held if picked else "")
            self.picked.emit(picked)

    def is_open(self) -> bool:
        """Whether all of the answer shows."""
        return self._whole is not None and not self._whole.isHidden()

    def toggle(self) -> None:
        """Show all of the answer, or its beginning."""
        if self._whole is None:
            self._whole = AnswerText(self._look, self.tr("Answer"))
            self._whole.show_text(self._text, as_written=False)
            self._whole.setFixedHeight(LINES_OF_ALL * self._look.metrics("reading").lineSpacing())
            self._whole.hide()
            self._texts.addWidget(self._whole)
        opens = self._whole.isHidden()
        self._whole.setVisible(opens)
        self.beginning.setVisible(not opens)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        moves = self.is_picked or event.modifiers() & Qt.KeyboardModifier.AltModifier
        if step is not None:
            (self.stepped if moves else self.walked).emit(step)
        elif event.key() == Qt.Key.Key_Space:
            self.set_picked(not self.is_picked)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.toggle()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.left_out.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._dragging:
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.set_picked(True)
        if self._dragging:
            self.dragged.emit(event.globalPosition())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if self._dragging:
            self._dragging = False
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.set_picked(False)
            self.dropped.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.toggle()

    def _button(self) -> QToolButton:
        button = QToolButton(self)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        return button

    def _lay_out(self) -> None:
        space, top = self._look.theme.space, Qt.AlignmentFlag.AlignTop
        self._texts = QVBoxLayout()
        self._texts.addWidget(self.beginning)
        line = QHBoxLayout(self)
        line.setContentsMargins(space.medium, space.small, space.small, space.small)
        line.setSpacing(space.medium)
        line.addWidget(self.place, 0, top)
        line.addLayout(self._texts, 1)
        line.addWidget(self.open_button, 0, top)
        line.addWidget(self.remove_button, 0, top)

    def _draw(self) -> None:
        is_open = self.is_open()
        for button, icon, name in (
            (
                self.open_button,
                "up" if is_open else "down",
                self.tr("Fold (Enter)") if is_open else self.tr("Read all of it (Enter)"),
            ),
            (self.remove_button, "close", self.tr("Leave this answer out (Del)")),
        ):
            button.setIcon(self._look.icon(icon))
            button.setAccessibleName(name)
            set_tip(button, name)


def beginning_of(text: str, letters: int = BEGINNING) -> str:
    """Return a text's first words, an unbroken line of letters cut."""
    read = text[: 10 * letters]
    words = [word if len(word) <= LONGEST_WORD else word[:LONGEST_WORD] + "…" for word in read.split()]
    beginning = " ".join(words)
    if len(beginning) <= letters and len(text) <= len(read):
        return beginning
    return beginning[:letters].rsplit(" ", 1)[0] + " …"
