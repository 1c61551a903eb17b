"""Looking at an older version of the guide; it can become the draft again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from rubric_studio.domain.rubric import Rubric
from rubric_studio.ui.guide.guide_text import guide_text
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel


class VersionDialog(QDialog):
    """`chosen` carries the version's rubric, to be the draft from now on."""

    chosen = Signal(object)

    def __init__(
        self,
        look: Look,
        title: str,
        about: str,
        rubric: Rubric,
        *,
        is_draft: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._rubric = rubric
        self.text = QPlainTextEdit(guide_text(rubric))
        self.text.setReadOnly(True)
        self.text.setAccessibleName(title)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.use_button = self.buttons.addButton(
            self.tr("Go on with this one"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.use_button.setEnabled(not is_draft)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        space = look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.medium)
        heading = PlainLabel(title, wrap=True)
        dress(heading, "title")
        layout.addWidget(heading)
        layout.addWidget(PlainLabel(about, "muted", wrap=True))
        layout.addWidget(self.text, 1)
        layout.addWidget(self.buttons)
        self.resize(look.theme.sizes.control * 50, look.theme.sizes.control * 46)

    def accept(self) -> None:
        """Give the rubric back."""
        self.chosen.emit(self._rubric)
        super().accept()
