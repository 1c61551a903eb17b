"""Headings with their words below each other, two columns that never cut a word. Knows nothing of runs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel


class RunFacts(QWidget):
    """Shows pairs of a heading and its words; the labels stay while their number does."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._labels: list[tuple[PlainLabel, PlainLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.theme.space.large)
        self._grid.setVerticalSpacing(look.theme.space.tiny)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these pairs."""
        while len(self._labels) < len(facts):
            self._add()
        for at, (heading, words) in enumerate(self._labels):
            shown = at < len(facts)
            heading.setVisible(shown)
            words.setVisible(shown)
            if shown:
                heading.setText(facts[at][0])
                words.setText(facts[at][1])

    def texts(self) -> list[tuple[str, str]]:
        """What is shown."""
        return [(head.text(), words.text()) for head, words in self._labels if not head.isHidden()]

    def _add(self) -> None:
        at = len(self._labels)
        pair = PlainLabel("", "muted"), PlainLabel("", wrap=True)
        for label in pair:
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._labels.append(pair)
        for column, label in enumerate(pair):
            self._grid.addWidget(label, at, column)
