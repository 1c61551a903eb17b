"""Judges against experts: one sentence and one figure first, then point by point, worst first, down to the answers."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.changes import Changes
from rubric_studio.services.judge_comparison import (
    Difference,
    JudgeAgainstExperts,
    JudgeComparison,
    differences,
)
from rubric_studio.services.judge_differences import BothSides, both_sides
from rubric_studio.services.panels import judge_names
from rubric_studio.services.ports import Store
from rubric_studio.ui.actions import key_text
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.judge_point_detail import JudgePointDetail
from rubric_studio.ui.models.judge_points_model import JudgePointsModel, JudgePointsTable
from rubric_studio.ui.models.judge_reading import JudgeReading
from rubric_studio.ui.models.judge_words import finding, further, tr
from rubric_studio.ui.number_text import share_text
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.results.choosers import ChoiceBox, named_choice
from rubric_studio.ui.results.guide_choice import GuideChoice
from rubric_studio.ui.session import Session
from rubric_studio.ui.two_panes import ListColumn, TwoPanes

BACK_KEY = "Esc"
ENOUGH = 30
WHOLE, POINT = 560, 700


class JudgeComparisonPage(QWidget):
    """Reads when it is shown, and again when it is looked at after something changed. `left` asks to go back."""

    left = Signal()
    samples_requested = Signal(list)
    point_requested = Signal(list, str)
    page_requested = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._judge = ""
        self._sides: Job | None = None
        self._is_whole = False
        self.guide = GuideChoice(session)
        self.reading = JudgeReading(session, self)
        self.judge_choice, self.guide_choice = ChoiceBox(tr("Judge")), ChoiceBox(heading("rubric"))
        self.back_button = QPushButton(button_text(f"{tr('Back to the judges')}  {key_text(BACK_KEY)}"))
        self.number = PlainLabel("", "number")
        self.sentence = PlainLabel("", "reading", wrap=True)
        self.further = PlainLabel("", "caption", wrap=True)
        self.model = JudgePointsModel(self)
        self.table = JudgePointsTable(look, self.model)
        self.whole_button = QPushButton(tr("All points together"))
        self.detail = JudgePointDetail(look)
        self.waiting = EmptyState(look, tr("Comparing marks…"), icon="models")
        self.no_judge, self.no_experts = self._empty_states()
        self._body, self._found = QStackedWidget(), QWidget()
        self._lay_out()
        self._connect()

    def show_judge(self, name: str) -> None:
        """Compare that judge."""
        self._judge = name
        self._refresh()

    @property
    def comparison(self) -> JudgeComparison | None:
        """What was read, None before that."""
        return self.reading.found

    @property
    def judge(self) -> JudgeAgainstExperts | None:
        """The figures of the judge that is shown."""
        return self.reading.found.of(self._judge) if self.reading.found else None

    # ---- as Qt asks

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.reading.leave()
        self._leave_sides()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the keyboard on the table."""
        self.table.setFocus(reason)

    # ---- showing

    def _refresh(self) -> None:
        if not self.isVisible():
            return
        judges = tuple(judge_names(self._session.store))
        self._judge = self._judge if self._judge in judges else next(iter(judges), "")
        self.guide.read()
        self.judge_choice.offer([(name, name) for name in judges], self._judge)
        self.guide_choice.offer(self.guide.options(), self.guide.key)
        if not judges:
            self._body.setCurrentWidget(self.no_judge)
        elif self.reading.want(self.guide.rubric, judges):
            self._show_found()
        elif self.reading.found is None:
            self._body.setCurrentWidget(self.waiting)

    def _show_found(self) -> None:
        found, judge = self.reading.found, self.judge
        if found is None or judge is None:
            return
        if not found.expert_marks:
            self._body.setCurrentWidget(self.no_experts)
            return
        same = judge.same
        self.number.setText("–" if same.value is None else share_text(same.value))
        self.sentence.setText(finding(judge))
        source = tr("{guide}. Experts: what was decided, else the mean of their latest marks.")
        said = [source.format(guide=self.guide.words[:1].upper() + self.guide.words[1:]), further(judge)]
        self.further.setText(" ".join(said))
        several = len(found.judges) > 1
        self.whole_button.setText(tr("All points, all judges") if several else tr("All points together"))
        kept = self._chosen_key()
        self.model.show_points(judge.points)
        self._body.setCurrentWidget(self._found)
        if self._is_whole:
            self._show_whole()
        else:
            self._choose(kept)

    def _chosen_key(self) -> str | None:
        at = self.table.currentIndex().row()
        return self.model.points[at].point.key if 0 <= at < len(self.model.points) else None

    def _choose(self, key: str | None) -> None:
        """Stand on the point that was chosen; at first on the worst one."""
        keys = [each.point.key for each in self.model.points]
        at = keys.index(key) if key in keys else 0
        if keys:
            self.table.setCurrentIndex(self.model.index(at, 0))
            self._on_stood_on(at)

    def _on_stood_on(self, at: int) -> None:
        if 0 <= at < len(self.model.points):
            self._is_whole = False
            point = self.model.points[at]
            self.detail.show_point(point, self._models(), self._worst(point.point.key))

    def _show_whole(self) -> None:
        """Show everything together; no line is chosen then, so that each can be."""
        if self.judge is not None:
            assert self.reading.found is not None
            self._is_whole = True
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
            self.detail.show_whole(self.judge, self.reading.found, self._models(), self._worst(None))

    def _models(self) -> list[str]:
        return sorted(self._session.store.counts().models)

    def _worst(self, point: str | None) -> list[Difference]:
        assert self.reading.found is not None
        return differences(self.reading.found.ratings, self._judge, point)

    def _read_sides(self, found: list[Difference]) -> None:
        """Read what was said: with hundreds of points even six answers take a moment."""
        self._leave_sides()
        rubric, judge = self.guide.rubric, self._judge

        def work(store: Store, _: Progress) -> list[BothSides]:
            return both_sides(store, rubric, judge, found)

        self._sides = job = self._session.background(tr("Reading marks"), work)
        job.finished.connect(lambda sides: self._on_sides_read(job, sides))

    def _on_sides_read(self, job: Job, sides: list[BothSides]) -> None:
        if job is self._sides:
            self._sides = None
            self.detail.show_sides(sides)

    def _leave_sides(self) -> None:
        if self._sides is not None:
            self._sides.stop()
            self._sides = None

    # ---- what people do

    def _on_session_changed(self, changes: Changes) -> None:
        if self.reading.note(changes) and self.isVisible():
            self._refresh()

    def _on_judge_picked(self, name: str) -> None:
        self._judge = name
        self._refresh()

    def _on_guide_picked(self, key: str) -> None:
        self.guide.pick(key)
        self._refresh()

    def _on_opened(self, sample: int, point: str) -> None:
        self.point_requested.emit([sample], point)

    # ---- laying out

    def _empty_states(self) -> tuple[EmptyState, EmptyState]:
        no_judge = EmptyState(
            self._look,
            tr("No judge has marked an answer here yet. Make one, or bring in the marks of one."),
            main=tr("Back to the judges"), icon="models",
        )  # fmt: skip
        no_experts = EmptyState(
            self._look,
            tr("No expert has marked these answers yet. Mark at least {n} of them: the scoring guide is the place.")
            .format(n=ENOUGH),
            main=tr("Open the scoring guide"), icon="person",
        )  # fmt: skip
        no_judge.main_requested.connect(self.left)
        no_experts.main_requested.connect(lambda: self.page_requested.emit("guide"))
        return no_judge, no_experts

    def _lay_out(self) -> None:
        space = self._look.theme.space
        head = QHBoxLayout()
        choices = QWidget()
        flow = FlowLayout(choices, spacing=space.medium)
        for box in (self.judge_choice, self.guide_choice):
            flow.addWidget(named_choice(self._look, box))
        head.addWidget(choices, 1)
        head.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignTop)
        self._lay_out_found()
        for state in (self.waiting, self.no_judge, self.no_experts, self._found):
            self._body.addWidget(state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.medium)
        layout.addLayout(head)
        layout.addWidget(self._body, 1)

    def _lay_out_found(self) -> None:
        space = self._look.theme.space
        first = QHBoxLayout()
        first.setSpacing(space.large)
        first.addWidget(self.number, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(space.tiny)
        words.addWidget(self.sentence)
        words.addWidget(self.further)
        first.addLayout(words, 1)
        left = ListColumn(self._look)
        left.column.addWidget(self.table, 1)
        left.column.addWidget(self.whole_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self._found)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.medium)
        layout.addLayout(first)
        layout.addWidget(TwoPanes(left, self.detail, (1, 1), (WHOLE, POINT)), 1)

    def _connect(self) -> None:
        self._session.changed.connect(self._on_session_changed)
        self.reading.read.connect(self._show_found)
        self.judge_choice.picked.connect(self._on_judge_picked)
        self.guide_choice.picked.connect(self._on_guide_picked)
        self.table.stood_on.connect(self._on_stood_on)
        self.whole_button.clicked.connect(self._show_whole)
        self.detail.opened.connect(self._on_opened)
        self.detail.sides_wanted.connect(self._read_sides)
        self.back_button.clicked.connect(self.left)
