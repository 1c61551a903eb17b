"""The form that an answer must have: none, a few named fields, or a JSON Schema. It saves nothing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.domain.model_call import ResponseSchema
from rubric_studio.domain.simple_schema import SimpleField, as_simple, schema_of
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.schema_fields import SchemaFields
from rubric_studio.ui.models.schema_text import SchemaText
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.segmented import Segmented

FREE, FIELDS, JSON = "free", "fields", "json"
USUAL_NAME = "answer"


class SchemaEditor(QWidget):
    """`response` is what was made; `is_right` whether it can be used. Fields and JSON turn into each other."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = USUAL_NAME
        self._before = FREE
        self.way = Segmented(
            self.tr("Form of the answer"),
            [(FREE, self.tr("Free text")), (FIELDS, self.tr("Named fields")), (JSON, self.tr("JSON Schema"))],
        )
        self.note = PlainLabel("", "muted", wrap=True)
        self.fields, self.text = SchemaFields(look), SchemaText(look)
        self._stack = QStackedWidget()
        for each in (QWidget(), self.fields, self.text):
            self._stack.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.space.small)
        column.addWidget(self.way)
        column.addWidget(self.note)
        column.addWidget(self._stack, 1)
        self.way.chosen.connect(self._on_way_chosen)
        self.fields.changed.connect(self.changed)
        self.text.changed.connect(self.changed)
        self._show_way(FREE)

    def show_response(self, response: ResponseSchema | None) -> None:
        """Show a form: as fields where fields can say it."""
        self._name = USUAL_NAME if response is None else response.name
        if response is None:
            self._show_way(FREE)
            return
        simple = as_simple(response.json_schema) if response.strict else None
        self.text.show_schema(response.json_schema, response.strict)
        if simple is not None:
            self.fields.show_fields(simple)
        self._show_way(JSON if simple is None else FIELDS)

    def response(self) -> ResponseSchema | None:
        """What was made; None for free text, and while it is not right."""
        way = self.way.value()
        if way == FREE or not self.is_right:
            return None
        if way == FIELDS:
            return ResponseSchema(name=self._name, json_schema=schema_of(self.fields.fields()))
        schema, strict = self.text.schema(), self.text.strict.isChecked()
        return ResponseSchema(name=self._name, json_schema=schema or {}, strict=strict)

    @property
    def is_right(self) -> bool:
        """Whether it can be used; what only some servers refuse does not count."""
        if self.way.value() == FIELDS:
            return not self.fields.problems()
        return self.way.value() == FREE or self.text.schema() is not None

    def _on_way_chosen(self, way: str) -> None:
        note = ""
        if way == JSON and self._before == FIELDS and self.fields.fields():
            self.text.show_schema(schema_of(self.fields.fields()), strict=True)
        elif way == FIELDS and self._before == JSON and self.text.schema() is not None:
            simple = as_simple(self.text.schema() or {})
            if simple is None:
                way = JSON
                note = self.tr("This schema says more than named fields can, so it stays JSON.")
            else:
                self.fields.show_fields(simple)
        elif way == FIELDS and not self.fields.fields():
            self.fields.show_fields([SimpleField(name="answer")])
        elif way == JSON and self.text.schema() is None and not self.text.code.toPlainText():
            self.text.show_schema(schema_of((SimpleField(name="answer"),)), strict=True)
        self._show_way(way, note)
        self.changed.emit()

    def _show_way(self, way: str, note: str = "") -> None:
        self._before = way
        self.way.set_value(way)
        self._stack.setCurrentIndex((FREE, FIELDS, JSON).index(way))
        words = {
            FREE: self.tr("The model answers as it likes."),
            FIELDS: self.tr(
                "The model must answer with exactly these fields. What is not required may stay empty."
            ),
            JSON: self.tr("The model must answer with JSON that fits this schema."),
        }
        self.note.setText(note or words[way])
