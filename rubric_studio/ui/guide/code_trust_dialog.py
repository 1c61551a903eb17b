"""Asking for trust in one exact text of code: what it is, why it asks, what protects this computer and what not.

It runs nothing and notes nothing: whoever opens it does, once it says `trusted`.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from rubric_studio.ui.guide.code_edit import CodeEdit
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel


class CodeTrustDialog(QDialog):
    """`trusted` carries the text that was shown. Cancel is what Enter does."""

    trusted = Signal(str)

    def __init__(
        self, look: Look, source: str, why: str, lacking: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._source = source
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Trust this code?"))
        self.code = CodeEdit(look, self.tr("The code, exactly as it would run"), lambda _: "")
        self.code.show_value(source)
        self.code.setReadOnly(True)
        self.protection = PlainLabel(self._protection(lacking), wrap=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.cancel_button = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self.trust_button: QPushButton = self.buttons.addButton(
            self.tr("Trust exactly this text on this computer"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.trust_button.setAutoDefault(False)
        self.cancel_button.setDefault(True)
        self.trust_button.clicked.connect(self._on_trusted)
        self.buttons.rejected.connect(self.reject)
        space, size = look.theme.space, look.theme.sizes.control
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(PlainLabel(self.tr("Trust this code?"), "title"))
        layout.addWidget(PlainLabel(self._why(why), wrap=True))
        layout.addWidget(self.code, 1)
        layout.addWidget(self.protection)
        layout.addWidget(self.buttons)
        self.resize(size * 54, size * 40)
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _why(self, why: str) -> str:
        lacks = self.tr("The safe box cannot run it: {0}.").format(why)
        words = self.tr(
            "Outside the safe box code can do more harm. Read it, and trust it only if you know what every line "
            "does. Any other text asks again."
        )
        return f"{lacks} {words}" if why else words

    def _protection(self, lacking: Sequence[str]) -> str:
        always = self.tr(
            "It will run in a process of its own, in an empty folder, with no settings of yours, and within limits "
            "of time and output."
        )
        if not lacking:
            return f"{always}\n{self.tr('This system also keeps it from your files, the network and other programs.')}"
        here = self.tr("On this system more cannot be prevented: {0}.").format("; ".join(lacking))
        return f"{always}\n{here}"

    def _on_trusted(self) -> None:
        self.trusted.emit(self._source)
        self.accept()
