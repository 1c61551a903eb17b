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
    """Emits `opened` with an open store (perhaps to read only), or tells why there is none.

    Args:
        folder: where a packet is copied to that cannot stay where it lies.
    """

    opened = Signal(object)

    def __init__(self, window: QWidget, projects: Projects, jobs: Jobs, folder: Path) -> None:
        super().__init__(window)
        self._window, self._projects, self._jobs, self._folder = window, projects, jobs, folder
        self.copied: set[Path] = set()
        """Packets that were copied here, for the window to say where they lie."""

    def open(self, path: Path, who: str) -> None:
        """Open a project; where its folder is shared, offer to work on a copy first.

        A packet is for one person only and opened where it lies, unless it cannot stay or be written there.
        """
        if path.suffix.lower() == PACKET_ENDING and path.exists():
            self._open_packet(path, who)
            return
        shared = self._projects.shared_place(path)
        if not shared or not path.exists():
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
        except StudioError as error:
            show_error(self._window, error)
            return None
        finally:
            store.close()

    def packet_of(self, store: OpenStore) -> Packet | None:
        """What packet an open file is, None for a project."""
        from rubric_studio.services.packet_record import packet_of  # once a file is open: start is quick

        return packet_of(store)

    def _open_packet(self, path: Path, who: str) -> None:
        place = self._projects.packet_place(path)
        if place == "fine":
            self.open_here(path, who)
            return
        words = (
            self.tr("Nothing can be written where {packet} lies, so no mark could be kept there.")
            if place == "closed"
            else self.tr(
                "{packet} was opened out of an e-mail, in a folder that is emptied from time to time."
            )
        )
        copy = self.tr("In {folder} you can go on at any time; a copy that is there already is taken up.")
        text = "\n\n".join([words.format(packet=path.name), copy.format(folder=self._folder)])
        choice = Choice(
            self.tr("Go on in a folder of your own?"),
            text,
            self.tr("Copy it there and go on"),
            self.tr("Open it where it is"),
        )
        ask(
            self._window,
            choice,
            on_accepted=lambda: self._open_packet_copy(path, who),
            on_rejected=lambda: self.open_here(path, who),
        )

    def _open_packet_copy(self, path: Path, who: str) -> None:
        folder = self._folder
        job = self._jobs.start(
            self.tr("Copying {project}").format(project=path.name),
            lambda _: self._projects.packet_copy(path, folder),
        )
        job.finished.connect(lambda copy: self._on_packet_copied(copy, who))
        job.failed.connect(lambda error: show_error(self._window, error))

    def _on_packet_copied(self, copy: Path, who: str) -> None:
        self.copied.add(copy)
        self.open_here(copy, who)

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
