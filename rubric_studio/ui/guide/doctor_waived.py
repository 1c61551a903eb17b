"""The remarks that were waved off, each with its reason and a way back. Folded until somebody asks."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.doctor import Waiver
from rubric_studio.ui.day_text import time_text
from rubric_studio.ui.guide.doctor_words import place_text
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text


class WaivedList(QWidget):
    """`return_requested` carries the waiver that shall go."""

    return_requested = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.toggle = QPushButton()
        self.toggle.setCheckable(True)
        dress(self.toggle, "quiet")
        self.lines: list[WaivedLine] = []
        self._box = QWidget()
        self._held = QVBoxLayout(self._box)
        self._held.setContentsMargins(0, 0, 0, 0)
        self._held.setSpacing(look.theme.space.small)
        self._box.hide()
        self.toggle.toggled.connect(self._box.setVisible)
        self.toggle.toggled.connect(self._draw)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.tiny)
        layout.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._box)
        look.changed.connect(self._draw)

    def show_waivers(
        self, waivers: Sequence[Waiver], rubric: Rubric, names: dict[str, str], *, read_only: bool
    ) -> None:
        """List what was waved off, the last one first."""
        for line in self.lines:
            self._held.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for waiver in reversed(waivers):
            line = WaivedLine(self._look, waiver, rubric, names.get(waiver.person, "?"), read_only=read_only)
            line.back.clicked.connect(lambda _=False, waiver=waiver: self.return_requested.emit(waiver))
            self._held.addWidget(line)
            line.show()
            self.lines.append(line)
        self.toggle.setText(self.tr("Waved off ({0})").format(len(waivers)))
        self.setVisible(bool(waivers))
        self._draw()

    def _draw(self) -> None:
        self.toggle.setIcon(self._look.icon("down" if self.toggle.isChecked() else "right"))


class WaivedLine(QFrame):
    """What it said, why and by whom it was waved off."""

    def __init__(
        self,
        look: Look,
        waiver: Waiver,
        rubric: Rubric,
        name: str,
        *,
        read_only: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        dress(self, "card")
        said = self.tr('"{reason}", {name}, {time}').format(
            reason=waiver.reason, name=name, time=time_text(waiver.at)
        )
        self.back = QPushButton(button_text(self.tr("Look again")), self)
        dress(self.back, "quiet")
        self.back.setVisible(not read_only)
        space = look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.small, space.medium, space.small)
        layout.setSpacing(space.tiny)
        layout.addWidget(
            PlainLabel(place_text(rubric, waiver.criterion, waiver.stratum), "strong", wrap=True)
        )
        layout.addWidget(PlainLabel(waiver.text, wrap=True))
        layout.addWidget(PlainLabel(said, "caption", wrap=True))
        layout.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
