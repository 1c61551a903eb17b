"""The parameters of a point's kind as a form, made from the fields of its model in `domain/kinds.py`."""

import json
from collections.abc import Callable
from typing import Any, Literal, get_args, get_origin

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from rubric_studio.domain.kinds import Kind
from rubric_studio.domain.rubric import GraderCriterion, Rubric
from rubric_studio.domain.rubric_edits import with_kind
from rubric_studio.grader.measures import unsupported_keywords
from rubric_studio.ui.guide.choices import AnswerPlace, ChoiceBox, field_line
from rubric_studio.ui.guide.code_form import CodeForm
from rubric_studio.ui.guide.desk import GuideDesk
from rubric_studio.ui.guide.fields import NumberField, TextField, digits_wide, with_problem
from rubric_studio.ui.guide.kind_words import choice_name, parameter_name
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel

Show = Callable[[Any], object]
BEHIND_MORE = {"reads"}


class KindForm(QWidget):
    """One control for each parameter of one kind; another kind takes another form."""

    def __init__(
        self, look: Look, desk: GuideDesk, key: str, kind: Kind, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._desk, self._key = look, desk, key
        self.type = kind.type
        self._shows: dict[str, Show] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.small)
        for name, field in type(kind).model_fields.items():
            if name != "type" and name not in BEHIND_MORE:
                layout.addWidget(self._control(name, field.annotation))
        self.show_kind(kind)

    def show_kind(self, kind: Kind) -> None:
        """Show the saved parameters."""
        for name, show in self._shows.items():
            show(getattr(kind, name))

    def _change(self, name: str, value: Any) -> str:
        def edit(rubric: Rubric) -> Rubric:
            return with_kind(rubric, self._key, **{name: value})

        return self._desk.change(edit, parameter_name(self.type, name))

    def _control(self, name: str, annotation: Any) -> QWidget:
        """Make the control that suits a parameter's type and put its name above it."""
        if name == "predicted":
            return self._answer_place(name)
        if name in ("json_schema", "source", "terms"):
            return {"json_schema": self._schema, "source": self._source, "terms": self._terms}[name](name)
        if get_origin(annotation) is Literal:
            return self._choice(name, get_args(annotation))
        if annotation is bool:
            return self._switch(name)
        types = set(get_args(annotation)) or {annotation}
        return self._number(name, type(None) in types) if types & {int, float} else self._field(name, types)

    def _answer_place(self, name: str) -> QWidget:
        caption = parameter_name(self.type, name)
        place = AnswerPlace(self._look, caption, lambda value: self._change(name, value))
        self._shows[name] = place.show_place
        return self._captioned(caption, place)

    def _choice(self, name: str, choices: tuple[str, ...]) -> QWidget:
        caption = parameter_name(self.type, name)
        options = [(choice, choice_name(name, choice)) for choice in choices]
        box = ChoiceBox(caption, options, lambda value: self._change(name, value))
        self._shows[name] = box.show_value
        return self._captioned(caption, box)

    def _switch(self, name: str) -> QWidget:
        box = QCheckBox(parameter_name(self.type, name))
        box.clicked.connect(lambda on: self._change(name, on))
        self._shows[name] = box.setChecked
        return box

    def _number(self, name: str, may_be_empty: bool) -> QWidget:
        caption = parameter_name(self.type, name)
        field = NumberField(caption, lambda value: self._change(name, value), may_be_empty=may_be_empty)
        digits_wide(field, self._look, 8)
        self._shows[name] = field.show_number
        return with_problem(field, caption)

    def _field(self, name: str, types: set[Any]) -> QWidget:
        caption = parameter_name(self.type, name)

        def commit(text: str) -> str:
            if not text.strip() and type(None) not in types:
                return self.tr("Which field is it compared with?")
            return self._change(name, text.strip() or None)

        line = field_line(caption, self._desk.fields, commit)
        self._shows[name] = lambda value: line.show_value(value or "")
        return with_problem(line, caption)

    def _terms(self, name: str) -> QWidget:
        caption = parameter_name(self.type, name)

        def commit(text: str) -> str:
            return self._change(name, tuple(line.strip() for line in text.splitlines() if line.strip()))

        field = TextField(caption, commit)
        self._shows[name] = lambda value: field.show_value("\n".join(value))
        return with_problem(field, caption)

    def _schema(self, name: str) -> QWidget:
        caption = parameter_name(self.type, name)
        field = TextField(caption, lambda text: self._schema_problem(name, text))
        field.setPlaceholderText('{"type": "object", "required": ["codes"]}')
        self._shows[name] = lambda value: field.show_value(
            "" if value is None else json.dumps(value, ensure_ascii=False, indent=2)
        )
        return with_problem(field, caption)

    def _schema_problem(self, name: str, text: str) -> str:
        """Take a JSON Schema, or say where it is no JSON and which of its words are not known here."""
        if not text.strip():
            return self._change(name, None)
        try:
            schema = json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            line = getattr(error, "lineno", 1)
            return self.tr("This is not JSON yet; look at line {0}.").format(line)
        if not isinstance(schema, dict):
            return self.tr("A schema stands in curly brackets.")
        unknown = unsupported_keywords(schema)
        if unknown:
            return self.tr("Not known here: {0}.").format(", ".join(unknown))
        return self._change(name, schema)

    def _source(self, name: str) -> QWidget:
        caption = parameter_name(self.type, name)
        is_grader, desk = self._is_made_of_a_grader(), self._desk
        commit = lambda text: self._change(name, text)  # noqa: E731
        self.code = CodeForm(self._look, caption, commit, desk.code, raw=is_grader)
        self.code.set_read_only(desk.read_only or is_grader)
        self.code.in_sight.connect(desk.count_code)
        self._shows[name] = self.code.show_source
        return self._captioned(caption, self.code)

    def _is_made_of_a_grader(self) -> bool:
        """Whether the code came with an imported grader, which runs as it is."""
        criterion = self._desk.rubric.criterion(self._key)
        return isinstance(criterion, GraderCriterion)

    def _captioned(self, caption: str, control: QWidget) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._look.theme.space.tiny)
        layout.addWidget(PlainLabel(caption, "caption", wrap=True))
        layout.addWidget(control)
        if isinstance(control, ChoiceBox):
            layout.addWidget(control.problem)
        return box
