"""Which way of asking is used: the question as it stands, or a saved one; with what to mind about it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from rubric_studio.domain.model_call import ResponseSchema
from rubric_studio.domain.prompt import AS_IT_STANDS, PromptTemplate
from rubric_studio.domain.simple_schema import as_simple
from rubric_studio.services.prompts import KeptPrompt
from rubric_studio.ui.handover.card import Card
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel


class SamplingPrompt(Card):
    """Shows the versions it is given; `edit_requested` and `comparison_requested` open dialogs elsewhere."""

    changed = Signal()
    edit_requested = Signal()
    comparison_requested = Signal()
    choice_requested = Signal()
    removal_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.set_heading(self.tr("Way of asking"))
        self._kept: dict[str, PromptTemplate] = {}
        self._chosen = ""
        self.prompt = QComboBox()
        self.prompt.setAccessibleName(self.tr("Way of asking"))
        self.prompt.setMinimumContentsLength(20)
        self.prompt.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.edit_button = QPushButton(self.tr("Write another…"))
        self.compare_button = QPushButton(self.tr("Compare two ways of asking…"))
        self.choose_button = QPushButton(self.tr("Use it in training too"))
        self.remove_button = QPushButton(self.tr("Take it away"))
        for button in (self.compare_button, self.choose_button, self.remove_button):
            dress(button, "link")
        self.form = PlainLabel("", "muted", wrap=True)
        self.chosen = PlainLabel("", "muted", wrap=True)
        self.warnings = PlainLabel("", wrap=True)
        line = QHBoxLayout()
        line.addWidget(self.prompt, 1)
        line.addWidget(self.edit_button)
        links = QHBoxLayout()
        links.addWidget(self.choose_button)
        links.addWidget(self.remove_button)
        links.addStretch(1)
        links.addWidget(self.compare_button)
        self.content.addLayout(line)
        for label in (self.form, self.chosen, self.warnings):
            self.content.addWidget(label, 0, Qt.AlignmentFlag(0))
        self.content.addLayout(links)
        self.prompt.activated.connect(self._on_activated)
        self.edit_button.clicked.connect(self.edit_requested)
        self.compare_button.clicked.connect(self.comparison_requested)
        self.choose_button.clicked.connect(self.choice_requested)
        self.remove_button.clicked.connect(self.removal_requested)

    def show_prompts(self, kept: Sequence[KeptPrompt], subject: str, chosen: str) -> None:
        """Offer versions, one of them taken; `chosen` is the subject of the one for training, "" for none."""
        self._kept = {each.subject: each.template for each in kept}
        self._chosen = chosen
        self.prompt.clear()
        self.prompt.addItem(self.tr("The question as it stands"), "")
        for each in kept:
            self.prompt.addItem(each.template.title, each.subject)
        self.prompt.setCurrentIndex(max(0, self.prompt.findData(subject)))
        self._say()

    @property
    def subject(self) -> str:
        """The saved version that is taken, "" for the question as it stands."""
        return self.prompt.currentData() or ""

    def template(self) -> PromptTemplate:
        """What is asked with."""
        return self._kept.get(self.subject, AS_IT_STANDS)

    def show_warnings(self, warnings: Sequence[str]) -> None:
        """Say what to mind."""
        self.warnings.setText("\n".join(f"\N{BULLET} {each}" for each in warnings))
        self.warnings.setVisible(bool(warnings))

    def _on_activated(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        template = self.template()
        self.form.setText(self._form_words(template.response))
        is_chosen = self.subject == self._chosen
        told = self._kept.get(self._chosen)
        self.chosen.setText(
            self.tr("Training and use will ask in this way.")
            if is_chosen and told is not None
            else self.tr("Training and use will ask with “{0}”.").format(told.title)
            if told is not None
            else ""
        )
        self.chosen.setVisible(bool(self.chosen.text()))
        self.choose_button.setVisible(not is_chosen)
        self.remove_button.setVisible(bool(self.subject))
        self.edit_button.setText(self.tr("Change…") if self.subject else self.tr("Write another…"))

    def _form_words(self, response: ResponseSchema | None) -> str:
        if response is None:
            return self.tr("The answer is free text.")
        fields = as_simple(response.json_schema)
        if fields is None:
            return self.tr("The answer is JSON that fits a schema.")
        names = ", ".join(field.name for field in fields[:6])
        more = self.tr(" and {0} more").format(len(fields) - 6) if len(fields) > 6 else ""
        return self.tr("The answer has the fields {0}{1}.").format(names, more)
