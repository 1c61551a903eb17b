"""One person in the list of who shall score: taken or not, and which languages she reads. Knows no project."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.round import RoundExpert
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.rounds.round_words import tr

NAMED = 3
"""So many languages are named on the button; of more only how many."""


class ExpertRow(QWidget):
    """`changed` tells that somebody was taken or left out, or reads something else."""

    changed = Signal()

    def __init__(
        self, look: Look, person: PersonId, name: str, note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._person, self._name = person, name
        self._offered: tuple[str, ...] = ()
        self.chosen = QCheckBox(button_text(name))
        self.chosen.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.languages = QToolButton()
        self.languages.setIcon(look.icon("down"))
        self.languages.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.languages.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.languages.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        dress(self.languages, "quiet")
        self._menu = QMenu(self.languages)
        self.languages.setMenu(self._menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.small)
        layout.addWidget(self.chosen, 1)
        layout.addWidget(PlainLabel(note, "caption"))
        layout.addWidget(self.languages)
        self.chosen.toggled.connect(self._on_toggled)
        self.offer(())

    def expert(self) -> RoundExpert:
        """Who scores, and in which languages; none stands for every one."""
        read = tuple(action.data() for action in self._menu.actions() if action.isChecked())
        all_read = len(read) == len(self._offered)
        return RoundExpert(person=self._person, name=self._name, languages=() if all_read else read)

    def offer(self, languages: Sequence[str], read: Sequence[str] = ()) -> None:
        """Offer languages to choose from; without any there is nothing to choose."""
        self._offered = tuple(languages)
        self._menu.clear()
        for language in languages:
            action = self._menu.addAction(button_text(language))
            action.setData(language)
            action.setCheckable(True)
            action.setChecked(language in read)
            action.toggled.connect(self._on_language_toggled)
        self._tell()

    def _on_toggled(self) -> None:
        self._tell()
        self.changed.emit()

    def _on_language_toggled(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        read = self.expert().languages
        if not read:
            words = tr("reads everything")
        elif len(read) > NAMED:
            words = tr("reads {n} languages").format(n=len(read))
        else:
            words = tr("reads {languages}").format(languages=", ".join(read))
        self.languages.setText(button_text(words))
        self.languages.setAccessibleName(f"{self._name}: {words}")
        self.languages.setVisible(bool(self._offered) and self.chosen.isChecked())
