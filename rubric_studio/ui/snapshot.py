"""Pictures of every page, taken without a screen once all work in the background is done. For docs and reviews."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.packet import Packet
from rubric_studio.domain.record import Person
from rubric_studio.services.packet_record import packet_of
from rubric_studio.services.projects import OpenStore
from rubric_studio.ui.actions import Actions
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.look import Look
from rubric_studio.ui.main_window import MainWindow
from rubric_studio.ui.pages import PAGES, SUBPAGES, VIEWS_OF
from rubric_studio.ui.project_desk import ProjectDesk
from rubric_studio.ui.session import Session
from rubric_studio.ui.workplace import Workplace

if TYPE_CHECKING:
    from rubric_studio.ui.review.review_desk import ReviewDesk

SCORE = "score"
THEMES = ("light", "dark")
SIZES = (QSize(1440, 900), QSize(1100, 700))
PICTURES = tuple((page, view) for page in (*PAGES, *SUBPAGES) for view in VIEWS_OF.get(page, ("",)))
"""Pages, and the views of those that have several."""

TICK_MS = 40
QUIET_TICKS = (
    10  # what begins to work waits a little first: pages for more gestures, the project for its window
)


def take_snapshots(
    application: QApplication, workplace: Workplace, project: Path, folder: Path
) -> list[Path]:
    """Write a PNG of every page in each theme and size ("guide-1440x900-light.png"); return the paths.

    Raises:
        StudioError: the project cannot be opened, or the folder cannot be written to.
    """
    person = workplace.new_person("Snapshot")
    store = workplace.projects.open(project, person.name)
    look, jobs = Look(application), Jobs()
    window = MainWindow(look, Actions(look, jobs), jobs)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    packet = packet_of(store)
    if packet is not None:
        person = Person(id=packet.expert.person, name=packet.expert.name)
    author = workplace.author(person)
    session = Session(
        store,
        store.sibling,
        author,
        jobs,
        workplace.executor,
        workplace.bundles,
        guides=workplace.guides,
        own_code=workplace.own_code,
        models=workplace.models,
        rounds=workplace.rounds,
    )
    desk, pictures = _desk(window, look, store, session, workplace, packet)
    if workplace.models is not None:
        workplace.models.servers.set_offline(True)  # however the switch stands: pictures ask nobody
    loop = QEventLoop()
    snapshots = Snapshots(look, window, desk, jobs, folder, loop, pictures)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        window.show()
        loop.exec()
    except OSError as error:
        raise _not_written(folder, str(error.strerror)) from error
    finally:
        jobs.shutdown()
        desk.close()
        window.close_now()
    if snapshots.error is not None:
        raise snapshots.error
    return snapshots.written


def _desk(
    window: MainWindow,
    look: Look,
    store: OpenStore,
    session: Session,
    workplace: Workplace,
    packet: Packet | None,
) -> "tuple[ProjectDesk | ReviewDesk, tuple[tuple[str, str], ...]]":
    """What is shown, and which pictures there are of it: of a packet Score alone."""
    if packet is None:
        return ProjectDesk(window, look, store, session, workplace), PICTURES
    from rubric_studio.ui.review.review_desk import ReviewDesk

    here = Person(id=packet.expert.person, name=packet.expert.name)
    return ReviewDesk(window, look, store, session, packet, here), ((SCORE, ""),)


class Snapshots(QObject):
    """Goes from picture to picture; each is taken when nothing has run for a while."""

    def __init__(
        self,
        look: Look,
        window: MainWindow,
        desk: "ProjectDesk | ReviewDesk",
        jobs: Jobs,
        folder: Path,
        loop: QEventLoop,
        pictures: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__()
        self._look, self._window, self._desk, self._jobs = look, window, desk, jobs
        self._folder, self._loop = folder, loop
        self._wanted = [(theme, size, picture) for theme in THEMES for size in SIZES for picture in pictures]
        self._quiet = 0
        self.written: list[Path] = []
        self.error: Exception | None = None
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._on_tick_timeout)
        self._set_up()
        self._tick.start()

    def _set_up(self) -> None:
        theme, size, (page, view) = self._wanted[0]
        if self._look.theme.name != theme:
            self._look.use(theme)
        self._window.resize(size)
        if isinstance(self._desk, ProjectDesk):
            self._desk.pages.show_page(page)
            if view:
                self._desk.pages.show_view(page, view)
        self._quiet = 0

    def _on_tick_timeout(self) -> None:
        is_at_work = self._jobs.running or not self._look.turns.is_idle()
        self._quiet = 0 if is_at_work else self._quiet + 1
        if self._quiet < QUIET_TICKS:
            return
        try:
            self._take_one()
        except Exception as error:  # noqa: BLE001 - raised again once the loop has ended, which nobody else ends
            self._end(error)

    def _take_one(self) -> None:
        theme, size, (page, view) = self._wanted.pop(0)
        name = f"{page}-{view}" if view else page
        path = self._folder / f"{name}-{size.width()}x{size.height()}-{theme}.png"
        if not self._window.grab().save(str(path)):
            raise _not_written(path, "The picture could not be saved")
        self.written.append(path)
        if self._wanted:
            self._set_up()
        else:
            self._end(None)

    def _end(self, error: Exception | None) -> None:
        self.error = error
        self._tick.stop()
        self._loop.quit()


def _not_written(path: Path, why: str) -> StudioError:
    return StudioError("The picture was not written", f"{why}.", "Choose another folder.", file=path)
