"""The comments on one point's wording: read, write, answer, resolve. It knows no project; whoever opened it saves."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.services.comments import Comment, Thread
from rubric_studio.ui.actions import key_text
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text

SETTLE_KEY = "Alt+R"
When = Callable[[str], str]


class CommentField(QLineEdit):
    """One line; Enter sends it, Esc empties it first."""

    sent = Signal(str)

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setMaxLength(4_000)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = self.text().strip()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if text:
                self.clear()
                self.sent.emit(text)
        elif event.key() == Qt.Key.Key_Escape and text:
            self.clear()
        else:
            super().keyPressEvent(event)


class ThreadCard(QFrame):
    """One comment with its answers. `settled` carries whether it is resolved now."""

    answered = Signal(str)
    settled = Signal(bool)

    def __init__(
        self,
        look: Look,
        thread: Thread,
        names: Mapping[str, str],
        now: str,
        when: When,
        *,
        may_write: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        comment = thread.comment
        self.comment = comment
        dress(self, "card")
        space = look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.small, space.small, space.small)
        layout.setSpacing(space.tiny)
        self.settle_button = QPushButton(
            button_text(self.tr("Open again") if comment.resolved else self.tr("Resolve"))
        )
        dress(self.settle_button, "quiet")
        self.settle_button.setVisible(may_write)
        self.settle_button.clicked.connect(lambda: self.settled.emit(not comment.resolved))
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self._who(comment, names, when), "caption", wrap=True), 1)
        head.addWidget(self.settle_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        layout.addWidget(PlainLabel(comment.text, "muted" if comment.resolved else "", wrap=True))
        if comment.words and comment.words != now:
            words = self.tr("The words were then: {0}").format(comment.words)
            layout.addWidget(PlainLabel(words, "caption", wrap=True))
        for answer in thread.answers:
            layout.addWidget(self._answer(look, answer, names, when))
        if comment.resolved and comment.settled_by:
            words = self.tr("Resolved by {who}, {when}")
            who = names.get(comment.settled_by, comment.settled_by)
            layout.addWidget(PlainLabel(words.format(who=who, when=when(comment.settled_at)), "caption"))
        self.field = CommentField(self.tr("Reply  Enter sends it"))
        dress(self.field, "bare")
        self.field.setVisible(may_write and not comment.resolved)
        self.field.sent.connect(self.answered)
        layout.addWidget(self.field)

    def _who(self, comment: Comment, names: Mapping[str, str], when: When) -> str:
        who = comment.author or names.get(comment.writer, comment.writer)
        words = self.tr("{who}, {when}").format(who=who, when=when(comment.at))
        if comment.author:
            words += " · " + self.tr("brought in by {0}").format(names.get(comment.writer, comment.writer))
        return words

    def _answer(self, look: Look, answer: Comment, names: Mapping[str, str], when: When) -> QWidget:
        box = QWidget()
        lines = QVBoxLayout(box)
        lines.setContentsMargins(look.theme.space.large, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(PlainLabel(self._who(answer, names, when), "caption", wrap=True))
        lines.addWidget(PlainLabel(answer.text, wrap=True))
        return box


class CommentDialog(QDialog):
    """Stays open while comments are written; `written` carries a text and the comment it answers ("" for none)."""

    written = Signal(str, str)
    settled = Signal(object, bool)

    def __init__(
        self, look: Look, title: str, wording: str, *, may_write: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._wording, self._may_write = look, wording, may_write
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr('Comments on "{0}"').format(title))
        self.cards: list[ThreadCard] = []
        self.field = CommentField(self.tr("What do you think of these words?  Enter sends it"))
        self.field.setVisible(may_write)
        self.field.sent.connect(lambda text: self.written.emit(text, ""))
        self.none = PlainLabel(self.tr("No comment yet."), "muted")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        for button in self.buttons.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter sends what is written
        self._lay_out()

    def show_threads(self, threads: Sequence[Thread], names: Mapping[str, str], when: When) -> None:
        """Show the comments as they are saved; the keyboard stays with the field or the comment it was in."""
        held = next((card.comment.id for card in self.cards if card.isAncestorOf(self.focusWidget())), "")
        for card in self.cards:
            self._held.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [self._made_card(thread, names, when) for thread in threads]
        self.none.setVisible(not self.cards)
        again = next((card for card in self.cards if card.comment.id == held), None)
        target = again.settle_button if again is not None else self.field
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_R and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._settle_where_one_is()
        else:
            super().keyPressEvent(event)

    def _made_card(self, thread: Thread, names: Mapping[str, str], when: When) -> ThreadCard:
        card = ThreadCard(self._look, thread, names, self._wording, when, may_write=self._may_write)
        comment = thread.comment
        card.settle_button.setAutoDefault(False)
        card.answered.connect(lambda text: self.written.emit(text, comment.id))
        card.settled.connect(lambda resolved: self.settled.emit(comment, resolved))
        self._held.addWidget(card)
        card.show()
        return card

    def _settle_where_one_is(self) -> None:
        focused = self.focusWidget()
        card = next((card for card in self.cards if focused is not None and card.isAncestorOf(focused)), None)
        if card is not None and self._may_write:
            card.settle_button.click()

    def _lay_out(self) -> None:
        space, size = self._look.theme.space, self._look.theme.sizes.control
        inside = QWidget()
        dress(inside, "plain")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, space.small, 0)
        column.setSpacing(space.small)
        self._held = QVBoxLayout()
        self._held.setSpacing(space.small)
        column.addWidget(self.none)
        column.addLayout(self._held)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(PlainLabel(self.windowTitle(), "title", wrap=True))
        layout.addWidget(PlainLabel(self._wording, "muted", wrap=True))
        layout.addWidget(self.field)
        layout.addWidget(area, 1)
        hint = self.tr("{key} resolves the comment in which the keyboard is.").format(
            key=key_text(SETTLE_KEY)
        )
        layout.addWidget(PlainLabel(hint, "caption", wrap=True))
        layout.addWidget(self.buttons)
        self.resize(size * 44, size * 40)
