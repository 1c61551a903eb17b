"""Who scores in a round: people who are known, and new ones by name. Two of one name stay two."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.record import Person
from rubric_studio.domain.round import RoundExpert
from rubric_studio.ui.look import Look
from rubric_studio.ui.rounds.expert_row import ExpertRow
from rubric_studio.ui.rounds.round_words import tr

LONGEST_NAME = 80


class ExpertsField(QWidget):
    """`new_id` gives whoever is added a permanent id, which is written once the round starts."""

    changed = Signal()

    def __init__(
        self,
        look: Look,
        people: Sequence[Person],
        lead: PersonId,
        new_id: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._lead, self._new_id = look, lead, new_id
        self.rows: dict[PersonId, ExpertRow] = {}
        self._offered: tuple[str, ...] = ()
        self._column = QVBoxLayout()
        self._column.setSpacing(look.theme.space.tiny)
        self.name = QLineEdit(maxLength=LONGEST_NAME)
        self.name.setPlaceholderText(tr("Somebody else, by name"))
        self.name.setAccessibleName(tr("Name of somebody else who scores"))
        self.add_button = QPushButton(tr("Add"))
        self.add_button.setAutoDefault(False)
        self.add_button.setEnabled(False)
        line = QHBoxLayout()
        line.setSpacing(look.theme.space.small)
        line.addWidget(self.name, 1)
        line.addWidget(self.add_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.small)
        layout.addLayout(self._column)
        layout.addLayout(line)
        for person in people:
            self._add_row(person.id, person.name, (), is_chosen=False)
        self.name.textChanged.connect(lambda: self.add_button.setEnabled(bool(self._typed())))
        self.name.returnPressed.connect(self.add)
        self.add_button.clicked.connect(self.add)

    def experts(self) -> tuple[RoundExpert, ...]:
        """Everybody who is taken, in the order shown."""
        return tuple(row.expert() for row in self.rows.values() if row.chosen.isChecked())

    def choose(self, experts: Sequence[RoundExpert]) -> None:
        """Take these and no others; whoever is not known yet is added."""
        for row in self.rows.values():
            row.chosen.setChecked(False)
        for expert in experts:
            if expert.person not in self.rows:
                self._add_row(expert.person, expert.name, expert.languages, is_chosen=True)
            self.rows[expert.person].chosen.setChecked(True)
            self.rows[expert.person].offer(self._offered, expert.languages)

    def offer_languages(self, languages: Sequence[str]) -> None:
        """Let it be said who reads which."""
        self._offered = tuple(languages)
        for row in self.rows.values():
            row.offer(languages, row.expert().languages)

    def add(self) -> None:
        """Take the person whose name is typed."""
        name = self._typed()
        if name:
            self.name.clear()
            self._add_row(PersonId(self._new_id()), name, (), is_chosen=True)
            self.changed.emit()

    def _typed(self) -> str:
        return " ".join(self.name.text().split())

    def _add_row(self, person: PersonId, name: str, read: Sequence[str], *, is_chosen: bool) -> None:
        alike = sum(row.expert().name == name for row in self.rows.values())
        note = tr("you") if person == self._lead else tr("another of that name") if alike else ""
        row = ExpertRow(self._look, person, name, note)
        row.chosen.setChecked(is_chosen)
        row.offer(self._offered, read)
        row.changed.connect(self.changed)
        self.rows[person] = row
        self._column.addWidget(row)
