"""The keys of the answers: letters for the tools, shortcuts that work anywhere on the page. It answers none."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QToolButton, QWidget

from rubric_studio.ui.guide.preview_tools import PreviewTools
from rubric_studio.ui.guide.question_header import QuestionHeader


def tool_button(key: int, tools: PreviewTools, header: QuestionHeader) -> QToolButton | None:
    """Return the button that a letter presses."""
    buttons: dict[Qt.Key, QToolButton] = {
        Qt.Key.Key_W: header.wide,
        Qt.Key.Key_D: tools.different,
        Qt.Key.Key_S: tools.together,
        Qt.Key.Key_L: tools.as_written,
        Qt.Key.Key_F: tools.filter,
        Qt.Key.Key_A: tools.strip,
        Qt.Key.Key_G: tools.passages,
        Qt.Key.Key_O: tools.order,
        Qt.Key.Key_Y: tools.reasons,
        Qt.Key.Key_Q: header.fold,
        Qt.Key.Key_T: header.reference_button,
    }
    return buttons.get(Qt.Key(key))


def add_shortcuts(page: QWidget, answers: Mapping[str, Callable[[], object]]) -> None:
    """Answer keys anywhere on the page: whoever writes in the editor turns to the answers without leaving it."""
    for keys, answer in answers.items():
        shortcut = QShortcut(QKeySequence(keys), page)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(answer)
