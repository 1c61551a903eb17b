"""A long list of rows of which only those in sight are built. What a row shows is up to whoever fills it."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from itertools import accumulate

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from rubric_studio.ui.turns import Turns

GUESSED_HEIGHT = 36
MARGIN = 60  # pixels built above and below, so that a small step of the wheel finds its rows there
MADE_AT_ONCE = 2  # a row is a dozen widgets or more
TAKEN_AT_ONCE = 6  # rows that were another key's
ROUNDS = 6  # heights change what is in sight, which changes heights


class PooledList(QScrollArea):
    """Rows go by keys. A row out of sight is taken for another; the one with the keyboard in it never is.

    The first rows are built at once, those further down in the next turns of the event loop.

    Args:
        turns: where building goes on.
        make: builds an empty row.
        fill: shows a key's content in a row.
    """

    scrolled = Signal(int)

    def __init__(
        self,
        turns: Turns,
        make: Callable[[], QWidget],
        fill: Callable[[QWidget, str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._turns, self._make, self._fill = turns, make, fill
        self._keys: list[str] = []
        self._place: dict[str, int] = {}
        self._heights: dict[str, int] = {}
        self._tops: list[int] = [0]
        self._bound: dict[str, QWidget] = {}
        self._free: list[QWidget] = []
        self._settling = False
        self._may_make = self._may_take = 0
        self._content = QWidget()
        self._content.setProperty("kind", "plain")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._content)
        self.verticalScrollBar().valueChanged.connect(self._on_bar_moved)

    def keys(self) -> Sequence[str]:
        """Return the keys from the first to the last."""
        return self._keys

    def set_keys(self, keys: Sequence[str], *, to_top: bool) -> None:
        """Show other rows; without `to_top` what is in sight stays where it is."""
        anchor = None if to_top else self._anchor()
        self._keys = list(keys)
        self._place = {key: at for at, key in enumerate(self._keys)}
        if to_top:
            self._heights.clear()
        for key in [key for key in self._bound if to_top or key not in self._place]:
            self._release(key)
        self._settle(anchor, fill=self._bound)
        if to_top:
            self.verticalScrollBar().setValue(0)

    def refill(self, keys: Collection[str] | None = None) -> None:
        """Fill the rows in sight anew, or those of some keys only; what is in sight stays where it is."""
        self._settle(self._anchor(), fill=self._bound if keys is None else keys)

    def remeasure(self) -> None:
        """Forget every height: the width or the type has changed."""
        anchor = self._anchor()
        self._heights.clear()
        self._settle(anchor)

    def row(self, key: str) -> QWidget | None:
        """Return the row that shows a key, None while it is out of sight."""
        return self._bound.get(key)

    def rows(self) -> dict[str, QWidget]:
        """Return the rows that are built."""
        return dict(self._bound)

    def ensure_in_sight(self, key: str) -> None:
        """Scroll no further than needed."""
        for _ in range(3):  # rows on the way get their true heights only now
            top, height = self._tops[self._place[key]], self._height(key)
            bar, sight = self.verticalScrollBar(), self.viewport().height()
            if top < bar.value():
                bar.setValue(top)
            elif top + height > bar.value() + sight:
                bar.setValue(min(top, top + height - sight))
            self._settle(wanted=key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self._bound:
            self._turns.later(self.remeasure)
        else:
            self._settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # the arrow keys belong to whoever walks through the rows

    # ---- what is in sight

    def _anchor(self) -> tuple[str, int] | None:
        """The first row in sight and how far below the upper edge it begins."""
        at = self._first_at(self.verticalScrollBar().value())
        if at >= len(self._keys):
            return None
        return self._keys[at], self._tops[at] - self.verticalScrollBar().value()

    def _first_at(self, top: int) -> int:
        return max(0, bisect_right(self._tops, top) - 1)

    def _height(self, key: str) -> int:
        return self._heights.get(key, GUESSED_HEIGHT)

    def _settle(
        self, anchor: tuple[str, int] | None = None, *, fill: Collection[str] = (), wanted: str = ""
    ) -> None:
        """Build, fill, measure and place the rows in sight until nothing moves any more.

        The row of the `wanted` key is built in any case, others as far as it is their turn.
        """
        if self._settling:
            return
        self._settling = True
        self._may_make, self._may_take = MADE_AT_ONCE, TAKEN_AT_ONCE
        try:
            wants_fill = set(fill).intersection(self._bound)
            for _ in range(ROUNDS):
                self._stretch(anchor)
                if not self._build(wants_fill, wanted):
                    break
                anchor = anchor or self._anchor()
            self._stretch(anchor)
            self._put_in_place()
        finally:
            self._settling = False

    def _stretch(self, anchor: tuple[str, int] | None) -> None:
        """Give the content its whole height and keep the anchor where it was."""
        self._tops = [0, *accumulate(self._height(key) for key in self._keys)]
        self._content.resize(self.viewport().width(), self._tops[-1])
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._tops[-1] - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(GUESSED_HEIGHT // 2)
        if anchor is not None and anchor[0] in self._place:
            bar.setValue(self._tops[self._place[anchor[0]]] - anchor[1])

    def _in_sight(self) -> list[str]:
        top = self.verticalScrollBar().value()
        first = self._first_at(top - MARGIN)
        last = self._first_at(top + self.viewport().height() + MARGIN)
        return self._keys[first : last + 1]

    def _build(self, wants_fill: set[str], wanted: str) -> bool:
        """Bind rows to what is in sight; tell whether a height turned out otherwise."""
        sight = self._in_sight()
        for key in set(self._bound).difference(sight):
            if not self._has_keyboard(self._bound[key]):
                self._release(key)
        moved = False
        for key in dict.fromkeys([*sight, *self._bound]):
            is_new = key not in self._bound
            if is_new and key != wanted and not self._may_bind():
                self._turns.later(self._go_on)
                continue
            if is_new:
                self._bound[key] = self._taken() if self._free else self._made()
            if is_new or key in wants_fill:
                wants_fill.discard(key)
                self._fill(self._bound[key], key)
                self._heights.pop(key, None)
            if key not in self._heights:
                self._heights[key] = self._measured(self._bound[key])
                moved = moved or self._heights[key] != self._tops_height(key)
        return moved

    def _tops_height(self, key: str) -> int:
        at = self._place[key]
        return self._tops[at + 1] - self._tops[at]

    def _measured(self, row: QWidget) -> int:
        """Return how high a row is at this width; a hidden widget would not wrap its text."""
        width = self.viewport().width()
        row.show()
        row.resize(width, max(1, row.height()))
        layout = row.layout()
        if layout is None:
            return row.sizeHint().height()
        height = 0
        for _ in range(2):  # the first time the inner rows learn their width
            layout.activate()
            height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else -1
            height = height if height >= 0 else layout.totalSizeHint().height()
            row.resize(width, height)
        return height

    def _put_in_place(self) -> None:
        width = self.viewport().width()
        for key, row in self._bound.items():
            at = self._place[key]
            row.setGeometry(QRect(0, self._tops[at], width, self._tops[at + 1] - self._tops[at]))
            row.show()
        for row in self._free:
            row.hide()

    def _go_on(self) -> None:
        self._settle(self._anchor())

    def _may_bind(self) -> bool:
        return self._may_take > 0 if self._free else self._may_make > 0

    def _taken(self) -> QWidget:
        self._may_take -= 1
        return self._free.pop()

    def _made(self) -> QWidget:
        self._may_make -= 1
        row = self._make()
        row.setParent(self._content)
        return row

    def _release(self, key: str) -> None:
        """Set a row free; without the keyboard it is hidden only where no other key takes it: hiding is slow."""
        row = self._bound.pop(key)
        if self._has_keyboard(row):
            row.hide()
        self._free.append(row)

    def _has_keyboard(self, row: QWidget) -> bool:
        focused = row.window().focusWidget()
        return focused is not None and (focused is row or row.isAncestorOf(focused))

    def _on_bar_moved(self, value: int) -> None:
        self._settle()
        self.scrolled.emit(value)
