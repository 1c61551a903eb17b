"""Reasons that people gave with their marks and that no point says yet: one is chosen, and becomes a point."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.services.mined_points import MinedReason
from rubric_studio.ui.day_text import day_text
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel

LONGEST = 400


class ReasonsDialog(QDialog):
    """`chosen` carries the reason's words. Enter or a double click makes a point of the line that one is at."""

    chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        reasons: Sequence[MinedReason],
        titles: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Reasons that no point says yet"))
        self._reasons, self._titles = list(reasons), titles
        self.list = ReasonsList()
        self.list.setAccessibleName(self.windowTitle())
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for reason in self._reasons:
            item = QListWidgetItem(self._words(reason))
            item.setToolTip("")
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _: self.accept())
        self.list.enter_pressed.connect(self.accept)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.make_button = self.buttons.addButton(
            self.tr("Make a point of it  Enter"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        dress(self.make_button, "primary")
        self.make_button.setEnabled(bool(self._reasons))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out(look)

    def accept(self) -> None:
        """Give the reason back."""
        if self.result() == QDialog.DialogCode.Accepted:
            return
        at = self.list.currentRow()
        super().accept()
        if 0 <= at < len(self._reasons):
            self.chosen.emit(self._reasons[at].text)

    def _words(self, reason: MinedReason) -> str:
        text = reason.text if len(reason.text) <= LONGEST else reason.text[:LONGEST] + "…"
        times = (
            self.tr("given once") if reason.count == 1 else self.tr("given {0} times").format(reason.count)
        )
        named = [self._titles.get(key, key) for key in reason.criteria[:2]]
        about = self.tr("on {0}").format(", ".join(f'"{name}"' for name in named))
        return f"{text}\n{day_text(reason.at)} · {times} · {about}"

    def _lay_out(self, look: Look) -> None:
        space, size = look.theme.space, look.theme.sizes.control
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(PlainLabel(self.windowTitle(), "title"))
        words = (
            self.tr("People gave these reasons with their marks, the newest first.")
            if self._reasons
            else self.tr("Every reason given with a mark stands in the guide already, or none was given yet.")
        )
        layout.addWidget(PlainLabel(words, "muted", wrap=True))
        layout.addWidget(self.list, 1)
        self.list.setVisible(bool(self._reasons))
        layout.addWidget(self.buttons)
        self.resize(size * 50, size * (36 if self._reasons else 14))
        self.list.setFocus()


class ReasonsList(QListWidget):
    """A list that tells Enter itself: a dialog's default button would take it on some systems only."""

    enter_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter_pressed.emit()
        else:
            super().keyPressEvent(event)
