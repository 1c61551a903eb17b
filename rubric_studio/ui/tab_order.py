"""The way of the keyboard through a form: Tab goes as people read, wherever the widgets were made or moved to."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget


class _Stop(NamedTuple):
    """A widget at which Tab stops, and where it lies."""

    widget: QWidget
    box: QRect


def let_tab_follow(stops: Iterable[QWidget]) -> None:
    """Let Tab go through the stops in their order; the first one stays where it is on the way of the window."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def let_tab_come_at(place: QWidget, stops: Iterable[QWidget]) -> None:
    """Let Tab go through the stops where `place` stands on its way, though it need not stop at the place itself."""
    policy = place.focusPolicy()
    place.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt puts nothing behind what takes no focus
    let_tab_follow([place, *stops])
    place.setFocusPolicy(policy)


def in_reading_order(within: QWidget) -> Iterator[QWidget]:
    """Yield everything in sight at which Tab stops, line by line from the top, each from left to right.

    It goes by places, so what is new must have been laid out.
    """
    line: list[_Stop] = []
    for stop in sorted(_stops(within), key=lambda stop: stop.box.top()):
        if line and stop.box.top() > line[0].box.top() + line[0].box.height() // 2:
            yield from _from_left(line)
            line = []
        line.append(stop)
    yield from _from_left(line)


def _stops(within: QWidget) -> Iterator[_Stop]:
    window = within.window()
    for widget in within.findChildren(QWidget):
        is_stop = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(within)
        is_inside_another = widget.objectName().startswith(
            "qt_"
        )  # as a number's field with its arrows has one
        if is_stop and not is_inside_another and widget.window() is window:
            yield _Stop(widget, QRect(widget.mapTo(within, QPoint(0, 0)), widget.size()))


def _from_left(line: list[_Stop]) -> Iterator[QWidget]:
    return (stop.widget for stop in sorted(line, key=lambda stop: stop.box.left()))
