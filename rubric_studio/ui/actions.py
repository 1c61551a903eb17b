"""The one table of what can be done by menu and key. Menus and the help overlay are made from it; it does nothing.

Keys that only a page listens to stand here too, so that the overlay shows them; the page itself obeys them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import button_text

Needs = Literal["", "name", "project", "writing", "file", "changing"]
"""What must be there: a project, one that can be written, or likewise a project or a colleague's packet."""
SEPARATOR = "-"


@dataclass(frozen=True)
class ActionSpec:
    """One line of the table. `where` is a menu or, for keys that a page obeys itself, "on:" and the page."""

    id: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    where: str = ""
    needs: Needs = ""
    choice: str = ""
    """The name of the group of which exactly one is chosen; "" for an action that just happens."""
    is_switch: bool = False
    """Whether it is on or off and shows which; whoever answers it says what it is now."""


def _spec(
    where: str, id: str, text: object, keys: str = "", icon: str = "", needs: Needs = "", choice: str = ""
) -> ActionSpec:
    return ActionSpec(id, str(text), tuple(keys.split()), icon, where, needs, choice)


def _page(name: str, text: object, key: str) -> ActionSpec:
    return _spec("go", f"page.{name}", text, key, name, "project", "page")


def _switch(where: str, id: str, text: object, key: str, needs: Needs) -> ActionSpec:
    return ActionSpec(id, str(text), (key,), "", where, needs, is_switch=True)


def _on(page: str, id: str, text: object, keys: str) -> ActionSpec:
    return _spec(f"on:{page}", f"{page}.{id}", text, keys)


TABLE: tuple[ActionSpec, ...] = (
    _spec("file", "new", QT_TRANSLATE_NOOP("actions", "New project…"), "Ctrl+N", "plus", "name"),
    _spec("file", "open", QT_TRANSLATE_NOOP("actions", "Open…"), "Ctrl+O", "folder", "name"),
    _spec("file", "example", QT_TRANSLATE_NOOP("actions", "Try the example"), needs="name"),
    _spec("file", SEPARATOR, ""),
    _spec("file", "import", QT_TRANSLATE_NOOP("actions", "Bring in a file…"), "Ctrl+I", "file", "writing"),
    _spec("file", "imports", QT_TRANSLATE_NOOP("actions", "What was brought in…"), needs="project"),
    _spec(
        "file", "merge", QT_TRANSLATE_NOOP("actions", "Bring in a colleague's copy…"), "", "copy", "writing"
    ),
    _spec("file", "answers", QT_TRANSLATE_NOOP("actions", "Bring answers in…"), "", "", "writing"),
    _spec("file", "conflicts", QT_TRANSLATE_NOOP("actions", "Where copies differ…"), needs="writing"),
    _spec("file", "save_back", QT_TRANSLATE_NOOP("actions", "Save the copy back"), needs="writing"),
    _spec("file", SEPARATOR, ""),
    _switch("file", "offline", QT_TRANSLATE_NOOP("actions", "Work offline"), "Ctrl+Shift+O", "project"),
    _spec("file", SEPARATOR, ""),
    _spec("file", "preferences", QT_TRANSLATE_NOOP("actions", "Preferences…"), "Ctrl+,", "settings"),
    _spec("file", "close", QT_TRANSLATE_NOOP("actions", "Close project"), "Ctrl+W", needs="file"),
    _spec("file", "quit", QT_TRANSLATE_NOOP("actions", "Quit"), "Ctrl+Q"),
    _spec("edit", "undo", QT_TRANSLATE_NOOP("actions", "Undo"), "Ctrl+Z", "undo", "changing"),
    _spec("edit", "redo", QT_TRANSLATE_NOOP("actions", "Redo"), "Ctrl+Shift+Z Ctrl+Y", "redo", "changing"),
    _spec("edit", "history", QT_TRANSLATE_NOOP("actions", "What was done…"), "", "history", "file"),
    _page("questions", QT_TRANSLATE_NOOP("actions", "Questions"), "Ctrl+1"),
    _page("guide", QT_TRANSLATE_NOOP("actions", "Scoring guide"), "Ctrl+2"),
    _page("models", QT_TRANSLATE_NOOP("actions", "Models"), "Ctrl+3"),
    _page("score", QT_TRANSLATE_NOOP("actions", "Score"), "Ctrl+4"),
    _page("compare", QT_TRANSLATE_NOOP("actions", "Compare"), "Ctrl+5"),
    _page("results", QT_TRANSLATE_NOOP("actions", "Results"), "Ctrl+6"),
    _page("handover", QT_TRANSLATE_NOOP("actions", "Hand over"), "Ctrl+7"),
    _spec("view", "theme.system", QT_TRANSLATE_NOOP("actions", "As on this computer"), choice="theme"),
    _spec("view", "theme.light", QT_TRANSLATE_NOOP("actions", "Light"), choice="theme"),
    _spec("view", "theme.dark", QT_TRANSLATE_NOOP("actions", "Dark"), choice="theme"),
    _spec("view", "theme.contrast", QT_TRANSLATE_NOOP("actions", "High contrast"), choice="theme"),
    _spec("view", SEPARATOR, ""),
    _spec("view", "larger", QT_TRANSLATE_NOOP("actions", "Larger text"), "Ctrl++ Ctrl+="),
    _spec("view", "smaller", QT_TRANSLATE_NOOP("actions", "Smaller text"), "Ctrl+-"),
    _spec("view", "usual_size", QT_TRANSLATE_NOOP("actions", "Usual text size"), "Ctrl+0"),
    _spec("help", "help", QT_TRANSLATE_NOOP("actions", "Keys"), "F1 ?", "help"),
    _spec("help", "tour", QT_TRANSLATE_NOOP("actions", "Lead me through it"), needs="project"),
    _spec("help", "about", QT_TRANSLATE_NOOP("actions", "About Rubric Studio")),
    _on("questions", "open", QT_TRANSLATE_NOOP("actions", "Open the question"), "Enter"),
    _on("questions", "keep", QT_TRANSLATE_NOOP("actions", "Keep"), "K"),
    _on("questions", "fix", QT_TRANSLATE_NOOP("actions", "Fix"), "X"),
    _on("questions", "drop", QT_TRANSLATE_NOOP("actions", "Drop"), "D"),
    _on("questions", "undecide", QT_TRANSLATE_NOOP("actions", "Take the decision back"), "U"),
    _on("questions", "flag", QT_TRANSLATE_NOOP("actions", "Flag, with a reason"), "F"),
    _on("questions", "reason", QT_TRANSLATE_NOOP("actions", "Say why"), "R"),
    _on("questions", "edit", QT_TRANSLATE_NOOP("actions", "Change the question"), "E"),
    _on("questions", "details", QT_TRANSLATE_NOOP("actions", "Show or hide the details"), "I"),
    _on("questions", "search", QT_TRANSLATE_NOOP("actions", "Search"), "Ctrl+F"),
    _on("questions", "paste", QT_TRANSLATE_NOOP("actions", "Bring in cells copied in Excel"), "Ctrl+V"),
    _on("guide", "step", QT_TRANSLATE_NOOP("actions", "Previous, next question"), "Alt+Left Alt+Right"),
    _on("guide", "jump", QT_TRANSLATE_NOOP("actions", "Go to a question"), "Ctrl+G"),
    _on("guide", "answer", QT_TRANSLATE_NOOP("actions", "Show an answer by its number"), "Alt+1…9"),
    _on("guide", "wide", QT_TRANSLATE_NOOP("actions", "Give the answers the whole width"), "W F11"),
    _on("guide", "passages", QT_TRANSLATE_NOOP("actions", "Only the passages, point by point"), "G"),
    _on("guide", "different", QT_TRANSLATE_NOOP("actions", "Words that differ"), "D"),
    _on("guide", "together", QT_TRANSLATE_NOOP("actions", "Scroll the texts together"), "S"),
    _on("guide", "as_written", QT_TRANSLATE_NOOP("actions", "Letter by letter, without layout"), "L"),
    _on("guide", "filter", QT_TRANSLATE_NOOP("actions", "Show only some answers"), "F"),
    _on("guide", "strip", QT_TRANSLATE_NOOP("actions", "Show or hide the other answers"), "A"),
    _on("guide", "order", QT_TRANSLATE_NOOP("actions", "Put answers in order, best to worst"), "O"),
    _on("guide", "reasons", QT_TRANSLATE_NOOP("actions", "New points from reasons given with marks"), "Y"),
    _on("guide", "question", QT_TRANSLATE_NOOP("actions", "Fold the question, show the reference"), "Q T"),
    _on("guide", "walk", QT_TRANSLATE_NOOP("actions", "Previous, next point"), "Up Down"),
    _on("guide", "beside", QT_TRANSLATE_NOOP("actions", "The same point of the answer beside"), "Left Right"),
    _on("guide", "grade", QT_TRANSLATE_NOOP("actions", "Give a grade, best first; 0 is the tenth"), "1…9 0"),
    _on("guide", "further", QT_TRANSLATE_NOOP("actions", "Give a grade beyond the tenth"), "Tab Enter"),
    _on("guide", "not_applicable", QT_TRANSLATE_NOOP("actions", "Does not apply"), "N"),
    _on("guide", "why", QT_TRANSLATE_NOOP("actions", "Say why"), "R"),
    _on("guide", "clear", QT_TRANSLATE_NOOP("actions", "Take the mark back"), "Backspace"),
    _on("guide", "evidence", QT_TRANSLATE_NOOP("actions", "Selected words are evidence"), "E"),
    _on("guide", "make_point", QT_TRANSLATE_NOOP("actions", "New point from selected words"), "M"),
    _on(
        "guide",
        "example",
        QT_TRANSLATE_NOOP("actions", "Selected words, or all, show a grade; then its key"),
        "X",
    ),
    _on("guide", "comments", QT_TRANSLATE_NOOP("actions", "Comments on the point's wording"), "Ctrl+Shift+C"),
    _on("guide", "unfold", QT_TRANSLATE_NOOP("actions", "Open or fold the point"), "Space"),
    _on("guide", "pin", QT_TRANSLATE_NOOP("actions", "Keep the answer in its column"), "P"),
    _on("guide", "save", QT_TRANSLATE_NOOP("actions", "Save a version"), "Ctrl+S"),
    _on("guide", "versions", QT_TRANSLATE_NOOP("actions", "Versions and what they changed"), "Ctrl+H"),
    _on("guide", "drawer", QT_TRANSLATE_NOOP("actions", "Show or hide the editor"), "Ctrl+E"),
    _on("guide", "point", QT_TRANSLATE_NOOP("actions", "New point"), "Ctrl+Shift+P"),
    _on("guide", "part", QT_TRANSLATE_NOOP("actions", "New part"), "Ctrl+Shift+A"),
    _on("guide", "template", QT_TRANSLATE_NOOP("actions", "Begin with a template"), "Ctrl+Shift+T"),
    _on("guide", "copy", QT_TRANSLATE_NOOP("actions", "Duplicate"), "Ctrl+D"),
    _on("guide", "move", QT_TRANSLATE_NOOP("actions", "Move up, move down"), "Alt+Up Alt+Down"),
    _on(
        "guide",
        "move_part",
        QT_TRANSLATE_NOOP("actions", "To the part above, below"),
        "Alt+Shift+Up Alt+Shift+Down",
    ),
    _on("guide", "remove", QT_TRANSLATE_NOOP("actions", "Take away"), "Ctrl+Shift+Del"),
    _on(
        "guide", "fold", QT_TRANSLATE_NOOP("actions", "Fold the part, all parts"), "Ctrl+Shift+F Ctrl+Shift+G"
    ),
    _on("guide", "remark", QT_TRANSLATE_NOOP("actions", "Next remark on the guide"), "F8"),
    _on(
        "guide", "find_next", QT_TRANSLATE_NOOP("actions", "Next, previous place in the guide"), "F3 Shift+F3"
    ),
    _on("guide", "trick", QT_TRANSLATE_NOOP("actions", "Keep the answer as a trick answer"), "Ctrl+Shift+K"),
    _on(
        "guide",
        "find",
        QT_TRANSLATE_NOOP("actions", "Find in the text, or in the guide that you write"),
        "Ctrl+F",
    ),
    _on("versions", "walk", QT_TRANSLATE_NOOP("actions", "Newer, older version"), "Up Down"),
    _on("versions", "mark", QT_TRANSLATE_NOOP("actions", "Mark for comparing"), "Space"),
    _on("versions", "read", QT_TRANSLATE_NOOP("actions", "Read the version"), "Enter"),
    _on("versions", "more", QT_TRANSLATE_NOOP("actions", "The effect, model by model"), "M"),
    _on("versions", "restore", QT_TRANSLATE_NOOP("actions", "Go back to the version"), "R"),
    _on("versions", "again", QT_TRANSLATE_NOOP("actions", "Save the version again"), "Shift+R"),
    _on("versions", "back", QT_TRANSLATE_NOOP("actions", "Back to the guide"), "Esc"),
    _on("models", "view", QT_TRANSLATE_NOOP("actions", "Answers, judges, runs, connections"), "Alt+1…4"),
    _on("models", "walk", QT_TRANSLATE_NOOP("actions", "Newer, older run; from judge to judge"), "Up Down"),
    _on("models", "pause", QT_TRANSLATE_NOOP("actions", "Pause the run, go on with it; a new panel"), "P"),
    _on("models", "retry", QT_TRANSLATE_NOOP("actions", "Retry only what failed"), "R"),
    _on("models", "brought", QT_TRANSLATE_NOOP("actions", "The answers that the run brought"), "Enter"),
    _on("models", "failed", QT_TRANSLATE_NOOP("actions", "Only the calls that failed"), "F"),
    _on("models", "cancel", QT_TRANSLATE_NOOP("actions", "Cancel the run"), "C"),
    _on("models", "delete", QT_TRANSLATE_NOOP("actions", "Delete the run, remove the judge"), "Del"),
    _on("models", "judge_new", QT_TRANSLATE_NOOP("actions", "Make a judge"), "N"),
    _on("models", "judge_ask", QT_TRANSLATE_NOOP("actions", "Ask the judge for marks"), "A"),
    _on("models", "judge_compare", QT_TRANSLATE_NOOP("actions", "Compare the judge with experts"), "K"),
    _on("models", "judge_counts", QT_TRANSLATE_NOOP("actions", "Let the judge's marks count"), "L"),
    _on("models", "judge_change", QT_TRANSLATE_NOOP("actions", "Change the judge"), "E"),
    _on("models", "judge_back", QT_TRANSLATE_NOOP("actions", "Back to the judges"), "Esc"),
    _on("score", "grade", QT_TRANSLATE_NOOP("actions", "Give a grade, best first; 0 is the tenth"), "1…9 0"),
    _on("score", "not_applicable", QT_TRANSLATE_NOOP("actions", "Does not apply"), "N"),
    _on(
        "score", "unsure", QT_TRANSLATE_NOOP("actions", "Unsure; the next point that is unsure"), "U Shift+U"
    ),
    _on("score", "why", QT_TRANSLATE_NOOP("actions", "Say why"), "R"),
    _on(
        "score",
        "evidence",
        QT_TRANSLATE_NOOP("actions", "Attach a passage: selected, or chosen by keys"),
        "E",
    ),
    _on("score", "clear", QT_TRANSLATE_NOOP("actions", "Take the mark back"), "Del"),
    _on("score", "next", QT_TRANSLATE_NOOP("actions", "Next answer that is open"), "Enter"),
    _on("score", "back", QT_TRANSLATE_NOOP("actions", "Back"), "Backspace Shift+Enter"),
    _on("score", "skip", QT_TRANSLATE_NOOP("actions", "Put off; the next that was put off"), "S Shift+S"),
    _on("score", "walk", QT_TRANSLATE_NOOP("actions", "Previous, next point"), "Up Down"),
    _on("score", "scroll", QT_TRANSLATE_NOOP("actions", "Read on, read back"), "Space Shift+Space"),
    _on(
        "score", "card", QT_TRANSLATE_NOOP("actions", "Scroll the words of the point"), "Shift+Down Shift+Up"
    ),
    _on("score", "question", QT_TRANSLATE_NOOP("actions", "Fold the question, show the reference"), "Q T"),
    _on("score", "flag", QT_TRANSLATE_NOOP("actions", "Flag the question; a note that stays with it"), "F M"),
    _on("score", "precedents", QT_TRANSLATE_NOOP("actions", "Your earlier marks on the point"), "P"),
    _on("score", "examples", QT_TRANSLATE_NOOP("actions", "Examples of the grades"), "A"),
    _on("score", "identical", QT_TRANSLATE_NOOP("actions", "The same mark as an identical answer"), "I"),
    _on("score", "checks", QT_TRANSLATE_NOOP("actions", "What the program marks"), "C"),
    _on("score", "way", QT_TRANSLATE_NOOP("actions", "Answer by answer, or point by point"), "W"),
    _on("score", "as_written", QT_TRANSLATE_NOOP("actions", "Letter by letter, without layout"), "L"),
    _on("score", "find", QT_TRANSLATE_NOOP("actions", "Find in the text"), "Ctrl+F"),
    _on("score", "summary", QT_TRANSLATE_NOOP("actions", "Where I stand, and pause"), "O"),
    _on(
        "compare",
        "view",
        QT_TRANSLATE_NOOP("actions", "Agreement, trend, where we differ, decided"),
        "Alt+1…4",
    ),
    _on("compare", "close", QT_TRANSLATE_NOOP("actions", "Close the details"), "Esc"),
    _on("compare", "wordings", QT_TRANSLATE_NOOP("actions", "From one wording to the next"), "Left Right"),
    _on("compare", "walk", QT_TRANSLATE_NOOP("actions", "Previous, next line or difference"), "Up Down"),
    _on("compare", "settle", QT_TRANSLATE_NOOP("actions", "Choose the grade that shall count"), "1…9 N"),
    _on(
        "compare",
        "cause",
        QT_TRANSLATE_NOOP("actions", "Wording, fact, law, slip: why they differed"),
        "W F L S",
    ),
    _on("compare", "reason", QT_TRANSLATE_NOOP("actions", "Say why it is decided so"), "R"),
    _on(
        "compare",
        "decide",
        QT_TRANSLATE_NOOP("actions", "Open the line; decide, where a grade is chosen"),
        "Enter",
    ),
    _on("compare", "leave_open", QT_TRANSLATE_NOOP("actions", "Leave a question of law open"), "O"),
    _on("compare", "words", QT_TRANSLATE_NOOP("actions", "Change the wording"), "E"),
    _on("compare", "drop", QT_TRANSLATE_NOOP("actions", "Drop the question"), "D"),
    _on("compare", "take_back", QT_TRANSLATE_NOOP("actions", "Take back what was decided"), "Backspace"),
    _on("compare", "question", QT_TRANSLATE_NOOP("actions", "Show or fold the question"), "Q"),
    _on(
        "compare",
        "find",
        QT_TRANSLATE_NOOP("actions", "Find among the differences, or in the text"),
        "Ctrl+F",
    ),
    _on("compare", "in_guide", QT_TRANSLATE_NOOP("actions", "Show the answer in the guide"), "G"),
    _on("compare", "meeting", QT_TRANSLATE_NOOP("actions", "Meeting about the worst differences"), "Ctrl+M"),
    _on("results", "walk", QT_TRANSLATE_NOOP("actions", "From one bar to the next"), "Up Down Left Right"),
    _on("results", "ends", QT_TRANSLATE_NOOP("actions", "The first, the last bar"), "Home End"),
    _on("results", "answers", QT_TRANSLATE_NOOP("actions", "The answers behind it"), "Enter"),
    _on("results", "back", QT_TRANSLATE_NOOP("actions", "Close the list of answers"), "Esc"),
    _on("handover", "export", QT_TRANSLATE_NOOP("actions", "Hand over"), "Ctrl+E"),
)

MENUS = (
    ("file", QT_TRANSLATE_NOOP("actions", "&File")),
    ("edit", QT_TRANSLATE_NOOP("actions", "&Edit")),
    ("go", QT_TRANSLATE_NOOP("actions", "&Go")),
    ("view", QT_TRANSLATE_NOOP("actions", "&View")),
    ("help", QT_TRANSLATE_NOOP("actions", "&Help")),
)


def page_specs() -> list[tuple[str, ActionSpec]]:
    """Return the pages' names with their lines, in the order of the rail."""
    return [(spec.id.removeprefix("page."), spec) for spec in TABLE if spec.choice == "page"]


def action_text(text: object) -> str:
    """Return what people see for a text of the table."""
    return QCoreApplication.translate("actions", str(text))  # what marks it for translation returns an object


def key_text(key: str) -> str:
    """Return a key, or a run of digits like Alt+1…9, as this system writes it."""
    first, dots, last = key.partition("…")
    return QKeySequence(first).toString(QKeySequence.SequenceFormat.NativeText) + dots + last


class Actions(QObject):
    """The table's actions for one window. `requested` names the one that was asked for."""

    requested = Signal(str)

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._by_id: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        for spec in TABLE:
            if spec.id != SEPARATOR and not spec.where.startswith("on:"):
                self._by_id[spec.id] = self._made(spec)
        look.changed.connect(self._draw_icons)
        self._draw_icons()

    def __getitem__(self, id: str) -> QAction:
        """Return an action by its id."""
        return self._by_id[id]

    def all(self) -> list[QAction]:
        """Return every action; the window adds them so that keys work wherever the menus are."""
        return list(self._by_id.values())

    def allow(self, *, named: bool, project: bool, writing: bool, marking: bool = False) -> None:
        """Enable what can be done now; `named`: we know who sits at the keyboard; `marking`: in a packet."""
        either = {"file": project or marking, "changing": writing or marking}
        allowed = {"": True, "name": named, "project": project, "writing": writing} | either
        for spec in _made_specs():
            self._by_id[spec.id].setEnabled(allowed[spec.needs])

    def choose(self, id: str) -> None:
        """Mark one of a group as chosen."""
        self._by_id[id].setChecked(True)

    def switch(self, id: str, on: bool) -> None:
        """Show whether a switch is on; that asks for nothing."""
        self._by_id[id].setChecked(on)

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Build the menus."""
        menus = {name: bar.addMenu(action_text(text)) for name, text in MENUS}
        for spec in TABLE:
            if spec.where in menus:
                menu = menus[spec.where]
                menu.addSeparator() if spec.id == SEPARATOR else menu.addAction(self._by_id[spec.id])
        return menus

    def _made(self, spec: ActionSpec) -> QAction:
        action = QAction(button_text(action_text(spec.text)), self)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setMenuRole(_ROLES.get(spec.id, QAction.MenuRole.NoRole))
        action.triggered.connect(lambda: self.requested.emit(spec.id))
        if spec.choice:
            action.setCheckable(True)
            self._groups.setdefault(spec.choice, QActionGroup(self)).addAction(action)
        elif spec.is_switch:
            action.setCheckable(True)
        return action

    def _draw_icons(self) -> None:
        for spec in _made_specs():
            if spec.icon:
                self._by_id[spec.id].setIcon(self._look.icon(spec.icon))


_ROLES = {
    "preferences": QAction.MenuRole.PreferencesRole,
    "quit": QAction.MenuRole.QuitRole,
    "about": QAction.MenuRole.AboutRole,
}


def _made_specs() -> Iterable[ActionSpec]:
    return (spec for spec in TABLE if spec.id != SEPARATOR and not spec.where.startswith("on:"))
