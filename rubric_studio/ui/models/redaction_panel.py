"""What is taken out before texts leave: fields, identifiers, names. Edits a Redaction; knows no store."""

from collections.abc import Sequence
from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QVBoxLayout, QWidget

from rubric_studio.domain.redaction import Identifier, Redaction
from rubric_studio.services.estimate import Finding
from rubric_studio.services.identifiers import KIND_OF
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.start_words import found_text, identifier_name, tr
from rubric_studio.ui.plain_text import PlainLabel, button_text

NAME_LINES = 3


class RedactionPanel(QWidget):
    """`changed` tells every change; `redaction` is what is wanted now."""

    changed = Signal()

    def __init__(self, look: Look, redaction: Redaction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._hidden = look, redaction.fields
        self.fields: dict[str, QCheckBox] = {}
        self.identifiers = {each: QCheckBox(identifier_name(each)) for each in get_args(Identifier)}
        self.found = {each: PlainLabel("", "caption", wrap=True) for each in self.identifiers}
        for each, box in self.identifiers.items():
            box.setChecked(each in redaction.identifiers)
            box.toggled.connect(self.changed)
        self.names = QPlainTextEdit("\n".join(redaction.names))
        self.names.setAccessibleName(tr("Names, one on a line"))
        self.names.setPlaceholderText(tr("Anna Berg\nBerg & Partner"))
        self.names.setTabChangesFocus(True)
        self.names.textChanged.connect(self.changed)
        self._field_box = QVBoxLayout()
        self._field_head = PlainLabel(tr("Leave out these reference fields"), "caption")
        self.names_found = PlainLabel("", "caption", wrap=True)
        self._lay_out()
        self.offer_fields(())

    def redaction(self) -> Redaction:
        """Return what shall be taken out; a field that this order does not show stays left out."""
        shown = {name for name, box in self.fields.items() if box.isChecked()}
        fields = [name for name in self._hidden if name not in self.fields or name in shown]
        fields += [name for name in self.fields if name in shown and name not in fields]
        names = dict.fromkeys(" ".join(line.split()) for line in self.names.toPlainText().splitlines())
        return Redaction(
            fields=tuple(fields),
            identifiers=tuple(each for each, box in self.identifiers.items() if box.isChecked()),
            names=tuple(name for name in names if name),
        )

    def offer_fields(self, names: Sequence[str]) -> None:
        """Offer the fields that would go out, or would without being left out."""
        for name in names:
            if name not in self.fields:
                box = QCheckBox(button_text(name))
                box.setChecked(name in self._hidden)
                box.toggled.connect(self.changed)
                self.fields[name] = box
                self._field_box.addWidget(box)
        self._field_head.setVisible(bool(self.fields))

    def show_findings(self, findings: Sequence[Finding], looked_at: int) -> None:
        """Say what was found of each kind."""
        by_kind = {finding.kind: finding for finding in findings}
        for each, label in self.found.items():
            label.setText(found_text(by_kind.get(KIND_OF[each]), looked_at))
        named = bool(self.redaction().names)
        self.names_found.setText(found_text(by_kind.get("name"), looked_at) if named else "")
        self.names_found.setVisible(named)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.tiny)
        layout.addWidget(self._field_head)
        layout.addLayout(self._field_box)
        layout.addWidget(PlainLabel(tr("Replace what is found"), "caption"))
        for each, box in self.identifiers.items():
            layout.addWidget(box)
            layout.addWidget(self.found[each])
            self.found[each].setIndent(space.wide)
        layout.addWidget(PlainLabel(tr("Replace these names, one on a line"), "caption"))
        layout.addWidget(self.names)
        layout.addWidget(self.names_found)
        line = self._look.metrics("control").lineSpacing()
        self.names.setFixedHeight(NAME_LINES * line + 2 * space.small + 4)
