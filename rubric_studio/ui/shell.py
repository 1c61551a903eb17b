"""The shell: leads from the start page into a project and out again. Menus are answered in `menu_answers.py`."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QStandardPaths, Signal
from PySide6.QtGui import QStyleHints

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.packet import ANSWERS_ENDING, PACKET_ENDING, Packet
from rubric_studio.domain.record import Person
from rubric_studio.services.projects import PROJECT_ENDING, OpenStore, with_ending
from rubric_studio.services.sent_back import is_sent_back
from rubric_studio.ui.actions import Actions
from rubric_studio.ui.appearance import Appearance
from rubric_studio.ui.choosing_files import choose_new_project, choose_table, choose_to_open
from rubric_studio.ui.first_start import FirstStart
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.leaving import Leaving
from rubric_studio.ui.look import Look
from rubric_studio.ui.main_window import MainWindow
from rubric_studio.ui.message import show_error
from rubric_studio.ui.opening import Opening
from rubric_studio.ui.preferences import Preferences, Preferred
from rubric_studio.ui.project_desk import ProjectDesk
from rubric_studio.ui.session import Session
from rubric_studio.ui.start_page import StartPage
from rubric_studio.ui.tour import EXAMPLE, OWN
from rubric_studio.ui.workplace import Workplace

if TYPE_CHECKING:
    from rubric_studio.ui.review.review_desk import ReviewDesk


class Shell(QObject):
    """One window and, at most, one open project or packet in it. Whoever makes it calls `shut_down` at the end."""

    project_changed = Signal()

    def __init__(self, look: Look, workplace: Workplace, hints: QStyleHints) -> None:
        super().__init__()
        self.look, self.workplace = look, workplace
        self.preferred = Preferred(workplace.preferences, self)
        self._appearance = Appearance(look, self.preferred, hints, self)
        self.jobs = Jobs(parent=self)
        self.actions = Actions(look, self)
        self.window = MainWindow(look, self.actions, self.jobs)
        self.desk: ProjectDesk | None = None
        self.review: ReviewDesk | None = None
        self._examples: set[Path] = set()
        self._to_import: list[Path] = []
        self._opening = Opening(
            self.window, workplace.projects, self.jobs, workplace.documents or _documents()
        )
        self._leaving = Leaving(self.window, self.jobs)
        self._opening.opened.connect(self._on_opening_opened)
        self.preferred.failed.connect(self.show_error)
        self.window.close_requested.connect(self.quit)
        self.window.files_dropped.connect(self.take_files)

    @property
    def preferences(self) -> Preferences:
        """What the person prefers now."""
        return self.preferred.value

    @property
    def open_file(self) -> "ProjectDesk | ReviewDesk | None":
        """The project or the packet that is open."""
        return self.desk or self.review

    @property
    def person(self) -> Person:
        """Who sits at the keyboard; only asked for once there is a name."""
        assert self.preferences.person is not None
        return self.preferences.person

    # ---- beginning

    def start(self, path: Path | None = None, *, demo: bool = False) -> None:
        """Show the first page: a project, the start page or, where nobody has a name yet, the first start."""
        go_on: Callable[[], object] | None = None
        if demo:
            go_on = self.open_example
        elif path is not None:
            go_on = partial(self.open, path)
        if self.preferences.person is None:
            waiting = self.tr("the example") if demo else path.stem if path else ""
            if path is None or path.suffix.lower() != PACKET_ENDING or not self._ask_who_is_there(path):
                self._show_first_start(waiting, go_on)
            return
        if go_on is not None:
            go_on()
        if self.open_file is None:  # nothing was asked for, or opening it takes a while or a question
            self.show_start_page()

    def show_start_page(self) -> None:
        """Show what can be opened."""
        page = StartPage(self.look)
        page.show_recent(self.preferences.recent)
        page.new_requested.connect(self.new)
        page.open_requested.connect(self.choose)
        page.example_requested.connect(self.open_example)
        page.project_requested.connect(self.open)
        page.forget_requested.connect(lambda path: self._forget(path, page))
        self.window.show_body(page, is_project=False)
        self.window.setWindowTitle("")
        self._allow()
        page.setFocus()

    def _show_first_start(self, waiting: str, go_on: Callable[[], object] | None) -> None:
        page = FirstStart(self.look, waiting=waiting)
        for wish, answer in (
            (page.example_requested, self.open_example),
            (page.import_requested, self.choose_import),
            (page.open_requested, self.choose),
            (page.go_on_requested, go_on or self.show_start_page),
        ):
            wish.connect(lambda name, answer=answer: self._introduce(name, answer))
        self.window.show_body(page, is_project=False)
        self._allow()
        page.setFocus()

    def _ask_who_is_there(self, path: Path) -> bool:
        """A packet says whom it is for: ask whether that is she, and nothing else. False where it cannot be read."""
        from rubric_studio.ui.review.packet_start import PacketStart

        packet = self._opening.packet_in(path)
        if packet is None:
            return False
        page = PacketStart(self.look, packet)
        page.confirmed.connect(lambda: self._begin_as(packet, path))
        page.denied.connect(lambda: self._show_first_start(path.stem, partial(self.open, path)))
        self.window.show_body(page, is_project=False)
        self._allow()
        page.setFocus()
        return True

    def _begin_as(self, packet: Packet, path: Path) -> None:
        self._become(packet)
        self.open(path)

    def _become(self, packet: Packet) -> None:
        """Be the person whom the packet is for, with the permanent id by which the round knows her."""
        expert = packet.expert
        person = Person(id=expert.person, name=expert.name)
        self.preferred.use(self.preferences.model_copy(update={"person": person}))

    def _introduce(self, name: str, then: Callable[[], object]) -> None:
        person = self.preferences.person or self.workplace.new_person(name)
        renamed = person.model_copy(update={"name": name})
        self.preferred.use(self.preferences.model_copy(update={"person": renamed}))
        self._allow()
        then()

    def _forget(self, path: Path, page: StartPage) -> None:
        self.preferred.use(self.preferences.without_recent(path))
        page.show_recent(self.preferences.recent)

    # ---- opening

    def open(self, path: Path) -> None:
        """Open a project or a packet; answers that somebody sent go into the project that is open."""
        if path.suffix.lower() == ANSWERS_ENDING:
            self._take_answers([path])
            return
        if self.open_file is not None and self.open_file.store.path == path:
            return
        self._opening.open(path, self.person.name)

    def choose(self) -> None:
        """Let a project, or what a colleague sent, be chosen and open it."""
        choose_to_open(self.window, self.tr("Open a project or what a colleague sent"), self.open)

    def new(self) -> None:
        """Let a place be chosen for a new project and make it."""
        proposed = _documents() / self.tr("New project.rubric")
        choose_new_project(self.window, self.tr("Where shall the project be kept?"), proposed, self._create)

    def open_example(self) -> None:
        """Make a fresh example in the background and open it."""
        job = self.jobs.start(self.tr("Making the example"), lambda _: self.workplace.example())
        job.finished.connect(self._on_example_made)
        job.failed.connect(self.show_error)

    def choose_import(self) -> None:
        """Let a file be chosen and bring it in, into a new project where none is open."""
        choose_table(self.window, self.tr("Bring in a file"), lambda path: self.take_files([path]))

    def take_files(self, paths: list[Path]) -> None:
        """Take files that were dropped or chosen: projects and packets are opened, all others brought in."""
        projects = [path for path in paths if path.suffix.lower() in (PROJECT_ENDING, PACKET_ENDING)]
        answers = [path for path in paths if is_sent_back(self.workplace.rounds, path)]
        if self.preferences.person is None:
            if projects and projects[0].suffix.lower() == PACKET_ENDING:
                self.start(projects[0])
        elif projects:
            self.open(projects[0])
        elif answers:
            self._take_answers(answers)
        elif self.review is not None:
            self.show_error(_packet_takes_nothing())
        elif self.desk is not None:
            self.bring_in(paths[0])
        else:
            self._to_import = paths
            proposed = with_ending(paths[0].with_suffix(""))
            choose_new_project(
                self.window, self.tr("Where shall your project be kept?"), proposed, self._create
            )

    def bring_in(self, what: object) -> None:
        """Open the import wizard on a file, on pasted text, or on nothing yet."""
        if self.desk is not None:
            self.desk.bring_in(what)

    def _take_answers(self, paths: list[Path]) -> None:
        """Seal what colleagues sent into the open project; without one, say what to do."""
        if self.desk is not None and not self.desk.store.read_only:
            self.desk.pages.bring_answers_in(paths)
        else:
            self.show_error(_answers_need_a_project(paths[0]))

    def _create(self, path: Path) -> None:
        self._opening.create(with_ending(path), self.person.name)

    def _on_example_made(self, path: Path) -> None:
        self._examples.add(path)
        self.open(path)

    def _on_opening_opened(self, store: OpenStore) -> None:
        try:
            packet = self._opening.packet_of(store)
        except StudioError as error:  # forged or newer: what is open stays open
            store.close()
            self.show_error(error)
            return
        self._leaving.leave(self.desk, lambda: self._begin(store, packet), store.close)

    def _begin(self, store: OpenStore, packet: Packet | None) -> None:
        self._end()
        if packet is not None:
            self._begin_review(store, packet)
            return
        if not store.read_only:
            store.add_person(self.person)
        session = self._session(store, self.person)
        self._remember_folders(session)
        self.desk = ProjectDesk(self.window, self.look, store, session, self.workplace)
        self.desk.tour_dismissed.connect(self._on_tour_dismissed)
        self.desk.example_requested.connect(self.open_example)
        self._allow()
        self._remember(store.path)
        if (EXAMPLE if store.path in self._examples else OWN) not in self.preferences.tours_seen:
            self.lead_the_way()
        self.desk.copies.count_conflicts()
        self.project_changed.emit()
        if self._to_import:
            self.bring_in(self._to_import.pop(0))
            self._to_import.clear()

    def _begin_review(self, store: OpenStore, packet: Packet) -> None:
        """Show Score alone; whoever sits here marks as the person whom the packet is for."""
        from rubric_studio.ui.review.review_desk import ReviewDesk

        expert = packet.expert
        is_new = self.person.name.casefold() == expert.name.casefold() and not self.preferences.recent
        if is_new:
            self._become(packet)
        session = self._session(store, Person(id=expert.person, name=expert.name))
        self.review = ReviewDesk(self.window, self.look, store, session, packet, self.person)
        if store.path in self._opening.copied:
            self.review.tell_copied()
        self.review.pause_requested.connect(self.close_project)
        self._allow()
        self._remember(store.path)
        self.project_changed.emit()

    def _session(self, store: OpenStore, person: Person) -> Session:
        """What happens to an open file, done by that person."""
        return Session(
            store,
            store.sibling,
            self.workplace.author(person),
            self.jobs,
            self.workplace.executor,
            self.workplace.bundles,
            guides=self.workplace.guides,
            own_code=self.workplace.own_code,
            models=self.workplace.models,
            rounds=self.workplace.rounds,
        )

    def _remember_folders(self, session: Session) -> None:
        """Which shared folder is watched, and where packets lie, belongs to this computer and not to the project."""
        project = session.store.first_edit()
        if project:
            session.watched_folder = self.preferences.watched.get(project, "")
            session.folder_watched.connect(
                lambda folder: self.preferred.use(self.preferences.with_watched(project, folder))
            )
            session.packets_folder = self.preferences.sent_to.get(project, "")
            session.folder_sent_to.connect(
                lambda folder: self.preferred.use(self.preferences.with_sent_to(project, folder))
            )

    def lead_the_way(self) -> None:
        """Show the first steps of the open project."""
        if self.desk is not None:
            self.desk.lead_the_way(EXAMPLE if self.desk.store.path in self._examples else OWN)

    def take_preferences(self, value: Preferences) -> None:
        """Take over what was chosen; a new name goes into the open project too."""
        renamed = value.person != self.preferences.person
        self.preferred.use(value)
        if renamed and self.desk is not None and not self.desk.store.read_only:
            self.desk.store.add_person(self.person)
            self.desk.session.announce(Changes(topics=frozenset({Topic.PEOPLE})))

    def _remember(self, path: Path) -> None:
        original = self.workplace.projects.original_of(path) or path
        if path not in self._examples:
            self.preferred.use(self.preferences.with_recent(original))

    def _on_tour_dismissed(self, name: str) -> None:
        self.preferred.use(self.preferences.with_tour_seen(name))

    # ---- ending

    def close_project(self) -> None:
        """Go back to the start page."""
        self._leaving.leave(self.desk, self._end_and_show_start_page)

    def quit(self) -> None:
        """Close the window, after what has to be asked."""
        self._leaving.leave(self.desk, self._end_and_close)

    def shut_down(self) -> None:
        """Let go of the project, the threads, the worker processes and the window."""
        self.jobs.shutdown()
        self._end()
        self.workplace.executor.shutdown(wait=True, cancel_futures=True)
        self.window.deleteLater()

    def show_error(self, error: BaseException) -> None:
        """Tell what went wrong."""
        show_error(self.window, error)

    def _end(self) -> None:
        if self.desk is not None:
            self.desk.close()
            self.desk = None
        if self.review is not None:
            self.review.close()
            self.review = None

    def _end_and_show_start_page(self) -> None:
        self._end()
        self.show_start_page()

    def _end_and_close(self) -> None:
        self._end()
        self.window.close_now()

    def _allow(self) -> None:
        desk = self.desk
        named, writing = self.preferences.person is not None, desk is not None and not desk.store.read_only
        marking = self.review is not None
        self.actions.allow(named=named, project=desk is not None, writing=writing, marking=marking)
        self.actions["save_back"].setVisible(desk is not None and desk.original is not None)


def _answers_need_a_project(path: Path) -> StudioError:
    return StudioError(
        QCoreApplication.translate("shell", "These are a colleague's answers"),
        QCoreApplication.translate(
            "shell", "They belong to a project, and none is open that could take them."
        ),
        QCoreApplication.translate("shell", "Open your project first, then open this file again."),
        file=path,
    )


def _packet_takes_nothing() -> StudioError:
    return StudioError(
        QCoreApplication.translate("shell", "Nothing can be brought in here"),
        QCoreApplication.translate("shell", "This is what a colleague sent you to score."),
        QCoreApplication.translate("shell", "Close it first; a file of your own goes into a project."),
    )


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
