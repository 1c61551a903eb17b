"""One proposed edit to read: its words before and after in one text, who made it, and what was said beside it."""

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from rubric_studio.domain.proposed_edit import ProposedEdit, Standing
from rubric_studio.domain.returned_guide import ReturnedComment
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_field import field_text
from rubric_studio.ui.guide.exchange_words import (
    byline,
    comment_text,
    field_word,
    owner_title,
    standing_words,
)
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.reading_pane import ReadingPane
from rubric_studio.ui.woven_text import woven_text

LONGEST_NOW = 600


class EditDetails(QWidget):
    """Not by color alone: a sign stands before what was put in and what was taken out."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.title = PlainLabel("", "strong", wrap=True)
        self.byline = PlainLabel("", "muted", wrap=True)
        self.state = PlainLabel("", wrap=True)
        self.pane = ReadingPane(look, self.tr("What is proposed"))
        self.now = PlainLabel("", "muted", wrap=True)
        self.comments = PlainLabel("", wrap=True)
        self._lay_out()

    def show_edit(self, edit: ProposedEdit, state: str, present: Rubric) -> None:
        """Show an edit as it stands to the guide of today."""
        self.title.setText(f"{owner_title(edit.place, present)} — {field_word(edit.place)}")
        self.byline.setText(byline(edit))
        self.state.setText(standing_words(state))
        self.state.setVisible(bool(self.state.text()))
        said = field_text(present, edit.place) or ""
        text, marks = woven_text(said if edit.old is None else edit.old, edit.new)
        self.pane.set_text(text)
        self.pane.set_differences(marks)
        is_other = state == Standing.CONFLICT and edit.old is not None
        self.now.setText(self.tr("The guide says now: {0}").format(_cut(said) or "–") if is_other else "")
        self.now.setVisible(is_other)
        self.show_comments(edit.comments)

    def show_comments(self, comments: tuple[ReturnedComment, ...]) -> None:
        """Show what was said beside it."""
        self.comments.setText("\n\n".join(comment_text(comment) for comment in comments))
        self._area.setVisible(bool(comments))

    def show_words(self, title: str, text: str, comments: tuple[ReturnedComment, ...] = ()) -> None:
        """Show something that is no edit: a remark, or the end."""
        self.title.setText(title)
        for label in (self.byline, self.state, self.now):
            label.setText("")
            label.setVisible(label is self.byline)
        self.pane.set_text(text)
        self.show_comments(comments)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        self.pane.setMinimumHeight(self._look.metrics("reading").lineSpacing() * 4)
        inside = QWidget()
        dress(inside, "plain")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.comments)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setAccessibleName(self.tr("Comments"))
        self._area.setWidgetResizable(True)
        self._area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.small)
        for widget in (self.title, self.byline, self.state):
            layout.addWidget(widget)
        layout.addWidget(self.pane, 3)
        layout.addWidget(self.now)
        layout.addWidget(self._area, 2)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_NOW else f"{text[:LONGEST_NOW]}…"
