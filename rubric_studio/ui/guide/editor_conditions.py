"""When something counts: the gate of a part, and the rows that a part or a point applies to."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from rubric_studio.domain.rubric import Gate, Rubric, Stratum, When
from rubric_studio.domain.rubric_edits import RubricEdit, with_stratum
from rubric_studio.ui.guide.choices import ChoiceBox, field_line
from rubric_studio.ui.guide.desk import GuideDesk
from rubric_studio.ui.guide.fields import TextField, with_problem
from rubric_studio.ui.guide.weights import Scale, WeightControl
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel

REACHED = Scale(0.05, 1.0, 1)


class GateForm(QWidget):
    """How far a part must be reached before the later ones count."""

    def __init__(self, look: Look, desk: GuideDesk, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._key = desk, key
        options = [("", self.tr("Later parts count whatever happens here"))]
        options += [(mode, heading(f"gate.{mode}")) for mode in ("hard", "soft")]
        self.mode = ChoiceBox(heading("gate"), options, self._on_mode)
        name = self.tr("How far this part must be reached, from 0 to 1")
        self.at = WeightControl(look, name, self._on_at, self._on_at_slid, REACHED)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.tiny)
        layout.addWidget(PlainLabel(heading("gate"), "caption"))
        for widget in (self.mode, self.mode.problem, self.at):
            layout.addWidget(widget)

    def show_gate(self, gate: Gate | None) -> None:
        """Show the saved gate."""
        self._gate = gate
        self.mode.show_value(gate.mode if gate else "")
        self.at.setVisible(gate is not None)
        if gate:
            self.at.show_weight(gate.at, self.tr("reached"))

    def _edit(self, gate: Gate | None) -> RubricEdit:
        key = self._key
        return lambda rubric: with_stratum(rubric, key, gate=gate)

    def _on_mode(self, mode: str) -> str:
        at = self._gate.at if self._gate else 1.0
        gate = {"hard": Gate(at=at), "soft": Gate(at=at, mode="soft")}.get(mode)
        return self._desk.change(self._edit(gate), self.tr("What must be met first"))

    def _on_at(self, at: float) -> str:
        if not 0 < at <= 1:
            return self.tr("More than 0, at most 1.")
        mode = self._gate.mode if self._gate else "hard"
        return self._desk.change(self._edit(Gate(at=at, mode=mode)), self.tr("How far must be reached"))

    def _on_at_slid(self, at: float) -> None:
        if 0 < at <= 1:
            self._desk.preview(self._edit(Gate(at=at, mode=self._gate.mode if self._gate else "hard")))


class WhenForm(QWidget):
    """Only for questions in which a field has one of some values."""

    def __init__(
        self,
        look: Look,
        desk: GuideDesk,
        edit: Callable[[Rubric, When | None], Rubric],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._edit = desk, edit
        self._when: When | None = None
        self.switch = QCheckBox(self.tr("Only for some questions"))
        self.switch.clicked.connect(self._on_switched)
        self.field = field_line(self.tr("Field of the question"), desk.fields, self._on_typed)
        self.values = TextField(self.tr("Its value; several one on a line"), self._on_typed, most_lines=6)
        self._details = QWidget()
        inside = QVBoxLayout(self._details)
        inside.setContentsMargins(look.theme.space.wide, 0, 0, 0)
        inside.setSpacing(look.theme.space.small)
        inside.addWidget(with_problem(self.field, self.tr("Where this field of the question")))
        inside.addWidget(with_problem(self.values, self.tr("is one of these, one on a line")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.tiny)
        layout.addWidget(self.switch)
        layout.addWidget(self._details)

    def show_when(self, when: When | None) -> None:
        """Show the saved condition; one that is being written stays."""
        waiting = self.switch.isChecked() and self._when is None and when is None
        self._when = when
        if waiting:
            return
        self.switch.setChecked(when is not None)
        self._details.setVisible(when is not None)
        self.field.show_value(when.field if when else "")
        self.values.show_value("\n".join(str(value) for value in when.any_of) if when else "")

    def _on_switched(self, on: bool) -> None:
        self._details.setVisible(on)
        if on:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._when is not None:
            self._desk.change(lambda rubric: self._edit(rubric, None), self.tr("Count for every question"))

    def _on_typed(self, _: str) -> str:
        """Take the condition once both the field and a value are there."""
        field = self.field.text().strip()
        values = tuple(line.strip() for line in self.values.toPlainText().splitlines() if line.strip())
        if not field or not values:
            return "" if self._when is None else self.tr("Both the field and a value are needed.")
        when = When.model_validate({"field": field, "in": values})
        return self._desk.change(lambda rubric: self._edit(rubric, when), self.tr("Only for some questions"))


def gate_words(stratum: Stratum) -> str:
    """Return a gate in words: "Must be met first: 0.8"; "" where there is none."""
    if stratum.gate is None:
        return ""
    return f"{heading(f'gate.{stratum.gate.mode}')}: {stratum.gate.at:.3g}"
