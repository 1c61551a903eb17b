"""One imported grader as a point that is only read: its name, who decides, its code, and its JSON on demand."""

import json
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from rubric_studio.domain.kinds import PythonKind
from rubric_studio.domain.rubric import Criterion
from rubric_studio.grader.plan import value_range
from rubric_studio.ui.guide.code_form import CodeForm
from rubric_studio.ui.guide.code_trials import CodeTrials
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, set_tip

MOST_LINES = 16

_DECIDES = {
    "python": QT_TRANSLATE_NOOP("formula_grader", "Own code"),
    "judged": QT_TRANSLATE_NOOP("formula_grader", "A model or a person"),
    "grader": QT_TRANSLATE_NOOP("formula_grader", "A program"),
}


class GraderLine(QFrame):
    """Nothing in it can be changed; the button opens and folds the JSON.

    Own code stands there open, for somebody must say whether it may run; that needs `trials`.
    """

    code_in_sight = Signal(bool)

    def __init__(self, look: Look, trials: CodeTrials | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._trials = look, trials
        self.code: CodeForm | None = None
        self._grader: Any = None
        dress(self, "card")
        self.title = PlainLabel("", wrap=True)
        self.about = PlainLabel("", "caption", wrap=True)
        self.button = QToolButton()
        self.button.setText("JSON")
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.toggled.connect(self._on_toggled)
        dress(self.button, "plain")
        self.json = QPlainTextEdit()
        self.json.setReadOnly(True)
        self.json.setTabChangesFocus(True)
        self.json.hide()
        self._lay_out()
        self._draw()
        look.changed.connect(self._draw)

    def show_criterion(self, criterion: Criterion, grader: Any, *, is_read: bool) -> None:
        """Show a grader, None where the point is one of the guide's own."""
        self._grader = grader
        self.title.setText(criterion.title or criterion.key)
        self.setAccessibleName(self.title.text())
        self.about.setText(about_text(criterion, grader, is_read=is_read))
        name = self.tr("The grader {name} as its file has it").format(name=self.title.text())
        self.button.setAccessibleName(name)
        self.json.setAccessibleName(name)
        set_tip(self.button, name)
        self.button.setVisible(grader is not None)
        self._show_json()
        if isinstance(criterion.kind, PythonKind) and self._trials is not None:
            self._show_code(criterion.kind.source, self._trials)

    def _show_code(self, source: str, trials: CodeTrials) -> None:
        if self.code is None:
            name = self.tr("The code of {name}").format(name=self.title.text())
            self.code = CodeForm(self._look, name, lambda _: "", trials, raw=True)
            self.code.set_read_only(True)
            self.code.in_sight.connect(self.code_in_sight)
            self._rows.addWidget(self.code)
        self.code.show_source(source)

    def _on_toggled(self, on: bool) -> None:
        self.json.setVisible(on)
        self._show_json()
        self._draw()

    def _show_json(self) -> None:
        text = grader_text(self._grader) if self.button.isChecked() else ""
        if text != self.json.toPlainText():
            self.json.setPlainText(text)
            lines = min(MOST_LINES, max(3, text.count("\n") + 3))
            self.json.setFixedHeight(
                lines * self.json.fontMetrics().lineSpacing() + self._look.theme.space.medium
            )

    def _draw(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(self._look.font("caption").pixelSize())
        self.json.setFont(font)
        self.title.setFont(self._look.font("control", bold=True))
        self.button.setIcon(self._look.icon("up" if self.button.isChecked() else "down"))

    def _lay_out(self) -> None:
        space = self._look.theme.space
        words = QVBoxLayout()
        words.setSpacing(space.tiny)
        words.addWidget(self.title)
        words.addWidget(self.about)
        line = QHBoxLayout()
        line.addLayout(words, 1)
        line.addWidget(self.button)
        self._rows = layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.small, space.small, space.small)
        layout.setSpacing(space.small)
        layout.addLayout(line)
        layout.addWidget(self.json)


def grader_text(grader: Any) -> str:
    """A grader's JSON as people read it: the source of a program stands below it, line by line."""
    if not isinstance(grader, dict):
        return ""
    source = grader.get("source")
    if not isinstance(source, str):
        return json.dumps(grader, ensure_ascii=False, indent=2)
    rest = {name: value for name, value in grader.items() if name != "source"}
    return f"{json.dumps(rest, ensure_ascii=False, indent=2)}\n\nsource:\n{source}"


def about_text(criterion: Criterion, grader: Any, *, is_read: bool) -> str:
    """Say under which name the formula reads a point, who decides it, and between which numbers."""
    ends = value_range(criterion)
    numbers = _tr("any number") if ends is None else _tr("{0:g} to {1:g}").format(*ends)
    decides = str(_DECIDES.get(criterion.kind.type, _DECIDES["grader"]))
    parts = [str(criterion.key), QCoreApplication.translate("formula_grader", decides)]
    parts += [str(grader["type"])] if isinstance(grader, dict) else []
    parts.append(numbers)
    parts += [] if is_read else [_tr("not in the formula")]
    return " \N{MIDDLE DOT} ".join(parts)


def _tr(text: str) -> str:
    return QCoreApplication.translate("formula_grader", text)
