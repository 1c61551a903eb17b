"""What a template brings: its parts, each to take or leave, with their points and grades. It takes nothing itself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from rubric_studio.domain.rubric import Criterion, Rubric, Stratum
from rubric_studio.ui.guide.criterion_words import kind_line, weight_words
from rubric_studio.ui.guide.editor_conditions import gate_words
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import weight_text
from rubric_studio.ui.plain_text import PlainLabel, button_text


class TemplatePreview(QScrollArea):
    """`changed` when another part is taken or left."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.parts: dict[str, QCheckBox] = {}
        self.setAccessibleName(self.tr("Parts and points of the template"))
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_rubric(self, rubric: Rubric) -> None:
        """Show another template's rubric, all of its parts taken."""
        space = self._look.theme.space
        inside = QFrame()
        dress(inside, "card")
        column = QVBoxLayout(inside)
        column.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        column.setSpacing(space.medium)
        column.addWidget(PlainLabel(heading(f"aggregation.{rubric.aggregation}"), "caption"))
        self.parts = {}
        for stratum in rubric.strata:
            column.addLayout(self._part(stratum, rubric))
        column.addStretch(1)
        self.setWidget(inside)

    def taken(self) -> set[str]:
        """Return the keys of the parts that are to be taken."""
        return {key for key, box in self.parts.items() if box.isChecked()}

    def _part(self, stratum: Stratum, rubric: Rubric) -> QVBoxLayout:
        space = self._look.theme.space
        box = QCheckBox(button_text(stratum.title or stratum.key))
        box.setFont(self._look.font("control", bold=True))
        box.setChecked(True)
        box.toggled.connect(self.changed)
        self.parts[str(stratum.key)] = box
        part = QVBoxLayout()
        part.setSpacing(space.tiny)
        part.addWidget(box)
        about = self._about(stratum, rubric)
        points = QVBoxLayout()
        points.setContentsMargins(space.wide, 0, 0, 0)
        points.setSpacing(space.small)
        if about:
            points.addWidget(PlainLabel(about, "caption", wrap=True))
        for criterion in stratum.criteria:
            point = QVBoxLayout()
            point.setSpacing(0)
            point.addWidget(PlainLabel(criterion.title or criterion.key, wrap=True))
            point.addWidget(PlainLabel(point_words(criterion, rubric), "caption", wrap=True))
            points.addLayout(point)
        part.addLayout(points)
        return part

    def _about(self, stratum: Stratum, rubric: Rubric) -> str:
        several = rubric.aggregation == "stratified" and len(rubric.strata) > 1
        words = [self.tr("weight {0}").format(weight_text(stratum.weight))] if several else []
        words += [gate_words(stratum)] if stratum.gate else []
        return " · ".join(words)


def point_words(criterion: Criterion, rubric: Rubric) -> str:
    """Return in a line what a point is worth, what marks it, and the values of its grades."""
    words = [weight_words(criterion, rubric), kind_line(criterion)]
    if criterion.levels:
        words.append(" / ".join(weight_text(level.value) for level in criterion.levels))
    return " · ".join(words)
