"""One remark of the doctor as a card: where, what, why, the mend before and after. It changes nothing itself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from rubric_studio.domain.doctor.finding import Finding, Mend
from rubric_studio.domain.rubric import Rubric
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.guide.doctor_words import place_text, sentence_text, why_text
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text, set_tip


class DoctorCard(QFrame):
    """Keys while the keyboard is in it: M mends, W waves off; Enter on its head goes to the place."""

    place_requested = Signal(object)
    mend_requested = Signal(object)
    waiver_requested = Signal(object)

    def __init__(
        self, look: Look, finding: Finding, rubric: Rubric, *, read_only: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.finding = finding
        dress(self, "card")
        place = place_text(rubric, finding.criterion, finding.stratum)
        self.setAccessibleName(place)
        self.place = QPushButton(button_text(_short(place)))
        dress(self.place, "link")
        self.place.setAccessibleDescription(sentence_text(finding))
        set_tip(self.place, self.tr("Go there: {0}").format(place))
        self.place.clicked.connect(lambda: self.place_requested.emit(finding))
        self.sentence = PlainLabel(sentence_text(finding), wrap=True)
        self.why = PlainLabel(why_text(finding), "muted", wrap=True)
        self.mend = QPushButton(self.tr("Mend  M"), self)
        self.mend.clicked.connect(lambda: self.mend_requested.emit(finding))
        self.mend.setVisible(finding.mend is not None and not read_only)
        self.wave_off = QPushButton(self.tr("Wave off…  W"), self)
        dress(self.wave_off, "quiet")
        self.wave_off.clicked.connect(lambda: self.waiver_requested.emit(finding))
        self.wave_off.setVisible(not read_only)
        self._lay_out(look)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() == Qt.Key.Key_M and self.mend.isVisibleTo(self):
            self.mend.click()
        elif plain and event.key() == Qt.Key.Key_W and self.wave_off.isVisibleTo(self):
            self.wave_off.click()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, look: Look) -> None:
        space = look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.small, space.medium, space.small)
        layout.setSpacing(space.tiny)
        layout.addWidget(self.place, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.sentence)
        layout.addWidget(self.why)
        if self.finding.mend is not None:
            for label in self._before_and_after(self.finding.mend):
                layout.addWidget(label)
        buttons = FlowLayout(spacing=space.small)
        buttons.addWidget(self.mend)
        buttons.addWidget(self.wave_off)
        layout.addLayout(buttons)

    def _before_and_after(self, mend: Mend) -> tuple[PlainLabel, PlainLabel]:
        before = PlainLabel(self.tr("Before: {0}").format(mend.before), "muted", wrap=True)
        after = PlainLabel(self.tr("After: {0}").format(mend.after), wrap=True)
        return before, after


def _short(text: str, most: int = 48) -> str:
    """A title that fits a line; the whole one stands in the tip."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
