"""What a point needs rarely: its key, whether it is a fault, when it applies, what it reads. Behind "More"."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QToolButton, QVBoxLayout, QWidget

from rubric_studio.domain.kinds import JudgedKind
from rubric_studio.domain.rubric import Criterion
from rubric_studio.domain.rubric_edits import with_criterion, with_kind
from rubric_studio.ui.guide.criterion_words import when_words
from rubric_studio.ui.guide.desk import GuideDesk
from rubric_studio.ui.guide.editor_conditions import WhenForm
from rubric_studio.ui.guide.fields import TextField, with_problem
from rubric_studio.ui.guide.kind_words import parameter_name
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel

FIRST_SHARE = -0.25


class MoreForm(QWidget):
    """Folded until somebody asks for it."""

    toggled = Signal(bool)

    def __init__(
        self, look: Look, desk: GuideDesk, criterion: Criterion, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._desk, self._key = look, desk, criterion.key
        self._criterion = criterion
        self.button = QToolButton()
        self.button.setText(self.tr("More"))
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        dress(self.button, "quiet")
        self.button.toggled.connect(self._on_toggled)
        self._summary = PlainLabel("", "caption", wrap=True)
        self._inside: QWidget | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.small)
        layout.addWidget(self._summary)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._draw()
        look.changed.connect(self._draw)

    def is_open(self) -> bool:
        """Return whether it is unfolded."""
        return self.button.isChecked()

    def show_criterion(self, criterion: Criterion) -> None:
        """Show what is saved: folded, the condition in words alone."""
        self._criterion = criterion
        self._summary.setText(when_words(criterion.when) if criterion.when else "")
        self._summary.setVisible(criterion.when is not None and not self.is_open())
        if self._inside is None:
            return
        self.fault.setChecked(criterion.is_fault)
        self.allow_na.setChecked(criterion.allow_na)
        self.allow_na.setVisible(criterion.is_judged)
        self.when.show_when(criterion.when)
        self._reads.setVisible(criterion.is_judged)
        reads = criterion.kind.reads if isinstance(criterion.kind, JudgedKind) else None
        self.reads.show_value("\n".join(reads or ()))

    def _made_inside(self) -> QWidget:
        """Make the controls; they are needed rarely and take their time."""
        self.fault = QCheckBox(self.tr("A fault: it costs points when it is so"))
        self.fault.clicked.connect(self._on_fault)
        self.allow_na = QCheckBox(self.tr('Whoever marks may say "does not apply"'))
        self.allow_na.clicked.connect(self._on_allow_na)
        key = self._key
        edit = lambda rubric, when: with_criterion(rubric, key, when=when)  # noqa: E731
        self.when = WhenForm(self._look, self._desk, edit)
        name = parameter_name("judged", "reads")
        self.reads = TextField(name, self._on_reads, most_lines=5)
        self.reads.setPlaceholderText(self.tr("the question and its reference"))
        self._reads = with_problem(self.reads, name)
        key_label = PlainLabel(self.tr("Key in files: {0}").format(key), "caption", wrap=True)
        key_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._look.theme.space.small)
        for widget in (self.fault, self.allow_na, self.when, self._reads, key_label):
            layout.addWidget(widget)
        return inside

    def _draw(self) -> None:
        self.button.setIcon(self._look.icon("up" if self.is_open() else "down"))

    def _on_toggled(self, on: bool) -> None:
        layout = self.layout()
        if self._inside is None and layout is not None:
            self._inside = self._made_inside()
            layout.addWidget(self._inside)
        if self._inside is not None:
            self._inside.setVisible(on)
        self.show_criterion(self._criterion)
        self._draw()
        self.toggled.emit(on)

    def _on_fault(self, on: bool) -> None:
        points = abs(self._criterion.weight) or 1.0
        stratified = self._desk.rubric.aggregation == "stratified"
        first = FIRST_SHARE if stratified else -points
        weight = first if on else 1.0 if stratified else points
        label = self.tr("Let it cost points") if on else self.tr("Let it earn points")
        self._change(label, weight=weight)

    def _on_allow_na(self, on: bool) -> None:
        self._change(self.tr('Allow "does not apply"') if on else self.tr('No "does not apply"'), allow_na=on)

    def _on_reads(self, text: str) -> str:
        key = self._key
        reads = tuple(line.strip() for line in text.splitlines() if line.strip()) or None
        return self._desk.change(lambda r: with_kind(r, key, reads=reads), parameter_name("judged", "reads"))

    def _change(self, label: str, **fields: object) -> None:
        key = self._key
        self._desk.change(lambda rubric: with_criterion(rubric, key, **fields), label)
