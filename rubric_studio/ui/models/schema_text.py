"""A JSON Schema as text, with what strict mode does not take said in place. It sends nothing."""

import json
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.domain.strict_mending import made_strict
from rubric_studio.domain.strict_schema import SchemaProblem, strict_problems
from rubric_studio.ui.guide.code_edit import CodeEdit
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.json_places import line_of
from rubric_studio.ui.models.scroll_column import ScrollColumn
from rubric_studio.ui.plain_text import PlainLabel

MOST_SHOWN = 6
LARGEST = 500_000
DEEPEST = 100


class SchemaText(QWidget):
    """`schema` is None while the text is no JSON object; the place is marked then."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = CodeEdit(look, self.tr("JSON Schema of the answer"), lambda _: "")
        self.strict = QCheckBox(self.tr("Hold the model to it, letter by letter (strict)"))
        self.strict.setChecked(True)
        self.mend_button = QPushButton(self.tr("Make it strict"))
        self.said = PlainLabel("", "caption", wrap=True)
        self._schema: dict[str, Any] | None = None
        self._problems: list[SchemaProblem] = []
        line = QHBoxLayout()
        line.addWidget(self.strict, 1)
        line.addWidget(self.mend_button)
        scroll = ScrollColumn(look.theme.space.small, right=look.theme.space.small)
        for widget in (self.code, self.code.problem, self.said):
            scroll.column.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.space.small)
        column.addLayout(line)
        column.addWidget(scroll, 1)
        self.code.textChanged.connect(self._on_changed)
        self.strict.toggled.connect(self._on_changed)
        self.mend_button.clicked.connect(self._on_mend_clicked)

    def schema(self) -> dict[str, Any] | None:
        """The schema that was typed."""
        return self._schema

    def problems(self) -> list[SchemaProblem]:
        """What strict mode would refuse; nothing where strict is not asked for."""
        return self._problems

    def show_schema(self, schema: dict[str, Any], strict: bool) -> None:
        """Show another schema."""
        self.strict.setChecked(strict)
        self.code.type_in(json.dumps(schema, ensure_ascii=False, indent=2))

    def _on_mend_clicked(self) -> None:
        if self._schema is not None:
            text = json.dumps(made_strict(self._schema), ensure_ascii=False, indent=2)
            self.code.selectAll()  # typed over, so that Ctrl+Z takes it back
            self.code.insertPlainText(text)
            self.code.moveCursor(self.code.textCursor().MoveOperation.Start)

    def _on_changed(self) -> None:
        text = self.code.toPlainText()
        self._schema, self._problems = None, []
        line, wrong = self._read(text)
        if self._schema is not None and self.strict.isChecked():
            self._problems = strict_problems(self._schema)
            if self._problems:
                first = self._problems[0]
                line, wrong = line_of(text, first.pointer), first.message
        self.code.show_error(line, wrong)
        self.said.setText(self._words(wrong))
        self.said.setVisible(bool(self.said.text()))
        self.mend_button.setVisible(any(problem.is_mendable for problem in self._problems))
        self.changed.emit()

    def _read(self, text: str) -> tuple[int | None, str]:
        """Read the text; the line where it is no JSON object, and why."""
        if len(text) > LARGEST:
            return 1, self.tr("This is too long for a form of an answer.")
        try:
            value = json.loads(text, parse_constant=_refuse)
        except json.JSONDecodeError as error:
            return error.lineno, self.tr("This is no JSON: {0}").format(error.msg)
        except (RecursionError, ValueError):
            return 1, self.tr("This is no JSON that can be read.")
        if _is_deep(value):
            return 1, self.tr("This lies too deep, one thing within the other.")
        if not isinstance(value, dict):
            return 1, self.tr("A schema stands in braces: { ... }")
        self._schema = value
        return None, ""

    def _words(self, wrong: str) -> str:
        if self._schema is None:
            return wrong
        shown = [
            self.tr("{0}: {1} {2}").format(each.pointer or self.tr("whole schema"), each.message, each.mend)
            for each in self._problems[:MOST_SHOWN]
        ]
        more = len(self._problems) - len(shown)
        return "\n".join([*shown, *([self.tr("and {0} more").format(more)] if more else [])])


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is not in JSON")


def _is_deep(value: Any) -> bool:
    """Whether lists and objects lie in each other deeper than any schema does."""
    level = [value]
    for _ in range(DEEPEST):
        level = [
            inside
            for each in level
            if isinstance(each, dict | list)
            for inside in (each.values() if isinstance(each, dict) else each)
        ]
    return bool(level)
