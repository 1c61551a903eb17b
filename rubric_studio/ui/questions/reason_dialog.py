"""Asks for a reason in a few words, with some proposed. Gives back the words; knows no store."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel

MOST_PROPOSED = 12


class ReasonDialog(QDialog):
    """Enter accepts what stands in the field; the arrow down goes to the proposals, Enter takes one.

    Args:
        title: what is being done, named with its question ("Flag tax-05").
        proposals: reasons given often.
        reason: what stands there already.
        needed: whether there must be a reason.
    """

    given = Signal(str)

    def __init__(
        self,
        look: Look,
        title: str,
        proposals: Sequence[str],
        *,
        reason: str = "",
        needed: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._needed = needed
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.reason_field = _Field(reason)
        self.reason_field.setPlaceholderText(self.tr("Why, in a few words"))
        self.reason_field.setAccessibleName(self.tr("Reason"))
        self.proposals = QListWidget()
        self.proposals.setAccessibleName(self.tr("Reasons given often"))
        self.proposals.addItems(list(dict.fromkeys(proposals))[:MOST_PROPOSED])
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        dress(self.buttons.button(QDialogButtonBox.StandardButton.Ok), "primary")
        self._lay_out(look, title)
        self.reason_field.textChanged.connect(self._check)
        self.reason_field.down_pressed.connect(self._go_to_proposals)
        self.proposals.itemClicked.connect(self._take)
        self.proposals.itemActivated.connect(self._on_proposals_activated)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._check()
        self.reason_field.setFocus()

    def reason(self) -> str:
        """Return the reason as it stands now."""
        return " ".join(self.reason_field.text().split())

    def accept(self) -> None:
        """Give the reason back."""
        if self._is_enough():
            self.given.emit(self.reason())
            super().accept()

    def _lay_out(self, look: Look, title: str) -> None:
        space = look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.large, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(PlainLabel(title, "strong", wrap=True))
        layout.addWidget(self.reason_field)
        if self.proposals.count():
            layout.addWidget(PlainLabel(self.tr("Given often (arrow down)"), "caption"))
            layout.addWidget(self.proposals, 1)
        layout.addWidget(self.buttons)
        letter = look.metrics("control").averageCharWidth()
        line = look.metrics("control").height() + 2 * space.tiny + 2
        self.proposals.setMinimumHeight(min(self.proposals.count(), 8) * line + 4)
        self.setMinimumWidth(60 * letter)

    def _is_enough(self) -> bool:
        return bool(self.reason()) or not self._needed

    def _check(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(self._is_enough())

    def _go_to_proposals(self) -> None:
        if self.proposals.count():
            self.proposals.setFocus(Qt.FocusReason.OtherFocusReason)
            self.proposals.setCurrentRow(0)

    def _take(self, item: QListWidgetItem) -> None:
        self.reason_field.setText(item.text())
        self.reason_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_proposals_activated(self, item: QListWidgetItem) -> None:
        self.reason_field.setText(item.text())
        self.accept()


class _Field(QLineEdit):
    down_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        else:
            super().keyPressEvent(event)


def usual_doubts() -> tuple[str, ...]:
    """Return why a question is most often flagged."""
    return (
        _tr("Wrong reference"),
        _tr("Duplicate of another question"),
        _tr("Cannot be answered from what is given"),
        _tr("The question is cut off"),
        _tr("The question gives the answer away"),
        _tr("Several answers would be right"),
        _tr("Out of date"),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("reason_dialog", text)
