"""What a person can do with rows from this page, turned into edits; it asks where a reason is needed."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.record import Decided, RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.services.edits import ChangeRow, DecideRows, FlagRows, NoteOnRow, RemoveFlag
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look
from rubric_studio.ui.questions.decision_bar import questions_text
from rubric_studio.ui.questions.reason_dialog import ReasonDialog, usual_doubts
from rubric_studio.ui.session import Session

NAMED = 1


class RowActions(QObject):
    """`hinted` says why nothing was done."""

    hinted = Signal(str)

    def __init__(self, session: Session, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._look, self._window = session, look, window
        self._just_decided: tuple[RowId, ...] = ()

    def decide(self, rows: Sequence[RowId], decision: Decided | None) -> bool:
        """Keep, fix, drop or undecide rows; True where it is done."""
        decided = tuple(rows)
        if decision is None:
            said = {head.subject for head in self._heads(RecordKind.DECISION, decided)}
            decided = tuple(row for row in decided if row in said)
        if not decided:
            self.hinted.emit(self.tr("There is no decision to take back"))
            return False
        done = self._session.perform(DecideRows(rows=decided, decision=decision))
        self._just_decided = decided if done and decision is not None else ()
        return done

    def forget(self) -> None:
        """One has moved on: a reason from now on is about the selected questions."""
        self._just_decided = ()

    def give_reason(self, rows: Sequence[RowId]) -> None:
        """Ask why the rows just decided, else these rows, were decided as they are."""
        about = self._just_decided or tuple(rows)
        heads = self._heads(RecordKind.DECISION, about)
        said = {(head.body or {})["decision"] for head in heads}
        if len(said) != 1 or len({head.subject for head in heads}) != len(about):
            self.hinted.emit(self.tr("Decide first: K, X or D. Then R says why."))
            return
        decision: Decided = said.pop()
        words = {
            "keep": self.tr("Why keep {what}?"),
            "fix": self.tr("Why fix {what}?"),
            "drop": self.tr("Why drop {what}?"),
        }[decision]
        dialog = ReasonDialog(
            self._look,
            words.format(what=_what(about)),
            self._reasons(RecordKind.DECISION),
            reason=heads[-1].reason if len(about) == NAMED else "",
            needed=False,
            parent=self._window,
        )
        dialog.given.connect(
            lambda reason: self._session.perform(DecideRows(rows=about, decision=decision, reason=reason))
        )
        dialog.open()

    def flag(self, rows: Sequence[RowId]) -> None:
        """Ask for the doubt and flag the rows."""
        about = tuple(rows)
        dialog = ReasonDialog(
            self._look,
            self.tr("{flag} {what}").format(flag=heading("flag"), what=_what(about)),
            [*self._reasons(RecordKind.FLAG), *usual_doubts()],
            parent=self._window,
        )
        dialog.given.connect(lambda reason: self._session.perform(FlagRows(rows=about, reason=reason)))
        dialog.open()

    def remove_flag(self, row: RowId, flag: str) -> None:
        """Take one flag away."""
        self._session.perform(RemoveFlag(row=row, flag=flag))

    def note(self, row: RowId, text: str) -> None:
        """Write a note."""
        self._session.perform(NoteOnRow(row=row, text=text))

    def edit(self, row: Row, fields: Sequence[str] = ()) -> None:
        """Open the editor on a row; `fields` are those that the questions have."""
        from rubric_studio.ui.questions.row_editor import RowEditor  # when first asked for: start is quick

        dialog = RowEditor(self._look, row, fields, self._window)
        dialog.changed.connect(lambda changed, why: self._session.perform(ChangeRow(row=changed, reason=why)))
        dialog.open()

    def choose(self, row: Row) -> None:
        """Let one of several states of a row stand."""
        self._session.perform(ChangeRow(row=row, reason=self.tr("chosen between two copies")))

    def _heads(self, kind: RecordKind, rows: Sequence[RowId]) -> list:
        return [head for head in self._session.store.heads(kind, subjects=rows) if head.body is not None]

    def _reasons(self, kind: RecordKind) -> list[str]:
        """The reasons given before in this project, most frequent first."""
        given = Counter(head.reason for head in self._session.store.heads(kind) if head.body and head.reason)
        return [reason for reason, _ in given.most_common(5)]


def _what(rows: Sequence[RowId]) -> str:
    return rows[0] if len(rows) == NAMED else questions_text(len(rows))
