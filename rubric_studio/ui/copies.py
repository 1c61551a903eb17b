"""Copies of the open project: a colleague's is brought in, differences are settled, one's own is saved back."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.domain.changes import EVERYTHING
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.merging import MergeReport
from rubric_studio.services.edits import Author
from rubric_studio.services.ports import Store
from rubric_studio.services.projects import Projects
from rubric_studio.ui.labels import label
from rubric_studio.ui.look import Look
from rubric_studio.ui.message import show_note
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.session import Session


class Copies(QObject):
    """Lives as long as its session. `conflicts_counted` tells how many differences wait for a decision."""

    conflicts_counted = Signal(int)
    saved_back = Signal()

    def __init__(self, window: QWidget, look: Look, session: Session, projects: Projects, copy: Path) -> None:
        super().__init__(session)
        self._window, self._look, self._session = window, look, session
        self._projects, self._copy = projects, copy
        self.is_saved_back = False
        session.changed.connect(self._on_session_changed)

    def bring_in(self, other: Path) -> None:
        """Merge a colleague's copy in the background, then say what came."""
        projects, author = self._projects, self._session.author
        title = self.tr("Bringing in {project}").format(project=other.name)
        job = self._session.background(title, lambda store, _: _merged(store, projects, other, author))
        job.finished.connect(self._on_merge_finished)

    def count_conflicts(self) -> None:
        """Look for differences in the background."""
        projects = self._projects
        job = self._session.background(
            self.tr("Looking for differences"), lambda store, _: projects.conflicts(store)
        )
        job.finished.connect(lambda found: self.conflicts_counted.emit(len(found)))

    def settle(self) -> None:
        """Show the differences and let one side be chosen."""
        from rubric_studio.ui.conflicts_dialog import ConflictsDialog  # when first asked for: start is quick

        found = self._projects.conflicts(self._session.store)
        if not found:
            show_note(
                self._window, self.tr("Nothing differs"), self.tr("All copies brought in so far agree.")
            )
            return
        people: dict[str, str] = {person.id: person.name for person in self._session.store.people()}
        dialog = ConflictsDialog(self._look, found, people, self._window)
        dialog.settled.connect(self._session.perform)
        dialog.finished.connect(self._on_dialog_finished)
        dialog.open()

    def save_back(self) -> None:
        """Put this working copy in its original's place, in the background."""
        projects, copy = self._projects, self._copy
        job = self._session.background(self.tr("Saving back"), lambda *_: projects.save_back(copy))
        job.finished.connect(self._on_saving_back_finished)

    def drop(self) -> None:
        """Remove this working copy; called once the project is closed and was saved back."""
        self._projects.drop_copy(self._copy)

    def _on_session_changed(self) -> None:
        self.is_saved_back = False

    def _on_saving_back_finished(self) -> None:
        self.is_saved_back = True
        self.saved_back.emit()

    def _on_merge_finished(self, report: MergeReport) -> None:
        self._session.announce(EVERYTHING)
        self.conflicts_counted.emit(len(report.conflicts))
        note = show_note(
            self._window, self.tr("The copy is in"), _what_came(self, report), _left(self, report)
        )
        if report.conflicts:
            note.finished.connect(self.settle)

    def _on_dialog_finished(self) -> None:
        self.conflicts_counted.emit(len(self._projects.conflicts(self._session.store)))


def _merged(store: Store, projects: Projects, other: Path, author: Author) -> MergeReport:
    """Merge, then open what is still sealed of rounds that the other copy closed."""
    from rubric_studio.services.closing_rounds import open_what_is_closed  # only then: start is quick

    _refuse_packet(projects, other)
    report = projects.merge(store, other)
    open_what_is_closed(store, author)
    return report.model_copy(update={"conflicts": tuple(projects.conflicts(store))})


def _refuse_packet(projects: Projects, path: Path) -> None:
    """A packet holds one expert's part of a round, under other names: it is no copy of a project."""
    from rubric_studio.services.packet_record import packet_of

    other = projects.open(path, "", read_only=True)
    try:
        is_packet = packet_of(other) is not None
    finally:
        other.close()
    if is_packet:
        tell = QCoreApplication.translate
        raise StudioError(
            tell("copies", "This is no copy of a project"),
            tell("copies", "It is one expert's part of a round. Nothing was changed."),
            tell(
                "copies",
                "To take in what she scored, choose “Bring answers in” and the file that she sent back.",
            ),
            file=path,
        )


def _what_came(speaker: QObject, report: MergeReport) -> str:
    came = (
        (report.rows, label("row", report.rows)),
        (report.samples, label("sample", report.samples)),
        (report.judge_verdicts, speaker.tr("marks of models")),
        (report.records, speaker.tr("decisions and marks of people")),
    )
    lines = [f"{count_text(number)} {what}" for number, what in came if number]
    return "\n".join(lines) or speaker.tr("Nothing new: everything in it was here already.")


def _left(speaker: QObject, report: MergeReport) -> str:
    hints: list[str] = []
    if report.conflicts:
        hints.append(differences_text(len(report.conflicts)))
    if report.rows_differ:
        rows = ", ".join(report.rows_differ[:5])
        hints.append(speaker.tr("Brought in with other words in the two copies: {rows}").format(rows=rows))
    return "\n".join(hints)


def differences_text(count: int) -> str:
    """Say how many differences wait for a decision."""
    if count == 1:
        return QCoreApplication.translate("copies", "On one thing the copies differ. It needs a decision.")
    words = QCoreApplication.translate("copies", "On {n} things the copies differ. They need a decision.")
    return words.format(n=count_text(count))
