"""A weight as a slider and a number that move together; what a slider's steps are worth."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from rubric_studio.ui.guide.fields import NumberField, digits_wide
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel


@dataclass(frozen=True)
class Scale:
    """The steps of a slider, from 0 (or the first step) to `most`."""

    step: float = 0.5
    most: float = 10.0
    first: int = 0

    def place(self, value: float) -> int:
        """The step nearest to a value."""
        return max(self.first, round(abs(value) / self.step))

    def value(self, place: int) -> float:
        """What a step is worth."""
        return round(place * self.step, 6)

    def reaching(self, value: float) -> "Scale":
        """The same steps, up to that value at least."""
        return Scale(self.step, max(self.most, abs(value)), self.first)

    @property
    def places(self) -> int:
        """The last step."""
        return max(1, round(self.most / self.step))


WEIGHTS = Scale()
SHARES = Scale(0.05, 1.0, 1)


class GestureSlider(QSlider):
    """A slider that tells where it is while it moves and, once, where it was left. The wheel scrolls the page."""

    slid = Signal(int)
    left = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._moved = False
        self.valueChanged.connect(self._on_value_changed)

    def show_place(self, place: int, last: int, first: int) -> None:
        """Put the handle somewhere, unless a hand is on it."""
        if not self._moved:
            with QSignalBlocker(self):
                self.setRange(first, max(last, place))
                self.setValue(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._leave()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(event)
        if not event.isAutoRepeat():
            self._leave()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._leave()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _on_value_changed(self, place: int) -> None:
        self._moved = True
        self.slid.emit(place)

    def _leave(self) -> None:
        if self._moved:
            self._moved = False
            self.left.emit(self.value())


class WeightControl(QWidget):
    """Slider and number. `commit` takes a finished value and says what is wrong with it, `preview` one under way.

    Values are never negative here: what a fault costs is handed in as a positive number.
    """

    def __init__(
        self,
        look: Look,
        name: str,
        commit: Callable[[float], str],
        preview: Callable[[float], object],
        scale: Scale = WEIGHTS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._take, self._preview = look, commit, preview
        self._base = self._scale = scale
        self._value = 0.0
        self.slider = GestureSlider()
        self.slider.setAccessibleName(name)
        self.slider.setMinimumWidth(look.theme.space.page * 2)
        self.number = NumberField(name, self._on_number_finished)
        self.unit = PlainLabel("", "muted")
        self.slider.slid.connect(self._on_slid)
        self.slider.left.connect(self._on_left)
        self._lay_out()
        self._fit()
        look.changed.connect(self._fit)

    def show_weight(self, value: float, unit: str = "", scale: Scale | None = None) -> None:
        """Show a saved value and what it is counted in."""
        self._base = scale or self._base
        self._scale = self._base.reaching(value)
        self._value = value
        self.slider.show_place(self._scale.place(value), self._scale.places, self._scale.first)
        self.number.show_number(value)
        self.unit.setText(unit)
        self.unit.setVisible(bool(unit))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(self._look.theme.space.small)
        line.addWidget(self.slider, 1)
        line.addWidget(self.number)
        line.addWidget(self.unit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._look.theme.space.tiny)
        layout.addLayout(line)
        layout.addWidget(self.number.problem)

    def _on_slid(self, place: int) -> None:
        value = self._scale.value(place)
        self.number.type_in(f"{value:g}")
        self._preview(value)

    def _on_left(self, place: int) -> None:
        value = self._scale.value(place)
        self.number.set_problem(self._take(value) if value != self._value else "")
        self.show_weight(self._value, self.unit.text())
        self.number.type_in(self.number.saved())

    def _on_number_finished(self, number: float | None) -> str:
        if number is None or number < 0:
            return self.tr("A number from 0 up, please.")
        return self._take(number)

    def _fit(self) -> None:
        digits_wide(self.number, self._look, 4)
