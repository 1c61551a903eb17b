"""Opens a project as a person would wish: in use elsewhere, in a shared folder, or unreadable. Shows no page."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.packet import PACKET_ENDING, Packet
from rubric_studio.services.projects import OpenStore, Projects
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.message import Choice, ask, show_error


class Opening(QObject):
    """Emits `opened` with an open store (perhaps to read only), or tells why there is none."""

    opened = Signal(object)

    def __init__(self, window: QWidget, projects: Projects, jobs: Jobs) -> None:
        super().__init__(window)
        self._window, self._projects, self._jobs = window, projects, jobs

    def open(self, path: Path, who: str) -> None:
        """Open a project; where its folder is shared, offer to work on a copy first.

        A packet is opened where it lies: it is for one person only.
        """
        shared = self._projects.shared_place(path)
        if not shared or path.suffix == PACKET_ENDING or not path.exists():
            self.open_here(path, who)
            return
        text = self.tr(
            "{project} lies in {place}, which other computers see too. Two people writing there at once can harm "
            "the file. A copy on this computer is safe and quick, and is saved back when you are done."
        ).format(project=path.name, place=shared)
        choice = Choice(
            self.tr("Work on a copy?"), text, self.tr("Work on a copy"), self.tr("Open it where it is")
        )
        ask(
            self._window,
            choice,
            on_accepted=lambda: self._open_copy(path, who),
            on_rejected=lambda: self.open_here(path, who),
        )

    def create(self, path: Path, who: str) -> None:
        """Make an empty project and open it."""
        try:
            store = self._projects.create(path, who)
        except StudioError as error:
            show_error(self._window, error)
        else:
            self.opened.emit(store)

    def open_here(self, path: Path, who: str) -> None:
        """Open a project where it lies; offer to read it where it cannot be written."""
        try:
            store = self._projects.open(path, who)
        except StudioError as error:
            self._offer_reading(path, who, error)
        else:
            self.opened.emit(store)

    def packet_in(self, path: Path) -> Packet | None:
        """Look what packet a file is; None, with the reason told, where it is none or cannot be read."""
        try:
            store = self._projects.open(path, "", read_only=True)
        except StudioError as error:
            show_error(self._window, error)
            return None
        try:
            return self.packet_of(store)
        finally:
            store.close()

    def packet_of(self, store: OpenStore) -> Packet | None:
        """What packet an open file is, None for a project."""
        from rubric_studio.services.packets import packet_of  # once a file is open: start is quick

        return packet_of(store)

    def _open_copy(self, path: Path, who: str) -> None:
        title = self.tr("Copying {project}").format(project=path.name)
        job = self._jobs.start(title, lambda _: self._projects.working_copy(path))
        job.finished.connect(lambda copy: self.open_here(copy, who))
        job.failed.connect(lambda error: show_error(self._window, error))

    def _offer_reading(self, path: Path, who: str, error: StudioError) -> None:
        try:
            store = self._projects.open(path, who, read_only=True)
        except StudioError:
            show_error(self._window, error)  # the first trouble is the one to tell
            return
        choice = Choice(
            error.title,
            f"{error.message}\n\n{error.hint}",
            self.tr("Open to read"),
            self.tr("Not now"),
            error.place,
        )
        ask(self._window, choice, lambda: self.opened.emit(store), store.close)
