"""One part of the guide as a card: title, weight, what must be met, and its points."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from rubric_studio.domain.rubric import Criterion, Rubric, Stratum
from rubric_studio.domain.rubric_edits import with_stratum
from rubric_studio.ui.guide.criterion_words import when_words
from rubric_studio.ui.guide.desk import GuideDesk
from rubric_studio.ui.guide.editor_conditions import GateForm, WhenForm, gate_words
from rubric_studio.ui.guide.editor_drag import CardBox, Grip
from rubric_studio.ui.guide.editor_line import PointLine
from rubric_studio.ui.guide.editor_menu import MenuButton
from rubric_studio.ui.guide.editor_name import NewName
from rubric_studio.ui.guide.editor_point import PointForm
from rubric_studio.ui.guide.title_field import TitleField
from rubric_studio.ui.guide.weights import WeightControl
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import weight_text
from rubric_studio.ui.plain_text import PlainLabel, set_tip


class PartCard(QFrame):
    """Keeps a line for each point and, where one is open, its form in the line's place."""

    part_asked = Signal(str, str)
    line_made = Signal(object)
    form_made = Signal(object)

    def __init__(self, look: Look, desk: GuideDesk, stratum: Stratum, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._desk, self.key = look, desk, str(stratum.key)
        self._stratum = stratum
        self.lines: dict[str, PointLine] = {}
        self.form: PointForm | None = None
        dress(self, "card")
        self.grip = Grip(look)
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
        self.menu = MenuButton(look, self.tr("What can be done with this part"))
        self.menu.asked.connect(lambda what: self.part_asked.emit(what, self.key))
        self.summary = PlainLabel("", "caption", wrap=True)
        self.weight = WeightControl(
            look, self.tr("Weight of the part"), self._on_weight, self._on_weight_slid
        )
        self._weight_line = self._with_caption(self.weight)
        self._conditions: tuple[GateForm, WhenForm] | None = None
        self._lay_out()
        self._draw()
        look.changed.connect(self._draw)

    # ---- showing

    def show_stratum(self, stratum: Stratum, rubric: Rubric) -> None:
        """Show the part as it is saved; lines of the same key stay the same widgets."""
        before, self._stratum = self._stratum, stratum
        alone = len(rubric.strata) == 1
        self.setAccessibleName(stratum.title or stratum.key)
        self.title.show_value(stratum.title)
        self._weight_line.setVisible(rubric.aggregation == "stratified" and not alone)
        self.weight.show_weight(stratum.weight)
        self.grip.setVisible(not alone)
        has_conditions = stratum.gate is not None or stratum.when is not None
        self.conditions_button.setVisible(has_conditions or not alone)
        self._show_conditions(rubric)
        self._show_lines(before, rubric)

    def open(self, criterion: Criterion, rubric: Rubric) -> PointForm:
        """Open a point: its form stands where its line was."""
        self.fold()
        form = PointForm(self._look, self._desk, criterion)
        form.show_criterion(criterion, rubric)
        line = self.lines[criterion.key]
        self._points.insertWidget(self._points.indexOf(line) + 1, form)
        line.hide()
        form.show()  # the layout would show it only later, and what is hidden takes no focus
        self.form = form
        self.form_made.emit(form)
        return form

    def fold(self) -> None:
        """Fold the open point, if it is here."""
        form, self.form = self.form, None
        if form is not None:
            line = self.lines.get(form.key)
            if line is not None:
                line.show()
            form.hide()
            self._points.removeWidget(form)
            form.deleteLater()

    def box(self, content: QWidget) -> CardBox:
        """Return where the card and its points lie in the scrolled content."""

        def inside(widget: QWidget) -> QRect:
            return QRect(widget.mapTo(content, QPoint(0, 0)), widget.size())

        shown: dict[str, QWidget] = {**self.lines, **({self.form.key: self.form} if self.form else {})}
        points = [(str(c.key), inside(shown[c.key])) for c in self._stratum.criteria]
        return CardBox(self.key, inside(self), points)

    def ask_name(self, on_named: Callable[[str, bool], object]) -> NewName:
        """Open a line for a new point's title, under the others."""
        line = NewName(self.tr("Title of the new point, then Enter"))
        self._naming.addWidget(line)
        line.show()
        line.left.connect(line.hide)
        line.left.connect(line.deleteLater)
        line.named.connect(on_named)
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        return line

    def _show_lines(self, before: Stratum, rubric: Rubric) -> None:
        keys = [str(criterion.key) for criterion in self._stratum.criteria]
        for key in [key for key in self.lines if key not in keys]:
            if self.form is not None and self.form.key == key:
                self.fold()
            line = self.lines.pop(key)
            line.hide()
            self._points.removeWidget(line)
            line.deleteLater()
        for criterion in self._stratum.criteria:
            self._show_line(criterion, rubric)
        if [c.key for c in before.criteria] != keys:
            self._arrange(keys)

    def _show_line(self, criterion: Criterion, rubric: Rubric) -> None:
        line = self.lines.get(criterion.key)
        if line is None:
            line = PointLine(self._look, criterion, rubric)
            self.lines[criterion.key] = line
            self._points.addWidget(line)
            line.show()
            self.line_made.emit(line)
        else:
            line.show_criterion(criterion, rubric)
        if self.form is not None and self.form.key == criterion.key:
            self.form.show_criterion(criterion, rubric)

    def _arrange(self, keys: list[str]) -> None:
        """Put the lines into order; a form follows its line."""
        for place, key in enumerate(keys):
            self._points.removeWidget(self.lines[key])
            self._points.insertWidget(place, self.lines[key])
        if self.form is not None:
            self._points.removeWidget(self.form)
            self._points.insertWidget(self._points.indexOf(self.lines[self.form.key]) + 1, self.form)

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
        self._conditions_place = QVBoxLayout()
        self._conditions_place.setSpacing(space.medium)
        self._conditions_place.setContentsMargins(0, 0, space.tiny, 0)
        self._points = QVBoxLayout()
        self._points.setSpacing(0)
        self._naming = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.small, space.small, space.medium)
        layout.setSpacing(space.small)
        layout.addLayout(head)
        for widget in (self.title.problem, self.summary, self._weight_line):
            layout.addWidget(widget)
        for part in (self._conditions_place, self._points, self._naming):
            layout.addLayout(part)

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
        self.title.setFont(self._look.font("control", bold=True))
