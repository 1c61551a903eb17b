"""What is known of one row beside its words: what people said, its reference, answers, notes and history."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from rubric_studio.domain.record import Record
from rubric_studio.services.scores import SampleScore
from rubric_studio.ui.day_text import time_text
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import weight_text
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.questions.answer_line import AnswerLine
from rubric_studio.ui.questions.cell_delegate import DECISION_ICONS, DECISION_ROLES
from rubric_studio.ui.questions.conflict_card import ConflictCard
from rubric_studio.ui.questions.folded_list import FoldedList
from rubric_studio.ui.questions.reference_view import ReferenceView
from rubric_studio.ui.questions.row_history import history_lines
from rubric_studio.ui.questions.row_reading import RowReading
from rubric_studio.ui.questions.said_line import SaidLine

FIRST_ANSWERS, FIRST_LINES, FIRST_POINTS = 12, 4, 5
MOST_ANSWERS = 60


class RowFacts(QScrollArea):
    """Made anew for every row; where it was scrolled to stays when the same row is shown again."""

    answer_chosen = Signal(str)
    variant_chosen = Signal(object)
    remove_flag_requested = Signal(str)
    note_given = Signal(str)
    field_chosen = Signal(str, str)
    link_requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("What is known of this question"))
        self._wide = False
        self.note_field = QLineEdit()
        self.answers: list[AnswerLine] = []
        self._ranged = False
        self.flag_buttons: list[QPushButton] = []
        self.conflict: ConflictCard | None = None
        look.changed.connect(self._fit_answers)

    def set_wide(self, wide: bool) -> None:
        """Stand beside the question's words, or below them."""
        self._wide = wide
        if self.widget() is not None:
            self._keep_away(self._layout)

    def _keep_away(self, layout: QVBoxLayout) -> None:
        space = self._look.theme.space
        layout.setContentsMargins(
            space.large if self._wide else 0, 0 if self._wide else space.medium, space.medium, space.medium
        )

    def show_reading(self, reading: RowReading, models: Sequence[str], *, writable: bool) -> None:
        """Show a row's facts; `models` gives each model its place in the fixed order of colors."""
        typed = self.note_field.text() if self.note_field.isModified() else ""
        had_focus = self.note_field.hasFocus()
        scrolled = self.verticalScrollBar().value()
        body = QWidget()
        dress(body, "plain")
        self._layout = QVBoxLayout(body)
        self._keep_away(self._layout)
        self._layout.setSpacing(self._look.theme.space.small)
        self._fill(reading, models, writable)
        self._layout.addStretch(1)
        self.setWidget(body)
        self.verticalScrollBar().setValue(scrolled)
        if typed:
            self.note_field.setText(typed)
            self.note_field.setModified(True)
        if had_focus:
            self.note_field.setFocus()

    def show_scores(self, scores: Sequence[SampleScore]) -> None:
        """Show how the answers score, in the order of the reading that is shown."""
        self._ranged = any(score.score is None and score.low is not None for score in scores)
        self._fit_answers()
        for line, score in zip(self.answers, scores, strict=True):
            line.show_score(score)

    def _fill(self, reading: RowReading, models: Sequence[str], writable: bool) -> None:
        self._fill_conflict(reading, writable)
        self._fill_decisions(reading)
        self._fill_flags(reading, writable)
        self._fill_reference(reading)
        self._fill_answers(reading, models)
        self._fill_own_points(reading)
        self._fill_notes(reading, writable)
        self._fill_history(reading)

    def _section(self, title: str) -> None:
        self._layout.addSpacing(self._look.theme.space.tiny)
        self._layout.addWidget(PlainLabel(title, "strong"))

    def _fill_conflict(self, reading: RowReading, writable: bool) -> None:
        self.conflict = None
        if reading.variants:
            self.conflict = ConflictCard(self._look, reading.variants, writable=writable)
            self.conflict.chosen.connect(self.variant_chosen)
            self._layout.addWidget(self.conflict)

    def _fill_decisions(self, reading: RowReading) -> None:
        for record in reading.decisions:
            decision = (record.body or {})["decision"]
            icon, role = DECISION_ICONS[decision], DECISION_ROLES[decision]
            who = _by(reading, record)
            line = SaidLine(self._look, icon, role, heading(f"decision.{decision}"), who, record.reason)
            self._layout.addWidget(line)
        if len({(record.body or {})["decision"] for record in reading.decisions}) > 1:
            words = self.tr("Two copies decided differently. K, X or D settles it.")
            self._layout.addWidget(PlainLabel(words, "problem", wrap=True))

    def _fill_flags(self, reading: RowReading, writable: bool) -> None:
        self.flag_buttons = []
        for record in reading.flags:
            who = _by(reading, record)
            line = SaidLine(self._look, "flag", "partly", record.reason or heading("flag"), who)
            if writable:
                button = QPushButton(self.tr("Remove"))
                dress(button, "quiet")
                button.setAccessibleName(self.tr("Remove the flag: {reason}").format(reason=record.reason))
                button.clicked.connect(
                    lambda _=False, flag=record.subject: self.remove_flag_requested.emit(flag)
                )
                line.beside.addWidget(button)
                self.flag_buttons.append(button)
            self._layout.addWidget(line)

    def _fill_reference(self, reading: RowReading) -> None:
        if reading.row.reference:
            self._section(self.tr("Reference"))
            view = ReferenceView(self._look, reading.row.reference)
            view.field_chosen.connect(self.field_chosen)
            view.link_requested.connect(self.link_requested)
            self._layout.addWidget(view)

    def _fill_answers(self, reading: RowReading, models: Sequence[str]) -> None:
        place = {model: at for at, model in enumerate(models)}
        self._section(self.tr("{answers} ({n})").format(answers=heading("sample", 2), n=len(reading.samples)))
        width = self._score_width()
        self.answers = [
            AnswerLine(self._look, sample, place.get(sample.model), width)
            for _, sample in reading.samples[:MOST_ANSWERS]
        ]
        for line in self.answers:
            line.chosen.connect(lambda: self.answer_chosen.emit(reading.row.id))
        if self.answers:
            folded = FoldedList(self._look, self.answers, FIRST_ANSWERS)
            self._layout.addWidget(folded)
        else:
            self._layout.addWidget(
                PlainLabel(self.tr("No answers were brought in for it yet."), "muted", wrap=True)
            )

    def _fit_answers(self) -> None:
        for line in self.answers:
            line.set_width(self._score_width())

    def _score_width(self) -> int:
        """The room for a score; before it is known, as much as the answers before took."""
        widest = "0.00 – 0.00" if self._ranged else "0.00"
        return self._look.metrics("control", bold=True).horizontalAdvance(widest)

    def _fill_own_points(self, reading: RowReading) -> None:
        if reading.row.criteria:
            self._section(heading("row_criterion", len(reading.row.criteria)))
            points = [self._two(weight_text(point.weight), point.text) for point in reading.row.criteria]
            self._add_folded(points, FIRST_POINTS)

    def _two(self, first: str, second: str) -> QWidget:
        holder = QWidget()
        beside = QHBoxLayout(holder)
        beside.setContentsMargins(0, 0, 0, 0)
        weight = PlainLabel(first, "muted")
        weight.setMinimumWidth(self._look.metrics("control").horizontalAdvance("\N{MINUS SIGN}0.25"))
        weight.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        beside.addWidget(weight, 0, Qt.AlignmentFlag.AlignTop)
        beside.addWidget(PlainLabel(second, wrap=True), 1)
        return holder

    def _fill_notes(self, reading: RowReading, writable: bool) -> None:
        self._section(self.tr("Notes"))
        for record in reading.notes:
            who = _by(reading, record)
            self._layout.addWidget(PlainLabel(str((record.body or {}).get("text", "")), wrap=True))
            self._layout.addWidget(PlainLabel(who, "caption"))
        self.note_field = QLineEdit(placeholderText=self.tr("Write a note, Enter keeps it"))
        self.note_field.setAccessibleName(self.tr("Note"))
        self.note_field.setEnabled(writable)
        self.note_field.returnPressed.connect(self._on_note_entered)
        self._layout.addWidget(self.note_field)

    def _fill_history(self, reading: RowReading) -> None:
        self._section(self.tr("History"))
        lines: list[QWidget] = []
        for line in history_lines(reading):
            words = self.tr("{who} {what}").format(who=line.who, what=line.what)
            if line.why:
                words = self.tr("{what}: {why}").format(what=words, why=line.why)
            lines.append(self._dated(line.when, words))
        if lines:
            self._add_folded(lines, FIRST_LINES)
        else:
            self._layout.addWidget(
                PlainLabel(self.tr("As it was brought in. Nobody changed anything."), "muted", wrap=True)
            )

    def _dated(self, when: str, words: str) -> QWidget:
        holder = QWidget()
        below = QVBoxLayout(holder)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(PlainLabel(words, wrap=True))
        below.addWidget(PlainLabel(when, "caption"))
        return holder

    def _add_folded(self, widgets: Iterable[QWidget], first: int) -> None:
        self._layout.addWidget(FoldedList(self._look, list(widgets), first))

    def _on_note_entered(self) -> None:
        text = self.note_field.text().strip()
        if text:
            self.note_field.clear()
            self.note_given.emit(text)


def _by(reading: RowReading, record: Record) -> str:
    """Return who said something and when."""
    words = QCoreApplication.translate("RowFacts", "{person}, {time}")
    return words.format(person=reading.name(record.person), time=time_text(record.at))
