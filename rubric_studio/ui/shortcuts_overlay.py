"""The overlay that lists every key, made from the table of actions. Esc, `?` or a click takes it away."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from rubric_studio.ui.actions import MENUS, TABLE, ActionSpec, action_text, key_text
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel

SHADE = 150  # of 255: the page behind stays recognizable
COLUMNS = 3
COLUMN = 360
"""The least width of a column at the usual size of text, in pixels."""
WIDTH = 1240
SHARE = 12
"""Of the width the list takes so many parts, and one is left at each side."""


class ShortcutsOverlay(QWidget):
    """Covers its parent; goes when it is closed. The keys of the page that is shown come first."""

    def __init__(self, look: Look, parent: QWidget, page: str = "") -> None:
        super().__init__(parent)
        self._look, self._covered, self._page = look, parent, page
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Keys"))
        self._focus_before = parent.focusWidget()
        self._card = QFrame()
        dress(self._card, "card")
        space = look.theme.space
        card = QVBoxLayout(self._card)
        card.setContentsMargins(space.wide, space.large, space.wide, space.large)
        card.addWidget(PlainLabel(self.tr("Keys"), "title"))
        self._area = self._scrolling()
        card.addWidget(self._area, 1)
        card.addWidget(PlainLabel(self.tr("Esc closes this list"), "caption"))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(space.page, space.page, space.page, space.page)
        self._card.setMaximumWidth(WIDTH * look.theme.percent // 100)
        outer.addStretch(1)
        outer.addWidget(self._card, SHARE)
        outer.addStretch(1)
        parent.installEventFilter(self)
        self._shown = 0
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close()

    def closeEvent(self, event: QEvent) -> None:
        self._covered.removeEventFilter(self)
        if self._focus_before is not None:
            self._focus_before.setFocus()
        super().closeEvent(event)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:
        shade = self._look.theme.color("sunken")
        shade.setAlpha(SHADE)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), shade)

    def _fit(self) -> None:
        """Cover the window, with as many columns as can be read side by side."""
        self.setGeometry(self._covered.rect())
        theme = self._look.theme
        room = (self.width() - 2 * theme.space.page) * SHARE // (SHARE + 2) - 2 * theme.space.wide
        count = max(1, min(COLUMNS, room // (COLUMN * theme.percent // 100)))
        if count != self._shown:
            self._shown = count
            content = self._columns(count)
            dress(content, "plain")
            self._area.setWidget(content)

    def _scrolling(self) -> QScrollArea:
        area = QScrollArea(widgetResizable=True)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that arrows and Page Down scroll
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusProxy(area)
        return area

    def _columns(self, count: int) -> QWidget:
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.theme.space.page)
        columns = [QVBoxLayout() for _ in range(count)]
        heights = [0] * count
        for name, specs in sections(self._page):
            shortest = heights.index(min(heights))
            columns[shortest].addWidget(self._section(name, specs))
            heights[shortest] += len(specs) + 2
        for column in columns:
            column.addStretch(1)
            row.addLayout(column, 1)
        return content

    def _section(self, name: str, specs: list[ActionSpec]) -> QWidget:
        section = QWidget()
        space = self._look.theme.space
        grid = QGridLayout(section)
        grid.setContentsMargins(0, space.small, 0, space.small)
        grid.setHorizontalSpacing(space.large)
        grid.setVerticalSpacing(space.tiny)
        grid.setColumnStretch(1, 1)
        grid.addWidget(PlainLabel(name, "strong"), 0, 0, 1, 2)
        for line, spec in enumerate(specs, start=1):
            keys = QHBoxLayout()
            keys.setSpacing(space.tiny)
            for key in spec.keys:
                keys.addWidget(PlainLabel(key_text(key), "chip"), 0, Qt.AlignmentFlag.AlignTop)
            keys.addStretch(1)
            grid.addLayout(keys, line, 0)
            grid.addWidget(PlainLabel(action_text(spec.text).rstrip("…"), wrap=True), line, 1)
        return section


def sections(page: str = "") -> list[tuple[str, list[ActionSpec]]]:
    """Group everything that has a key by its menu or its page: that page first, then the longest."""
    names = {name: action_text(text).replace("&", "") for name, text in MENUS}
    grouped: dict[str, list[ActionSpec]] = {name: [] for name in names}
    for spec in _with_keys():
        grouped.setdefault(spec.where, []).append(spec)
    there = [(where, specs) for where, specs in grouped.items() if specs]
    there.sort(key=lambda section: (section[0] != f"on:{page}", -len(section[1])))
    return [(_name(where, names), specs) for where, specs in there]


def _name(where: str, names: dict[str, str]) -> str:
    return names[where] if where in names else heading(f"page.{where.removeprefix('on:')}")


def _with_keys() -> Iterable[ActionSpec]:
    return (spec for spec in TABLE if spec.keys)
