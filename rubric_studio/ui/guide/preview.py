"""The live preview beside the editor: one question's answers side by side, marked right there.

It places the pieces and carries messages between them. What is read and scored is in `current_question`, what is
marked in `marking`, what stands in the columns in `answer_columns`.
"""

from collections import deque
from collections.abc import Collection, Iterator
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from rubric_studio.domain.changes import EVERYTHING, Changes, Topic
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.marks import AS_TRAINED, EXPERTS
from rubric_studio.ui.guide.answer_filter import AnswerFilter
from rubric_studio.ui.guide.answer_points import AnswerPoints
from rubric_studio.ui.guide.current_question import CurrentQuestion
from rubric_studio.ui.guide.film_strip import NUMBER_KEYS
from rubric_studio.ui.guide.marking import Marking
from rubric_studio.ui.guide.no_answers import no_point_words
from rubric_studio.ui.guide.preview_keys import add_shortcuts, tool_button
from rubric_studio.ui.guide.preview_places import PreviewPlaces
from rubric_studio.ui.labels import label
from rubric_studio.ui.look import Look
from rubric_studio.ui.session import Session

STRIP_LETTERS = 36
"""Letters of reading text that each of two columns must keep before the strip of all answers shows by itself."""

WHO_MARKS = (Topic.VERDICTS, Topic.SETTINGS, Topic.JUDGES, Topic.PEOPLE)
MADE_FROM = (Topic.DRAFT, Topic.VERSIONS, Topic.CHECKS, *WHO_MARKS)


class AnswersPreview(PreviewPlaces):
    """Follows the session by itself; `show_rubric` shows a guide that is not saved yet, while a slider moves."""

    width_requested = Signal(bool)
    row_shown = Signal(str)
    numbers_changed = Signal()

    def __init__(
        self, session: Session, look: Look, parent: QWidget | None = None, *, whole: bool = True
    ) -> None:
        """Make all of it, or leave that to whoever goes through the `pieces`."""
        super().__init__(look, parent)
        self._session = session
        self._stale = EVERYTHING
        self._filter = AnswerFilter()
        self._held: set[int] = set()
        self._strip_chosen = self._is_made = False
        self.setAccessibleName(self.tr("Answers, side by side"))
        self.current = CurrentQuestion(session)
        self.marking = Marking(session, self)
        if whole:
            deque(self.pieces(), maxlen=0)

    def pieces(self) -> Iterator[None]:
        """Make the parts one after the other."""
        yield from self._parts(self.marking)
        self._connect()
        self._add_keys()
        self._is_made = True
        self._fit()

    # ---- what the page asks for

    def show_rubric(self, rubric: Rubric) -> None:
        """Show every total as it would be under this guide; nothing is saved."""
        if self._is_stale() or rubric == self.current.rubric:
            return
        if self.current.show_rubric(rubric):
            self._show_weights()
        else:
            self._show_question()

    def show_row(self, row_id: str) -> None:
        """Go to a question."""
        self._catch_up()
        if self.current.go(RowId(row_id)):
            self._show_question()

    def show_samples(self, samples: list[int]) -> None:
        """Walk through the questions of these answers, and let the first ones stand in the columns."""
        self._catch_up()
        found = list(self._session.store.samples(samples))
        if not found:
            return
        rows = [sample.row for _, sample in found]
        self.current.only(rows)
        self.show_row(rows[0])
        self.tools.filter.setChecked(False)
        self.columns.put([id for id, sample in found if sample.row == rows[0]])

    def set_wide(self, wide: bool) -> None:
        """Show that the answers have the whole width, without asking for it."""
        self.header.wide.blockSignals(True)
        self.header.wide.setChecked(wide)
        self.header.wide.blockSignals(False)

    def is_settled(self) -> bool:
        """Whether everything in sight is read and shown."""
        return self._look.turns.is_idle()

    # ---- following the session

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_made:
            self._catch_up()

    def catching_up(self) -> Iterator[None]:
        """Read and show for the first time, in pieces; whatever changes meanwhile is shown at once, with all else."""
        if self._is_stale():
            self.current.read_project()
            yield
        if self._is_stale():
            self._stale = Changes()
            self._show_choices()
            self._show_question()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_made:
            self._fit()

    def _fit(self) -> None:
        self.header.fit_into(self.height())
        self._fold_strip()

    def _is_stale(self) -> bool:
        return bool(self._stale.topics)

    def _on_session_changed(self, changes: Changes) -> None:
        only_marks = not self._is_stale() and self.isVisible() and changes.topics == {Topic.VERDICTS}
        if only_marks and self._catch_up_with_marks():
            return
        self._stale = self._stale | changes if self._is_stale() else changes
        if self.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        """Read again what has changed since."""
        changes, self._stale = self._stale, Changes()
        touches = changes.touches
        if touches(Topic.VERSIONS):
            self.current.forget_version()
        if touches(Topic.ROWS, Topic.SAMPLES):
            self.current.read_project()
        elif touches(Topic.DRAFT) and not touches(Topic.VERSIONS, Topic.VERDICTS, Topic.CHECKS):
            self.show_rubric(self._session.draft)
            return
        elif touches(*MADE_FROM):
            self.current.rubric = self._session.draft
            self.current.read()
        else:
            return
        if touches(Topic.ROWS, Topic.SAMPLES, *WHO_MARKS):
            self._show_choices()
        self._show_question()

    def _catch_up_with_marks(self) -> bool:
        """Show marks that were given just now where they belong; False where all must be read anew."""
        places = self.current.hear_marks()
        if places is None or not self._filter.is_open:
            return False
        self.columns.show_marks(self._points(), places)
        self._show_around({id for id, _ in places})
        return True

    # ---- showing

    def _show_choices(self) -> None:
        judge, names = self.current.raters()
        raters = [(label("rater.trained"), AS_TRAINED), (self.tr("the experts"), EXPERTS)]
        raters += [(name, name) for name in names]
        tip = self.tr("In training {judge} marks").format(judge=judge) if judge else ""
        self.tools.show_raters(raters, self._session.rater, tip)

    def _show_question(self) -> None:
        row, question = self.current.row, self.current.question
        self.marking.set_question(question)
        self.pages.setCurrentWidget(self.reading if row is not None else self.no_question)
        if row is None or question is None:
            return
        self.header.show_row(row, self.current.number, len(self.current.rows))
        self.tools.show_models(list(dict.fromkeys(question.sample(id).model for id in question.ids)))
        fitting = self._fitting()
        self.tools.show_fitting(len(fitting), len(question.ids))
        with QSignalBlocker(self.columns):  # what stands around them is shown once, below
            self.columns.show_question(row.id, self._points(), fitting, self.current.models)
        self._held = set(self.columns.shown())
        self._show_notice()
        self._show_body()
        self.current.check_answers()
        self.row_shown.emit(row.id)

    def _show_weights(self) -> None:
        self.marking.set_question(self.current.question)
        self.columns.show_weights(self._points())
        self._show_around()

    def _show_body(self) -> None:
        """Show the columns, the passages, or why there is nothing."""
        question = self.current.question
        assert question is not None
        if not question.ids:
            body = self.no_answer
        elif not self.columns.shown():
            body = self.none_fits
        else:
            body = self.passages if self.tools.passages.isChecked() else self.columns
        self.body.setCurrentWidget(body)
        self._fold_strip()
        self._show_around()

    def _show_around(self, changed: Collection[int] | None = None) -> None:
        """Show the strip, and the passages where they are looked at; `changed` are answers with other marks."""
        self.numbers_changed.emit()
        question = self.current.question
        if question is None:
            return
        shown = self.columns.shown()
        if changed is None:
            self.strip.show_answers(question, self._fitting(), self.current.models, set(shown))
            self._look.turns.later(self._get_next_ready)
        else:
            self.strip.show_anew(changed)
        if self.tools.passages.isChecked() and self.body.currentWidget() is self.passages:
            self.passages.show_answers(self._points(), shown, self.current.models)

    def _get_next_ready(self) -> None:
        """Score an answer that stands in no column, once those in the columns are shown."""
        question = self.current.question
        waiting = [id for id in question.ids if not question.is_ready(id)] if question is not None else []
        if question is None or not waiting:
            return
        if self.columns.is_settled():
            question.get_ready(waiting[0])
            if question.is_ready(waiting[0]):
                self.strip.show_anew(waiting[:1])
        self._look.turns.later(self._get_next_ready)

    def _show_notice(self) -> None:
        question = self.current.question
        asked = question.asked if question else ()
        self.notice.label.setText(no_point_words(self.current.rubric))
        self.notice.setVisible(not asked and bool(question and question.ids))

    def _fitting(self) -> list[int]:
        """The answers that fit the filter, and those being marked: none goes away under the hand."""
        question = self.current.question
        if question is None:
            return []
        fitting = set(self._filter.fitting(question)).union(self._held)
        return [id for id in question.ids if id in fitting]

    def _points(self) -> AnswerPoints:
        assert self.current.question is not None
        return AnswerPoints(
            self.current.question,
            self.current.people,
            self._session.author.person,
            self.marking.waiting,
            can_mark=not self._session.store.read_only,
        )

    def _fold_strip(self) -> None:
        """Let the strip of all answers fold first where it gets narrow, until somebody has chosen."""
        question = self.current.question
        several = question is not None and len(question.ids) > 1
        if not self._strip_chosen:
            letter = self._look.metrics("reading").averageCharWidth()
            margins = 3 * self._look.theme.space.large
            rest = self.width() - self.strip.width_wanted()
            self._set_strip(several and rest >= 2 * (STRIP_LETTERS * letter + margins))
        self.strip.setVisible(several and self.tools.strip.isChecked())

    def _set_strip(self, shown: bool) -> None:
        self.tools.strip.blockSignals(True)
        self.tools.strip.setChecked(shown)
        self.tools.strip.blockSignals(False)

    # ---- answering

    def _on_step_requested(self, step: int) -> None:
        if self.current.step(step):
            self.header.show_found("")
            self._show_question()

    def _on_jump_requested(self, words: str) -> None:
        if not words:
            self.current.only([])
            self._show_question()
            return
        found, count = self.current.find(words)
        self.header.show_found("" if count == 1 else self._found_words(count))
        if found:
            self._show_question()

    def _found_words(self, count: int) -> str:
        if count == 0:
            return self.tr("Not found")
        return self.tr("{count} found, Enter: next").format(count=count)

    def _on_filter_changed(self, wanted: AnswerFilter) -> None:
        self._filter, self._held = wanted, set()
        if self.current.question is not None:
            self._show_question()

    def _on_answer_chosen(self, id: int) -> None:
        self.columns.choose(id)

    def _on_number_key(self, number: int) -> None:
        question = self.current.question
        if question is not None and number <= len(question.ids):
            id = question.ids[number - 1]
            if id in self._fitting():
                self.columns.choose(id)

    def _on_passage_chosen(self, id: int, key: str) -> None:
        self.tools.passages.setChecked(False)
        column = self.columns.column_of(id)
        if column is not None:
            column.panel.take_keyboard(key)

    def _on_waiting_changed(self, id: int, key: str) -> None:
        self.columns.show_marks(self._points(), {(id, key)})

    def _on_strip_toggled(self) -> None:
        self._strip_chosen = True
        self._fold_strip()

    def _on_passages_toggled(self) -> None:
        if self.current.question is not None:
            self._show_body()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        button = tool_button(event.key(), self.tools, self.header)
        typing = isinstance(self.window().focusWidget(), QLineEdit)
        if button is None or typing or event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
        elif button.isEnabled():
            button.toggle()

    # ---- inside

    def _connect(self) -> None:
        self._session.changed.connect(self._on_session_changed)
        self.marking.waiting_changed.connect(self._on_waiting_changed)
        self.header.step_requested.connect(self._on_step_requested)
        self.header.jump_requested.connect(self._on_jump_requested)
        self.header.left.connect(self.columns.take_keyboard)
        self.tools.rater_chosen.connect(self._session.choose_rater)
        self.tools.filter_changed.connect(self._on_filter_changed)
        self.tools.passages.toggled.connect(self._on_passages_toggled)
        self.tools.different.toggled.connect(self.columns.set_different)
        self.tools.together.toggled.connect(self.columns.set_together)
        self.tools.as_written.toggled.connect(self.columns.set_as_written)
        self.tools.strip.toggled.connect(self._on_strip_toggled)
        self.header.wide.toggled.connect(self.width_requested)
        self.passage_chosen.connect(self._on_passage_chosen)
        self.strip.answer_chosen.connect(self._on_answer_chosen)
        self.columns.shown_changed.connect(lambda: self._show_around())
        self.columns.answer_ready.connect(lambda id: self.strip.show_anew([id]))

    def _add_keys(self) -> None:
        numbers = {
            f"Alt+{number}": partial(self._on_number_key, number) for number in range(1, NUMBER_KEYS + 1)
        }
        ways = {
            "F11": self.header.wide.toggle,
            "Alt+Left": partial(self._on_step_requested, -1),
            "Alt+Right": partial(self._on_step_requested, 1),
            "Ctrl+G": partial(self.header.jump.setFocus, Qt.FocusReason.ShortcutFocusReason),
        }
        add_shortcuts(self, {**ways, **numbers})
