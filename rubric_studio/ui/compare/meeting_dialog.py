"""A meeting about the worst disputes: large type, people as letters, a clock, words changed live, minutes."""

from pathlib import Path

from PySide6.QtCore import QDate, QLocale, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.minutes import Minutes
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.disputes import Dispute, Disputes
from rubric_studio.services.versions import newest_version
from rubric_studio.ui.choosing_files import choose_new_file
from rubric_studio.ui.compare.dispute_detail import DisputeDetail
from rubric_studio.ui.compare.dispute_keys import ENTER, NEXT, PREVIOUS, REOPEN, Does, press, settling
from rubric_studio.ui.compare.dispute_words import tr
from rubric_studio.ui.compare.large_look import LargeLook
from rubric_studio.ui.compare.meeting_course import MeetingCourse, clock_text
from rubric_studio.ui.compare.meeting_end import MeetingEnd
from rubric_studio.ui.compare.rewording import Rewording
from rubric_studio.ui.compare.settling_desk import SettlingDesk
from rubric_studio.ui.compare.wording_editor import WordingEditor
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.session import Session

PERCENT = 150
SECOND_MS = 1000


class MeetingDialog(QDialog):
    """A window of its own. Everything decided here is written at once; only the clock lives in the meeting."""

    def __init__(
        self, session: Session, look: Look, found: Disputes, rubric: Rubric, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._rubric, self._found = session, rubric, found
        self._look = large = LargeLook(look, PERCENT)
        self.setWindowTitle(tr("Meeting"))
        self.setWindowFlag(Qt.WindowType.Window)
        self.course = MeetingCourse(list(found), seed=int.from_bytes(session.author.new_id().encode(), "big"))
        self.desk = SettlingDesk(session)
        self.clock = PlainLabel("", "number")
        self.place = PlainLabel("", "strong")
        self.each, self.all = _minutes(1, 15, self.course.each), _minutes(5, 180, self.course.minutes)
        self.each.setAccessibleName(tr("Minutes for each difference"))
        self.all.setAccessibleName(tr("Minutes for the meeting"))
        self.end_button = QPushButton(button_text(tr("End, minutes  Esc")))
        self.detail = DisputeDetail(large)
        self.editor = WordingEditor(large)
        self.rewording = Rewording(session, self.desk, self.editor)
        self.end = MeetingEnd(large)
        self._talk, self._right, self._pages = QWidget(), QStackedWidget(), QStackedWidget()
        self._timer = QTimer(self, interval=SECOND_MS)
        self._lay_out()
        self._connect()
        large.put_on(self)
        self._show()

    def open_large(self) -> None:
        """Open over the whole screen, and let the clock run."""
        self._timer.start()
        self.showFullScreen()
        self.detail.answer.setFocus()

    @property
    def dispute(self) -> Dispute | None:
        """The dispute that is talked about."""
        return self.course.dispute

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        elif self._pages.currentWidget() is self.end or self._right.currentWidget() is self.editor:
            event.ignore()
        elif not press(event, self.detail.settle, settling(self.detail.settle) | self._does()):
            event.ignore()  # Enter closes no meeting

    def done(self, result: int) -> None:
        """Stop the clock and close."""
        self._timer.stop()
        super().done(result)

    def _does(self) -> dict[str, Does]:
        return {
            ENTER: self._on_enter,
            NEXT: lambda: self._step(1),
            PREVIOUS: lambda: self._step(-1),
            REOPEN: self._reopen,
            "E": self._begin_words,
            "Q": self.detail.toggle_question,
        }

    # ---- showing

    def _show(self) -> None:
        dispute = self.dispute
        if dispute is None:
            self._to_end()
            return
        text = next((sample.text for _, sample in self._session.store.samples([dispute.sample.id])), "")
        place = (self.course.at + 1, len(self.course.disputes))
        deciders = {str(person): tr("this meeting or earlier") for person in self._found.names}
        self.detail.show_dispute(dispute, text, place, self.course.letters, {}, deciders)
        words = tr("{at} of {n}")
        self.place.setText(words.format(at=place[0], n=place[1]))
        self._show_clock()

    def _show_clock(self) -> None:
        left = self.course.left
        words = tr("{time} left") if left >= 0 else tr("{time} over")
        self.clock.setText(words.format(time=clock_text(left)))

    def _on_tick(self) -> None:
        if self._pages.currentWidget() is not self.end:
            self.course.tick()
            self._show_clock()

    def _on_session_changed(self, changes: Changes) -> None:
        dispute = self.dispute
        if dispute is not None and changes.touches(Topic.VERDICTS, Topic.DECISIONS):
            self.course.replace(self.desk.as_it_stands(dispute))
            self._show()

    # ---- what people do

    def _on_enter(self) -> None:
        if self.detail.settle.choice is not None:
            self.detail.settle.decide()
        else:
            self._step(1)

    def _step(self, by: int) -> None:
        at = self.course.at + by
        if at >= len(self.course.disputes):
            self._to_end()
        elif at >= 0:
            self.course.at = at
            self._show()
            self.detail.answer.setFocus()

    def _on_decided(self, level: str, cause: str, reason: str) -> None:
        if self.dispute is not None and self.desk.settle(self.dispute, level, cause, reason):
            self._step(1)

    def _on_left_open(self, reason: str) -> None:
        if self.dispute is not None and self.desk.leave_open(self.dispute, reason):
            self._step(1)

    def _on_drop(self, reason: str) -> None:
        if self.dispute is not None and self.desk.drop(self.dispute, reason):
            self._step(1)

    def _reopen(self) -> None:
        if self.dispute is not None:
            self.desk.reopen(self.dispute)
            self.detail.answer.setFocus()

    def _on_times_changed(self) -> None:
        self.course.fit(self.all.value(), self.each.value())
        self._show()

    # ---- words

    def _begin_words(self) -> None:
        if self.dispute is not None:
            self.rewording.begin(self.dispute, self._found)
            self._right.setCurrentWidget(self.editor)

    def _end_words(self) -> None:
        self._right.setCurrentWidget(self.detail)
        self._show()
        self.detail.answer.setFocus()

    # ---- the end

    def _on_escape(self) -> None:
        if self._pages.currentWidget() is self.end:
            self.reject()
        elif self._right.currentWidget() is self.editor:
            self._end_words()
        else:
            self._to_end()

    def _to_end(self) -> None:
        self.end.show_minutes(self._minutes())
        self.end.save_button.setEnabled(self._session.round_files is not None)
        self._pages.setCurrentWidget(self.end)

    def _to_talk(self) -> None:
        self._pages.setCurrentWidget(self._talk)
        self.detail.answer.setFocus()

    def _minutes(self) -> Minutes:
        version = newest_version(self._session.store)
        name = self._rubric.name or tr("Scoring guide")
        guide = tr("{guide}, version {n}").format(guide=name, n=version.number) if version else name
        day = QLocale().toString(QDate.currentDate(), QLocale.FormatType.LongFormat)
        return self.course.written(self._session.store.name, guide, day)

    def _choose_file(self) -> None:
        day = QDate.currentDate().toString(Qt.DateFormat.ISODate)
        proposed = Path(tr("Minutes {day}").format(day=day) + ".docx")
        kind = tr("Word documents (*.docx)")
        choose_new_file(self, tr("Save the minutes"), proposed, kind, self.save_minutes)

    def save_minutes(self, path: Path) -> None:
        """Write the minutes into a file."""
        files, minutes = self._session.round_files, self._minutes()
        if files is None:
            return
        job = self._session.background(
            tr("Writing the minutes"), lambda _store, _: files.write_minutes(path, minutes), tells=False
        )
        job.finished.connect(lambda _: self.end.tell(tr("Saved: {name}").format(name=path.name)))
        job.failed.connect(self._on_save_failed)

    def _on_save_failed(self, error: BaseException) -> None:
        words = f"{error.message} {error.hint}" if isinstance(error, StudioError) else str(error)
        self.end.tell(words)

    # ---- making

    def _connect(self) -> None:
        self._session.changed.connect(self._on_session_changed)
        self._timer.timeout.connect(self._on_tick)
        for box in (self.each, self.all):
            box.valueChanged.connect(self._on_times_changed)
        panel = self.detail.settle
        panel.decided.connect(self._on_decided)
        panel.left_open.connect(self._on_left_open)
        panel.drop_requested.connect(self._on_drop)
        panel.reopened.connect(self._reopen)
        panel.rewording_requested.connect(self._begin_words)
        panel.reason.left.connect(self.detail.answer.setFocus)
        self.rewording.written.connect(self.course.note_words)
        self.rewording.ended.connect(self._end_words)
        self.end_button.clicked.connect(self._to_end)
        self.end.save_requested.connect(self._choose_file)
        self.end.back_requested.connect(self._to_talk)
        self.end.close_requested.connect(self.accept)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        self.editor.propose_button.hide()
        self.detail.show_button.hide()
        self.detail.back_button.hide()
        self.detail.place.hide()
        head = QHBoxLayout()
        head.setSpacing(space.large)
        head.addWidget(self.clock)
        head.addWidget(self.place, 1)
        for words, box in ((tr("Minutes each"), self.each), (tr("in all"), self.all)):
            name = PlainLabel(words, "muted")
            name.setBuddy(box)
            head.addWidget(name)
            head.addWidget(box)
        self.end_button.setAutoDefault(False)
        head.addWidget(self.end_button)
        self._right.addWidget(self.detail)
        self._right.addWidget(self.editor)
        talk = QVBoxLayout(self._talk)
        talk.setContentsMargins(space.wide, space.medium, space.wide, space.medium)
        talk.setSpacing(space.small)
        talk.addLayout(head)
        talk.addWidget(self._right, 1)
        self._pages.addWidget(self._talk)
        self._pages.addWidget(self.end)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        dress(self, "page")


def _minutes(least: int, most: int, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return box
