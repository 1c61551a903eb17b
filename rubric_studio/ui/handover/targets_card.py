"""What the hand-over is made for, what must be left out for it, and the models it names."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from rubric_studio.domain.bundle import BundleContent, BundleOptions
from rubric_studio.domain.splitting import Shares
from rubric_studio.services.handover import HandoverFacts, draft_content
from rubric_studio.services.ports import Bundles
from rubric_studio.ui.handover.card import Card
from rubric_studio.ui.handover.target_form import TargetForm
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel

FIRST_CHOICE = "trl"
NAMES_MODELS = frozenset({"openai"})


class TargetsCard(Card):
    """Keeps what the user has agreed to leave out; `changed` tells that the choice is another."""

    changed = Signal()

    def __init__(self, look: Look, bundles: Bundles, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.set_heading(self.tr("Made for"))
        self._bundles = bundles
        self._facts: HandoverFacts | None = None
        self._shares = Shares()
        self._left_out: frozenset[str] = frozenset()
        self.forms = [TargetForm(look, name, title) for name, title in bundles.targets().items()]
        for form in self.forms:
            form.chosen.setChecked(form.name == FIRST_CHOICE)
            self.content.addWidget(form)
            form.changed.connect(self._on_form_changed)
        self.judge_model = _model(self.tr("Model that marks in training"), "gpt-5-mini")
        self.base_model = _model(self.tr("Model to train"), "o4-mini")
        self._models = QWidget()
        models = QFormLayout(self._models)
        models.setContentsMargins(look.theme.space.large, 0, 0, 0)
        models.addRow(PlainLabel(self.tr("Model that marks in training")), self.judge_model)
        models.addRow(PlainLabel(self.tr("Model to train")), self.base_model)
        self.content.addWidget(self._models)
        self._problem = PlainLabel("", "problem", wrap=True)
        self.content.addWidget(self._problem)
        for field in (self.judge_model, self.base_model):
            field.editingFinished.connect(self._on_form_changed)

    def show_facts(self, facts: HandoverFacts, shares: Shares) -> None:
        """Ask the targets about the version that is handed over, cut into those parts."""
        self._facts = facts
        self._shares = shares
        self._refresh()

    def options(self, seed: int) -> BundleOptions | None:
        """What is asked for; None while nothing is chosen."""
        names = tuple(form.name for form in self.forms if form.chosen.isChecked())
        if not names:
            return None
        return BundleOptions(
            targets=names,
            seed=seed,
            leave_out=tuple(sorted(self._left_out)),
            judge_model=self.judge_model.text().strip() or None,
            base_model=self.base_model.text().strip() or None,
        )

    @property
    def is_ready(self) -> bool:
        """Whether every chosen target can carry what is left."""
        return self._facts is not None and self._blocked() == 0 and self.options(0) is not None

    def _on_form_changed(self) -> None:
        ticked: set[str] = set()
        for form in self.forms:
            if form.chosen.isChecked():
                ticked |= {key for key, box in form.boxes.items() if box.isChecked()}
        self._left_out = frozenset(ticked)
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        if self._facts is None:
            return
        titles = {str(c.key): c.title or c.key for c in self._facts.version.rubric.criteria()}
        titles |= {str(s.key): s.title or s.key for s in self._facts.version.rubric.strata}
        titles.setdefault(self._facts.version.rubric.row_criteria or "", self.tr("the questions' own points"))
        for form in self.forms:
            everything = self._content(form.name, frozenset())
            form.show_objections(self._bundles.objections(everything, form.name), titles, self._left_out)
        self._models.setVisible(any(f.chosen.isChecked() and f.name in NAMES_MODELS for f in self.forms))
        blocked = self._blocked()
        one = self.tr("One thing must be left out, or named, before this can be handed over.")
        many = self.tr("{0} things must be left out, or named, before this can be handed over.")
        self._problem.setText(one if blocked == 1 else many.format(blocked))
        self._problem.setVisible(blocked > 0)

    def _blocked(self) -> int:
        chosen = [form.name for form in self.forms if form.chosen.isChecked()]
        return sum(
            len(self._bundles.objections(self._content(name, self._left_out), name)) for name in chosen
        )

    def _content(self, target: str, left_out: frozenset[str]) -> BundleContent:
        assert self._facts is not None
        options = BundleOptions(
            targets=(target,),
            leave_out=tuple(sorted(left_out)),
            judge_model=self.judge_model.text().strip() or None,
            base_model=self.base_model.text().strip() or None,
        )
        return draft_content(self._facts, options, self._shares)


def _model(name: str, example: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(example)
    field.setMaximumWidth(320)
    return field
