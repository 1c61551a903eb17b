"""Asks a judge's model for a wording: the sheet first, then a run like any other, then what came. Changes nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.run import RunState, RunSummary
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.disputes import Dispute
from rubric_studio.services.judges import newest_judges
from rubric_studio.services.marks import CHOSEN_JUDGE, setting
from rubric_studio.services.wording_proposals import proposed_wording, wording_order
from rubric_studio.ui.compare.dispute_words import tr
from rubric_studio.ui.look import Look
from rubric_studio.ui.session import Session


class WordingAsking(QObject):
    """`told` says how it stands, `came` carries what a run brought (`Proposed`)."""

    told = Signal(str)
    came = Signal(object)

    def __init__(self, session: Session, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._look, self._window = session, look, window
        self._run = ""
        self._asked: set[tuple[str, ...]] = set()
        self._listens = False

    def judge(self) -> tuple[JudgeConfig, Connection] | None:
        """The judge whose model is asked, the one whose marks count first; None where none can be reached."""
        models = self._session.models
        if models is None:
            return None
        chosen = setting(self._session.store, CHOSEN_JUDGE)
        known = {each.id: each for each in models.connections.all()}
        for judge in sorted(newest_judges(self._session.store), key=lambda each: each.rater != chosen):
            if judge.connection in known:
                return judge, known[judge.connection]
        return None

    def ask(self, rubric: Rubric, disputes: Sequence[Dispute]) -> None:
        """Show what would leave this computer; a second time for the same disputes asks anew."""
        found = self.judge()
        if found is None:
            self.told.emit(tr("There is no judge that this computer can ask. Make one under Models."))
            return
        names = tuple(each.subject for each in disputes)
        again = self._session.author.now() if names in self._asked else ""
        order = wording_order(*found, rubric, disputes, again)
        self._open_sheet(order, names)

    def _open_sheet(self, order: RunOrder, names: tuple[str, ...]) -> None:
        from rubric_studio.ui.models.start_sheet import StartSheet

        sheet = StartSheet(self._session, self._look, order, self._window)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.accepted_order.connect(lambda accepted: self._start(accepted, names))
        sheet.open()

    def _start(self, order: RunOrder, names: tuple[str, ...]) -> None:
        runs = self._session.runs
        if not self._listens:  # they are made when they are first asked for
            runs.changed.connect(self._look_at_run)
            self._listens = True
        self._asked.add(names)
        self.told.emit(tr("Asking {model} for a wording…").format(model=order.plan.model))
        job = runs.start(order)
        job.finished.connect(self._on_planned)
        job.failed.connect(self._on_failed)

    def _on_planned(self, run: RunSummary) -> None:
        self._run = run.id
        self._look_at_run()

    def _on_failed(self, error: BaseException) -> None:
        self.told.emit(error.message if isinstance(error, StudioError) else str(error))

    def _look_at_run(self) -> None:
        """Read what came once the run is through; say where it waits for somebody."""
        if not self._run:
            return
        run = self._session.store.run(self._run)
        if run.state is RunState.PAUSED:
            self.told.emit(tr("The run waits under Models: {why}").format(why=run.reason or tr("paused")))
        if run.state not in (RunState.DONE, RunState.CANCELLED):
            return
        id, self._run = self._run, ""
        job = self._session.background(
            tr("Reading the wording proposed"), lambda store, _: proposed_wording(store, id)
        )
        job.finished.connect(self.came)
