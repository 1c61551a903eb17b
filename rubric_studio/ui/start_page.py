"""What stands in the window while no project is open: the recent ones, and new, open, example."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, tip

PATH_ROLE = int(Qt.ItemDataRole.UserRole)
WIDTH = 760
HEIGHT = 520


class StartPage(QWidget):
    """Enter or a double click opens a recent project; Delete forgets it, which leaves the file alone."""

    new_requested = Signal()
    open_requested = Signal()
    example_requested = Signal()
    project_requested = Signal(object)
    forget_requested = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        dress(self, "page")
        self.new_button = QPushButton(self.tr("New project"))
        self.open_button = QPushButton(self.tr("Open…"))
        self.example_button = QPushButton(self.tr("Try the example"))
        dress(self.new_button, "primary")
        self.new_button.clicked.connect(self.new_requested)
        self.open_button.clicked.connect(self.open_requested)
        self.example_button.clicked.connect(self.example_requested)
        self.recent = RecentList(look)
        self.recent.project_requested.connect(self.project_requested)
        self.recent.forget_requested.connect(self.forget_requested)
        self._nothing = PlainLabel(self.tr("Projects you open will stand here."), "muted", wrap=True)
        self._lay_out()
        self.show_recent(())
        look.changed.connect(self._draw_icons)
        self._draw_icons()

    def show_recent(self, paths: tuple[str, ...]) -> None:
        """Show the recent projects, newest first."""
        self.recent.show_paths([Path(path) for path in paths])
        self.recent.setVisible(bool(paths))
        self._nothing.setVisible(not paths)
        self.setFocusProxy(self.recent if paths else self.new_button)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        left = QVBoxLayout()
        left.setSpacing(space.small)
        for button in (self.new_button, self.open_button, self.example_button):
            left.addWidget(button)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(space.small)
        right.addWidget(PlainLabel(self.tr("Recent projects"), "strong"))
        right.addWidget(self._nothing)
        right.addWidget(self.recent, 1)
        right.addStretch(0)
        row = QHBoxLayout()
        row.setSpacing(space.page)
        row.addLayout(left, 1)
        row.addLayout(right, 2)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space.wide)
        column.addWidget(PlainLabel(self.tr("Rubric Studio"), "title"))
        column.addLayout(row, 1)
        column.addWidget(
            PlainLabel(
                self.tr("Everything stays on this computer until you say otherwise."), "muted", wrap=True
            )
        )
        inner.setMaximumSize(WIDTH * self._look.theme.percent // 100, HEIGHT)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(space.page, space.page, space.page, space.page)
        outer.addStretch(1)
        outer.addWidget(inner, 12)
        outer.addStretch(1)

    def _draw_icons(self) -> None:
        self.new_button.setIcon(self._look.icon("plus", "on_accent"))
        self.open_button.setIcon(self._look.icon("folder"))
        self.example_button.setIcon(self._look.icon("play"))


class RecentList(QListWidget):
    """Name and folder of each project; one that is gone is grayed and says so."""

    project_requested = Signal(object)
    forget_requested = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(self.tr("Recent projects"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSpacing(2)
        self.itemActivated.connect(self._on_item_activated)
        look.changed.connect(self._draw_icons)

    def show_paths(self, paths: list[Path]) -> None:
        """Show these projects."""
        self.clear()
        for path in paths:
            self.addItem(self._item(path))
        if paths:
            self.setCurrentRow(0)
        self._draw_icons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_item_activated(item)
        elif item is not None and event.key() == Qt.Key.Key_Delete:
            self.forget_requested.emit(item.data(PATH_ROLE))
        else:
            super().keyPressEvent(event)

    def _item(self, path: Path) -> QListWidgetItem:
        there = path.exists()
        place = str(path.parent) if there else self.tr("no longer there")
        item = QListWidgetItem(f"{path.stem}\n{place}")
        item.setData(PATH_ROLE, path)
        item.setToolTip(tip(str(path)))
        if not there:
            item.setForeground(self._look.theme.color("text_disabled"))
        return item

    def _draw_icons(self) -> None:
        for row in range(self.count()):
            self.item(row).setIcon(self._look.icon("file"))

    def _on_item_activated(self, item: QListWidgetItem) -> None:
        self.project_requested.emit(item.data(PATH_ROLE))
