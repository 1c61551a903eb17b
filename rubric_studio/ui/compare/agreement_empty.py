"""What stands where agreement cannot be told yet: why, and the one thing to do next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.ui.compare.agreement_finding import pairs
from rubric_studio.ui.compare.agreement_found import AgreementFound
from rubric_studio.ui.compare.agreement_words import tr
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.look import Look

NO_VERSION, NO_MARKS, OPEN, ALONE, APART = "no version", "no marks", "open", "alone", "apart"
GOES_TO = {NO_VERSION: "guide", OPEN: "score"}
"""The page on which the next thing is done; for all else a round is planned."""


def lacking(found: AgreementFound) -> str:
    """Why nothing can be told of what was found, "" where something can."""
    report = found.report
    if pairs(report):
        return ""
    if found.open_rounds:
        return OPEN
    if not report.raters:
        return NO_MARKS
    return ALONE if len(report.raters) < 2 else APART


class AgreementEmpty(QWidget):
    """One sentence, one button."""

    page_requested = Signal(str)
    round_requested = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._states: dict[str, EmptyState] = {}
        self._body = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._body)

    @property
    def shown(self) -> EmptyState | None:
        """The state that is shown."""
        shown = self._body.currentWidget()
        return shown if isinstance(shown, EmptyState) else None

    def say(self, why: str, found: AgreementFound | None = None) -> None:
        """Say why nothing can be told, and what to do next."""
        if why not in self._states:
            self._states[why] = self._made(why)
        state = self._states[why]
        name = found.names[0] if found is not None and found.names else tr("One person")
        state.set_sentence(_sentences()[why].format(name=name.replace("{", "(").replace("}", ")")))
        self._body.setCurrentWidget(state)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the keyboard on the one button."""
        if self.shown is not None:
            self.shown.main_button.setFocus(reason)

    def _made(self, why: str) -> EmptyState:
        buttons = {NO_VERSION: tr("Open the scoring guide"), OPEN: tr("See how far the round is")}
        state = EmptyState(self._look, "", main=buttons.get(why, tr("Plan a round")), icon="compare")
        page = GOES_TO.get(why)
        if page is None:
            state.main_requested.connect(lambda: self.round_requested.emit(None))
        else:
            state.main_requested.connect(lambda: self.page_requested.emit(page))
        self._body.addWidget(state)
        return state


def _sentences() -> dict[str, str]:
    return {
        NO_VERSION: tr("No version of the scoring guide is saved yet. Marks are compared under saved words: save a "
                       "version, then let two people mark the same answers."),
        NO_MARKS: tr("Nobody has marked an answer by these words yet. In a round several people mark the same answers, "
                     "each alone; then you see here how far they agree."),
        OPEN: tr("A round is under way. What is marked stays sealed until it is closed; then you see here how far "
                 "people agree."),
        ALONE: tr("Only {name} has marked answers by these words so far. Agreement needs a second person: a round "
                  "gives both the same answers."),
        APART: tr("No answer was marked by two people by these words yet. About 30 marked twice would do: a round "
                  "gives everybody the same answers."),
    }  # fmt: skip
