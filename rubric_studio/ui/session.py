"""The open project as the window sees it: edits go in, one signal tells every page what changed.

It knows no page. Short reads go through `store` on the window's thread; long work runs as a job on a
connection of its own.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.edits import Author, ChangeDraft, Edit, perform
from rubric_studio.services.grading import GradingReport, grade_checks
from rubric_studio.services.history import Stacks, redo, stacks, undo
from rubric_studio.services.marks import AS_TRAINED
from rubric_studio.services.own_code import OwnCode
from rubric_studio.services.own_code_agreement import agreements, obstacles
from rubric_studio.services.ports import Bundles, Store
from rubric_studio.services.ports import Progress as Told
from rubric_studio.services.versions import draft
from rubric_studio.ui.jobs import Job, Jobs, Progress
from rubric_studio.ui.network_switch import NetworkSwitch

if TYPE_CHECKING:
    from rubric_studio.services.model_access import ModelAccess
    from rubric_studio.services.round_files import RoundFiles
    from rubric_studio.services.rubric_exchange import GuideFiles
    from rubric_studio.ui.models.run_desk import RunDesk

Work = Callable[[Store, Progress], Any]


class Session(QObject):
    """One open project, its author, and everything that happens to it.

    Args:
        store: the project on the window's thread.
        sibling: opens another connection to the same file, for a job's thread.
        author: the person at the keyboard.
        jobs: where background work runs.
        executor: worker processes that run checks.
        bundles: writes and proves bundles.
        guides: writes the scoring guide for people and reads it back.
        own_code: how own code runs here, and whether it may; None runs none.
        models: the models that this computer can reach; None reaches none.
        rounds: writes and reads the files of rounds; None has none.
    """

    changed = Signal(object)
    failed = Signal(object)
    acted = Signal(str)
    folder_watched = Signal(str)
    """A shared folder is watched from now on for this project, "" for none: this computer remembers it."""
    folder_sent_to = Signal(str)
    """Packets went into a folder: this computer remembers it too."""

    def __init__(
        self,
        store: Store,
        sibling: Callable[[], Store],
        author: Author,
        jobs: Jobs,
        executor: Executor,
        bundles: Bundles | None = None,
        guides: "GuideFiles | None" = None,
        own_code: OwnCode | None = None,
        models: "ModelAccess | None" = None,
        rounds: "RoundFiles | None" = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.author = author
        self.jobs = jobs
        self.bundles = bundles
        self.guides = guides
        self.own_code = own_code
        self.models = models
        self.round_files = rounds
        self.rater = AS_TRAINED
        self.watched_folder = ""
        self.packets_folder = ""
        self._sibling = sibling
        self._executor = executor
        self._checking: Job | None = None
        self._draft: Rubric | None = None
        self._under_way: set[Job] = set()

    @property
    def executor(self) -> Executor:
        """Worker processes in which checks run."""
        return self._executor

    @cached_property
    def network(self) -> NetworkSwitch:
        """Whether models may be asked from this computer."""
        return NetworkSwitch(self.models, self)

    @cached_property
    def runs(self) -> "RunDesk":
        """The runs of model calls, one under way at a time; made when first asked for, for start is quick."""
        from rubric_studio.ui.models.run_desk import RunDesk

        return RunDesk(self)

    @property
    def draft(self) -> Rubric:
        """The rubric being edited."""
        if self._draft is None:
            self._draft = draft(self.store)
        return self._draft

    def perform(self, edit: Edit) -> bool:
        """Do an edit and tell everybody; False (and `failed` told) where it could not be done."""
        try:
            changes = perform(self.store, edit, self.author)
        except StudioError as error:
            self.failed.emit(error)
            return False
        self.announce(changes)
        self.acted.emit(edit.label)
        return True

    def change_draft(self, rubric: Rubric, label: str) -> bool:
        """Save one finished gesture in the rubric editor; nothing is written where nothing changed."""
        if rubric == self.draft:
            return True
        return self.perform(ChangeDraft(rubric=rubric, label=label))

    def undo(self) -> None:
        """Undo the person's last edit, whichever page it was made on."""
        self._reverse(undo, self.tr("Undone: {0}"))

    def redo(self) -> None:
        """Do again what was undone last."""
        self._reverse(redo, self.tr("Done again: {0}"))

    def stacks(self) -> Stacks:
        """What can be undone and redone, the next one last."""
        return stacks(self.store, self.author)

    def announce(self, changes: Changes) -> None:
        """Tell every view what changed."""
        if changes.touches(Topic.DRAFT, Topic.VERSIONS):
            self._draft = None
        self.changed.emit(changes)

    def background(self, title: str, work: Work, *, tells: bool = True) -> Job:
        """Run long work on a connection of its own; connect to the job's signals right away.

        Where it does not tell, whoever began it says what went wrong in its own place, once; mistakes of ours
        are told anyway.
        """
        sibling = self._sibling

        def run(progress: Progress) -> Any:
            store = sibling()
            try:
                return work(store, progress)
            finally:
                store.close()

        job = self.jobs.start(title, run)
        self._under_way.add(job)
        job.failed.connect(self.failed if tells else self._on_own_failed)
        job.ended.connect(self._on_job_ended)
        return job

    def end(self) -> None:
        """Let nothing be told or delivered any more: the file is about to be closed, and its pages go."""
        self.blockSignals(True)
        for job in self._under_way:
            job.stop()
            job.blockSignals(True)
        self._under_way.clear()

    def run_checks(self, rubric: Rubric | None = None, samples: list[int] | None = None) -> Job:
        """Measure what is not measured yet, in worker processes; `changed` tells when marks are there.

        A run that is under way for an older wording is stopped: its finished chunks are kept.
        """
        if self._checking is not None:
            self._checking.stop()
        executor, own_code, wanted = self._executor, self.own_code, rubric or self.draft

        def work(store: Store, progress: Progress) -> GradingReport:
            return grade_checks(store, wanted, executor, progress, samples, own_code)

        job = self.background(self.tr("Checking answers"), work)
        job.finished.connect(self._on_checks_finished)
        job.ended.connect(self._on_checks_ended)
        self._checking = job
        return job

    def code_obstacles(self) -> Callable[[Store, Rubric, Told], dict[str, str]]:
        """For a job's thread: what stands in the way of handing own code over, by point."""
        executor, own_code = self._executor, self.own_code

        def find(store: Store, rubric: Rubric, progress: Told) -> dict[str, str]:
            if own_code is None:
                return {}
            return obstacles(agreements(store, rubric, executor, own_code, progress))

        return find

    def choose_rater(self, name: str) -> None:
        """Let another rater's marks count: as trained, the experts', or one by name."""
        if name != self.rater:
            self.rater = name
            self.announce(Changes(topics=frozenset({Topic.VERDICTS})))

    def watch_folder(self, folder: str) -> None:
        """Remember on this computer which shared folder is watched; "" for none."""
        if folder != self.watched_folder:
            self.watched_folder = folder
            self.folder_watched.emit(folder)

    def send_packets_to(self, folder: str) -> None:
        """Remember on this computer into which folder packets went."""
        if folder != self.packets_folder:
            self.packets_folder = folder
            self.folder_sent_to.emit(folder)

    def _reverse(self, reverse: Callable[..., Any], words: str) -> None:
        try:
            done = reverse(self.store, self.author)
        except StudioError as error:
            self.failed.emit(error)
            return
        if done is not None:
            self.announce(done.changes)
            self.acted.emit(words.format(done.label))

    def _on_job_ended(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            self._under_way.discard(job)

    def _on_own_failed(self, error: BaseException) -> None:
        if not isinstance(error, StudioError):
            self.failed.emit(error)

    def _on_checks_finished(self, report: GradingReport) -> None:
        if report.measured:
            self.announce(Changes(topics=frozenset({Topic.CHECKS})))

    def _on_checks_ended(self) -> None:
        if self._checking is not None and self._checking is self.sender():
            self._checking = None
