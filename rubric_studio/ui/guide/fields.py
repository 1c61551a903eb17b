"""Text and number fields that hand in what was typed when it is finished, and say in place what is wrong."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import MINUS
from rubric_studio.ui.plain_text import PlainLabel

Commit = Callable[[str], str]
"""Takes a finished text; returns "" or what is wrong with it."""

if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object


class _Field(_Widget):
    """What the fields share: the value as it is saved, what was typed since, and the problem with it."""

    def begin(self, name: str, commit: Commit) -> None:
        self._value = ""
        self._commit = commit
        self.setAccessibleName(name)
        self.problem = PlainLabel("", "problem", wrap=True)
        self.problem.hide()

    def typed(self) -> str:
        raise NotImplementedError

    def type_in(self, text: str) -> None:
        raise NotImplementedError

    def forget_typing(self) -> None:
        """Let Ctrl+Z mean the saved action from now on, not the letters typed before it."""
        raise NotImplementedError

    @property
    def is_pending(self) -> bool:
        """Whether something was typed that is not handed in."""
        return self.typed() != self._value

    def saved(self) -> str:
        """Return the value as it is saved."""
        return self._value

    def show_value(self, text: str) -> None:
        """Show another saved value; what somebody is just typing stays."""
        if text == self._value:
            return
        pending = self.is_pending and self.hasFocus()
        self._value = text
        if not pending:
            self.type_in(text)
            self.set_problem("")

    def commit(self) -> None:
        """Hand in what was typed."""
        if self.is_pending:
            text = self.typed()
            problem = self._commit(text)
            self.set_problem(problem)
            if not problem:
                self._value = text
                self.forget_typing()

    def set_problem(self, text: str) -> None:
        """Say what is wrong under the field; "" takes it away."""
        if text != self.problem.text():
            self.problem.setText(text)
            self.problem.setVisible(bool(text))
            self.setAccessibleDescription(text)
            self.setProperty("problem", bool(text))
            dress(self, self.property("kind") or "")

    def is_for_the_window(self, event: QEvent) -> bool:
        """Whether Ctrl+Z means the last action: here there is nothing typed that it could take back."""
        return (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and not self.is_pending
            and (event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo))
        )


class LineField(QLineEdit, _Field):
    """One line; finished by Enter or by leaving it."""

    def __init__(self, name: str, commit: Commit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.begin(name, commit)
        self.editingFinished.connect(self.commit)

    def typed(self) -> str:
        return self.text()

    def type_in(self, text: str) -> None:
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(len(text) if self.hasFocus() else 0)

    def forget_typing(self) -> None:
        at = self.cursorPosition()
        self.setText(self.text())
        self.setCursorPosition(at)

    def event(self, event: QEvent) -> bool:
        if self.is_for_the_window(event):
            event.ignore()
            return False
        return super().event(event)


class NumberField(LineField):
    """A number, written with a point or a comma; "" only where nothing is a value too."""

    def __init__(
        self,
        name: str,
        commit: Callable[[float | None], str],
        *,
        may_be_empty: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, self._on_finished, parent)
        self._take, self._may_be_empty = commit, may_be_empty
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_number(self, number: float | None) -> None:
        """Show another saved number."""
        self.show_value(number_words(number))

    def _on_finished(self, text: str) -> str:
        plain = text.strip().replace(MINUS, "-").replace(",", ".")
        if not plain:
            return self._take(None) if self._may_be_empty else self.tr("A number, please.")
        try:
            number = float(plain)
        except ValueError:
            return self.tr("A number, please.")
        return self._take(number)


class TextField(QPlainTextEdit, _Field):
    """Some lines; it grows with them. Finished by leaving it or by Ctrl+Enter; Esc leaves it."""

    def __init__(
        self, name: str, commit: Commit, *, most_lines: int = 14, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.begin(name, commit)
        self._most_lines = most_lines
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._fit)

    def typed(self) -> str:
        return self.toPlainText()

    def type_in(self, text: str) -> None:
        if text != self.toPlainText():
            self.setPlainText(text)

    def forget_typing(self) -> None:
        self.document().clearUndoRedoStacks()

    def event(self, event: QEvent) -> bool:
        if self.is_for_the_window(event):
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Take the height of the lines as they wrap, from two to the most; only beyond that it scrolls."""
        wrapped = int(self.document().size().height())
        lines = min(self._most_lines, max(2, wrapped))
        frame = max(
            0, self.height() - self.viewport().height()
        )  # before it is laid out, the view may be higher
        around = 2 * int(self.document().documentMargin()) + frame
        height = lines * self.fontMetrics().lineSpacing() + around + 2
        scrolls = wrapped > self._most_lines
        always, never = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(always if scrolls else never)
        if height != self.height():
            self.setFixedHeight(height)


def number_words(number: float | None) -> str:
    """Write a number for its field, as it would be typed: no figure is lost."""
    if number is None:
        return ""
    return f"{number:.12g}".replace("-", MINUS)


def digits_wide(field: QLineEdit, look: Look, digits: int = 6) -> None:
    """Make a number's field as wide as that many figures."""
    space = look.theme.space
    field.setFixedWidth(look.metrics("control").horizontalAdvance("0" * digits) + 2 * space.medium)


def with_problem(field: LineField | TextField, caption: str = "", spacing: int = 4) -> QWidget:
    """Put a field's caption above it and its problem under it."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    if caption:
        label = PlainLabel(caption, "caption", wrap=True)
        label.setBuddy(field)
        layout.addWidget(label)
    layout.addWidget(field)
    layout.addWidget(field.problem)
    return box
