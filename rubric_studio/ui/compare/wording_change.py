"""What changed in the words of a point from one wording to the next, and whether it helped. It changes nothing."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from rubric_studio.services.trend import PointTrend
from rubric_studio.ui.compare.agreement_words import tr
from rubric_studio.ui.compare.trend_words import finding_words, versions_words
from rubric_studio.ui.day_text import day_text
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.reading_pane import ReadingPane
from rubric_studio.ui.woven_text import woven_text

LINES = 9
"""As many lines of words as are seen at once."""


class WordingChange(QFrame):
    """One step of a trend. Not by color alone: a sign stands before what was put in and what was taken out."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        self._look = look
        self.title = PlainLabel("", "strong", wrap=True)
        self.finding = PlainLabel("", wrap=True)
        self.pane = ReadingPane(look, tr("The words, with what changed"))
        space = look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.large, space.medium, space.large, space.medium)
        layout.setSpacing(space.small)
        layout.addWidget(self.title)
        layout.addWidget(self.finding)
        layout.addWidget(self.pane, 1)
        self.pane.setMinimumHeight(look.metrics("reading").lineSpacing() * LINES)

    def show_step(self, point: PointTrend, at: int) -> None:
        """Show how the wording at a place came from the one before; of the first one its words."""
        wording = point.wordings[at]
        facts = {"version": versions_words(wording), "day": day_text(wording.since)}
        if at == 0:
            self.title.setText(tr("First wording, {version}, {day}").format(**facts))
            self.finding.setText("")
            self.pane.set_text(wording.words)
        else:
            before = point.wordings[at - 1]
            self.title.setText(
                tr("From {before} to {version}, {day}").format(before=versions_words(before), **facts)
            )
            self.finding.setText(finding_words(wording))
            text, marks = woven_text(before.words, wording.words)
            self.pane.set_text(text)
            self.pane.set_differences(marks)
        self.finding.setVisible(bool(self.finding.text()))
        self.setAccessibleName(self.title.text())
