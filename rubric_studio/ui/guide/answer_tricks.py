"""Keeps an answer in the preview as a trick answer: an entry in the menu of each column, with its key."""

from functools import partial
from typing import Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from rubric_studio.services.own_probes import AddProbe
from rubric_studio.ui.guide.answer_column import AnswerColumn
from rubric_studio.ui.guide.answer_columns import AnswerColumns
from rubric_studio.ui.guide.trick_dialog import HIGH, TrickDialog
from rubric_studio.ui.look import Look
from rubric_studio.ui.session import Session

KEY = "Ctrl+Shift+K"


class AnswerTricks(QObject):
    """Asks for a name and writes it: what happens then is the Results page's matter."""

    def __init__(
        self, session: Session, look: Look, columns: AnswerColumns, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self.dialog: TrickDialog | None = None
        for column in columns.columns:
            action = QAction(self.tr("Add to trick answers…"), column)
            action.setShortcut(QKeySequence(KEY))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.setEnabled(not session.store.read_only)
            action.triggered.connect(partial(self._on_triggered, column))
            column.add_menu_action(action)

    def _on_triggered(self, column: AnswerColumn) -> None:
        if column.answer is None:
            return
        ((_, sample),) = self._session.store.samples([column.answer])
        words = self.tr("{model}, run {run}").format(model=sample.model, run=sample.run)
        self.dialog = TrickDialog(self._look, words, column.window())
        self.dialog.given.connect(
            lambda name, expect: self._session.perform(
                AddProbe(row=sample.row, text=sample.text, name=name, expect=_expected(expect))
            )
        )
        self.dialog.finished.connect(self._on_dialog_finished)
        self.dialog.open()

    def _on_dialog_finished(self) -> None:
        self.dialog = None


def _expected(words: str) -> Literal["low", "high"]:
    return "high" if words == HIGH else "low"
