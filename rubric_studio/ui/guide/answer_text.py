"""An answer's text: Markdown or as it was written, and in which words it differs from another answer."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from rubric_studio.domain.word_difference import Range
from rubric_studio.ui.display_text import BREAK
from rubric_studio.ui.look import Look
from rubric_studio.ui.reading_pane import Difference, ReadingPane


class AnswerText(ReadingPane):
    """A reading pane that knows which answers are meant to be read as Markdown."""

    def __init__(self, look: Look, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(look, name, parent)
        bar = self.view.horizontalScrollBar()
        # A passage that was revealed before the lines were broken would leave the text shifted for good.
        bar.valueChanged.connect(lambda: bar.setValue(0))

    def show_text(self, text: str, *, as_written: bool) -> None:
        """Show an answer as Markdown; data and what is asked for as written show letter by letter."""
        if text != self.text():
            self.set_text(text, formatted=_is_formatted(text, as_written))
        elif not self.shows_text(text, as_written=as_written):
            self.set_formatted(_is_formatted(text, as_written))

    def shows_text(self, text: str, *, as_written: bool) -> bool:
        """Whether `show_text` would change nothing."""
        return self.shows(text, formatted=_is_formatted(text, as_written))

    def add_below(self, widget: QWidget) -> None:
        """Place something under the text, inside its frame."""
        layout = self.layout()
        assert layout is not None
        layout.addWidget(widget)

    def selected_words(self) -> str:
        """Return the selected words as people read them, without the signs that lay a text out; "" without any."""
        selection = self.selection()
        if selection is None:
            return ""
        if not self.is_formatted():
            return selection[2].strip()
        words = self.view.textCursor().selectedText().replace(BREAK, "")
        return "\n".join(line.strip() for line in words.splitlines()).strip()

    def show_differences(self, ranges: Sequence[Range], role: str) -> None:
        """Mark the words that the other answer has not."""
        self.set_differences([Difference(start, end, role) for start, end in ranges])


def _is_formatted(text: str, as_written: bool) -> bool:
    return not as_written and not text.lstrip().startswith(("{", "["))
