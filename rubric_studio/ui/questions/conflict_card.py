"""Where merged copies brought different states of one row: what differs, and the choice between them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from rubric_studio.domain.row import Row
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.questions.row_difference import changes_prompt, field_changes, word_changes

SHORT = 200


class ConflictCard(QFrame):
    """Each state is named by what it alone says."""

    chosen = Signal(object)

    def __init__(
        self, look: Look, variants: Sequence[Row], *, writable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        dress(self, "card")
        layout = QVBoxLayout(self)
        space = look.theme.space
        layout.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        layout.setSpacing(space.small)
        layout.addWidget(
            PlainLabel(self.tr("Two copies brought different words. Which shall stand?"), "strong", wrap=True)
        )
        self.buttons: list[QPushButton] = []
        for number, variant in enumerate(variants, start=1):
            other = variants[1] if number == 1 else variants[0]
            layout.addWidget(PlainLabel(self._says(variant, other), wrap=True))
            button = QPushButton(self.tr("Use state {number}").format(number=number))
            button.setEnabled(writable)
            button.clicked.connect(lambda _=False, variant=variant: self.chosen.emit(variant))
            self.buttons.append(button)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _says(self, row: Row, other: Row) -> str:
        lines: list[str] = []
        if changes_prompt(other, row):
            words = word_changes(other.prompt_text, row.prompt_text)
            own = " … ".join(run.text.strip() for run in words if run.place == "added" and run.text.strip())
            lines.append(
                _short(self.tr("Words: {words}").format(words=own or self.tr("shorter than the other")))
            )
        for change in field_changes(other, row):
            value = self.tr("not there") if change.after is None else change.after
            lines.append(_short(self.tr("{field}: {value}").format(field=change.name, value=value)))
        return "\n".join(lines) or self.tr("Its own points differ")


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"
