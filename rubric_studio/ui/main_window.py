"""The window: it places the rail, the pages and the strips, and nothing else."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.ui.actions import Actions, key_text, page_specs
from rubric_studio.ui.job_strip import JobStrip
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.last_action_strip import LastActionStrip
from rubric_studio.ui.look import Look
from rubric_studio.ui.rail import Rail

SIZE = (1440, 900)
LEAST = (960, 600)


class MainWindow(QMainWindow):
    """Says when somebody wants it closed or drops files on it; others decide what that means."""

    close_requested = Signal()
    files_dropped = Signal(list)

    def __init__(self, look: Look, actions: Actions, jobs: Jobs) -> None:
        super().__init__()
        self._may_close = False
        self.setWindowIcon(look.icon("guide", "accent"))
        self.rail = Rail(look, [(name, key_text(spec.keys[0])) for name, spec in page_specs()])
        self.job_strip = JobStrip(look, jobs)
        self.action_strip = LastActionStrip(look)
        self.notices = QVBoxLayout()
        self.notices.setSpacing(0)
        self.body = QStackedWidget()
        self.setCentralWidget(self._laid_out())
        actions.fill(self.menuBar())
        self.addActions(actions.all())
        self.setAcceptDrops(True)
        self.setMinimumSize(*LEAST)
        self.resize(QSize(*SIZE).boundedTo(self.screen().availableSize()))
        self.show_body(QWidget(), is_project=False)

    def show_body(self, widget: QWidget, *, is_project: bool, is_packet: bool = False) -> None:
        """Put something into the middle; what was there before goes. A packet has no other pages to go to."""
        while (before := self.body.widget(0)) is not None:
            self.body.removeWidget(before)
            before.deleteLater()
        self.body.addWidget(widget)
        self.rail.setVisible(is_project)
        self.action_strip.setVisible(is_project or is_packet)

    def add_notice(self, bar: QWidget) -> None:
        """Put a bar above the page."""
        self.notices.addWidget(bar)

    def close_now(self) -> None:
        """Close without asking anybody any more."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self._may_close)
        if not self._may_close:
            self.close_requested.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = dropped_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.files_dropped.emit(files)

    def _laid_out(self) -> QWidget:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.notices)
        column.addWidget(self.body, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        whole = QWidget()
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(row, 1)
        outer.addWidget(self.job_strip)
        outer.addWidget(self.action_strip)
        whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return whole


def dropped_files(data: QMimeData) -> list[Path]:
    """Return the files on this computer that are dropped."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
