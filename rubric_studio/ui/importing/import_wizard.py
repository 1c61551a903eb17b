"""The import wizard: leads from a file or a pasted range to what is in the project. Nothing is written on the way.

It reads, checks and writes in the background; what the steps show and ask is in files of their own.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.table import FileFacts, ReadOptions
from rubric_studio.services.checking_imports import check_import
from rubric_studio.services.import_source import FileReading, ImportSource
from rubric_studio.services.importing import ImportPlan, ImportReport, carry_out
from rubric_studio.services.letting_go import let_go
from rubric_studio.services.planning import without_faulty
from rubric_studio.services.ports import Store
from rubric_studio.services.proposing import propose_fields, propose_mapping
from rubric_studio.services.sent_back import is_sent_back
from rubric_studio.ui.importing.check_step import CheckStep
from rubric_studio.ui.importing.columns_step import ColumnsStep
from rubric_studio.ui.importing.complaints_model import ComplaintLine, complaint_lines
from rubric_studio.ui.importing.import_words import accept_words, shortened
from rubric_studio.ui.importing.progress_panel import ProgressPanel
from rubric_studio.ui.importing.reading_step import ReadingStep
from rubric_studio.ui.importing.shape_step import ShapeStep
from rubric_studio.ui.importing.source_step import SourceStep
from rubric_studio.ui.importing.summary_step import SummaryStep
from rubric_studio.ui.importing.wizard_frame import WizardFrame
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.look import Look
from rubric_studio.ui.message import show_error
from rubric_studio.ui.session import Session


class Checked(NamedTuple):
    """A file that was checked: its plan, the plan without the faulty lines, the complaints as they are listed."""

    plan: ImportPlan
    agreed: ImportPlan
    complaints: Sequence[ComplaintLine]


class ImportWizard(WizardFrame):
    """`brought_in` tells what changed in the project, once, when all of it is written.

    `answers_met` carries a file that was chosen and belongs to a round: nothing is imported from it.

    Args:
        what: a path, the text of a pasted range, or None: then it asks for one.
    """

    answers_met = Signal(object)
    brought_in = Signal(object)

    def __init__(
        self,
        session: Session,
        look: Look,
        reading: FileReading,
        what: object = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._session, self._reading = session, reading
        self._source = ImportSource(reading)
        self._facts = FileFacts("", ReadOptions())
        self._checked: Checked | None = None
        self._job: Job | None = None
        self._is_writing = self._closes_soon = False
        self.source_step, self.reading_step = SourceStep(look), ReadingStep(look)
        self.shape_step, self.columns_step = ShapeStep(look), ColumnsStep(look)
        self.check_step, self.summary_step = CheckStep(look), SummaryStep(look)
        self.progress = ProgressPanel(look, self.tr("If you stop, nothing of this file is in your project."))
        self.add_steps((self.source_step, self.progress, self.reading_step, self.shape_step))
        self.add_steps((self.columns_step, self.check_step, self.summary_step))
        self.setAcceptDrops(True)
        self.setWindowTitle(self.tr("Bring in a file"))
        self.source_step.chosen.connect(self.take)
        self.reading_step.options_chosen.connect(self._describe)
        self.columns_step.problem_changed.connect(lambda why: self.allow_next(not why, why))
        self.check_step.save_requested.connect(self._save_complaints)
        if what is None:
            self._show_source()
        else:
            self.take(what)

    # ---- what is brought in

    def take(self, what: object) -> None:
        """Begin with a file or the text of a pasted range; what a colleague sent back belongs elsewhere."""
        path = what if isinstance(what, Path) else None
        if path is not None and is_sent_back(self._session.round_files, path):
            self.reject()
            self.answers_met.emit(path)
            return
        self._source = ImportSource(self._reading, path, "" if path else str(what))
        self.source_step.show_problem("")
        self._describe(None)

    def _describe(self, options: ReadOptions | None) -> None:
        """Look at the file, the first time (no options yet) or again as the person wants it read."""
        source = self._source
        job = self._session.jobs.start(self.tr("Looking at the file"), lambda _: source.describe(options))
        self._job = job
        if options is None:
            job.finished.connect(lambda facts: self._is_awaited(job) and self._on_described(facts))
            job.failed.connect(lambda error: self._is_awaited(job) and self._on_describing_failed(error))
            self.show_step(self.progress)
            self.progress.follow(job, can_stop=False)
            self.offer(back=self._show_source)
        else:
            job.finished.connect(lambda facts: self._is_awaited(job) and self._on_described_again(facts))
            job.failed.connect(lambda error: self._is_awaited(job) and show_error(self, error))

    def _is_awaited(self, job: Job) -> bool:
        """Whether nothing else was asked for since the job began."""
        awaited, self._job = self._job is job, None if self._job is job else self._job
        return awaited

    def _on_described(self, facts: FileFacts) -> None:
        self._facts = facts
        self.reading_step.ask(facts, facts.doubts)
        if not facts.columns and not facts.doubts:
            self._show_source()
            self.source_step.show_problem(self.tr("There are no lines in {file}.").format(file=facts.file))
        else:
            self._show_reading() if facts.doubts else self._show_shape()

    def _on_described_again(self, facts: FileFacts) -> None:
        self._facts = facts
        self.reading_step.show_facts(facts)
        self.allow_next(bool(facts.columns))

    def _on_describing_failed(self, error: BaseException) -> None:
        self._show_source()
        if isinstance(error, StudioError):
            self.source_step.show_problem(" ".join((f"{error.title}:", error.message, error.hint)).strip())
        else:
            show_error(self, error)

    # ---- the steps

    def _show_source(self) -> None:
        self._job = None
        self.show_step(self.source_step, self.tr("Bring in a file"))
        self.offer()

    def _show_reading(self) -> None:
        self.show_step(self.reading_step, self.tr("Is it read right?"), self.tr("Step 1 of 4"))
        self.offer(self.tr("Next"), self._show_shape, back=self._show_source)
        self.allow_next(bool(self._facts.columns))

    def _show_shape(self) -> None:
        proposal = propose_mapping(self._facts.columns, self._facts.examples)
        self.shape_step.propose(self._facts, proposal.shape, proposal.reasons[0])
        self._return_to_shape()

    def _return_to_shape(self) -> None:
        self.show_step(self.shape_step, self.tr("What is on one line?"), self.tr("Step 2 of 4"))
        self.offer(self.tr("Next"), self._show_columns, back=self._show_reading)

    def _show_columns(self) -> None:
        facts, shape = self._facts, self.shape_step.shape()
        if not self.columns_step.is_about(facts, shape):
            mapping, _ = propose_fields(shape, facts.columns, facts.examples)
            people = {person.id: person.name for person in self._session.store.people()}
            own = people.get(self._session.author.person, "")
            names = list(dict.fromkeys(people.values()))
            self.columns_step.propose(facts, mapping, self._session.draft, names, own)
        self._return_to_columns()

    def _return_to_columns(self) -> None:
        self._job = None
        self.show_step(self.columns_step, self.tr("Which column holds what?"), self.tr("Step 3 of 4"))
        self.offer(self.tr("Check the whole file"), self._check, back=self._return_to_shape)
        problem = self.columns_step.problem_text()
        self.allow_next(not problem, problem)

    # ---- checking and bringing in

    def _check(self) -> None:
        self.columns_step.settle()
        if self.columns_step.problem_text():
            return
        source, options = self._source, self._facts.options
        mapping, marking = self.columns_step.mapping(), self.columns_step.marking()
        self._forget_checked()

        def work(store: Store, progress: Progress) -> Checked:
            plan = check_import(store, source, options, mapping, marking, progress)
            return Checked(plan, without_faulty(plan), complaint_lines(plan.complaints))

        title = self.tr("Checking {file}").format(file=shortened(self._facts.file, 60))
        self._job = job = self._session.background(title, work)
        job.finished.connect(self._on_checked)
        job.cancelled.connect(self._return_to_columns)
        job.failed.connect(self._on_checking_failed)
        self.show_step(self.progress)
        self.progress.follow(job)
        self.offer()

    def _on_checking_failed(self) -> None:
        self._return_to_columns()

    def _on_checked(self, checked: Checked) -> None:
        self._job, self._checked = None, checked
        self.check_step.show_plan(checked.plan, checked.complaints)
        self._show_check(self.tr("Step 4 of 4"))

    def _show_check(self, where: str) -> None:
        assert self._checked is not None
        plan, agreed, _ = self._checked
        self.show_step(self.check_step, self.tr("Before anything is saved"), where)
        if plan.stops or agreed.adds_nothing:
            self.offer(self.tr("Close"), self.reject, back=self._return_to_columns, cancel=False)
        else:
            self.offer(accept_words(plan), lambda: self._bring_in(agreed), back=self._return_to_columns)

    def _bring_in(self, plan: ImportPlan) -> None:
        author = self._session.author

        def work(store: Store, progress: Progress) -> ImportReport:
            return carry_out(store, plan, author, progress)

        title = self.tr("Bringing in {file}").format(file=shortened(plan.file.name, 60))
        self._job = job = self._session.background(title, work)
        self._is_writing = True
        job.finished.connect(self._on_brought_in)
        job.cancelled.connect(self._on_stopped)
        job.failed.connect(self._on_writing_failed)
        self.show_step(self.progress)
        self.progress.follow(job, counts=True)
        self.offer()

    def _on_brought_in(self, report: ImportReport) -> None:
        self._job, self._is_writing = None, False
        assert self._checked is not None
        self.brought_in.emit(report.changes)
        if self._closes_soon:
            super().reject()
            return
        self.summary_step.show_report(self._checked.agreed, report)
        self.show_step(self.summary_step)
        self.offer(self.tr("Close"), self.accept, cancel=False)
        self.next_button.setFocus()

    def _on_writing_failed(self) -> None:
        self._on_stopped()

    def _on_stopped(self) -> None:
        self._job, self._is_writing = None, False
        if self._closes_soon:
            super().reject()
        else:
            self._show_check(self.tr("Nothing of it was saved"))

    def _save_complaints(self, path: Path) -> None:
        complaints, reading = self.check_step.model.complaints(), self._reading
        job = self._session.jobs.start(
            self.tr("Saving the list"), lambda _: reading.save_complaints(path, complaints)
        )
        job.failed.connect(self._session.failed)

    # ---- drops, pasting, leaving

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self.step is self.source_step:
            self.source_step.paste()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.step is self.source_step and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.take(files[0])

    def done(self, result: int) -> None:
        """Close, and hold nothing of the file any more."""
        super().done(result)
        self.offer()
        self._forget_checked()

    def _forget_checked(self) -> None:
        """Let go of what was checked in the background: freeing a large file takes longer than a frame."""
        if self._checked is None:
            return
        held = [self._checked]
        self._checked = None
        self.check_step.clear()

        def work(_: Progress) -> None:
            checked = held.pop()
            sequences = [*checked.plan.everything(), checked.complaints]
            del checked
            let_go(sequences)

        self._session.jobs.start(self.tr("Letting go of the file"), work)

    def reject(self) -> None:
        """Leave. What is being written is stopped first and waited for, so that it is known how it ended."""
        if self._job is not None:
            self._job.stop()
        if self._is_writing:
            self._closes_soon = True
            self.cancel_button.setEnabled(False)
            return
        self._job = None
        super().reject()
