"""The form of a guide that came as graders with a formula: the formula as text, the graders as they are."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.formula import FORMULA_FUNCTIONS
from rubric_studio.services.imported_graders import formula_problem, formula_reads, with_formula
from rubric_studio.ui.guide.desk import GuideDesk
from rubric_studio.ui.guide.fields import TextField, with_problem
from rubric_studio.ui.guide.formula_grader import GraderLine
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel


class FormulaForm(QScrollArea):
    """Checks the formula with every letter; the answers follow while it can be read. Leaving it saves it."""

    def __init__(self, look: Look, desk: GuideDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._desk = look, desk
        self._previewed = False
        self.lines: dict[str, GraderLine] = {}
        self.formula = TextField(self.tr("Formula"), self._on_formula)
        self.formula.textChanged.connect(self._check)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self.hide()

    def show_rubric(self, rubric: Rubric) -> None:
        """Show the formula and the graders; what somebody is typing stays, and so does what is open."""
        self.formula.setReadOnly(self._desk.read_only)
        self.formula.show_value(rubric.formula or "")
        self._drop_lines({str(criterion.key) for criterion in rubric.criteria()})
        read = formula_reads(rubric)
        for place, criterion in enumerate(rubric.criteria()):
            line = self.lines.get(criterion.key)
            if line is None:
                line = self.lines[criterion.key] = GraderLine(self._look, self._desk.code)
                line.code_in_sight.connect(self._desk.count_code)
                self._held.insertWidget(place, line)
            grader = (rubric.graders or {}).get(criterion.key)
            line.show_criterion(criterion, grader, is_read=criterion.key in read)

    def takes_over(self, rubric: Rubric, bar: QWidget, others: Iterable[QWidget]) -> bool:
        """Show a guide of imported graders instead of what shows other guides, whose parts can be edited."""
        self.setVisible(rubric.has_graders)
        bar.setVisible(not rubric.has_graders)
        if rubric.has_graders:
            for widget in others:
                widget.hide()
            self.show_rubric(rubric)
        return rubric.has_graders

    def opens(self, key: str) -> bool:
        """Bring a grader into sight, with its JSON, if this is what is shown."""
        line = self.lines.get(key)
        if line is not None and not self.isHidden():
            line.button.setChecked(True)
            line.button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(line)
        return not self.isHidden()

    # ---- the formula

    def _on_formula(self, text: str) -> str:
        self._previewed = False
        return self._desk.change(lambda rubric: with_formula(rubric, text.strip()), self.tr("Formula"))

    def _check(self) -> None:
        """Say what is wrong while somebody types; let the answers follow what is right."""
        if not self.formula.is_pending:
            self.formula.set_problem("")
            self._preview(self.formula.saved())
            return
        text = self.formula.typed()
        problem = formula_problem(text, {str(criterion.key) for criterion in self._desk.rubric.criteria()})
        self.formula.set_problem(problem)
        if not problem:
            self._previewed = True
            self._preview(text)

    def _preview(self, text: str) -> None:
        if self._previewed:
            self._desk.preview(lambda rubric: rubric.model_copy(update={"formula": text}))

    # ---- layout

    def _drop_lines(self, kept: set[str]) -> None:
        for key in [key for key in self.lines if key not in kept]:
            line = self.lines.pop(key)
            line.hide()
            self._held.removeWidget(line)
            line.deleteLater()

    def _lay_out(self) -> None:
        space = self._look.theme.space
        content = QWidget()
        dress(content, "plain")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(space.medium, space.medium, space.medium, space.large)
        layout.setSpacing(space.medium)
        title = PlainLabel(heading("aggregation.formula"), wrap=True)
        dress(title, "title")
        explanation = self.tr(
            "This guide came as graders with a formula. The graders run as they are. The score is what the "
            "formula makes of their numbers; it must lie between 0 and 1."
        )
        known = self.tr("It knows the names below, numbers, + - * / ^ ( ) and {functions}.").format(
            functions=" ".join(FORMULA_FUNCTIONS)
        )
        self._held = QVBoxLayout()
        self._held.setSpacing(space.small)
        for widget in (
            title,
            PlainLabel(explanation, "muted", wrap=True),
            with_problem(self.formula, self.tr("Formula")),
            PlainLabel(known, "caption", wrap=True),
            PlainLabel(heading("criterion", 2), "caption"),
        ):
            layout.addWidget(widget)
        layout.addLayout(self._held)
        layout.addStretch(1)
        self.setWidget(content)
