"""Which agreement is looked at: of which marks, answers, round and people, under which wording. Reads no mark."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.services.agreement import AgreementChoice
from rubric_studio.services.round_plans import plans
from rubric_studio.services.rounds import Round, rounds
from rubric_studio.ui.compare.agreement_words import tr
from rubric_studio.ui.compare.saved_guide import SavedGuide
from rubric_studio.ui.day_text import day_text
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look
from rubric_studio.ui.results.choosers import ChoiceBox, named_choice
from rubric_studio.ui.session import Session

EVERY = ""
EXPERTS, JUDGES = "experts", "judges"
LONGEST = 40
ROUND_LETTERS = 10


class AgreementChoices(QWidget):
    """`picked` tells that something else is wished. Until somebody chooses: blind rounds, where one is closed."""

    picked = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.saved = SavedGuide(session)
        self._rounds: list[Round] = []
        self._basis = ""
        self.basis = ChoiceBox(heading("verdict", 2))
        self.part = ChoiceBox(heading("sample", 2))
        self.round = ChoiceBox(heading("round"))
        self.whose = ChoiceBox(tr("Whose"))
        self.guide = ChoiceBox(tr("Wording"))
        self._boxes = (self.basis, self.part, self.round, self.whose, self.guide)
        flow = FlowLayout(self, spacing=look.theme.space.medium)
        for box in self._boxes:
            flow.addWidget(named_choice(look, box))
        self.basis.picked.connect(self._on_basis_picked)
        self.round.picked.connect(self._on_round_picked)
        self.guide.picked.connect(self._on_guide_picked)
        for box in (self.part, self.whose):
            box.picked.connect(self.picked)

    def read(self) -> None:
        """Look what there is to choose from; choices that are still there stay."""
        self.saved.read()
        self._rounds = [each for each in rounds(self._session.store) if each.is_closed]
        basis = self._basis or ("rounds" if self._rounds else "all")
        self.basis.offer([("rounds", tr("blind rounds")), ("all", tr("all marks"))], basis)
        self.part.offer(self._parts(), self.part.value() or "all")
        self.round.offer(
            [(EVERY, tr("all rounds")), *map(_round_option, reversed(self._rounds))], self._round()
        )
        self.round.setMinimumContentsLength(ROUND_LETTERS)
        judges = tr("with judges")
        self.whose.offer([(EXPERTS, tr("experts")), (JUDGES, judges)], self.whose.value() or EXPERTS)
        self.guide.offer(self.saved.options(), self.saved.key)
        self._show_what_can_be_chosen()

    def choice(self) -> AgreementChoice:
        """What is chosen; who the judges and experts are is looked up where it is read."""
        return AgreementChoice(
            basis="rounds" if self.basis.value() == "rounds" else "all",
            part=self.part.value() or "all",  # pyright: ignore[reportArgumentType]  # one of those offered
            round=self._round() or None,
        )

    def words(self) -> str:
        """The same in words, as they stand in a file."""
        return ", ".join(box.currentText() for box in (self.basis, self.part, self.round, self.whose))

    @property
    def with_judges(self) -> bool:
        """Whether judges are to stand among the people."""
        return self.whose.value() == JUDGES and bool(self._session.store.judges())

    @property
    def newest_round(self) -> Round | None:
        """The round that was closed last, or the chosen one."""
        chosen = next((each for each in self._rounds if each.id == self._round()), None)
        return chosen or (max(self._rounds, key=lambda each: each.closed_at) if self._rounds else None)

    def _parts(self) -> list[tuple[str, str]]:
        return [("all", tr("all")), ("tuned", tr("tuned on")), ("held_out", tr("held out"))]

    def _round(self) -> str:
        chosen = self.round.value()
        return chosen if any(each.id == chosen for each in self._rounds) else EVERY

    def _show_what_can_be_chosen(self) -> None:
        """A choice of one is none."""
        is_blind = self.basis.value() == "rounds"
        held_out = any(plan.held_out for plan in plans(self._session.store).values())
        there = {
            self.basis: bool(self._rounds),
            self.part: held_out,
            self.round: is_blind and len(self._rounds) > 1,
            self.whose: bool(self._session.store.judges()),
            self.guide: self.guide.count() > 1,
        }
        for box, is_there in there.items():
            pair = box.parentWidget()
            assert pair is not None  # each stands in its pair
            pair.setVisible(is_there)

    def _on_basis_picked(self, basis: str) -> None:
        self._basis = basis
        if basis == "all":
            self.round.offer([(EVERY, "")], EVERY)
        self.picked.emit()

    def _on_round_picked(self, id: str) -> None:
        """A round asked by the words of its version."""
        chosen = next((each for each in self._rounds if each.id == id), None)
        if chosen is not None:
            self.saved.pick(chosen.plan.version)
        self.picked.emit()

    def _on_guide_picked(self, key: str) -> None:
        self.saved.pick(key)
        self.picked.emit()


def _round_option(round: Round) -> tuple[str, str]:
    words = tr("{number}: {title}, {day}")
    title = round.plan.title if len(round.plan.title) <= LONGEST else f"{round.plan.title[:LONGEST]}…"
    return round.id, words.format(number=round.plan.number, title=title, day=day_text(round.closed_at))
