"""Trying a connection: one button, what is under way, and what was found to work. It changes no connection."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QPushButton, QWidget

from rubric_studio.domain.connection import Capability, Connection, ConnectionReport
from rubric_studio.domain.errors import StudioError
from rubric_studio.services.model_access import ModelAccess
from rubric_studio.services.ports import Store
from rubric_studio.ui.handover.card import Card
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.captioned import Captioned
from rubric_studio.ui.models.connection_words import end_name, tried_name, under_way
from rubric_studio.ui.models.name_box import NameBox
from rubric_studio.ui.plain_text import PlainLabel, set_tip
from rubric_studio.ui.session import Session
from rubric_studio.ui.state_shape import Shape, StateShape

SHAPES = {True: Shape.MET, False: Shape.MISSED, None: Shape.NOT_APPLICABLE}
LONGEST_WORDS = 400


class ConnectionCheck(Card):
    """`test_requested` wishes for a test; whoever has the connection calls `start`. `tested` has its id and report."""

    test_requested = Signal()
    tested = Signal(str, object)

    def __init__(
        self, session: Session, models: ModelAccess, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self.set_heading(self.tr("What works"))
        self._session, self._models, self._look = session, models, look
        self._job: Job | None = None
        self._lines: list[QWidget] = []
        self._shown: tuple[Capability, ...] = ()
        self.model = NameBox()
        self.model.setEditable(True)
        self.test_button, self.stop_button = QPushButton(), QPushButton(self.tr("Stop"))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("How far the test is"))
        self.now = PlainLabel("", "caption", wrap=True)
        self.said = PlainLabel("", wrap=True)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._lay_out(look)
        self.test_button.clicked.connect(self._on_test_clicked)
        self.stop_button.clicked.connect(self._on_stop_clicked)
        session.network.changed.connect(self._refresh)
        self._refresh()

    def show_connection(self, connection: Connection) -> None:
        """Offer its models; what another connection's test found is taken away."""
        self.offer(connection.models)
        self.clear()

    def offer(self, names: tuple[str, ...]) -> None:
        """Offer models to try with; what was typed stays."""
        typed = self.model.currentText()
        self.model.clear()
        self.model.addItems(list(names))
        self.model.setEditText(typed if typed in names or not names else names[0])

    def clear(self) -> None:
        """Show nothing found; a test under way is stopped."""
        if self._job is not None:
            self._job.stop()
            self._job = None
        self._show_lines(())
        self.said.setText("")
        self._refresh()

    def start(self, connection: Connection) -> None:
        """Try what works, in the background."""
        self.clear()
        servers, model = self._models.servers, self.model.currentText().strip()

        def work(_: Store, progress: Progress) -> ConnectionReport:
            return servers.test(connection, model, progress)

        job = self._session.background(self.tr("Trying {0}").format(connection.name), work, tells=False)
        self._job = job
        job.progressed.connect(self._on_progressed)
        job.finished.connect(lambda report: self._on_finished(job, connection.id, report))
        job.failed.connect(lambda error: self._on_failed(job, error))
        job.ended.connect(lambda: self._on_ended(job))
        self.progress.setRange(0, 0)
        self.now.setText(self.tr("Asking the server…"))
        self._refresh()

    def show_report(self, report: ConnectionReport) -> None:
        """Show what was found."""
        self._show_lines(report.capabilities)
        self.said.setText(self._sentence(report))

    def _sentence(self, report: ConnectionReport) -> str:
        if not any(each.works for each in report.capabilities):
            return self.tr("Nothing worked. What the server said stands beside each line.")
        if report.model and report.latency is not None:
            seconds = max(0.1, report.latency)
            return self.tr("{0} answered in {1:.1f} s.").format(report.model, seconds)
        if report.model:
            return self.tr("Tried with {0}.").format(report.model)
        return self.tr("The server was reached. Choose a model above to try the rest.")

    def _on_test_clicked(self) -> None:
        self._session.network.set_offline(False)
        self.test_requested.emit()

    def _on_stop_clicked(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _on_progressed(self, done: int, total: int, message: str) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        if message:
            self.now.setText(under_way(message))

    def _on_finished(self, job: Job, id: str, report: ConnectionReport) -> None:
        if job is self._job:
            self.show_report(report)
            self.tested.emit(id, report)

    def _on_failed(self, job: Job, error: object) -> None:
        if job is self._job and isinstance(error, StudioError):
            self.said.setText(error.message)

    def _on_ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._refresh()

    def _refresh(self) -> None:
        is_running, is_offline = self._job is not None, self._session.network.is_offline
        self.test_button.setText(self.tr("Go online and test") if is_offline else self.tr("Test it"))
        had_keyboard = self.test_button.hasFocus() or self.stop_button.hasFocus()
        self.stop_button.setVisible(is_running)
        if had_keyboard and is_running:  # before the other one goes: the keyboard would leave the page
            self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.test_button.setEnabled(not is_running)
        if had_keyboard and not is_running:
            self.test_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.progress.setVisible(is_running)
        self.now.setVisible(is_running)
        self.hint.setText(
            self.tr(
                "You work offline: nothing is sent. Going online allows this test now, and runs that you start later."
            )
            if is_offline
            else self.tr("A few small calls, each with some made-up words. Nothing of your project is sent.")
        )
        self.hint.setVisible(not is_running)
        self.said.setVisible(bool(self.said.text()) and not is_running)

    def _show_lines(self, capabilities: tuple[Capability, ...]) -> None:
        for widget in self._lines:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._lines = []
        for at, each in enumerate(capabilities):
            self._add_line(2 * at, each)
        self._shown = capabilities
        self._table.setVisible(bool(capabilities))

    def _add_line(self, at: int, capability: Capability) -> None:
        """A shape, what was tried, how it ended; the server's words below."""
        shape = StateShape(self._look, SHAPES[capability.works])
        word = end_name(capability.works)
        shape.setAccessibleName(word)
        set_tip(shape, word)
        end = PlainLabel(word, "" if capability.works else "muted")
        set_tip(end, capability.said[:LONGEST_WORDS])
        self._put(shape, at, 0)
        self._put(PlainLabel(tried_name(capability.name)), at, 1)
        self._put(end, at, 2)
        if capability.said and not capability.works:
            said = PlainLabel(capability.said[:LONGEST_WORDS], "caption", wrap=True)
            self._put(said, at + 1, 1, columns=2)

    def _put(self, widget: QWidget, row: int, column: int, columns: int = 1) -> None:
        self._grid.addWidget(widget, row, column, 1, columns)
        widget.show()
        self._lines.append(widget)

    def lines(self) -> list[tuple[str, str, str]]:
        """What is shown: what was tried, how it ended, the server's words."""
        return [(tried_name(each.name), end_name(each.works), each.said) for each in self._shown]

    def _lay_out(self, look: Look) -> None:
        space = look.theme.space
        self.hint = PlainLabel("", "caption", wrap=True)
        dress(self.stop_button, "quiet")
        buttons = QHBoxLayout()
        buttons.addWidget(self.test_button)
        buttons.addWidget(self.stop_button)
        buttons.addStretch(1)
        self._grid.setContentsMargins(0, space.small, 0, 0)
        self._grid.setHorizontalSpacing(space.medium)
        self._grid.setVerticalSpacing(space.tiny)
        self._grid.setColumnStretch(2, 1)
        self.content.addWidget(Captioned(look, self.tr("Try it with this model"), self.model))
        self.content.addWidget(self.hint)
        self.content.addLayout(buttons)
        for widget in (self.progress, self.now, self.said, self._table):
            self.content.addWidget(widget)
