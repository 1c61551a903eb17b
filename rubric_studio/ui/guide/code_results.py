"""What own code gives for each answer of the current question: a value, or why there is none. It runs nothing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from rubric_studio.grader.own_code import Told
from rubric_studio.ui.look import Look
from rubric_studio.ui.number_text import score_text
from rubric_studio.ui.plain_text import PlainLabel

MOST_SHOWN = 12


class CodeResults(QWidget):
    """Two columns: the answer, and what it gets."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[PlainLabel, PlainLabel]] = []
        self._rest = PlainLabel("", "caption")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.theme.space.medium)
        self._grid.setVerticalSpacing(look.theme.space.tiny)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._rest, MOST_SHOWN, 0, 1, 2)
        self.setAccessibleName(self.tr("What the code gives"))

    def lines(self) -> list[str]:
        """Return what is shown, a line for each answer."""
        return [f"{name.text()}: {value.text()}" for name, value in self._rows if not name.isHidden()]

    def show_told(self, names: Sequence[str], told: Sequence[Told]) -> None:
        """Show what was said of each answer."""
        shown = list(zip(names, told, strict=True))[:MOST_SHOWN]
        more = len(told) - len(shown)
        if len(told) > 1 and len(set(told)) == 1:  # one line says it for all
            shown, more = [(self.tr("All {0} answers").format(len(told)), told[0])], 0
        while len(self._rows) < len(shown):
            self._rows.append(self._made(len(self._rows)))
        for at, (name, value) in enumerate(self._rows):
            for label in (name, value):
                label.setVisible(at < len(shown))
            if at < len(shown):
                name.setText(shown[at][0])
                said = shown[at][1]
                value.setText(said.reason if said.value is None else score_text(said.value))
                value.setProperty("kind", "problem" if said.value is None else "strong")
                value.style().polish(value)
        self._rest.setText(self.tr("and {0} more").format(more))
        self._rest.setVisible(more > 0)

    def _made(self, at: int) -> tuple[PlainLabel, PlainLabel]:
        name, value = PlainLabel("", "muted"), PlainLabel("", "strong", wrap=True)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(name, at, 0, top)
        self._grid.addWidget(value, at, 1, top)
        return name, value
