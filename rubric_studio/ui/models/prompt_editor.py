"""The messages of a way of asking, to be written and ordered; fields of the question are chosen from a list."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.prompt import QUESTION, TemplateMessage
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.prompt_message import PromptMessage
from rubric_studio.ui.models.scroll_column import ScrollColumn
from rubric_studio.ui.tab_order import let_tab_come_at

LETTERS_OF_FIELDS = 22


class PromptEditor(QWidget):
    """`changed` tells of every letter; `messages` has them as they stand."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.boxes: list[PromptMessage] = []
        self._last: PromptMessage | None = None
        self.insert = QComboBox()
        self._set_up_insert()
        self.offer(())
        self.add_button = QPushButton(self.tr("Add instructions"))
        self.add_user_button = QPushButton(self.tr("Add a message"))
        space = look.theme.space
        self._scroll = ScrollColumn(space.small, right=space.small)
        self._column = self._scroll.column
        self._lay_out()
        self.insert.activated.connect(self._on_insert_chosen)
        self.add_button.clicked.connect(lambda: self._add(TemplateMessage(role="developer", content=""), 0))
        self.add_user_button.clicked.connect(lambda: self._add(TemplateMessage(content=""), len(self.boxes)))

    def messages(self) -> tuple[TemplateMessage, ...]:
        """The messages as they stand, without empty ones."""
        told = [box.message() for box in self.boxes]
        return tuple(message for message in told if message.content.strip())

    def show_messages(self, messages: Sequence[TemplateMessage]) -> None:
        """Show others, and forget what was typed."""
        for box in [*self.boxes]:
            self._take(box)
        for message in messages or (TemplateMessage(),):
            self._put(message, len(self.boxes))
        self.changed.emit()

    def _add(self, message: TemplateMessage, place: int) -> None:
        box = self._put(message, place)
        box.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _put(self, message: TemplateMessage, place: int) -> PromptMessage:
        box = PromptMessage(self._look, message)
        self.boxes.insert(place, box)
        self._column.insertWidget(place, box)
        let_tab_come_at(self._scroll, [stop for each in self.boxes for stop in each.stops])
        box.changed.connect(self.changed)
        box.entered.connect(lambda: self._remember(box))
        box.remove_requested.connect(lambda: self._on_remove_requested(box))
        return box

    def _take(self, box: PromptMessage) -> None:
        self.boxes.remove(box)
        self._column.removeWidget(box)
        box.hide()
        box.deleteLater()
        if self._last is box:
            self._last = None

    def _remember(self, box: PromptMessage) -> None:
        self._last = box

    def _on_remove_requested(self, box: PromptMessage) -> None:
        self._take(box)
        if self.boxes:
            self.boxes[-1].text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _on_insert_chosen(self, place: int) -> None:
        words = self.insert.itemData(place)
        self.insert.setCurrentIndex(-1)
        self.insert.clearEditText()
        if words and self.boxes:
            box = self._last or self.boxes[-1]
            box.text.insertPlainText(words)
            box.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, fields: Sequence[str]) -> None:
        """Fill the list: the question, then the fields; with hundreds of them one types to find one."""
        self.insert.clear()
        self.insert.addItem(self.tr("The question"), QUESTION)
        for name in fields:
            if "{" not in name and "}" not in name:
                self.insert.addItem(self.tr("Field: {0}").format(name), f"{{{{ item.{name} }}}}")
        self.insert.setCurrentIndex(-1)

    def _set_up_insert(self) -> None:
        self.insert.setEditable(True)
        self.insert.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.insert.setMinimumContentsLength(LETTERS_OF_FIELDS)
        self.insert.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.insert.setAccessibleName(self.tr("Insert the question or one of its fields"))
        completer = QCompleter(self.insert.model(), self.insert)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.insert.setCompleter(completer)
        line = self.insert.lineEdit()
        if line is not None:
            line.setPlaceholderText(self.tr("Insert a field…"))

    def _lay_out(self) -> None:
        space = self._look.theme.space
        below = QWidget()
        buttons = FlowLayout(below, spacing=space.small)
        for button in (self.add_button, self.add_user_button):
            dress(button, "quiet")
            buttons.addWidget(button)
        buttons.addWidget(self.insert)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space.small)
        column.addWidget(self._scroll, 1)
        column.addWidget(below)
