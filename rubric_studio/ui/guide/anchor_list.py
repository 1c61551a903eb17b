"""The examples of one grade in the form editor: quiet until they are opened; each with a note, and a way to go."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from rubric_studio.domain.rubric import Anchor, Level
from rubric_studio.services.anchors import with_anchor_note, without_anchor
from rubric_studio.ui.guide.desk import GuideDesk
from rubric_studio.ui.guide.fields import LineField
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import button_text, set_tip
from rubric_studio.ui.quote_button import QuoteButton

LONGEST_TIP = 600

OnNote = Callable[[int, str], str]
"""Takes an example's place and its note; returns "" or what is wrong with it."""


class AnchorList(QWidget):
    """Nothing where a grade has no example: one is given from the answers beside the guide (X and the digit)."""

    def __init__(self, look: Look, desk: GuideDesk, criterion: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._desk, self._criterion = look, desk, criterion
        self._level = ""
        self.lines: list[AnchorLine] = []
        self.open_button = QPushButton()
        self.open_button.setCheckable(True)
        dress(self.open_button, "chip")
        self.open_button.toggled.connect(self._show_lines)
        self._held = QVBoxLayout()
        self._held.setSpacing(look.theme.space.tiny)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.theme.space.medium, 0, 0, 0)
        layout.setSpacing(look.theme.space.tiny)
        layout.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(self._held)
        look.changed.connect(self._draw)

    def show_level(self, level: Level) -> None:
        """Show the saved examples of a grade."""
        self._level = level.key
        count = len(level.anchors)
        one, many = self.tr("1 example"), self.tr("{0} examples")
        self.open_button.setText(button_text(one if count == 1 else many.format(count)))
        while len(self.lines) > count:
            line = self.lines.pop()
            self._held.removeWidget(line)
            line.hide()
            line.deleteLater()
        while len(self.lines) < count:
            line = AnchorLine(self._look, len(self.lines), self._on_note)
            line.removal_requested.connect(self._on_removal_requested)
            self.lines.append(line)
            self._held.addWidget(line)
        for line, anchor in zip(self.lines, level.anchors, strict=True):
            line.show_anchor(anchor)
        self.setVisible(count > 0)
        self._show_lines()

    def _show_lines(self) -> None:
        for line in self.lines:
            line.setVisible(self.open_button.isChecked())
        self._draw()

    def _draw(self) -> None:
        self.open_button.setIcon(self._look.icon("up" if self.open_button.isChecked() else "down"))

    def _on_note(self, place: int, note: str) -> str:
        criterion, level = self._criterion, self._level
        return self._desk.change(
            lambda r: with_anchor_note(r, criterion, level, place, note), self.tr("Note on an example")
        )

    def _on_removal_requested(self, place: int) -> None:
        for line in self.lines:
            line.note.commit()
        criterion, level = self._criterion, self._level
        self._desk.change(
            lambda r: without_anchor(r, criterion, level, place), self.tr("Take an example away")
        )


class AnchorLine(QWidget):
    """One example: the passage, what it shows, and a button that takes it away."""

    removal_requested = Signal(int)

    def __init__(self, look: Look, place: int, on_note: OnNote, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._anchor: Anchor | None = None
        self.quote: QuoteButton | None = None
        self.note = LineField(self.tr("What the example shows"), lambda text: on_note(place, text))
        self.note.setPlaceholderText(self.tr("What does it show?"))
        dress(self.note, "bare")
        self.remove_button = QToolButton()
        name = self.tr("Take this example away")
        self.remove_button.setAccessibleName(name)
        set_tip(self.remove_button, name)
        self.remove_button.clicked.connect(lambda: self.removal_requested.emit(place))
        self._head = QHBoxLayout()
        self._head.setSpacing(look.theme.space.tiny)
        self._head.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head)
        layout.addWidget(self.note)
        look.changed.connect(self._draw)
        self._draw()

    def show_anchor(self, anchor: Anchor) -> None:
        """Show an example."""
        self.note.show_value(anchor.note)
        if self._anchor is None or self._anchor.text != anchor.text:
            if self.quote is not None:
                self._head.removeWidget(self.quote)
                self.quote.hide()
                self.quote.deleteLater()
            self.quote = QuoteButton(anchor.text, self)
            set_tip(self.quote, anchor.text[:LONGEST_TIP])
            self.quote.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._head.insertWidget(0, self.quote, 1)
        self._anchor = anchor

    def _draw(self) -> None:
        self.remove_button.setIcon(self._look.icon("close"))
