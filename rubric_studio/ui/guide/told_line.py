"""Below an answer's total: what its source told of it, and the model's reasoning, folded and never scored."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from rubric_studio.domain.sample import Sample
from rubric_studio.ui.answer_told import reasoning_of, told_words
from rubric_studio.ui.guide.elided_label import ElidedLabel
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, set_tip
from rubric_studio.ui.reading_pane import ReadingPane

FEWEST, MOST = 3, 7
"""Lines of reasoning in sight: the answer itself needs the room more."""


class ToldLine(QWidget):
    """Takes no room where nothing is told. The pane of the reasoning is made when it is first unfolded."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._reasoning = ""
        self.words = ElidedLabel(look, "caption", "text_muted")
        self.fold = QToolButton()
        self.fold.setCheckable(True)
        dress(self.fold, "link")
        self.fold.setText(self.tr("Reasoning"))
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fold.setAccessibleName(self.tr("The model's reasoning, never scored"))
        set_tip(self.fold, self.tr("What the model says it thought. It is never scored."))
        self.pane: ReadingPane | None = None
        self._caption = PlainLabel(self.tr("The model's reasoning, never scored"), "caption")
        self._caption.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.theme.space.tiny)
        line = QHBoxLayout()
        line.setSpacing(look.theme.space.small)
        line.addWidget(self.words, 1)
        line.addWidget(self.fold)
        self._column.addLayout(line)
        self._column.addWidget(self._caption)
        self.fold.toggled.connect(self._on_fold_toggled)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self.hide()

    def show_sample(self, sample: Sample) -> None:
        """Show what is told of an answer; reasoning that was unfolded stays so from answer to answer."""
        words, self._reasoning = told_words(sample), reasoning_of(sample)
        self.words.setText(words)
        self.fold.setVisible(bool(self._reasoning))
        self.setVisible(bool(words or self._reasoning))
        self._show_reasoning()

    def _show_reasoning(self) -> None:
        wanted = self.fold.isChecked() and bool(self._reasoning)
        self._caption.setVisible(wanted)
        if wanted and self.pane is None:
            self.pane = ReadingPane(self._look, self.tr("The model's reasoning, never scored"))
            self._column.addWidget(self.pane)
            self._on_look_changed()
        if self.pane is not None:
            if wanted and not self.pane.shows(self._reasoning, formatted=False):
                self.pane.set_text(self._reasoning)
            self.pane.setVisible(wanted)

    def _on_fold_toggled(self) -> None:
        self._show_reasoning()
        self._on_look_changed()

    def _on_look_changed(self) -> None:
        self.fold.setIcon(self._look.icon("down" if self.fold.isChecked() else "right"))
        if self.pane is not None:
            line = self._look.metrics("reading").lineSpacing()
            self.pane.setMinimumHeight(FEWEST * line)
            self.pane.setMaximumHeight(MOST * line)
