"""One part of the guide as a card: title, weight, what must be met, and its points."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMoveEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from rubric_studio.domain.rubric import Criterion, Rubric, Stratum
from rubric_studio.domain.rubric_edits import with_stratum
from rubric_studio.ui.actions import key_text
from rubric_studio.ui.guide.criterion_words import when_words
from rubric_studio.ui.guide.desk import GuideDesk
from rubric_studio.ui.guide.editor_conditions import GateForm, WhenForm, gate_words
from rubric_studio.ui.guide.editor_drag import CardBox, Grip
from rubric_studio.ui.guide.editor_line import PointLine
from rubric_studio.ui.guide.editor_menu import KEYS, OF_A_PART, MenuButton
from rubric_studio.ui.guide.editor_name import NewName
from rubric_studio.ui.guide.editor_point import PointForm
from rubric_studio.ui.guide.editor_stack import PointStack
from rubric_studio.ui.guide.title_field import TitleField
from rubric_studio.ui.guide.weights import WeightControl
from rubric_studio.ui.labels import label
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import count_text, weight_text
from rubric_studio.ui.plain_text import PlainLabel, set_tip


class PartCard(QFrame):
    """Its head, and the stack of its points, which folds away."""

    part_asked = Signal(str, str)
    line_made = Signal(object)
    form_made = Signal(object)
    folded = Signal(bool)

    def __init__(self, look: Look, desk: GuideDesk, stratum: Stratum, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._desk, self.key = look, desk, str(stratum.key)
        self._stratum = stratum
        dress(self, "card")
        self.stack = PointStack(look)
        self.stack.line_made.connect(self.line_made)
        self.grip = Grip(look)
        self.fold_button = QToolButton()
        self.fold_button.clicked.connect(lambda: self.set_folded(not self.is_folded))
        self._is_folded = False
        self.title = TitleField(self.tr("Title of the part"), self._on_title)
        self.title.setPlaceholderText(self.tr("Title of the part"))
        dress(self.title, "bare")
        self.conditions_button = QToolButton()
        self.conditions_button.setCheckable(True)
        self.conditions_button.setIcon(look.icon("filter"))
        name = self.tr("When this part counts")
        self.conditions_button.setAccessibleName(name)
        set_tip(self.conditions_button, name)
        self.conditions_button.toggled.connect(self._on_conditions_toggled)
        self.menu = MenuButton(look, self.tr("What can be done with this part"), OF_A_PART)
        self.menu.asked.connect(lambda what: self.part_asked.emit(what, self.key))
        self.summary = PlainLabel("", "caption", wrap=True)
        self.count = PlainLabel("", "caption")
        self.weight = WeightControl(
            look, self.tr("Weight of the part"), self._on_weight, self._on_weight_slid
        )
        self._weight_line = self._with_caption(self.weight)
        self._conditions: tuple[GateForm, WhenForm] | None = None
        self._lay_out()
        self._draw()
        look.changed.connect(self._draw)

    @property
    def lines(self) -> dict[str, PointLine]:
        """The lines that are built, from the top."""
        return self.stack.lines()

    @property
    def form(self) -> PointForm | None:
        """The form of the open point, if it is here."""
        return self.stack.form

    @property
    def is_folded(self) -> bool:
        """Whether the points are folded away."""
        return self._is_folded

    def set_folded(self, on: bool) -> None:
        """Fold the points away, or show them again."""
        if on != self._is_folded:
            self._is_folded = on
            self._on_folded(on)

    # ---- showing

    def show_stratum(self, stratum: Stratum, rubric: Rubric) -> None:
        """Show the part as it is saved; lines of the same key stay the same widgets."""
        self._stratum = stratum
        alone = len(rubric.strata) == 1
        self.setAccessibleName(stratum.title or stratum.key)
        self.title.show_value(stratum.title)
        self._weight_line.setVisible(rubric.aggregation == "stratified" and not alone)
        self.weight.show_weight(stratum.weight)
        self.grip.setVisible(not alone)
        has_conditions = stratum.gate is not None or stratum.when is not None
        self.conditions_button.setVisible(has_conditions or not alone)
        self._show_conditions(rubric)
        if self.form is not None and all(c.key != self.form.key for c in stratum.criteria):
            self.fold()
        self.stack.show_points(stratum.criteria, rubric)
        self._show_count()

    def open(self, criterion: Criterion, rubric: Rubric) -> PointForm:
        """Open a point: its form stands where its line was."""
        self.set_folded(False)
        form = PointForm(self._look, self._desk, criterion)
        form.show_criterion(criterion, rubric)
        self.stack.show_form(form)
        self.form_made.emit(form)
        return form

    def fold(self) -> None:
        """Fold the open point, if it is here."""
        if self.form is not None:
            self.stack.show_form(None)

    def box(self, content: QWidget) -> CardBox:
        """Return where the card and its points lie in the scrolled content."""

        box = QRect(self.mapTo(content, QPoint(0, 0)), self.size())
        at = self.stack.mapTo(content, QPoint(0, 0))
        boxes = [] if self.is_folded else self.stack.boxes()
        return CardBox(self.key, box, [(key, each.translated(at)) for key, each in boxes])

    def settle(self) -> None:
        """Tell the layout around it how much room it needs now."""
        layout = self.layout()
        if layout is not None:
            layout.activate()

    def ask_name(self, on_named: Callable[[str, bool], object]) -> NewName:
        """Open a line for a new point's title, under the others."""
        self.set_folded(False)
        line = NewName(self.tr("Title of the new point, then Enter"))
        self._naming.addWidget(line)
        line.show()
        line.left.connect(line.hide)
        line.left.connect(line.deleteLater)
        line.named.connect(on_named)
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        return line

    # ---- folding

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.stack.settle()

    def _on_folded(self, on: bool) -> None:
        if on and self.form is not None:
            self.fold()
        self.stack.setVisible(not on)
        self._show_count()
        self._draw_fold()
        self.stack.settle()
        self.folded.emit(on)

    def _show_count(self) -> None:
        """Say how many points are folded away."""
        count = len(self._stratum.criteria)
        self.count.setText(self.tr("{0} {1}").format(count_text(count), label("criterion", count)))
        self.count.setVisible(self.is_folded)

    def _draw_fold(self) -> None:
        on = self.is_folded
        self.fold_button.setIcon(self._look.icon("right" if on else "down"))
        name = self.tr("Show the points of this part") if on else self.tr("Fold this part")
        self.fold_button.setAccessibleName(name)
        set_tip(self.fold_button, f"{name} ({key_text(KEYS['fold'])})")

    # ---- conditions

    def _show_conditions(self, rubric: Rubric) -> None:
        stratum = self._stratum
        gates = rubric.aggregation != "points_shifted"
        words = [gate_words(stratum)] if stratum.gate and gates else []
        words += [when_words(stratum.when)] if stratum.when else []
        self.summary.setText(" · ".join(words))
        self.summary.setVisible(bool(words) and not self.conditions_button.isChecked())
        if self._conditions is not None:
            gate, when = self._conditions
            gate.setVisible(gates)
            gate.show_gate(stratum.gate)
            when.show_when(stratum.when)

    def _on_conditions_toggled(self, on: bool) -> None:
        if self._conditions is None:
            key = self.key
            gate = GateForm(self._look, self._desk, key)
            when = WhenForm(self._look, self._desk, lambda r, when: with_stratum(r, key, when=when))
            self._conditions = (gate, when)
            for form in self._conditions:
                self._conditions_place.addWidget(form)
        for form in self._conditions:
            form.setVisible(on)
        if on:
            self._show_conditions(self._desk.rubric)
        else:
            self.summary.setVisible(bool(self.summary.text()))

    # ---- what was done

    def _on_title(self, text: str) -> str:
        key, title = self.key, " ".join(text.split())
        if not title:
            return self.tr("A title, please.")
        return self._desk.change(
            lambda r: with_stratum(r, key, title=title), self.tr('Title "{0}"').format(title)
        )

    def _on_weight(self, value: float) -> str:
        key = self.key
        words = self.tr('Weight of "{0}" {1} → {2}')
        label = words.format(
            self._stratum.title or key, weight_text(self._stratum.weight), weight_text(value)
        )
        return self._desk.change(lambda r: with_stratum(r, key, weight=value), label)

    def _on_weight_slid(self, value: float) -> None:
        key = self.key
        self._desk.preview(lambda r: with_stratum(r, key, weight=value))

    # ---- layout

    def _lay_out(self) -> None:
        space = self._look.theme.space
        head = QHBoxLayout()
        head.setSpacing(space.tiny)
        head.addWidget(self.grip)
        head.addWidget(self.title, 1)
        head.addWidget(self.conditions_button)
        head.addWidget(self.menu)
        head.addWidget(self.fold_button)
        self._conditions_place = QVBoxLayout()
        self._conditions_place.setSpacing(space.medium)
        self._conditions_place.setContentsMargins(0, 0, space.tiny, 0)
        self._naming = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.small, space.small, space.medium)
        layout.setSpacing(space.small)
        layout.addLayout(head)
        for widget in (self.title.problem, self.summary, self._weight_line):
            layout.addWidget(widget)
        layout.addLayout(self._conditions_place)
        layout.addWidget(self.count)
        layout.addWidget(self.stack)
        layout.addLayout(self._naming)

    def _with_caption(self, control: QWidget) -> QWidget:
        box = QWidget()
        layout = QHBoxLayout(box)
        layout.setContentsMargins(0, 0, self._look.theme.space.tiny, 0)
        layout.setSpacing(self._look.theme.space.small)
        layout.addWidget(PlainLabel(self.tr("Weight"), "caption"))
        layout.addWidget(control, 1)
        return box

    def _draw(self) -> None:
        self.conditions_button.setIcon(self._look.icon("filter"))
        self._draw_fold()
        self.title.setFont(self._look.font("control", bold=True))
