"""Another style sheet on all widgets there are, some widgets in each turn. It chooses no color and no measure.

Qt puts a new sheet on every widget in one go, and on each as often as it has widgets around it: with a thousand
widgets that takes a second. Here the sheet is exchanged while Qt believes that no widget has been styled yet, and
then every widget is styled once. Nothing is painted until all are.
"""

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

AT_ONCE = 60
POLISHED = Qt.WidgetAttribute.WA_WState_Polished


class Restyling:
    """`begin` exchanges the sheet, `go_on` styles some widgets until it returns False, `end` paints again."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._waiting: list[QWidget] = []
        self._is_sorted = True
        self._asleep: list[QWidget] = []

    def begin(self, font: QFont, palette: QPalette, sheet: str) -> None:
        """Exchange the sheet; widgets that were still waiting for one before need this one only."""
        application = self._application
        styled = [widget for widget in application.allWidgets() if widget.testAttribute(POLISHED)]
        self._sleep()
        unfinished = [widget for widget in self._waiting if shiboken6.isValid(widget)]
        for widget in styled:
            widget.setAttribute(POLISHED, False)
        known = set(styled)
        self._waiting = [*styled, *(widget for widget in unfinished if widget not in known)]
        self._is_sorted = False
        _exchange(application, font, palette, sheet)

    def go_on(self) -> bool:
        """Style the next widgets, the outer ones first; False once none is left."""
        if not self._is_sorted:
            self._waiting = [widget for widget in self._waiting if shiboken6.isValid(widget)]
            self._waiting.sort(key=_depth, reverse=True)
            self._is_sorted = True
            return True
        style, event = self._application.style(), QEvent(QEvent.Type.StyleChange)
        for _ in range(min(AT_ONCE, len(self._waiting))):
            widget = self._waiting.pop()
            if shiboken6.isValid(widget):
                widget.setAttribute(POLISHED, True)
                style.polish(widget)
                self._application.sendEvent(widget, event)
        return bool(self._waiting)

    def end(self) -> None:
        """Paint again: every widget has followed."""
        asleep, self._asleep = self._asleep, []
        for window in asleep:
            if shiboken6.isValid(window):
                window.setUpdatesEnabled(True)

    def _sleep(self) -> None:
        for window in self._application.topLevelWidgets():
            if window.isVisible() and window.updatesEnabled():
                window.setUpdatesEnabled(False)
                self._asleep.append(window)


class _Deaf(QObject):
    """Hears every event and lets none through."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return True


def _exchange(application: QApplication, font: QFont, palette: QPalette, sheet: str) -> None:
    """Put another sheet on the application without any widget being told.

    A style of its own keeps alive what Qt remembers of the widgets: were it forgotten, Qt would no longer hear
    that a widget is gone, and would crash over its address later.
    """
    keeper = QWidget()
    keeper.setStyleSheet("QWidget {}")
    deaf = _Deaf()
    application.installEventFilter(deaf)
    try:
        application.setFont(font)
        application.setPalette(palette)
        if application.styleSheet() != sheet:
            application.setStyleSheet("")
            application.setStyleSheet(sheet)
    finally:
        application.removeEventFilter(deaf)
        shiboken6.delete(keeper)


def _depth(widget: QWidget) -> int:
    """How many widgets are around it."""
    depth, around = 0, widget.parentWidget()
    while around is not None:
        depth, around = depth + 1, around.parentWidget()
    return depth
