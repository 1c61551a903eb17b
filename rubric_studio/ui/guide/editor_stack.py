"""The points of one part, one under another: a line for each, built only where somebody looks. It saves nothing."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Signal
from PySide6.QtGui import QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from rubric_studio.domain.rubric import Criterion, Rubric
from rubric_studio.ui.guide.editor_finding import Hit
from rubric_studio.ui.guide.editor_line import PointLine, caption_of, title_of
from rubric_studio.ui.guide.editor_line_size import LineSize
from rubric_studio.ui.guide.editor_point import PointForm
from rubric_studio.ui.look import Look

MARGIN = 160  # pixels built above and below what is in sight, so that Tab and a small step find their line
MADE_AT_ONCE = 6  # lines made in one turn; one that is free already is taken at once
WIDTHS_KEPT = 4  # a layout asks for several widths before it decides


class PointStack(QWidget):
    """Lines out of sight are taken for other points; the one with the keyboard or in the hand never is."""

    line_made = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._size = look, LineSize(look)
        self._criteria: dict[str, Criterion] = {}
        self._rubric = Rubric()
        self._found: Mapping[str, Hit] = {}
        self._tops: dict[int, list[int]] = {}
        self._bound: dict[str, PointLine] = {}
        self._free: list[PointLine] = []
        self.form: PointForm | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self._on_look_changed)

    # ---- what is shown

    def show_points(self, criteria: Sequence[Criterion], rubric: Rubric) -> None:
        """Show other points; a line that is built stays with its point."""
        keys = [str(criterion.key) for criterion in criteria]
        self._rubric, self._criteria = rubric, dict(zip(keys, criteria, strict=True))
        for key in [key for key in self._bound if key not in self._criteria]:
            self._release(key)
        for key, line in self._bound.items():
            line.show_criterion(self._criteria[key], rubric)
        if self.form is not None and self.form.key in self._criteria:
            self.form.show_criterion(self._criteria[self.form.key], rubric)
        self._remeasure()

    def show_form(self, form: PointForm | None) -> None:
        """Let a form stand where its point's line was; None brings the line back."""
        before, self.form = self.form, form
        if before is not None:
            before.hide()
            before.deleteLater()
        if form is not None:
            form.setParent(self)
            form.show()  # what is hidden takes no focus
        self._remeasure()

    def show_found(self, found: Mapping[str, Hit]) -> None:
        """Mark the points in which the words that are searched for stand."""
        if found or self._found:
            self._found = found
            for key, line in self._bound.items():
                line.show_found(found.get(key))
            self._remeasure()

    def lines(self) -> dict[str, PointLine]:
        """Return the lines that are built, from the top."""
        return {key: self._bound[key] for key in self._criteria if key in self._bound}

    def line(self, key: str) -> PointLine | None:
        """Return the line of a point, built now if it was out of sight."""
        if key in self._criteria and key not in self._bound:
            self._bind(key)
            self._place()
        return self._bound.get(key)

    def boxes(self) -> list[tuple[str, QRect]]:
        """Return where each point lies, line or form."""
        tops = self._tops_at(self.width())
        return [
            (key, QRect(0, tops[at], self.width(), tops[at + 1] - tops[at]))
            for at, key in enumerate(self._criteria)
        ]

    # ---- size

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._tops_at(width)[-1]

    def sizeHint(self) -> QSize:
        return QSize(240, self._tops_at(max(240, self.width()))[-1])

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 0)

    def _tops_at(self, width: int) -> list[int]:
        """Where each point begins at a width, and where the last one ends."""
        known = self._tops.get(width)
        if known is None:
            if len(self._tops) >= WIDTHS_KEPT:
                self._tops.clear()
            heights = (self._height(key, each, width) for key, each in self._criteria.items())
            known = self._tops[width] = [0, *accumulate(heights)]
        return known

    def _height(self, key: str, criterion: Criterion, width: int) -> int:
        if self.form is not None and self.form.key == key:
            return _form_height(self.form, width)
        return self._size.height(title_of(criterion), caption_of(criterion, self._found.get(key)), width)

    def _remeasure(self) -> None:
        self._tops.clear()
        self.updateGeometry()
        self.settle()

    # ---- what is in sight

    def settle(self) -> None:
        """Build and place the lines in sight, and those beside the one with the keyboard."""
        if self.isHidden():
            return
        wanted = self._wanted()
        for key in [key for key in self._bound if key not in wanted and not self._is_held(self._bound[key])]:
            self._release(key)
        missing = [key for key in wanted if key not in self._bound]
        at_once = len(self._free) + MADE_AT_ONCE
        for key in missing[:at_once]:
            self._bind(key)
        self._place()
        if missing[at_once:]:
            self._look.turns.later(self.settle)

    def _wanted(self) -> list[str]:
        keys, tops = list(self._criteria), self._tops_at(self.width())
        sight = self._sight()
        if sight is None or not keys:
            return []
        first = max(0, bisect_right(tops, sight[0]) - 1)
        wanted = keys[first : bisect_right(tops, sight[1])]
        held = next((key for key, line in self._bound.items() if self._is_held(line)), None)
        if held is None and self.form is not None and self._has_keyboard(self.form):
            held = self.form.key
        if held in self._criteria:
            at = keys.index(held)
            wanted = keys[max(0, at - 1) : at + 2] + wanted  # there Tab goes next
        return [key for key in dict.fromkeys(wanted) if self.form is None or key != self.form.key]

    def _sight(self) -> tuple[int, int] | None:
        """From where to where this can be seen, and a little more; None where it cannot."""
        viewport = self.parentWidget()
        while viewport is not None and not isinstance(viewport.parentWidget(), QScrollArea):
            viewport = viewport.parentWidget()
        if viewport is None:
            return 0, self.height()
        top = self.mapFrom(viewport, QPoint(0, 0)).y() - MARGIN
        bottom = top + viewport.height() + 2 * MARGIN
        return (top, bottom) if bottom > 0 and top < self.height() else None

    def _bind(self, key: str) -> None:
        criterion = self._criteria[key]
        if self._free:
            line = self._free.pop()
            line.show_criterion(criterion, self._rubric)
        else:
            line = PointLine(self._look, criterion, self._rubric, self)
            self.line_made.emit(line)
        line.show_found(self._found.get(key))
        self._bound[key] = line

    def _release(self, key: str) -> None:
        line = self._bound.pop(key)
        line.hide()
        self._free.append(line)

    def _is_held(self, line: PointLine) -> bool:
        return line.is_in_hand or self._has_keyboard(line)

    def _has_keyboard(self, widget: QWidget) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and (focused is widget or widget.isAncestorOf(focused))

    def _place(self) -> None:
        for key, box in self.boxes():
            line = self._bound.get(key)
            if self.form is not None and self.form.key == key:
                self.form.setGeometry(box)
                if line is not None:
                    line.hide()
            elif line is not None:
                line.setGeometry(box)
                line.show()

    # ---- events

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self._form_has_grown():
            self._remeasure()
        return super().event(event)

    def _form_has_grown(self) -> bool:
        return self.form is not None and _form_height(self.form, self.width()) != self.form.height()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.settle()

    def _on_look_changed(self) -> None:
        self._size = LineSize(self._look)
        self._remeasure()


def _form_height(form: PointForm, width: int) -> int:
    layout = form.layout()
    if layout is None:
        return form.sizeHint().height()
    layout.activate()
    return (
        layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    )
