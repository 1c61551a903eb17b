"""An answer's text in which what differs from another answer is told by shape as well as by color."""

from collections.abc import Sequence

from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QWidget

from rubric_studio.domain.word_difference import Range
from rubric_studio.ui.look import Look
from rubric_studio.ui.reading_pane import Difference, ReadingPane

ADDED, REMOVED = "added", "removed"


class AnswerText(ReadingPane):
    """A reading pane that underlines added words, and removed ones with dashes: both stay easy to read."""

    def __init__(self, look: Look, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(look, name, parent)
        bar = self.view.horizontalScrollBar()
        # A passage that was revealed before the lines were broken would leave the text shifted for good.
        bar.valueChanged.connect(lambda: bar.setValue(0))

    def show_text(self, text: str, *, as_written: bool) -> None:
        """Show an answer as Markdown; data and what is asked for as written show letter by letter."""
        formatted = not as_written and not text.lstrip().startswith(("{", "["))
        if text != self.text():
            self.set_text(text, formatted=formatted)
        elif formatted != self._formatted:
            self.set_formatted(formatted)

    def show_differences(self, ranges: Sequence[Range], role: str) -> None:
        """Mark the words that the other answer has not."""
        self.set_differences([Difference(start, end, role) for start, end in ranges])

    def _mark(self) -> None:
        super()._mark()
        colors = {role: self._look.theme.color(role) for role in (ADDED, REMOVED)}
        selections = self.view.extraSelections()
        for selection in selections:
            style: QTextCharFormat = selection.format  # pyright: ignore[reportAttributeAccessIssue]
            if style.background().color() == colors[ADDED]:
                style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            elif style.background().color() == colors[REMOVED]:
                style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
            selection.format = style  # pyright: ignore[reportAttributeAccessIssue]
        self.view.setExtraSelections(selections)
