"""The section "Trick answers" of the Results page: what each trick earns under the guide, and a way to try them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.domain.changes import Changes
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.own_probes import RemoveProbe
from rubric_studio.ui.day_text import day_text
from rubric_studio.ui.jobs import Job
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel, set_tip
from rubric_studio.ui.results.probe_dialog import ProbeDialog
from rubric_studio.ui.results.probe_model import ProbeLine, ProbeModel
from rubric_studio.ui.results.probe_reading import ProbeReading
from rubric_studio.ui.results.probe_table import ProbeTable
from rubric_studio.ui.results.probe_words import finding, tr
from rubric_studio.ui.session import Session


class ProbeCard(QFrame):
    """Reads when it is first shown, and again when something changed."""

    row_requested = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        self._session, self._look = session, look
        self._rubric: Rubric | None = None
        self._words = ""
        self.reading = ProbeReading(session, self)
        self.model = ProbeModel(look, self)
        self.heading = PlainLabel(heading("probe", 2), "strong")
        self.finding = PlainLabel("", "reading", wrap=True)
        self.caption = PlainLabel("", "caption", wrap=True)
        self.table = ProbeTable(look, self.model)
        self.nowhere = PlainLabel("", "caption", wrap=True)
        self.try_button, self.stop_button = QPushButton(tr("Try them")), QPushButton(tr("Stop"))
        self.dialog: ProbeDialog | None = None
        self._lay_out()
        self._connect()
        self._on_look_changed()
        self._show_found()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def show_guide(self, rubric: Rubric, words: str) -> None:
        """Look at another guide, or the same after it changed; `words` name it."""
        self._rubric, self._words = rubric, words
        self._read()

    def _read(self) -> None:
        if self._rubric is not None and self.isVisible():
            self.reading.want(self._rubric)

    def _show_found(self) -> None:
        found = self.reading.found
        present = found.present if found else None
        if found is not None:
            self.model.show_found(found, self._titles())
        self.table.setVisible(bool(self.model.lines))
        self.try_button.setText(tr("Try them again") if present else tr("Try them"))
        dress(self.try_button, "" if present else "primary")
        self.nowhere.setText(tr("Not here: {names}").format(names=" ".join(self.model.nowhere)))
        self.nowhere.setVisible(bool(self.model.nowhere))
        if present is None:
            self.finding.setText(
                tr("Would your guide be fooled? Made-up answers test it, without any model.")
            )
            self.caption.setText(self._not_tried_yet())
            return
        names = {line.kind.name: line.doing for line in self.model.lines}
        self.finding.setText(finding([line.kind for line in self.model.lines], names))
        words = tr("{guide}, tried {day}. Only what the program marks counts; all else is open.")
        self.caption.setText(words.format(guide=self._words, day=day_text(present.at)))

    def _not_tried_yet(self) -> str:
        others = self.reading.found.others if self.reading.found else ()
        if not others:
            return tr("Empty answers, refusals, every label at once, invented authorities and more.")
        words = tr("This guide was not tried yet; version {number} was, {day}.")
        return words.format(number=others[0].number, day=day_text(others[0].at))

    def _titles(self) -> dict[str, str]:
        criteria = () if self._rubric is None else self._rubric.criteria()
        return {str(criterion.key): criterion.title or criterion.key for criterion in criteria}

    # ---- what people do

    def _on_session_changed(self, changes: Changes) -> None:
        if self.reading.note(changes):
            self._read()

    def _on_try_clicked(self) -> None:
        if self._rubric is not None:
            self.reading.try_them(self._rubric)

    def _on_trying_began(self, job: Job) -> None:
        self._set_trying(True)
        job.progressed.connect(self._on_progressed)

    def _on_progressed(self, done: int, total: int, message: str) -> None:
        words = tr("{done} of {total}") if total else "{done}"
        self.caption.setText(words.format(done=count_text(done), total=count_text(total)))

    def _on_trying_ended(self) -> None:
        self._set_trying(False)
        self._read()

    def _set_trying(self, trying: bool) -> None:
        self.try_button.setEnabled(not trying and not self._session.store.read_only)
        self.stop_button.setVisible(trying)

    def _on_line_opened(self, at: int) -> None:
        if self._rubric is None:
            return
        line = self.model.lines[at]
        own = self.reading.found.own.get(line.kind.name) if self.reading.found else None
        dialog = ProbeDialog(self._look, line, self._rubric, is_own=own is not None, parent=self.window())
        dialog.row_wanted.connect(lambda row: self._make_again(dialog, row, line))
        dialog.row_requested.connect(self.row_requested)
        dialog.finished.connect(self._on_dialog_finished)
        if own is not None:
            edit = RemoveProbe(subject=own.subject, row=own.row, name=own.name)
            dialog.remove_requested.connect(lambda: self._session.perform(edit))
        self.dialog = dialog
        dialog.open()
        dialog.start()

    def _make_again(self, dialog: ProbeDialog, row: str, line: ProbeLine) -> None:
        job = self.reading.make_again(row, line.kind.name)
        if job is not None:
            wanted = dialog.rows.currentRow()
            job.finished.connect(
                lambda tried: (
                    self.dialog is dialog and dialog.rows.currentRow() == wanted and dialog.show_tried(tried)
                )
            )

    def _on_dialog_finished(self) -> None:
        self.dialog = None
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- laying out

    def _connect(self) -> None:
        self._session.changed.connect(self._on_session_changed)
        self.reading.read.connect(self._show_found)
        self.reading.began.connect(self._on_trying_began)
        self.reading.ended.connect(self._on_trying_ended)
        self.try_button.clicked.connect(self._on_try_clicked)
        self.stop_button.clicked.connect(self.reading.stop)
        self.table.opened.connect(self._on_line_opened)
        self._look.changed.connect(self._on_look_changed)

    def _on_look_changed(self) -> None:
        self.finding.setFont(self._look.font("reading", bold=True))

    def _lay_out(self) -> None:
        space = self._look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        layout.setSpacing(space.small)
        head = QHBoxLayout()
        head.setSpacing(space.small)
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.stop_button)
        head.addWidget(self.try_button)
        layout.addLayout(head)
        for widget in (self.finding, self.caption, self.table, self.nowhere):
            layout.addWidget(widget)
        QWidget.setTabOrder(self.stop_button, self.try_button)
        QWidget.setTabOrder(self.try_button, self.table)
        self.stop_button.hide()
        if self._session.store.read_only:
            self.try_button.setEnabled(False)
            set_tip(self.try_button, tr("This project is open to read only."))
