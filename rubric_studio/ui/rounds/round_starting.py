"""From the wish for a round to a round that has started: the dialog, what it would come to, the start."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.round import RoundPlan
from rubric_studio.services.ports import Store
from rubric_studio.services.round_proposal import proposed_plan
from rubric_studio.services.round_start import RoundProposal, RoundStart
from rubric_studio.services.rounds import start_round
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.look import Look
from rubric_studio.ui.rounds.new_round_dialog import NewRoundDialog
from rubric_studio.ui.rounds.round_choices import RoundChoices, round_choices
from rubric_studio.ui.rounds.round_words import tr
from rubric_studio.ui.rounds.sample_size_words import size_helper
from rubric_studio.ui.session import Session


class RoundStarting(QObject):
    """`started` carries the new round's id. One dialog at a time."""

    started = Signal(str)

    def __init__(self, session: Session, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._look, self._window = session, look, window
        self._job: Job | None = None
        self._is_looking = False
        self.dialog: NewRoundDialog | None = None

    def begin(self, start: RoundStart | None = None) -> None:
        """Look what there is to choose from, then open the dialog, prefilled by a start where there is one."""
        if self.dialog is not None or self._is_looking:
            return
        lead = self._session.author.person
        self._is_looking = True
        job = self._session.background(
            tr("Looking what a round can be made of"),
            lambda store, progress: round_choices(store, lead, progress),
        )
        job.finished.connect(lambda choices: self._open(choices, start))
        job.ended.connect(self._on_looking_ended)

    def _open(self, choices: RoundChoices, start: RoundStart | None) -> None:
        new_id = self._session.author.new_id
        self.dialog = dialog = NewRoundDialog(
            self._look, choices, new_id, start, self._window, asks=self._propose
        )
        dialog.chosen.connect(self._start)
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def _propose(self, start: RoundStart) -> None:
        """Work out what a start comes to; what is still worked out for an older one is of no use any more."""
        self._stop()
        author = self._session.author

        def work(store: Store, progress: Progress) -> tuple[RoundProposal, str]:
            proposal = proposed_plan(store, start, author.person, author.randomness, progress)
            return proposal, size_helper(store, proposal.plan, progress)

        job = self._session.background(tr("Working out the round"), work, tells=False)
        job.finished.connect(lambda found: self._show(start, *found))
        job.failed.connect(lambda error: self._show_problem(start, error))
        self._job = job

    def _show(self, start: RoundStart, proposal: RoundProposal, helper: str) -> None:
        if self.dialog is not None:
            self.dialog.show_proposal(start, proposal, helper)

    def _show_problem(self, start: RoundStart, error: BaseException) -> None:
        if self.dialog is not None and isinstance(error, StudioError):
            self.dialog.show_problem(start, "\n".join(each for each in (error.message, error.hint) if each))

    def _start(self, plan: RoundPlan) -> None:
        try:
            round, changes = start_round(self._session.store, plan, self._session.author)
        except StudioError as error:
            self._session.failed.emit(error)
            return
        self._session.announce(changes)
        self._session.acted.emit(tr("{title} has started").format(title=plan.title))
        self.started.emit(round)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._job = None

    def _on_looking_ended(self) -> None:
        self._is_looking = False

    def _on_finished(self) -> None:
        self._stop()
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
