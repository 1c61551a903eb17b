"""One judge: what it is, what can be done with it, how steady it is and whether it has drifted. It knows no project."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.ui.actions import key_text
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.handover.card import Card
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.drift_card import DriftCard
from rubric_studio.ui.models.judge_entry import JudgeEntry, mode_word, rule_word
from rubric_studio.ui.models.judge_words import tr
from rubric_studio.ui.models.run_facts import RunFacts
from rubric_studio.ui.models.stability_card import StabilityCard
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel, button_text, set_tip

ASK, COMPARE, LET, CHANGE, REMOVE = "ask", "compare", "let", "change", "remove"
KEYS = {ASK: "A", COMPARE: "K", LET: "L", CHANGE: "E", REMOVE: "Del"}


class JudgeDetail(QScrollArea):
    """`done` names what somebody wants done with the judge: one of `KEYS`."""

    done = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.title = PlainLabel("", "title", wrap=True)
        self.said = PlainLabel("", "muted", wrap=True)
        self.buttons = {
            ASK: QPushButton(_worded(tr("Ask for marks…"), ASK)),
            COMPARE: QPushButton(_worded(tr("Compare with experts"), COMPARE)),
            LET: QPushButton(_worded(tr("Let this one count"), LET)),
            CHANGE: QPushButton(_worded(tr("Change…"), CHANGE)),
            REMOVE: QPushButton(_worded(tr("Remove…"), REMOVE)),
        }
        self.facts = RunFacts(look, tr("What it is"))
        self.stability, self.drift = StabilityCard(look), DriftCard(look)
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, name=name: self.done.emit(name))
        self._lay_out()

    def show_entry(
        self,
        entry: JudgeEntry,
        versions: Sequence[JudgeConfig],
        *,
        connection: str,
        can_write: bool,
        is_own: bool = True,
        is_open: bool = False,
    ) -> None:
        """Show a judge; `connection` is its name on this computer, "" where there is none.

        Where it is not its own, the judge was made with one that this computer does not know. It is open which
        judge counts where several have marked and none is chosen.
        """
        self.title.setText(entry.rater)
        shown = {
            ASK: entry.is_kept and entry.panel is None,
            COMPARE: entry.has_marks,
            LET: can_write and entry.has_marks and not entry.counts,
            CHANGE: can_write and entry.is_kept,
            REMOVE: can_write and entry.is_kept,
        }
        for name, button in self.buttons.items():
            button.setVisible(shown[name])
        self.buttons[ASK].setEnabled(can_write and bool(connection))
        why = "" if connection else tr("This computer has no connection yet: make one under Connections.")
        set_tip(self.buttons[ASK], why)
        dress(self.buttons[ASK], "primary" if entry.judge and not entry.has_marks else "")
        dress(self.buttons[COMPARE], "primary" if entry.has_marks else "")
        self.said.setText(_standing(entry, is_open))
        elsewhere = tr("the one it was made with is not known on this computer")
        self.facts.show_facts(_facts(entry, versions, connection if is_own else elsewhere))
        self._facts_card.setVisible(entry.judge is not None or entry.panel is not None)
        self.stability.setVisible(entry.has_marks and entry.panel is None)
        self.drift.setVisible(entry.judge is not None and entry.has_marks)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        inside = QWidget()
        dress(inside, "plain")
        line = QWidget()
        flow = FlowLayout(line, spacing=space.small)
        for button in self.buttons.values():
            flow.addWidget(button)
        self._facts_card = Card(self._look)
        self._facts_card.set_heading(tr("How it is asked"))
        self._facts_card.content.addWidget(self.facts)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(space.small, 0, space.small, space.large)
        layout.setSpacing(space.medium)
        for widget in (self.title, self.said, line, self._facts_card, self.stability, self.drift):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)


def _worded(text: str, name: str) -> str:
    return button_text(f"{text}  {key_text(KEYS[name])}")


def _standing(entry: JudgeEntry, is_open: bool) -> str:
    if entry.counts:
        return tr("Its marks count in every score, as in training. Where it gave none, the experts' do.")
    if not entry.has_marks:
        return tr("It has not marked an answer yet.")
    if is_open:
        return tr(
            "Several judges have marked and none counts: their points stay open until you let one count."
        )
    return tr("Its marks are kept beside the others and count in no score.")


def _facts(entry: JudgeEntry, versions: Sequence[JudgeConfig], connection: str) -> list[tuple[str, str]]:
    if entry.panel is not None:
        return [
            (tr("Judges in it"), ", ".join(entry.panel.members)),
            (tr("Its mark is"), rule_word(entry.panel.rule)),
        ]
    judge = entry.judge
    if judge is None:
        return []
    parameters = judge.parameters
    left = tr("left to the server")
    hot, longest = parameters.temperature, parameters.max_tokens
    told = [
        (tr("Model"), judge.model),
        (tr("Connection"), connection or tr("none on this computer")),
        (tr("One call marks"), mode_word(judge.mode)),
        (tr("Temperature"), left if hot is None else f"{hot:g}"),
        (tr("Reasoning effort"), parameters.reasoning_effort or left),
        (tr("Longest answer"), left if longest is None else tr("{n} tokens").format(n=count_text(longest))),
        (
            tr("Asks every question"),
            tr("once") if judge.repeats == 1 else tr("{n} times").format(n=judge.repeats),
        ),
        (tr("Own instructions"), judge.instructions or tr("none")),
    ]
    if parameters.seed is not None:
        told.append((tr("Seed"), str(parameters.seed)))
    if len(versions) > 1:
        told.append((tr("Versions"), ", ".join(each.rater for each in versions)))
    return told
