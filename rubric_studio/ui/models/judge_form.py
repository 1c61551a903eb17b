"""The form of a judge with what it would be sent beside it. It gives back a judge or nothing; it knows no project."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.judge import JudgeConfig, JudgeMode
from rubric_studio.services.judge_orders import Preview
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.captioned import Captioned
from rubric_studio.ui.models.judge_modes import JudgeModes
from rubric_studio.ui.models.judge_parameters import JudgeParameters
from rubric_studio.ui.models.judge_prompt_view import JudgePromptView
from rubric_studio.ui.models.judge_words import tr
from rubric_studio.ui.models.name_box import NameBox
from rubric_studio.ui.models.scroll_column import ScrollColumn
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.two_panes import TwoPanes

WAIT_MS = 250
MOST_REPEATS = 20
INSTRUCTION_LINES = 5


class JudgeForm(QDialog):
    """`given` carries the JudgeConfig, `preview_wanted` one that it shall be shown of.

    `trouble` says what is wrong with a judge's name, `version` what saving it would make of it, both as words.
    """

    given = Signal(object)
    preview_wanted = Signal(object)

    def __init__(
        self,
        look: Look,
        connections: Sequence[Connection],
        calls: Mapping[JudgeMode, int],
        trouble: Callable[[str], str],
        version: Callable[[JudgeConfig], str],
        judge: JudgeConfig | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Judge"))
        self._look, self._connections, self._judge = look, tuple(connections), judge
        self._trouble, self._version = trouble, version
        self.name = QLineEdit(judge.name if judge else tr("Judge"))
        self.connection, self.model = NameBox(), NameBox()
        self.modes = JudgeModes(look, calls)
        self.instructions = QPlainTextEdit(judge.instructions if judge else "")
        self.parameters = JudgeParameters(look)
        self.repeats = QSpinBox()
        self.more_button = QPushButton(tr("More: how the model answers"))
        self.said = PlainLabel("", "muted", wrap=True)
        self.prompt = JudgePromptView(look)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = self.buttons.addButton(tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._wait = QTimer(self, interval=WAIT_MS, singleShot=True)
        self._fill()
        self._lay_out()
        self._connect()
        self._on_changed()

    def judge(self) -> JudgeConfig | None:
        """What the form says; None where something is wrong, which is then said in its place."""
        problems = [self._name_problem(), self._model_problem(), self.parameters.problem()]
        return None if any(problems) else self._typed(self._name(), self.model.currentText().strip())

    def _typed(self, name: str, model: str) -> JudgeConfig:
        found = self._connection()
        return JudgeConfig(
            name=name,
            connection=found.id if found else (self._judge.connection if self._judge else ""),
            model=model,
            api=found.api if found else (self._judge.api if self._judge else "chat"),
            mode=self.modes.mode,
            instructions=self.instructions.toPlainText().strip(),
            parameters=self.parameters.parameters(),
            repeats=self.repeats.value(),
        )

    def show_preview(self, found: Preview | None) -> None:
        """Show what would be sent."""
        self.prompt.show_preview(found)

    def accept(self) -> None:
        """Give the judge back."""
        judge = self.judge()
        if judge is not None:
            self.given.emit(judge)
            super().accept()

    # ---- what is typed

    def _name(self) -> str:
        return " ".join(self.name.text().split())

    def _connection(self) -> Connection | None:
        return next((each for each in self._connections if each.id == self.connection.currentData()), None)

    def _name_problem(self) -> str:
        name = self._name()
        is_its_own = self._judge is not None and name == self._judge.name
        problem = tr("Give it a name by which you know it.") if not name else ""
        problem = problem or ("" if is_its_own else self._trouble(name))
        self._named.set_problem(problem)
        return problem

    def _model_problem(self) -> str:
        problem = (
            ""
            if self.model.currentText().strip()
            else tr("Which model? Write its name as the server knows it.")
        )
        self._modeled.set_problem(problem)
        return problem

    def _on_connection_chosen(self) -> None:
        found, kept = self._connection(), self.model.currentText()
        self.model.clear()
        self.model.addItems(list(found.models) if found else [])
        if not found or kept in found.models or (self._judge and kept == self._judge.model):
            self.model.setCurrentText(kept)
        self._on_changed()

    def _on_changed(self) -> None:
        judge = self.judge()
        self.save_button.setEnabled(judge is not None)
        self.said.setText("" if judge is None else self._version(judge))
        self._wait.start()

    def _ask_for_preview(self) -> None:
        """Neither name nor model are in what is sent: it is shown before they are there."""
        if not self.parameters.problem():
            self.preview_wanted.emit(self._typed("?", "?"))

    def _show_more(self) -> None:
        self.parameters.setVisible(self.parameters.isHidden())
        shown = not self.parameters.isHidden()
        self.more_button.setText(tr("Fewer settings") if shown else tr("More: how the model answers"))

    # ---- laying out

    def _fill(self) -> None:
        for each in self._connections:
            self.connection.addItem(each.name, each.id)
        if not self._connections:
            self.connection.addItem(tr("None on this computer yet"), "")
        self.model.setEditable(True)
        self.model.setInsertPolicy(NameBox.InsertPolicy.NoInsert)
        self.instructions.setTabChangesFocus(True)
        self.instructions.setPlaceholderText(
            tr("For example: answers in German are as welcome as English ones.")
        )
        self.repeats.setRange(1, MOST_REPEATS)
        judge = self._judge
        if judge is not None:
            self.connection.setCurrentIndex(max(0, self.connection.findData(judge.connection)))
        found = self._connection()
        self.model.addItems(list(found.models) if found else [])
        if judge is not None:
            self.model.setCurrentText(judge.model)
            self.parameters.show_parameters(judge.parameters)
            self.repeats.setValue(judge.repeats)
        self.modes.show_mode(judge.mode if judge else "criterion")

    def _connect(self) -> None:
        self.name.textChanged.connect(self._on_changed)
        self.connection.activated.connect(self._on_connection_chosen)
        self.model.editTextChanged.connect(self._on_changed)
        self.modes.chosen.connect(self._on_changed)
        self.instructions.textChanged.connect(self._on_changed)
        self.parameters.changed.connect(self._on_changed)
        self.repeats.valueChanged.connect(self._on_changed)
        self.more_button.clicked.connect(self._show_more)
        self._wait.timeout.connect(self._ask_for_preview)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        dress(self.save_button, "primary")
        dress(self.more_button, "link")
        self.parameters.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.large, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(TwoPanes(self._form(), self.prompt, (4, 5)), 1)
        layout.addWidget(self.said)
        layout.addWidget(self.buttons)
        letter = self._look.metrics("control").averageCharWidth()
        height = self._look.metrics("control").height()
        above = self.parent()
        room = above.window().size() if isinstance(above, QWidget) else None
        width, high = 150 * letter, 38 * height
        if room is not None:
            width, high = min(width, room.width() - space.page), min(high, room.height() - space.page)
        self.resize(width, high)

    def _form(self) -> ScrollColumn:
        look, space = self._look, self._look.theme.space
        self._named = Captioned(look, tr("Name"), self.name)
        self._modeled = Captioned(look, tr("Model"), self.model)
        self.instructions.setFixedHeight(
            look.metrics("control").lineSpacing() * INSTRUCTION_LINES + space.medium
        )
        scroll = ScrollColumn(space.medium, right=space.medium)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        hint = tr("Your own words, added to ours. They are shown beside, with all that is sent.")
        often = tr("Asked several times, it shows how steady it is; each time costs the same again.")
        for each in (
            self._named,
            Captioned(look, tr("Connection"), self.connection),
            self._modeled,
            Captioned(look, tr("One call marks"), self.modes),
            Captioned(look, tr("Instructions"), self.instructions, hint),
            Captioned(look, tr("Ask every question"), self.repeats, often),
            self.more_button,
            self.parameters,
        ):
            is_link = each is self.more_button
            scroll.column.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft if is_link else Qt.AlignmentFlag(0))
        self.repeats.setSuffix(tr(" times"))
        self.repeats.setSpecialValueText(tr("once"))
        return scroll
