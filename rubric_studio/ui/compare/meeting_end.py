"""The end of a meeting: what was decided in one look, and the way to the minutes. It writes no file."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.domain.minutes import Discussed, Minutes
from rubric_studio.ui.compare.dispute_words import tr
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.scroll_column import ScrollColumn
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel


class MeetingEnd(QWidget):
    """What stands in the minutes, before they are saved."""

    save_requested = Signal()
    back_requested = Signal()
    close_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = PlainLabel("", "title", wrap=True)
        self.told = PlainLabel("", "muted", wrap=True)
        self.lines: list[PlainLabel] = []
        self.save_button = QPushButton(tr("Save the minutes as Word…"))
        dress(self.save_button, "primary")
        self.back_button, self.close_button = (
            QPushButton(tr("Back to the differences")),
            QPushButton(tr("Close")),
        )
        self._list = ScrollColumn(look.theme.space.small)
        space = look.theme.space
        buttons = QHBoxLayout()
        for button, wish in (
            (self.save_button, self.save_requested),
            (self.back_button, self.back_requested),
            (self.close_button, self.close_requested),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(wish)
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.page, space.page, space.page, space.page)
        layout.setSpacing(space.medium)
        layout.addWidget(self.sentence)
        layout.addWidget(self._list, 1)
        layout.addWidget(self.told)
        layout.addLayout(buttons)

    def show_minutes(self, minutes: Minutes) -> None:
        """Show what was decided."""
        decided = sum(bool(each.decided) and not each.is_open for each in minutes.discussed)
        words = tr("Discussed: {n}. Decided: {decided}. Left open: {open}. Rewordings: {words}.")
        self.sentence.setText(
            words.format(
                decided=count_text(decided),
                n=count_text(len(minutes.discussed)),
                open=count_text(sum(each.is_open for each in minutes.discussed)),
                words=count_text(len(minutes.reworded)),
            )
        )
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = [PlainLabel(_line(each), wrap=True) for each in minutes.discussed]
        for line in self.lines:
            line.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            self._list.column.addWidget(line)
        self.save_button.setFocus()

    def tell(self, words: str) -> None:
        """Say what became of the file."""
        self.told.setText(words)


def _line(each: Discussed) -> str:
    decided = each.decided or tr("not decided")
    words = tr("{point}: {decided}. {reason}") if each.reason else tr("{point}: {decided}.")
    return words.format(point=each.point, decided=decided, reason=each.reason)
