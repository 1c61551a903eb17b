"""Hand over: a checklist that turns green from top to bottom, then one button that writes a bundle and proves it."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.bundle import BundleContent, BundleReport, Verification
from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.services.handover import (
    HandoverFacts,
    answers_to_compare,
    hand_over,
    handover_facts,
)
from rubric_studio.services.ports import Bundles, Progress, Store
from rubric_studio.services.versions import newest_version, saved_version
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.handover.checklist_card import ChecklistCard
from rubric_studio.ui.handover.outcome_card import OutcomeCard
from rubric_studio.ui.handover.points_card import PointsCard
from rubric_studio.ui.handover.split_card import SplitCard
from rubric_studio.ui.handover.targets_card import TargetsCard
from rubric_studio.ui.jobs import Job
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.session import Session

WIDEST = 900
LOOK_AGAIN_MS = 250
CONCERNED = (
    Topic.ROWS,
    Topic.SAMPLES,
    Topic.DRAFT,
    Topic.VERSIONS,
    Topic.VERDICTS,
    Topic.CHECKS,
    Topic.DECISIONS,
    Topic.SETTINGS,
    Topic.PROMPTS,
    Topic.JUDGES,
)


class HandoverPage(QWidget):
    """Looks again in the background whenever something that it tells of has changed."""

    page_requested = Signal(str)
    row_requested = Signal(str)
    samples_requested = Signal(list)
    import_requested = Signal(object)
    point_requested = Signal(list, str)
    """(answers, point): answers to be shown with the keyboard on one of their points."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert session.bundles is not None, "a session whose window hands over needs its bundles"
        self._session = session
        self._bundles: Bundles = session.bundles
        self._facts: HandoverFacts | None = None
        self._looking: Job | None = None
        self._is_stale = True
        dress(self, "page")
        self._timer = QTimer(self, interval=LOOK_AGAIN_MS, singleShot=True)
        self._timer.timeout.connect(self._look)
        sentence = self.tr("Save a scoring guide first: then it can be handed over with your questions.")
        self.empty = EmptyState(look, sentence, main=self.tr("Open the scoring guide"), icon="handover")
        self.empty.main_requested.connect(lambda: self.page_requested.emit("guide"))
        self.checklist, self.points = ChecklistCard(look), PointsCard(look)
        self.split, self.targets = SplitCard(look), TargetsCard(look, self._bundles)
        self.outcome = OutcomeCard(look)
        self.export_button = QPushButton(self.tr("Hand over…"))
        dress(self.export_button, "primary")
        self.export_button.setShortcut("Ctrl+E")
        self.export_button.setToolTip(self.tr("Write the hand-over into a new folder (Ctrl+E)"))
        self.verify_button = QPushButton(self.tr("Prove a hand-over you were sent…"))
        dress(self.verify_button, "quiet")
        self._stack = QStackedWidget()
        self._lay_out(look)
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._timer.start(0)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def export_to(self, folder: Path) -> None:
        """Write the bundle into a folder that is new or empty, then prove it."""
        options = self.targets.options(self.split.seed.value())
        if options is None:
            return
        shares, bundles, in_the_way = self.split.shares, self._bundles, self._session.code_obstacles()

        def work(store: Store, progress: Progress) -> tuple[BundleReport, Verification]:
            own_code = in_the_way(store, saved_version(store).rubric, progress)
            content: BundleContent = hand_over(store, options, shares, progress, own_code)
            report = bundles.write(content, folder, progress)
            return report, bundles.verify(folder, progress)

        self.export_button.setEnabled(False)
        job = self._session.background(self.tr("Handing over"), work)
        job.finished.connect(self._on_export_finished)
        job.ended.connect(self._refresh_button)

    def prove(self, folder: Path) -> None:
        """Prove somebody's bundle; no code of it is run."""
        bundles = self._bundles
        job = self._session.background(
            self.tr("Proving {0}").format(folder.name), lambda _, progress: bundles.verify(folder, progress)
        )
        job.finished.connect(lambda found: self.outcome.show_proof(folder, found))

    def _lay_out(self, look: Look) -> None:
        space = look.theme.space
        column = QVBoxLayout()
        column.setSpacing(space.large)
        column.setContentsMargins(space.wide, space.wide, space.wide, space.wide)
        column.addWidget(PlainLabel(heading("page.handover"), "title"))
        for card in (self.checklist, self.targets, self.split, self.points, self.outcome):
            column.addWidget(card)
        column.addStretch(1)
        middle = QWidget()
        middle.setMaximumWidth(WIDEST)
        middle.setLayout(column)
        inside = QWidget()
        dress(inside, "plain")
        centered = QHBoxLayout(inside)
        centered.setContentsMargins(0, 0, 0, 0)
        centered.addStretch(1)
        centered.addWidget(middle, 100)
        centered.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self._full = QWidget()
        full = QVBoxLayout(self._full)
        full.setContentsMargins(0, 0, 0, 0)
        full.setSpacing(0)
        full.addWidget(self._scroll, 1)
        full.addWidget(self._button_bar(look))
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._full)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _button_bar(self, look: Look) -> QWidget:
        """The bar that stays in sight below the cards."""
        bar = QFrame()
        dress(bar, "strip")
        line = QHBoxLayout(bar)
        line.setContentsMargins(
            look.theme.space.wide, look.theme.space.small, look.theme.space.wide, look.theme.space.small
        )
        line.addStretch(1)
        line.addWidget(self.verify_button)
        line.addWidget(self.export_button)
        return bar

    def _connect(self) -> None:
        self._session.changed.connect(self._on_session_changed)
        self.checklist.page_requested.connect(self.page_requested)
        self.checklist.row_requested.connect(self.row_requested)
        self.checklist.samples_requested.connect(self.samples_requested)
        self.checklist.import_requested.connect(lambda: self.import_requested.emit(None))
        self.checklist.comparison_requested.connect(self._on_comparison_requested)
        self.split.changed.connect(self._on_choice_changed)
        self.targets.changed.connect(self._refresh_button)
        self.export_button.clicked.connect(self._on_export_clicked)
        self.verify_button.clicked.connect(self._on_verify_clicked)

    def _on_session_changed(self, changes: Changes) -> None:
        if changes.touches(*CONCERNED):
            self._is_stale = True
            if self.isVisible():
                self._timer.start()

    def _look(self) -> None:
        self._is_stale = False
        saved = newest_version(self._session.store) is not None
        self._stack.setCurrentWidget(self._full if saved else self.empty)
        if not saved:
            return
        if self._looking is not None:
            self._looking.stop()
        in_the_way = self._session.code_obstacles()
        self._looking = self._session.background(
            self.tr("Looking at the hand-over"),
            lambda store, progress: handover_facts(
                store, progress, in_the_way(store, saved_version(store).rubric, progress)
            ),
        )
        self._looking.finished.connect(self._on_facts_found)
        self._refresh_button()

    def _on_facts_found(self, facts: HandoverFacts) -> None:
        self._looking = None
        self._facts = facts
        self.checklist.show_facts(facts)
        self.points.show_facts(facts)
        self.split.show_facts(facts)
        self._on_choice_changed()

    def _on_comparison_requested(self, point: str) -> None:
        """Look for answers on which that point can be compared; whoever asked is led there."""
        assert self._facts is not None
        rubric = self._facts.version.rubric
        job = self._session.background(
            self.tr("Looking for answers to compare"),
            lambda store, progress: answers_to_compare(store, rubric, point, progress),
        )
        job.finished.connect(lambda found: self._on_answers_found(found, point))

    def _on_answers_found(self, answers: tuple[int, ...], point: str) -> None:
        if answers:
            self.point_requested.emit(list(answers), point)
        else:  # no answer is concerned by the point: more are needed
            self.import_requested.emit(None)

    def _on_choice_changed(self) -> None:
        if self._facts is not None:
            self.targets.show_facts(self._facts, self.split.shares)
        self._refresh_button()

    def _refresh_button(self) -> None:
        has_rows = self._facts is not None and bool(self._facts.rows)
        self.export_button.setEnabled(has_rows and self.targets.is_ready)

    def _on_export_clicked(self) -> None:
        # A dialog that saves: only that one takes the name of a folder that is not there yet.
        dialog = QFileDialog(self, self.tr("A new folder for the hand-over"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Hand over"))
        dialog.selectFile(self.tr("{0} hand-over").format(self._session.store.name))
        dialog.fileSelected.connect(lambda chosen: self.export_to(Path(chosen)))
        dialog.open()

    def _on_verify_clicked(self) -> None:
        dialog = QFileDialog(self, self.tr("The folder of a hand-over"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self.prove(Path(chosen)))
        dialog.open()

    def _on_export_finished(self, done: tuple[BundleReport, Verification]) -> None:
        report, found = done
        self.outcome.show_written(report)
        self.outcome.show_proof(Path(report.directory), found)
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self.outcome))
