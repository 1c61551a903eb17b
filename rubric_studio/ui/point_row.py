"""One point under one answer: its state, the grades as keys, the value and who marked. Keeps nothing."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.labels import heading, label
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import score_text, weight_text
from rubric_studio.ui.plain_text import PlainLabel, set_tip
from rubric_studio.ui.point_details import PointDetails, example_lines
from rubric_studio.ui.state_shape import Shape, StateShape, shape_of

NOT_APPLICABLE = "N"
KEYED = 10
KEYLESS = "\N{BULLET}"
TITLE_LETTERS = 16
ONE_LINE = 99  # more keys than a point has grades
LINES_BESIDE = 1.8  # of two lines some room is lost to words that do not fit


@dataclass(frozen=True)
class Grade:
    """One grade of a point; its key on the keyboard is its place, best first, 0 for the tenth."""

    key: str
    title: str
    value: float
    text: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Marker:
    """Who marked; `name` is as people write it."""

    kind: Literal["check", "judge", "expert"]
    name: str = ""

    @property
    def initials(self) -> str:
        """The first letters of the first and the last name."""
        words = self.name.split()
        return "".join(f"{word[0]}." for word in (words if len(words) < 2 else (words[0], words[-1])))


@dataclass(frozen=True)
class Point:
    """What a row shows. Without grades nobody can mark it here; a negative weight costs points."""

    key: str
    title: str
    shape: Shape
    wording: str = ""
    weight: float = 1.0
    grades: tuple[Grade, ...] = ()
    chosen: str | None = None
    value: float | None = None
    marker: Marker | None = None
    reason: str = ""
    evidence: tuple[str, ...] = ()
    may_not_apply: bool = False
    stale: bool = False

    @property
    def costs_points(self) -> bool:
        """Whether it is a fault, for which 1 is bad."""
        return self.weight < 0


class PointRow(QFrame):
    """A row of a list, with keys of its own while the keyboard is in it.

    Digits grade, N says that it does not apply, Backspace takes the mark back, R writes a reason, Space opens
    and folds. Digits typed into the reason never grade. Tab and Enter choose a grade that no digit is left for.
    """

    level_chosen = Signal(str, str)
    not_applicable_chosen = Signal(str)
    mark_cleared = Signal(str)
    reason_given = Signal(str, str)
    evidence_chosen = Signal(str, int)
    focused = Signal(str)
    opened = Signal(str, bool)

    def __init__(self, look: Look, point: Point, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._point = look, point
        self._buttons: list[QToolButton] = []
        self._columns = ONE_LINE
        self._details: PointDetails | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        dress(self, "point")
        self._state = StateShape(look, point.shape)
        self._title = PlainLabel("", wrap=True)
        takes_the_rest = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        takes_the_rest.setHeightForWidth(True)
        self._title.setSizePolicy(takes_the_rest)
        self._value = PlainLabel("", "strong")
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._chip = PlainLabel("", "chip")
        self._chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        policy = self._chip.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the values of all rows stand under each other
        self._chip.setSizePolicy(policy)
        self._open_button = QToolButton(self)
        self._open_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._open_button.clicked.connect(self.toggle)
        self._lay_out()
        look.changed.connect(self._on_look_changed)
        self._fit()
        self._fill()

    def point(self) -> Point:
        """Return what is shown."""
        return self._point

    def set_point(self, point: Point) -> None:
        """Show another point, or the same with another mark; cheap where the grades are the same."""
        if point != self._point:
            self._point = point
            self._fill()

    def set_selected(self, selected: bool) -> None:
        """Tint the row whose evidence is filled in the text."""
        if bool(self.property("selected")) != selected:
            self.setProperty("selected", selected)
            dress(self, "point")

    def is_open(self) -> bool:
        """Whether reason, evidence and wording show."""
        return self._details is not None and not self._details.isHidden()

    def set_open(self, open_: bool) -> None:
        """Show or fold reason, evidence and wording."""
        if open_ == self.is_open():
            return
        if self._details is None:
            self._details = self._made_details()
        self._details.setVisible(open_)
        self._draw_open_button()
        self.opened.emit(self._point.key, open_)

    def toggle(self) -> None:
        """Open a folded row, fold an open one."""
        self.set_open(not self.is_open())

    def write_reason(self) -> None:
        """Open the row and put the keyboard into its reason."""
        if self._point.grades:
            self.set_open(True)
            assert self._details is not None
            self._details.reason_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def grade_buttons(self) -> tuple[QToolButton, ...]:
        """Return the grades' buttons, best first, then the one for "does not apply" where there is one."""
        return tuple(self._buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text().upper()
        place = (int(text) - 1) % KEYED if text.isascii() and text.isdigit() else -1
        grade = self._grade_in_focus()
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
        elif 0 <= place < len(self._point.grades):
            self._choose(self._point.grades[place].key)
        elif text == NOT_APPLICABLE and self._point.may_not_apply:
            self.not_applicable_chosen.emit(self._point.key)
        elif text == "R" and self._point.grades:
            self.write_reason()
        elif event.key() == Qt.Key.Key_Backspace and self._point.grades:
            self.mark_cleared.emit(self._point.key)
        elif event.key() == Qt.Key.Key_Space:
            self.toggle()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and grade is not None:
            self._on_grade_clicked(grade)
        else:
            super().keyPressEvent(event)

    def _grade_in_focus(self) -> int | None:
        """Return the place of the grade to which somebody went by Tab."""
        return next((place for place, button in enumerate(self._buttons) if button.hasFocus()), None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self._point.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.toggle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wrap()

    def _lay_out(self) -> None:
        space = self._look.theme.space
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(space.tiny)
        name = QHBoxLayout()
        name.setSpacing(space.small)
        name.addWidget(self._state, 0, Qt.AlignmentFlag.AlignVCenter)
        name.addWidget(self._title, 1)
        self._marks = FlowLayout(spacing=space.small)
        self._grades, result = QGridLayout(), QHBoxLayout()
        self._result = self._group(result, space.small)
        self._marks.addWidget(self._group(self._grades, space.tiny))
        self._marks.addWidget(self._result)
        for widget in (self._value, self._chip, self._open_button):
            result.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._head.addLayout(name, 1)
        self._head.addLayout(self._marks)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.small, space.tiny, space.tiny, space.tiny)
        layout.setSpacing(space.tiny)
        layout.addLayout(self._head)

    def _group(self, group: QLayout, spacing: int) -> QWidget:
        """Hold widgets that stay together."""
        holder = QWidget()
        holder.setLayout(group)
        group.setContentsMargins(0, 0, 0, 0)
        group.setSpacing(spacing)
        return holder

    def _wrap(self) -> None:
        """Give the grades a line of their own where the title gets few letters or over two lines beside them."""
        metrics = self._look.metrics("control")
        key, gap = self._key_width(), self._grades.spacing()
        keys = len(self._buttons) * (key + gap) - gap if self._buttons else 0
        beside = self.width() - keys - self._marks.spacing() - self._result.sizeHint().width()
        title = metrics.horizontalAdvance(self._point.title)
        lines = LINES_BESIDE * (beside - 3 * self._look.theme.space.large)
        narrow = beside < TITLE_LETTERS * metrics.averageCharWidth() or title > lines
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._head.direction() != direction:
            self._head.setDirection(direction)
        room = self.contentsRect().width() - 2 * self._look.theme.space.small
        self._place_keys(max(1, (room + gap) // (key + gap)) if narrow else ONE_LINE)

    def _key_width(self) -> int:
        return max((button.sizeHint().width() for button in self._buttons), default=0)

    def _place_keys(self, columns: int) -> None:
        """Set the grades' keys in lines of so many."""
        if columns != self._columns:
            self._columns = columns
            for at, button in enumerate(self._buttons):
                self._put(button, at)

    def _put(self, button: QToolButton, at: int) -> None:
        self._grades.removeWidget(button)
        self._grades.addWidget(button, *divmod(at, self._columns))

    def _fill(self) -> None:
        point = self._point
        self._state.set_shape(point.shape)
        self._title.setText(point.title)
        set_tip(self._title, point.wording)
        self._fill_grades()
        self._fill_value()
        self._fill_chip()
        self._draw_open_button()
        self.setAccessibleName(point.title)
        self.setAccessibleDescription(self._in_words())
        if self._details is not None:
            self._details.set_point(point)
        self._wrap()

    def _fill_grades(self) -> None:
        point = self._point
        wanted = len(point.grades) + point.may_not_apply
        while len(self._buttons) > wanted:
            button = self._buttons.pop()
            self._grades.removeWidget(button)
            button.hide()
            button.deleteLater()
        while len(self._buttons) < wanted:
            self._buttons.append(self._made_button(len(self._buttons)))
        for place, grade in enumerate(point.grades):
            state = shape_of(grade.value, costs_points=point.costs_points)
            key = str((place + 1) % KEYED) if place < KEYED else ""
            words = self.tr("{grade}, key {key}") if key else self.tr("{grade}, by Tab and Enter")
            said = words.format(grade=grade.title, key=key)
            self._set_button(self._buttons[place], key, said, state, point.chosen == grade.key)
            set_tip(self._buttons[place], "\n".join([said, *example_lines(grade)]))
        if point.may_not_apply:
            said = self.tr("{grade}, key {key}").format(
                grade=heading("shape.not_applicable"), key=NOT_APPLICABLE
            )
            chosen = point.shape is Shape.NOT_APPLICABLE
            self._set_button(self._buttons[-1], NOT_APPLICABLE, said, Shape.NOT_APPLICABLE, chosen)

    def _made_button(self, place: int) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.clicked.connect(lambda: self._on_grade_clicked(place))
        self._put(button, place)
        return button

    def _set_button(self, button: QToolButton, key: str, said: str, state: Shape, chosen: bool) -> None:
        button.setText(key or KEYLESS)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus if key else Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(said)
        set_tip(button, said)
        button.setChecked(chosen)
        if button.property("state") != state.role:
            button.setProperty("state", state.role)
            dress(button, "grade")

    def _fill_value(self) -> None:
        point = self._point
        text = score_text(point.value) if point.value is not None else ""
        self._value.setText(text)
        weight = weight_text(point.weight)
        tip = self.tr("Costs up to {weight}") if point.costs_points else self.tr("Weight {weight}")
        set_tip(self._value, tip.format(weight=weight.removeprefix("\N{MINUS SIGN}")))

    def _fit(self) -> None:
        """Give values and chips one width in every row."""
        self._value.setMinimumWidth(self._look.metrics("control", bold=True).horizontalAdvance("0.00"))
        caption = self._look.metrics("caption")
        widest = max(caption.horizontalAdvance(label(f"rater.{kind}")) for kind in ("check", "judge"))
        self._chip.setMinimumWidth(widest + 2 * self._look.theme.space.small + 2)

    def _fill_chip(self) -> None:
        marker = self._point.marker
        self._chip.setVisible(marker is not None or self._point.stale)
        if self._point.stale:
            self._chip.setText(self.tr("old words"))
            set_tip(self._chip, self.tr("This mark was given under other words"))
        elif marker is not None:
            self._chip.setText(marker.initials if marker.kind == "expert" else label(f"rater.{marker.kind}"))
            set_tip(self._chip, marker.name or heading(f"rater.{marker.kind}"))

    def _in_words(self) -> str:
        """Return what a screen reader says after the title."""
        point = self._point
        parts = [label(f"shape.{point.shape}")]
        parts += [grade.title for grade in point.grades if grade.key == point.chosen]
        parts += [score_text(point.value)] if point.value is not None else []
        parts += [point.marker.name or label(f"rater.{point.marker.kind}")] if point.marker else []
        return ", ".join([*parts, point.reason] if point.reason else parts)

    def _draw_open_button(self) -> None:
        open_ = self.is_open()
        name = self.tr("Fold (Space)") if open_ else self.tr("Open reason, evidence and wording (Space)")
        self._open_button.setIcon(self._look.icon("up" if open_ else "down"))
        self._open_button.setAccessibleName(name)
        set_tip(self._open_button, name)

    def _made_details(self) -> PointDetails:
        details = PointDetails(self._look, self._point, self)
        details.reason_given.connect(lambda text: self.reason_given.emit(self._point.key, text))
        details.evidence_chosen.connect(lambda index: self.evidence_chosen.emit(self._point.key, index))
        details.left.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        details.hide()
        layout = self.layout()
        assert layout is not None
        layout.addWidget(details)
        return details

    def _on_grade_clicked(self, place: int) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if place < len(self._point.grades):
            self._choose(self._point.grades[place].key)
        else:
            self.not_applicable_chosen.emit(self._point.key)

    def _choose(self, level: str) -> None:
        """Tell the choice; the buttons show it once the mark is kept, and `set_point` brings it back."""
        self._fill_grades()
        self.level_chosen.emit(self._point.key, level)

    def _on_look_changed(self) -> None:
        self._fit()
        self._fill()
