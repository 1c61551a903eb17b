"""What each line of the table of actions does: one answer per id. The doing itself lies elsewhere.

A dialog is imported when it is first asked for: start is quick.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject

from rubric_studio import __version__
from rubric_studio.ui.actions import page_specs
from rubric_studio.ui.choosing_files import choose_project
from rubric_studio.ui.message import show_note
from rubric_studio.ui.preferences import Preferences
from rubric_studio.ui.project_desk import ProjectDesk
from rubric_studio.ui.shell import Shell

THEMES = ("system", "light", "dark", "contrast")
NEWEST_EDITS = 500


class MenuAnswers(QObject):
    """Answers the actions of a shell."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._answers = self._table()
        shell.actions.requested.connect(self._on_actions_requested)
        shell.project_changed.connect(self._on_shell_project_changed)
        shell.preferred.changed.connect(self._mark_theme)
        shell.window.action_strip.history_requested.connect(self._show_history)
        self._mark_theme(shell.preferences)

    def _table(self) -> dict[str, Callable[[], object]]:
        shell, with_desk = self._shell, self._with_desk
        answers: dict[str, Callable[[], object]] = {
            "new": shell.new,
            "open": shell.choose,
            "example": shell.open_example,
            "import": shell.choose_import,
            "imports": with_desk(lambda desk: desk.show_imports()),
            "merge": with_desk(self._choose_copy),
            "conflicts": with_desk(lambda desk: desk.copies.settle()),
            "save_back": with_desk(lambda desk: desk.copies.save_back()),
            "offline": with_desk(lambda desk: desk.network.switch()),
            "preferences": self._show_preferences,
            "close": shell.close_project,
            "quit": shell.window.close,
            "answers": with_desk(lambda desk: desk.pages.bring_answers_in([])),
            "undo": self._undo,
            "redo": self._redo,
            "history": self._show_history,
            "larger": lambda: self._use(shell.preferences.with_font_step(1)),
            "smaller": lambda: self._use(shell.preferences.with_font_step(-1)),
            "usual_size": lambda: self._use(shell.preferences.with_font_step(0)),
            "help": self._show_keys,
            "tour": shell.lead_the_way,
            "about": self._show_about,
        }
        for name, _ in page_specs():
            answers[f"page.{name}"] = with_desk(lambda desk, name=name: desk.pages.show_page(name))
        for theme in THEMES:
            answers[f"theme.{theme}"] = lambda theme=theme: self._use(
                shell.preferences.model_copy(update={"theme": theme})
            )
        return answers

    def _on_actions_requested(self, id: str) -> None:
        self._answers[id]()

    def _with_desk(self, answer: Callable[[ProjectDesk], object]) -> Callable[[], object]:
        """Make an answer that needs an open project."""

        def answered() -> object:
            return answer(self._shell.desk) if self._shell.desk is not None else None

        return answered

    def _undo(self) -> None:
        if (open := self._shell.open_file) is not None:
            open.undo()

    def _redo(self) -> None:
        if (open := self._shell.open_file) is not None:
            open.redo()

    def _choose_copy(self, desk: ProjectDesk) -> None:
        choose_project(self._shell.window, self.tr("Bring in a colleague's copy"), desk.copies.bring_in)

    def _use(self, preferences: Preferences) -> None:
        self._shell.preferred.use(preferences)

    def _mark_theme(self, preferences: Preferences) -> None:
        self._shell.actions.choose(f"theme.{preferences.theme}")

    def _on_shell_project_changed(self) -> None:
        if self._shell.desk is not None:
            pages = self._shell.desk.pages
            pages.page_shown.connect(self._on_pages_page_shown)
            self._shell.desk.network.shown.connect(self._on_network_shown)
            self._on_network_shown(self._shell.desk.session.network.is_offline)
            self._on_pages_page_shown(pages.shown)

    def _on_pages_page_shown(self, name: str) -> None:
        self._shell.actions.choose(f"page.{name}")

    def _on_network_shown(self, offline: bool) -> None:
        self._shell.actions.switch("offline", offline)

    def _show_preferences(self) -> None:
        from rubric_studio.ui.preferences_dialog import PreferencesDialog

        shell = self._shell
        dialog = PreferencesDialog(shell.look, shell.preferences, shell.window)
        dialog.chosen.connect(shell.take_preferences)
        dialog.open()

    def _show_history(self) -> None:
        from rubric_studio.ui.history_dialog import HistoryDialog

        open = self._shell.open_file
        if open is not None:
            store = open.at_hand.store
            people: dict[str, str] = {person.id: person.name for person in store.people()}
            edits = store.edits(newest=NEWEST_EDITS)
            HistoryDialog(self._shell.look, edits, people, self._shell.window).open()

    def _show_keys(self) -> None:
        from rubric_studio.ui.shortcuts_overlay import ShortcutsOverlay

        shown = self._shell.window.findChild(ShortcutsOverlay)
        if shown is not None:
            shown.close()
            return
        desk = self._shell.desk
        page = desk.pages.shown if desk is not None else "score" if self._shell.review is not None else ""
        overlay = ShortcutsOverlay(self._shell.look, self._shell.window, page)
        overlay.show()
        overlay.raise_()
        overlay.setFocus()

    def _show_about(self) -> None:
        show_note(
            self._shell.window,
            self.tr("Rubric Studio {version}").format(version=__version__),
            self.tr("Where experts make the questions and the scoring guide that a model learns from."),
            self.tr("Everything stays on this computer until you say otherwise."),
        )
