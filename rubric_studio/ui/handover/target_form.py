"""One target: choose it, see what it cannot carry, and say what may be left out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.bundle import Objection
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text, set_tip

MANY = 4
LONGEST = 70
"""Letters of a title on a box: a box does not wrap its words."""


class TargetForm(QWidget):
    """A target with its objections; each that can be left out has a box to say so."""

    changed = Signal()

    def __init__(self, look: Look, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._indent = look.theme.space.large
        self.chosen = QCheckBox(button_text(title))
        self.chosen.toggled.connect(self.changed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.theme.space.tiny)
        self._column.addWidget(self.chosen)
        self._objections = QWidget()
        self._list = QVBoxLayout(self._objections)
        self._list.setContentsMargins(self._indent, 0, 0, look.theme.space.small)
        self._list.setSpacing(look.theme.space.tiny)
        self._column.addWidget(self._objections)
        self._shown: tuple[tuple[str, str], ...] = ()
        self.boxes: dict[str, QCheckBox] = {}
        self.all_button = QPushButton(self.tr("Leave all of these out"))
        dress(self.all_button, "link")
        self.all_button.clicked.connect(self._on_all_clicked)
        indented = QHBoxLayout()
        indented.setContentsMargins(self._indent, 0, 0, 0)
        indented.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.insertLayout(1, indented)
        self._objections.hide()
        self.all_button.hide()

    def show_objections(
        self, objections: Sequence[Objection], titles: dict[str, str], left_out: frozenset[str]
    ) -> None:
        """Show what the target cannot carry, with what is left out already ticked."""
        shown = tuple((o.criterion, o.message) for o in objections)
        if shown != self._shown:
            self._shown = shown
            self._rebuild(objections, titles)
        for key, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(key in left_out)
            box.blockSignals(False)
        self._objections.setVisible(self.chosen.isChecked() and bool(objections))
        self.all_button.setVisible(self.chosen.isChecked() and len(self.boxes) >= MANY)

    def _on_all_clicked(self) -> None:
        for box in self.boxes.values():
            box.blockSignals(True)
            box.setChecked(True)
            box.blockSignals(False)
        self.changed.emit()  # once: every change asks the targets again

    def _rebuild(self, objections: Sequence[Objection], titles: dict[str, str]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.boxes = {}
        messages: dict[str, list[str]] = {}
        for objection in objections:
            messages.setdefault(objection.criterion if objection.can_leave_out else "", []).append(
                objection.message
            )
        for key, lines in messages.items():
            self._add(key, titles.get(key, key), lines)

    def _add(self, key: str, title: str, lines: Sequence[str]) -> None:
        box: QCheckBox | None = None
        if key:
            short = title if len(title) <= LONGEST else title[: LONGEST - 1] + "…"
            box = QCheckBox(button_text(self.tr("Leave out “{0}”").format(short)))
            set_tip(box, title if short != title else "")
            box.toggled.connect(self.changed)
            self._list.addWidget(box)
            # Made last, it would come last on the page; the keyboard goes from line to line instead.
            QWidget.setTabOrder(next(reversed(self.boxes.values()), self.all_button), box)
            self.boxes[key] = box
        for line in dict.fromkeys(lines):
            words = PlainLabel(line[:1].upper() + line[1:], "muted", wrap=True)
            words.setContentsMargins(_words_begin(box) if box is not None else 0, 0, 0, 0)
            self._list.addWidget(words)


def _words_begin(box: QCheckBox) -> int:
    """Where the words of a box begin: what explains them stands right under them."""
    option = QStyleOptionButton()
    box.ensurePolished()
    box.initStyleOption(option)
    return box.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, box).left()
