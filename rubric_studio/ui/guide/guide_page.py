"""The page where the guide is written: the editor at the left, the answers it scores at the right."""

from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_edits import changed, with_fault_shares
from rubric_studio.services.versions import Version, versions
from rubric_studio.ui.guide.answer_tricks import AnswerTricks
from rubric_studio.ui.guide.code_answers import answers_of
from rubric_studio.ui.guide.code_trials import CodeTrials
from rubric_studio.ui.guide.comment_desk import CommentDesk
from rubric_studio.ui.guide.counting_totals import CountingTotals
from rubric_studio.ui.guide.doctor_panel import DoctorPanel
from rubric_studio.ui.guide.doctor_place import go_to
from rubric_studio.ui.guide.drawer import Drawer
from rubric_studio.ui.guide.editor import GuideEditor
from rubric_studio.ui.guide.exchange import GuideExchange
from rubric_studio.ui.guide.guide_files import choose_guide, choose_guide_file, read_guide, write_guide
from rubric_studio.ui.guide.guide_header import DRAWER_KEY, SAVE_KEY, VERSIONS_KEY, GuideHeader
from rubric_studio.ui.guide.guide_text import moment_text
from rubric_studio.ui.guide.gut_order import GutOrder
from rubric_studio.ui.guide.making import Making, Part
from rubric_studio.ui.guide.mining import Mining
from rubric_studio.ui.guide.preview import AnswersPreview
from rubric_studio.ui.guide.rest_of_checks import RestOfChecks
from rubric_studio.ui.guide.saving import Saving
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.message import Choice, ask
from rubric_studio.ui.session import Session

ROWS_LOOKED_AT = 200
NARROW = 1180  # pixels at the usual size of text


class GuidePage(QWidget):
    """Reads when it is shown; every finished gesture in the editor becomes one change of the draft."""

    import_requested = Signal(object)
    versions_requested = Signal(str)

    editor = Part[GuideEditor]()
    preview = Part[AnswersPreview]()
    drawer = Part[Drawer]()
    doctor = Part[DoctorPanel]()
    exchange = Part[GuideExchange]()
    saving = Part[Saving]()
    tricks = Part[AnswerTricks]()
    gut_order = Part[GutOrder]()
    mining = Part[Mining]()
    comments = Part[CommentDesk]()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._stale = True
        dress(self, "page")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.header = GuideHeader(look, self._on_name)
        self._checks = RestOfChecks(session, self)
        self._counting = CountingTotals(session.jobs, self)
        self._lay_out()
        self._wire_header()
        session.changed.connect(self._on_session_changed)
        self.making = Making(look.turns, self._pieces(), self)

    def show_row(self, row_id: str) -> None:
        """Show that row's answers beside the guide."""
        self.preview.show_row(row_id)

    def show_samples(self, samples: list[int]) -> None:
        """Show those answers beside the guide."""
        self.preview.show_samples(samples)

    def show_point(self, samples: list[int], key: str) -> None:
        """Show those answers beside the guide, with the keyboard on one point of the first of them."""
        self.preview.show_samples(samples)
        self.preview.columns.go_to_point(samples, key)

    # ---- showing

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.making.is_done:
            deque(self._refresh(), maxlen=0)
        if self.focusWidget() is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nobody has gone anywhere yet: the letters of the answers hold."""
        if self.hasFocus():
            self.preview.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.making.is_done:
            self._place_editor()

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
        ):  # a key is on its way: whoever hears it must be there
            self.making.finish()
        return super().event(event)

    def _refresh(self) -> Iterator[None]:
        """Show what has changed, in pieces."""
        if self._stale:
            self._stale = False
            self._look_at_rows()
            yield
            yield from self._showing_guide()
            yield
            self._place_editor()
            self.doctor.desk.begin()
            if self.drawer.is_floating and not any(True for _ in self._session.draft.criteria()):
                self._set_open(True)

    def _look_at_rows(self) -> None:
        """Learn the reference fields to offer, from the first rows: all of a large project would take too long."""
        names: dict[str, None] = {}
        has_own_points = False
        for row in islice(self._session.store.rows(), ROWS_LOOKED_AT):
            names |= dict.fromkeys(row.reference)
            has_own_points = has_own_points or bool(row.criteria)
        self.editor.desk.fields = tuple(names)
        self.editor.desk.questions_have_points = has_own_points

    def _show_guide(self) -> None:
        deque(self._showing_guide(), maxlen=0)

    def _showing_guide(self) -> Iterator[None]:
        rubric = self._session.draft
        self.header.name.show_value(rubric.name)
        self.editor.show_rubric(rubric)
        yield
        rubric = self._session.draft
        self._show_versions(rubric)
        self._counting.count(None if self.editor.desk.questions_have_points else rubric)
        self._checks.go_on()

    def _show_versions(self, rubric: Rubric) -> None:
        saved = versions(self._session.store)
        newest = saved[-1] if saved else None
        is_saved = newest is not None and newest.rubric == rubric
        if newest is None:
            text = self.tr("not saved yet")
        elif is_saved:
            text = self.tr("v{0}, saved {1}").format(newest.number, _moment(newest))
        else:
            text = self.tr("v{0} (draft)").format(newest.number + 1)
        can_save = not is_saved and bool(rubric.strata) and not self._session.store.read_only
        self.header.show_state(text, can_save=can_save)
        self.header.show_versions([(each.id, self._words(each)) for each in reversed(saved)])

    def _words(self, version: Version) -> str:
        words = self.tr("Version {0}, {1}").format(version.number, _moment(version))
        return f"{words}: {version.note}" if version.note else words

    # ---- what was done

    def _on_session_changed(self, changes: Changes) -> None:
        if changes.touches(Topic.ROWS, Topic.SAMPLES):
            self._checks.forget()
        if not changes.touches(Topic.DRAFT, Topic.VERSIONS, Topic.ROWS):
            return
        if not self.isVisible():
            self._stale = True
            return
        if changes.touches(Topic.ROWS):
            self._look_at_rows()
        self._show_guide()

    def _on_editor_changed(self, rubric: Rubric, label: str) -> None:
        if not self._session.change_draft(rubric, label):
            self._show_guide()

    def _on_name(self, text: str) -> str:
        name = " ".join(text.split())
        return self.editor.desk.change(lambda r: changed(r, name=name), self.tr("Name of the guide"))

    def _on_save_requested(self) -> None:
        self._settle()
        if self.header.save_button.isEnabled():
            self.saving.begin()

    def _settle(self) -> None:
        """Finish what is still being typed."""
        self.header.name.commit()
        self.editor.commit_pending()

    # ---- files

    def bring_in(self, path: Path) -> None:
        """Make a guide from a file the draft."""
        if path.suffix.lower() != ".json" and self._session.guides is not None:
            self.exchange.bring_in(path)
            return
        try:
            guide = read_guide(path)
        except StudioError as error:
            self._session.failed.emit(error)
            return
        label = self.tr("Bring in {0}").format(path.name)
        if not guide.has_points:
            self._session.change_draft(guide.rubric, label)
            return
        choice = Choice(
            self.tr("Some faults cost more than 1 point"),
            self.tr(
                "This guide counts part by part, where a fault costs a share of the final score, at most 1."
            ),
            self.tr("Turn them into shares"),
            self.tr("Cancel"),
        )
        ask(self, choice, lambda: self._session.change_draft(with_fault_shares(guide.rubric), label))

    def save_as(self, path: Path) -> None:
        """Write the draft to a file."""
        try:
            write_guide(path, self._session.draft)
        except StudioError as error:
            self._session.failed.emit(error)

    # ---- making it

    def _pieces(self) -> Iterator[None]:
        """Make the page; nothing of its body is painted before all stands in its place."""
        session, look = self._session, self._look
        self.header.name.show_value(session.draft.name)
        self._show_versions(session.draft)
        yield
        self.editor = GuideEditor(look)
        self.editor.desk.read_only = session.store.read_only
        self.doctor = DoctorPanel(session, look, self.editor)
        self.editor.bar.put_first(self.doctor)  # Tab goes as things were put in, so no answer comes before it
        yield
        self._splitter.addWidget(self.editor)
        yield
        self.preview = AnswersPreview(session, look, whole=False)
        self._place_side_by_side()
        yield from self.preview.pieces()
        yield from self._desks()
        self._wire()
        yield
        self._place_editor()
        yield
        if self.isVisible():
            yield from self._refresh()
            yield from self.preview.catching_up()
        self._splitter.setUpdatesEnabled(True)

    def _desks(self) -> Iterator[None]:
        """What is done beside writing and marking."""
        session, look, editor, preview = self._session, self._look, self.editor, self.preview
        self.saving = Saving(session, look, self)
        self.exchange = GuideExchange(session, look, self, self._settle)
        self.exchange.add_to(self.header.files_button.menu())
        self.tricks = AnswerTricks(session, look, preview.columns, self)
        self.gut_order = GutOrder(session, look, preview)
        yield
        self.mining = Mining(session, look, editor, preview, lambda: self._set_open(True), self)
        self.comments = CommentDesk(session, look, editor, preview, self)
        if session.own_code is not None:
            trials = CodeTrials(session, session.own_code, lambda: answers_of(preview.current), self)
            editor.desk.code = trials
            preview.row_shown.connect(lambda _: trials.answers_changed.emit())

    # ---- layout

    def _lay_out(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setUpdatesEnabled(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._splitter, 1)

    def _place_side_by_side(self) -> None:
        self._splitter.addWidget(self.preview)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([440, 900])
        self.drawer = Drawer(self._look, self.editor, self.preview, self._splitter, self)

    def _place_editor(self) -> None:
        """Let the editor be a drawer where both would not fit."""
        is_drawer = self.width() < NARROW * self._look.theme.percent / 100
        self.drawer.set_floating(is_drawer)
        self._show_drawer_button()

    def _set_open(self, on: bool) -> None:
        """Open or close the editor; without it the answers have the whole width."""
        self.drawer.set_open(on)
        self._show_drawer_button()

    def _show_drawer_button(self) -> None:
        shown = self.drawer.is_open
        self.header.show_drawer(shown if self.drawer.is_floating or not shown else None)
        self.preview.set_wide(not shown)

    def _wire_header(self) -> None:
        header = self.header
        header.save_requested.connect(self._on_save_requested)
        header.version_requested.connect(self.versions_requested)
        header.import_requested.connect(lambda: choose_guide(self, self.bring_in))
        header.export_requested.connect(
            lambda: choose_guide_file(self, self._session.draft.name or "guide", self.save_as)
        )
        header.drawer_toggled.connect(self._set_open)
        toggle = (DRAWER_KEY, lambda: self._set_open(not self.drawer.is_open))
        look_back = (VERSIONS_KEY, lambda: self.versions_requested.emit(""))
        for key, slot in ((SAVE_KEY, self._on_save_requested), toggle, look_back):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _wire(self) -> None:
        self.preview.width_requested.connect(lambda wide: self._set_open(not wide))
        self.preview.import_requested.connect(self.import_requested)
        self.preview.row_shown.connect(lambda _: self._checks.go_on())
        self.editor.changed.connect(self._on_editor_changed)
        self.editor.previewed.connect(self.preview.show_rubric)
        self.editor.desk.code_shown.connect(self.drawer.give_room)
        self.doctor.place_requested.connect(lambda finding: go_to(self.editor, finding))
        self._counting.told.connect(self.editor.bar.show_totals)
        self._look.changed.connect(self._place_editor)


def _moment(version: Version) -> str:
    return moment_text(version.at, datetime.now(UTC))
