"""What a new round needs rarely, behind "More": who scores what, what comes twice, what is held out, the stop rule."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.services.round_start import RoundStart
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.captioned import Captioned
from rubric_studio.ui.models.name_box import NameBox
from rubric_studio.ui.number_text import share_text
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.rounds.round_words import answers_text, tr
from rubric_studio.ui.rounds.stop_field import StopField

MOST = 10_000
LONGEST_TITLE = 80


class RoundMore(QWidget):
    """Folded, one line says what holds. `changed` tells of another choice, `language_chosen` of a field."""

    changed = Signal()
    language_chosen = Signal(str)

    def __init__(self, look: Look, languages: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._experts = look, 1
        self._start = RoundStart()
        self.button = QToolButton()
        self.button.setText(tr("More"))
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        dress(self.button, "quiet")
        self.summary = PlainLabel("", "muted", wrap=True)
        self.title = QLineEdit(maxLength=LONGEST_TITLE)
        self.overlap, self.repeats, self.held_out = QSpinBox(), QSpinBox(), QSpinBox()
        self.overlap.setMinimum(0)
        self.overlap.setSpecialValueText(tr("Everybody"))
        self.repeats.setRange(0, MOST)
        self.held_out.setRange(0, 100)
        self.held_out.setSuffix(" %")
        self.held_out.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.again = QCheckBox(tr("Also answers that they scored blind before under these words"))
        self.spends = QCheckBox(tr("Use what was held out so far for the wording after all"))
        self.tells_lead = QCheckBox(tr("The lead may see figures of single people; everybody is told so"))
        self.language = NameBox()
        self.language.addItem(tr("Everybody reads every question"), "")
        for name in languages:
            self.language.addItem(name, name)
        self.stop = StopField(look)
        self._inside = QWidget()
        self._lay_out(look)
        self._inside.hide()
        self._connect()

    def show_start(self, start: RoundStart) -> None:
        """Show what a round begins with."""
        self._start = start
        self.title.setText(start.title)
        self.overlap.setValue(start.overlap or 0)
        self.repeats.setValue(start.repeats)
        self.held_out.setValue(round(start.hold_out.share * 100))
        self.again.setChecked(start.pick.again)
        self.spends.setChecked(start.hold_out.spends)
        self.tells_lead.setChecked(start.tells_lead)
        self.language.setCurrentIndex(max(0, self.language.findData(start.language_field)))
        self.stop.show_rule(start.stop)
        self._tell()

    def set_experts(self, count: int) -> None:
        """Say how many score: an answer cannot be scored by more."""
        self._experts = max(1, count)
        self.overlap.setMaximum(self._experts)
        self._tell()

    def added_to(self, start: RoundStart) -> RoundStart:
        """The start with what is chosen here."""
        share = self.held_out.value() / 100
        held_rows = self._start.hold_out.rows if share == self._start.hold_out.share else None
        hold_out = self._start.hold_out.model_copy(
            update={"share": share, "rows": held_rows, "spends": self.spends.isChecked()}
        )
        return start.model_copy(
            update={
                "title": " ".join(self.title.text().split()),
                "pick": start.pick.model_copy(update={"again": self.again.isChecked()}),
                "overlap": self._overlap(),
                "repeats": self.repeats.value(),
                "hold_out": hold_out,
                "stop": self.stop.rule(),
                "tells_lead": self.tells_lead.isChecked(),
                "language_field": self.language.currentData() or "",
            }
        )

    def _overlap(self) -> int | None:
        value = self.overlap.value()
        return value if 0 < value < self._experts else None

    def _connect(self) -> None:
        self.button.toggled.connect(self._on_toggled)
        self.title.textChanged.connect(self._on_changed)
        for number in (self.overlap, self.repeats, self.held_out):
            number.valueChanged.connect(self._on_changed)
        for box in (self.again, self.spends, self.tells_lead):
            box.toggled.connect(self._on_changed)
        self.stop.changed.connect(self._on_changed)
        self.language.currentIndexChanged.connect(self._on_language)
        self._look.changed.connect(self._draw)
        self._draw()

    def _on_toggled(self, on: bool) -> None:
        self._inside.setVisible(on)
        self.summary.setVisible(not on)
        self._draw()

    def _on_language(self) -> None:
        self.language_chosen.emit(self.language.currentData() or "")
        self._on_changed()

    def _on_changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        overlap = self._overlap()
        said = [tr("Everybody scores all.")]
        if overlap is not None:
            said = [tr("Each answer is scored by {m} of {n}.").format(m=overlap, n=self._experts)]
        if self.repeats.value():
            said.append(
                tr("{answers} come twice, hidden.").format(answers=answers_text(self.repeats.value()))
            )
        if self.held_out.value():
            share = share_text(self.held_out.value() / 100)
            said.append(tr("{share} of the questions are held out.").format(share=share))
        rule = self.stop.rule()
        if rule is not None:
            words = tr("Good enough from {target} on {n} answers.")
            said.append(words.format(target=f"{rule.target:.2f}", n=rule.least))
        self.summary.setText(" ".join(said))

    def _draw(self) -> None:
        self.button.setIcon(self._look.icon("up" if self.button.isChecked() else "down"))

    def _lay_out(self, look: Look) -> None:
        space = look.theme.space
        numbers = QHBoxLayout()
        numbers.setSpacing(space.medium)
        numbers.addWidget(Captioned(look, tr("Each answer is scored by"), self.overlap))
        numbers.addWidget(Captioned(look, tr("Answers that come twice, hidden"), self.repeats))
        held = Captioned(
            look,
            tr("Questions held out"),
            self.held_out,
            tr("Wording is tuned on the other part, agreement is claimed on this one."),
        )
        reads = Captioned(look, tr("A question's language stands in"), self.language)
        reads.setVisible(self.language.count() > 1)
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(space.medium)
        inside.addWidget(Captioned(look, tr("Name of the round"), self.title))
        inside.addLayout(numbers)
        inside.addWidget(held)
        inside.addWidget(self.stop)
        inside.addWidget(reads)
        for box in (self.again, self.spends, self.tells_lead):
            inside.addWidget(box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.small)
        layout.addWidget(self.summary)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._inside)
