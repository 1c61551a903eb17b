"""The exact words that a judge would be sent, on a real question and answer. It only shows."""

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from rubric_studio.services.judge_orders import Preview
from rubric_studio.ui.display_text import displayed
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.judge_words import tr
from rubric_studio.ui.plain_text import PlainLabel


class JudgePromptView(QWidget):
    """Messages below each other, each under its role."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.about = PlainLabel("", "caption", wrap=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("What the model is sent"))
        space = look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, 0, 0, 0)
        layout.setSpacing(space.small)
        layout.addWidget(PlainLabel(tr("What the model is sent, word for word"), "strong"))
        layout.addWidget(self.about)
        layout.addWidget(self.text, 1)
        self.setMinimumWidth(look.metrics("control").averageCharWidth() * 40)

    def show_preview(self, found: Preview | None) -> None:
        """Show a request; None where there is no answer with a point to read and judge."""
        if found is None:
            self.about.setText(
                tr("No answer yet, or no point that a judge could mark: nothing would be sent.")
            )
            self.text.clear()
            return
        words = tr("Question {row}, the answer of {model}. Before a run you can take fields and names out.")
        self.about.setText(words.format(row=str(found.row.id), model=found.sample.model))
        place = self.text.verticalScrollBar().value()
        self.text.clear()
        cursor = self.text.textCursor()
        for message in found.request.messages:
            self._write(cursor, f"{_role(message.role)}\n", bold=True)
            self._write(cursor, displayed(message.content)[0] + "\n\n", bold=False)
        self.text.verticalScrollBar().setValue(place)

    def _write(self, cursor: QTextCursor, text: str, *, bold: bool) -> None:
        form = QTextCharFormat()
        form.setFontWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        cursor.insertText(text, form)


def _role(role: str) -> str:
    return {"system": tr("Rules"), "developer": tr("Rules"), "user": tr("Request")}.get(role, role)
