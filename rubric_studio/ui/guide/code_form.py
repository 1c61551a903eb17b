"""Own code in the form of a point: the contract, the code, where it may run, and what it gives as it is typed."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.domain.kind_choice import STARTING_CODE
from rubric_studio.services.own_code import NEEDS_TRUST, Trust
from rubric_studio.ui.guide.code_contract import CodeContract
from rubric_studio.ui.guide.code_edit import CodeEdit
from rubric_studio.ui.guide.code_results import CodeResults
from rubric_studio.ui.guide.code_trials import CodeTrials, Trial
from rubric_studio.ui.guide.code_trust_dialog import CodeTrustDialog
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text

TYPING_MS = 400


class CodeForm(QWidget):
    """`commit` takes the finished text; without `trials` nothing runs (no project). `raw`: any number counts"""

    in_sight = Signal(bool)

    def __init__(
        self,
        look: Look,
        name: str,
        commit: Callable[[str], str],
        trials: CodeTrials | None,
        *,
        raw: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._take, self._trials = look, commit, trials
        self._is_ours, self._raw = False, raw
        self._lacks = ""
        self.contract = CodeContract(look)
        self.code = CodeEdit(look, name, self._commit)
        self.state = PlainLabel("", "muted", wrap=True)
        self.decide_button = QPushButton()
        dress(self.decide_button, "link")
        self.results = CodeResults(look)
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._try)
        self._lay_out()
        self.contract.insert_requested.connect(self.code.insert)
        self.code.textChanged.connect(self._on_typed)
        self.code.left.connect(self._on_left)
        self.decide_button.clicked.connect(self._on_decided)
        if trials is not None:
            trials.tried.connect(self._show_trial)
            trials.answers_changed.connect(self._on_answers_changed)
            self.contract.show_fields(trials.item())
        else:
            self.contract.show_fields({})

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.in_sight.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.in_sight.emit(False)

    def show_source(self, source: str) -> None:
        """Show the saved text; it runs if it was written here or somebody has allowed it."""
        if source == self.code.saved():
            return
        self.code.show_value(source)
        self._is_ours = source == STARTING_CODE
        if self._trials is not None:
            self._is_ours = self._is_ours or self._trials.trust(source) is not Trust.NONE
            if self._is_ours:
                self._trials.allow_sandbox(source)
        self._try()

    def set_read_only(self, on: bool) -> None:
        """Let the text be looked at only."""
        self.code.setReadOnly(on)
        self.contract.setVisible(not on)

    # ---- running

    def _on_typed(self) -> None:
        if self._is_ours and self.code.is_pending:
            self._typing.start()

    def _on_answers_changed(self) -> None:
        if self._trials is not None:
            self.contract.show_fields(self._trials.item())
            self._try()

    def _try(self) -> None:
        self._typing.stop()
        if self._trials is None:
            self._say("", "")
        elif not self._is_ours:
            self.results.show_told((), ())
            self._say(
                self.tr("This code came with a file. It has not run here."), self.tr("Run it in the safe box")
            )
        else:
            self._trials.try_code(self.code.toPlainText(), raw=self._raw)

    def _show_trial(self, trial: Trial) -> None:
        if trial.source != self.code.toPlainText():
            return  # something was typed since; its own trial is on its way
        self._lacks = trial.waits.removeprefix(f"{NEEDS_TRUST}: ")
        self.results.show_told(trial.names, trial.said)
        wrong = next((said for said in trial.said if said.value is None and said.line is not None), None)
        words = wrong.reason.removesuffix(f" (line {wrong.line})") if wrong is not None else ""
        self.code.show_error(wrong.line if wrong is not None else None, words)
        if trial.waits:
            self._say(
                self.tr("Needs your trust: {0}.").format(self._lacks), self.tr("Look at it and decide…")
            )
        elif trial.where is Trust.PYTHON:
            words = self.tr("Runs outside the safe box: you trusted exactly this text.")
            self._say(words, self.tr("Trust it no longer"))
        else:
            self._say(self.tr("Runs in the safe box."), "")

    def _say(self, words: str, button: str) -> None:
        self.state.setText(words)
        self.state.setVisible(bool(words))
        self.decide_button.setText(button_text(button))
        self.decide_button.setVisible(bool(button))

    # ---- deciding

    def _on_decided(self) -> None:
        source = self.code.toPlainText()
        assert self._trials is not None
        if not self._is_ours:
            self._is_ours = True
            self._trials.allow_sandbox(source)
            self._trials.check_answers()
            self._try()
        elif self._trials.trust(source) is Trust.PYTHON:
            self._trials.take_back(source)
            self._try()
        else:
            self.ask_for_trust()

    def ask_for_trust(self) -> CodeTrustDialog:
        """Show the exact text and ask whether it may run outside the safe box."""
        assert self._trials is not None
        self.code.commit()
        source = self.code.toPlainText()
        dialog = CodeTrustDialog(self._look, source, self._lacks, self._trials.lacking(), self.window())
        dialog.trusted.connect(self._on_trusted)
        dialog.open()
        return dialog

    def _on_trusted(self, source: str) -> None:
        assert self._trials is not None
        self._trials.allow_python(source)
        self._try()

    # ---- writing

    def _commit(self, source: str) -> str:
        """Hand the text in; what was written here may run here, which is noted before anybody marks with it."""
        if self._trials is not None and self._is_ours:
            self._trials.allow_sandbox(source)
        return self._take(source)

    def _on_left(self) -> None:
        form = self.parentWidget()
        while form is not None and form.objectName() != "open-point":
            form = form.parentWidget()
        if form is not None:
            form.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        state = QHBoxLayout()
        state.setSpacing(space.small)
        state.addWidget(self.state, 1)
        state.addWidget(self.decide_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.small)
        for widget in (self.contract, self.code, self.code.problem):
            layout.addWidget(widget)
        layout.addLayout(state)
        layout.addWidget(self.results)
