"""Which column holds what, and beside it ten lines as they are understood so far. Reads no file."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.table import FileFacts
from rubric_studio.services.checking_imports import NOBODY, Marking
from rubric_studio.services.mapping import Mapping, Shape
from rubric_studio.services.proposed_scale import propose_scale
from rubric_studio.services.understanding import preview
from rubric_studio.ui.importing.answers_form import AnswersForm
from rubric_studio.ui.importing.column_choice import columns_of
from rubric_studio.ui.importing.fields_form import FieldsForm
from rubric_studio.ui.importing.import_words import shape_words, shortened
from rubric_studio.ui.importing.marks_form import MarksForm
from rubric_studio.ui.importing.understood_view import UnderstoodView
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel

PAUSE_MS = 120


class ColumnsStep(QWidget):
    """`mapping()` and `marking()` are what was said; `problem_changed` tells whether one can go on."""

    problem_changed = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._facts: FileFacts | None = None
        self._mapping: Mapping | None = None
        self.fields: FieldsForm | None = None
        self.answers: AnswersForm | None = None
        self.marks: MarksForm | None = None
        self._form = QScrollArea(widgetResizable=True)
        self._form.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view = UnderstoodView(look)
        self.problem = PlainLabel("", "problem", wrap=True)
        self._beside: PlainLabel | None = None
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self._show_understood)
        self._lay_out()

    def propose(
        self, facts: FileFacts, mapping: Mapping, guide: Rubric, people: Sequence[str], person: str
    ) -> None:
        """Begin with a proposed mapping; the marks speak of a point of that guide."""
        self._facts, self._mapping = facts, mapping
        columns = columns_of(facts)
        look, space = self._look, self._look.theme.space
        holder = QWidget()
        dress(holder, "plain")
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, space.medium, 0)
        layout.setSpacing(space.large)
        layout.addWidget(PlainLabel(shape_words(mapping.shape)[0], "strong"))
        self.fields = FieldsForm(look, mapping.shape, columns, mapping)
        self.answers = AnswersForm(look, columns, mapping.answers) if _has_answers(mapping) else None
        self.marks = MarksForm(look, guide, people, person)
        self.marks.show_scale(self._proposed_scale(facts, mapping))
        self._beside = PlainLabel("", "caption", wrap=True)
        for part in (self.fields, self._beside, self.answers, self.marks):
            if part is not None:
                layout.addWidget(part)
        for part in (self.fields, self.answers, self.marks):
            if part is not None:
                part.changed.connect(self._soon.start)
        layout.addStretch(1)
        self._form.setWidget(holder)
        self.setFocusProxy(next(iter(self.fields.choices.values())))
        self._show_understood()

    def is_about(self, facts: FileFacts, shape: Shape) -> bool:
        """Whether the form is about these lines already, so that nothing said in it need be lost."""
        return self._facts == facts and self._mapping is not None and self._mapping.shape == shape

    def mapping(self) -> Mapping:
        """Return what was said about the columns."""
        assert self._mapping is not None
        assert self.fields is not None
        mapping = replace(self._mapping, fields=self.fields.fields(), fixed={})
        if self.answers is not None:
            mapping = replace(mapping, answers=self.answers.answers())
        if not self._has_marks(mapping) or self.marks is None:
            return mapping
        _, point = self.marks.marking()
        fixed = {} if mapping.fields.get("criterion") else {"criterion": point}
        return replace(mapping, fixed=fixed, scale=self.marks.scale() or mapping.scale)

    def marking(self) -> Marking:
        """Return who gave the marks, and the guide they speak of."""
        if self.marks is None or not self._has_marks(self.mapping()):
            return NOBODY
        return self.marks.marking()[0]

    def problem_text(self) -> str:
        """Say what is missing before one can go on, "" where nothing is."""
        if self.answers is not None and self.answers.problem():
            return self.answers.problem()
        if self.marks is not None and self._has_marks(self.mapping()):
            return self.marks.problem()
        return ""

    def settle(self) -> None:
        """Show the latest now, as before going on."""
        if self._soon.isActive():
            self._soon.stop()
            self._show_understood()

    def _lay_out(self) -> None:
        space = self._look.theme.space
        right = QVBoxLayout()
        right.setSpacing(space.small)
        right.addWidget(PlainLabel(self.tr("The first lines as we understood them"), "strong"))
        right.addWidget(self.view, 1)
        row = QHBoxLayout()
        row.setSpacing(space.wide)
        row.addWidget(self._form, 1)
        row.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.small)
        layout.addLayout(row, 1)
        layout.addWidget(self.problem)

    def _show_understood(self) -> None:
        assert self._facts is not None
        assert self.marks is not None
        mapping = self.mapping()
        has_marks = self._has_marks(mapping)
        self.marks.setVisible(has_marks)
        self.marks.ask(point=not mapping.fields.get("criterion"), rater=not mapping.fields.get("rater"))
        guide = self.marks.marking()[0].guide or Rubric()
        points = {str(criterion.key): criterion.title for criterion in guide.criteria() if criterion.title}
        self.view.show_lines(preview(self._facts.examples, mapping), points)
        self._say_what_stays(mapping)
        self.problem.setText(self.problem_text())
        self.problem.setVisible(bool(self.problem.text()))
        self.problem_changed.emit(self.problem.text())

    def _say_what_stays(self, mapping: Mapping) -> None:
        assert self._facts is not None
        assert self._beside is not None
        taken = mapping.named_columns()
        left = [column for column in self._facts.columns if column not in taken]
        words = {
            "answer": self.tr("What else is kept with the answer: {names}"),
            "mark": self.tr("Not brought in: {names}"),
        }.get(mapping.shape, self.tr("What else is kept beside the question: {names}"))
        self._beside.setText(words.format(names=shortened(", ".join(left))) if left else "")
        self._beside.setVisible(bool(left))

    def _has_marks(self, mapping: Mapping) -> bool:
        if mapping.shape == "mark":
            return True
        if mapping.shape == "answer":
            return bool(mapping.fields.get("value"))
        return any(answer.value for answer in mapping.answers)

    def _proposed_scale(self, facts: FileFacts, mapping: Mapping) -> tuple[float, float]:
        columns = [answer.value for answer in mapping.answers if answer.value]
        columns = columns or [column for column in [mapping.fields.get("value")] if column]
        return propose_scale(line.values.get(column) for line in facts.examples for column in columns)


def _has_answers(mapping: Mapping) -> bool:
    return mapping.shape == "question_with_answers"
