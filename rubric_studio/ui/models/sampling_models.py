"""Which models are asked, by which connection, and for how many answers each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from rubric_studio.domain.connection import Connection
from rubric_studio.services.sampling_choices import MOST_ANSWERS, ChosenModel, SamplingChoices
from rubric_studio.ui.handover.card import Card
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.captioned import Captioned
from rubric_studio.ui.models.icon_button import IconButton
from rubric_studio.ui.plain_text import PlainLabel, set_tip
from rubric_studio.ui.tab_order import let_tab_come_at


class SamplingModels(Card):
    """One line a model. `changed` tells of another choice."""

    changed = Signal()
    connections_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.set_heading(self.tr("Models"))
        self._look = look
        self._connections: Sequence[Connection] = ()
        self.lines: list[ModelLine] = []
        self._list = QVBoxLayout()
        self.add_button = QPushButton(self.tr("Ask another model too"))
        dress(self.add_button, "link")
        self.connect_button = QPushButton(self.tr("Connections…"))
        dress(self.connect_button, "link")
        self.per_row = QSpinBox()
        self.per_row.setRange(1, MOST_ANSWERS)
        self.problem = PlainLabel("", "muted", wrap=True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addStretch(1)
        buttons.addWidget(self.connect_button)
        hint = self.tr("Several show how far a model varies. Four are enough to begin.")
        self.per_row.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        per_row = Captioned(look, self.tr("Answers to each question"), self.per_row, hint)
        self.content.addLayout(self._list)
        self.content.addWidget(self.problem)
        self.content.addLayout(buttons)
        self.content.addWidget(per_row)
        self.add_button.clicked.connect(self._on_add_clicked)
        self.connect_button.clicked.connect(self.connections_requested)
        self.per_row.valueChanged.connect(self.changed)

    def show_connections(self, connections: Sequence[Connection]) -> None:
        """Offer these; what is chosen stays."""
        self._connections = connections
        for line in self.lines:
            line.show_connections(connections)

    def show_choices(self, choices: SamplingChoices) -> None:
        """Show what was chosen; of models at connections that are not known here nothing."""
        known = {connection.id for connection in self._connections}
        wanted = [chosen for chosen in choices.models if chosen.connection in known]
        for line in [*self.lines]:
            self._take(line)
        for chosen in wanted or [None]:
            self._put(chosen)
        self.per_row.setValue(choices.per_row)
        self._refresh()

    def models(self) -> tuple[ChosenModel, ...]:
        """The models that are named, each once."""
        found = (line.chosen() for line in self.lines)
        return tuple(dict.fromkeys(chosen for chosen in found if chosen is not None))

    def _put(self, chosen: ChosenModel | None) -> "ModelLine":
        line = ModelLine(self._look, self._connections, chosen)
        line.changed.connect(self._on_changed)
        line.remove_requested.connect(lambda: self._on_remove_requested(line))
        before = self.lines[-1].remove_button if self.lines else self.problem
        self.lines.append(line)
        self._list.addWidget(line)
        let_tab_come_at(before, (line.connection, line.model, line.remove_button))
        return line

    def _take(self, line: "ModelLine") -> None:
        self.lines.remove(line)
        self._list.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _on_add_clicked(self) -> None:
        self._put(None).model.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_changed()

    def _on_remove_requested(self, line: "ModelLine") -> None:
        self._take(line)
        self._on_changed()
        self.lines[0].model.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self) -> None:
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        for line in self.lines:
            line.remove_button.setVisible(len(self.lines) > 1)
        problem = "" if self.models() else self.tr("Choose a model, or write its name.")
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))


class ModelLine(QWidget):
    """A connection and one of its models, which may be typed too."""

    changed = Signal()
    remove_requested = Signal()

    def __init__(
        self,
        look: Look,
        connections: Sequence[Connection],
        chosen: ChosenModel | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.connection, self.model = QComboBox(), QComboBox()
        self.connection.setAccessibleName(self.tr("Connection"))
        self.model.setAccessibleName(self.tr("Model"))
        self.model.setEditable(True)
        self.model.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for box, letters in ((self.connection, 12), (self.model, 20)):
            box.setMinimumContentsLength(letters)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        edit = self.model.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(self.tr("Name of the model"))
        self.remove_button = IconButton(look, "close", self.tr("Do not ask this model"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.theme.space.small)
        line.addWidget(self.connection, 2)
        line.addWidget(self.model, 3)
        line.addWidget(self.remove_button)
        self._models: dict[str, tuple[str, ...]] = {}
        self.show_connections(connections)
        if chosen is not None:
            self.connection.setCurrentIndex(self.connection.findData(chosen.connection))
            self._offer()
            self._write(chosen.model)
        self.connection.activated.connect(self._on_connection_chosen)
        self.model.editTextChanged.connect(self._on_model_changed)
        self.remove_button.clicked.connect(self.remove_requested)

    def show_connections(self, connections: Sequence[Connection]) -> None:
        """Offer these; the chosen one stays where it is still there."""
        kept, typed = self.connection.currentData(), self.model.currentText()
        self._models = {each.id: each.models for each in connections}
        self.connection.clear()
        for each in connections:
            self.connection.addItem(each.name, each.id)
        self.connection.setCurrentIndex(max(0, self.connection.findData(kept)))
        self._offer()
        if typed:
            self._write(typed)

    def chosen(self) -> ChosenModel | None:
        """What is chosen; None while no model is named."""
        model, connection = self.model.currentText().strip(), self.connection.currentData()
        return ChosenModel(connection=connection, model=model) if model and connection else None

    def _write(self, model: str) -> None:
        """Write a name so that its beginning is seen."""
        self.model.setEditText(model)
        edit = self.model.lineEdit()
        if edit is not None:
            edit.setCursorPosition(0)

    def _offer(self) -> None:
        self.model.blockSignals(True)
        self.model.clear()
        self.model.addItems(list(self._models.get(self.connection.currentData() or "", ())))
        self.model.setCurrentIndex(0 if self.model.count() == 1 else -1)
        if self.model.count() != 1:
            self.model.clearEditText()
        self.model.blockSignals(False)

    def _on_connection_chosen(self) -> None:
        self._offer()
        self.changed.emit()

    def _on_model_changed(self) -> None:
        set_tip(self.model, self.model.currentText())
        self.changed.emit()
