"""People beside the points: the map, what it shows, and why others may not stand in it. It reckons nothing."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rubric_studio.services.person_figures import PersonFigures
from rubric_studio.ui.compare.agreement_words import statistic_name, tr
from rubric_studio.ui.compare.figure_lines import line_name
from rubric_studio.ui.compare.people_map import MapPoint, PeopleMap, PeopleModel
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel


class PeoplePane(QWidget):
    """Below the map stands in words what the keyboard is on."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.meaning = PlainLabel("", wrap=True)
        self.model = PeopleModel(self)
        self.map = PeopleMap(look, self.model)
        self.readout = PlainLabel("", wrap=True)
        self.readout.setMinimumHeight(look.metrics("control").lineSpacing() * 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.small)
        layout.addWidget(self.meaning)
        layout.addWidget(self.map, 1)
        layout.addWidget(self.readout)
        self.map.pointed.connect(self._on_pointed)

    def show_people(self, people: Sequence[PersonFigures], points: Sequence[MapPoint]) -> None:
        """Show those who may be seen."""
        self.model.show_people(people, points)
        self.meaning.setText(f"{_meaning(people)} {_who(people)}")
        self.map.setVisible(bool(self.model.points))
        self._on_pointed("")

    def _on_pointed(self, words: str) -> None:
        if not words and self.model.points:
            words = tr(
                "Walk to a cell to read what it says, also how far people agree with and without that person."
            )
        self.readout.setText(words)


def _meaning(people: Sequence[PersonFigures]) -> str:
    if not people:
        return tr("Nothing that you have marked can be compared yet.")
    words = tr("How much more (+) or less (\N{MINUS SIGN}) one gives than the mean of the others on the same answers, "
               "on the scale from 0 to 1. Agreement here is {statistic}.")  # fmt: skip
    return words.format(statistic=statistic_name(line_name(people[0].statistic)))


def _who(people: Sequence[PersonFigures]) -> str:
    """Why others are not there."""
    if any(not person.is_viewer for person in people):
        return tr("You see others because you lead a round that told them so when it started.")
    return tr("You see yourself only: others are shown to whoever leads a round that says so when it starts.")
