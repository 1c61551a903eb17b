"""Versions of the guide: when each was saved, what it changed in the totals, two of them compared, any brought back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.changes import Changes
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.verdict_column import Places
from rubric_studio.services.version_restoring import as_draft, as_new_version
from rubric_studio.services.version_totals import Stage, Timeline, stages
from rubric_studio.ui.actions import key_text
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.guide.timeline_line import LineWords
from rubric_studio.ui.guide.timeline_view import TimelineView
from rubric_studio.ui.guide.version_detail import GUIDE, VersionDetail
from rubric_studio.ui.guide.version_finding import Comparison, comparison
from rubric_studio.ui.guide.version_reading import VersionReading
from rubric_studio.ui.guide.version_words import answers, stage_day, stage_name, tr
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.session import Session
from rubric_studio.ui.two_panes import ListColumn, TwoPanes

BACK_KEY = "Esc"
TIMELINE, DETAIL = 400, 920


class VersionsPage(QWidget):
    """Reads when it is shown, and again when it is looked at after something changed."""

    samples_requested = Signal(list)
    page_requested = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "page")
        self._session, self._look = session, look
        self._stages: list[Stage] = []
        self._is_stale = True
        self._compared: Comparison | None = None
        self.reading = VersionReading(session, self)
        self.timeline, self.detail = TimelineView(look), VersionDetail(look)
        self.back_button = QPushButton(button_text(f"{tr('Back to the guide')}  {key_text(BACK_KEY)}"))
        self.hint = PlainLabel(
            tr("Space marks two to compare, Enter reads one, M shows the effect model by model"),
            "caption",
            wrap=True,
        )
        self.progress = QProgressBar()
        self.progress.setAccessibleName(tr("Comparing versions"))
        self.empty = EmptyState(
            look, tr("Nothing saved yet. Save the guide, and every later version shows here what it changed."),
            main=tr("Open the scoring guide"), icon="history",
        )  # fmt: skip
        self._body = QStackedWidget()
        self._lay_out()
        self._connect()

    def show_version(self, id: str) -> None:
        """Stand on a version ("" for the newest) and show it."""
        self._refresh()
        if id:
            self.timeline.choose(id)
            self.detail.show_view(GUIDE)
        self.timeline.focus_chosen()

    # ---- as Qt asks

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.reading.leave()
        self._is_stale = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_Escape:
            self._leave()
        elif key == Qt.Key.Key_R and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self._save_again if shift else self._restore)()
        else:
            super().keyPressEvent(event)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the keyboard on the timeline."""
        if self.timeline.lines:
            self.timeline.focus_chosen()
        else:
            self.empty.main_button.setFocus(reason)

    # ---- showing

    def _refresh(self) -> None:
        """Show the versions at once, their effects as soon as they are known."""
        if not self._is_stale:
            return
        self._is_stale = False
        self._stages = stages(self._session.store, self._session.draft)
        if not any(stage.version for stage in self._stages):
            self._body.setCurrentWidget(self.empty)
            return
        self._body.setCurrentWidget(self._splitter)
        self._show_lines()
        self._show_pair()
        self.reading.want()
        self._show_progress()

    def _show_lines(self) -> None:
        people = {str(person.id): person.name for person in self._session.store.people()}
        read = self._read()
        self.timeline.show_lines(
            [self._line(at, stage, people, read) for at, stage in enumerate(self._stages)][::-1]
        )

    def _line(self, at: int, stage: Stage, people: dict[str, str], read: Timeline | None) -> LineWords:
        version = stage.version
        effect, otherwise = None, tr("Looking what it changed…")
        if read is not None:
            effect = read.effects[stage.id]
            count = int(read.totals[stage.id].scored.sum())
            otherwise = tr("The first version: {answers} with a total.").format(answers=answers(count))
        about = tr("saved by {0}").format(people.get(str(version.person), "?")) if version else ""
        return LineWords(
            id=stage.id,
            name=stage_name(stage),
            day=stage_day(stage),
            about=about,
            note=version.note if version else "",
            effect=effect,
            otherwise=otherwise,
            is_draft=version is None,
        )

    def _show_pair(self) -> None:
        """Show the chosen version beside the one it is compared with."""
        stage = self._stage(self.timeline.chosen)
        if stage is None:
            return
        read, pair = self._read(), self._pair(stage)
        effect = self.reading.effect(pair[0].id, pair[1].id) if read and pair else None
        words = self.reading.rater_words
        self._compared = (
            comparison(read, pair[0].id, pair[1].id, effect, words) if read and pair and effect else None
        )
        waiting = tr("Looking what it changed…") if pair else tr("The first version")
        self.detail.show_stage(stage, pair, self._compared, waiting)
        writing = not self._session.store.read_only
        self.detail.allow(
            restore=writing and stage.version is not None and stage.rubric != self._session.draft,
            again=writing and stage.version is not None and stage.rubric != self._newest(),
            name=stage_name(stage),
        )

    def _pair(self, stage: Stage) -> tuple[Stage, Stage] | None:
        """The two to compare, the earlier first: those marked, else the chosen one and the one before."""
        marked = {stage.id, *self.timeline.marked} if len(self.timeline.marked) == 1 else self.timeline.marked
        if len(marked) > 1:
            first, second = (each for each in self._stages if each.id in marked)
            return first, second
        at = self._stages.index(stage)
        return (self._stages[at - 1], stage) if at else None

    def _read(self) -> Timeline | None:
        """The timeline as it was read, where it is that of the versions shown."""
        found = self.reading.timeline
        return found if found is not None and _standing(found.stages) == _standing(self._stages) else None

    def _newest(self) -> Rubric | None:
        return next((stage.rubric for stage in reversed(self._stages) if stage.version), None)

    def _stage(self, id: str) -> Stage | None:
        return next((stage for stage in self._stages if stage.id == id), None)

    def _show_progress(self, done: int = 0, total: int = 0) -> None:
        self.progress.setVisible(self._read() is None and self.reading.is_under_way)
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    # ---- what people do

    def _restore(self) -> None:
        stage = self._stage(self.timeline.chosen)
        if stage is not None and stage.version is not None and self.detail.restore_button.isEnabled():
            label = tr("Go back to version {0}").format(stage.version.number)
            self._session.perform(as_draft(stage.version, label))

    def _save_again(self) -> None:
        stage = self._stage(self.timeline.chosen)
        if stage is not None and stage.version is not None and self.detail.again_button.isEnabled():
            note = tr("as version {0}").format(stage.version.number)
            self._session.perform(as_new_version(self._session.store, stage.version, note))

    def _leave(self) -> None:
        self.page_requested.emit("guide")

    def _on_opened(self, id: str) -> None:
        self.timeline.choose(id)
        self.detail.show_view(GUIDE)
        self.detail.focus_body()

    def _on_samples_opened(self, _: str, places: Places) -> None:
        if self._compared is not None:
            infos = self._compared.marked.infos
            self.samples_requested.emit([infos[int(place)].id for place in places])

    def _on_session_changed(self, changes: Changes) -> None:
        if self.reading.note(changes):
            self._is_stale = True
            if self.isVisible():
                self._refresh()

    def _on_reading_read(self) -> None:
        if self._read() is None:
            self.reading.want()
        self._show_lines()
        self._show_pair()
        self._show_progress()

    # ---- laying out

    def _lay_out(self) -> None:
        space = self._look.theme.space
        head = QHBoxLayout()
        head.setContentsMargins(space.wide, space.large, space.wide, 0)
        head.addWidget(PlainLabel(tr("Versions of the guide"), "title"))
        head.addStretch(1)
        head.addWidget(self.back_button)
        left = ListColumn(self._look)
        left.column.addWidget(self.progress)
        left.column.addWidget(self.timeline, 1)
        left.column.addWidget(self.hint)
        self._splitter = TwoPanes(left, self.detail, (3, 7), (TIMELINE, DETAIL))
        self._splitter.setContentsMargins(space.wide, 0, space.wide, space.large)
        self._body.addWidget(self._splitter)
        self._body.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.medium)
        layout.addLayout(head)
        layout.addWidget(self._body, 1)

    def _connect(self) -> None:
        self._session.changed.connect(self._on_session_changed)
        self.reading.read.connect(self._on_reading_read)
        self.reading.progressed.connect(self._show_progress)
        self.timeline.pair_changed.connect(self._show_pair)
        self.timeline.opened.connect(self._on_opened)
        self.detail.opened.connect(self._on_samples_opened)
        self.detail.failed.connect(self._session.failed)
        self.detail.restore_requested.connect(self._restore)
        self.detail.save_again_requested.connect(self._save_again)
        self.back_button.clicked.connect(self._leave)
        self.empty.main_requested.connect(self._leave)


def _standing(found: Sequence[Stage]) -> list[tuple[str, Rubric | None]]:
    """What tells stages apart: of a saved version the id does, for it never changes."""
    return [(stage.id, None if stage.version else stage.rubric) for stage in found]
