"""The form of a panel: several judges as one rater. It gives back a panel or nothing; it knows no project."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.judge import Panel
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.captioned import Captioned
from rubric_studio.ui.models.judge_words import tr
from rubric_studio.ui.plain_text import PlainLabel

LEAST = 2
LINES = 6


class PanelForm(QDialog):
    """`given` carries the Panel. `trouble` says what is wrong with a name, "" for nothing."""

    given = Signal(object)

    def __init__(
        self,
        look: Look,
        judges: Sequence[str],
        trouble: Callable[[str], str],
        panel: Panel | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Panel of judges"))
        self._trouble, self._panel = trouble, panel
        self.name = QLineEdit(panel.name if panel else tr("Panel"))
        self.members = QListWidget()
        self.members.setWordWrap(True)
        self.rules = {rule: QRadioButton(words) for rule, words in _rules().items()}
        self._group = QButtonGroup(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = self.buttons.addButton(tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        dress(self.save_button, "primary")
        self._fill(judges)
        self._lay_out(look)
        self.name.textChanged.connect(self._check)
        self.members.itemChanged.connect(self._check)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._check()

    def panel(self) -> Panel | None:
        """What the form says; None where something is wrong."""
        name, members = self._name(), self._members()
        if not name or len(members) < LEAST or self._name_trouble():
            return None
        rule = next(rule for rule, button in self.rules.items() if button.isChecked())
        return Panel.model_validate({"name": name, "members": members, "rule": rule})

    def accept(self) -> None:
        """Give the panel back."""
        panel = self.panel()
        if panel is not None:
            self.given.emit(panel)
            super().accept()

    def _name(self) -> str:
        return " ".join(self.name.text().split())

    def _name_trouble(self) -> str:
        name = self._name()
        if not name:
            return tr("Give it a name by which you know it.")
        return "" if self._panel is not None and name == self._panel.name else self._trouble(name)

    def _members(self) -> list[str]:
        items = [self.members.item(at) for at in range(self.members.count())]
        return [item.text() for item in items if item.checkState() == Qt.CheckState.Checked]

    def _check(self) -> None:
        self._named.set_problem(self._name_trouble())
        enough = len(self._members()) >= LEAST
        self._listed.set_problem("" if enough else tr("Choose at least two."))
        self.save_button.setEnabled(self.panel() is not None)

    def _fill(self, judges: Sequence[str]) -> None:
        chosen = self._panel.members if self._panel else judges
        for name in judges:
            item = QListWidgetItem(name)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(Qt.CheckState.Checked if name in chosen else Qt.CheckState.Unchecked)
            self.members.addItem(item)
        for button in self.rules.values():
            self._group.addButton(button)
        self.rules[self._panel.rule if self._panel else "mean"].setChecked(True)

    def _lay_out(self, look: Look) -> None:
        space = look.theme.space
        self._named = Captioned(look, tr("Name"), self.name)
        self._listed = Captioned(look, tr("Judges in it"), self.members)
        line = look.metrics("control").height() + space.small
        self.members.setSpacing(look.theme.space.tiny // 2)
        self.members.setFixedHeight(line * min(max(self.members.count(), 2), LINES) + space.medium)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(PlainLabel(tr("Several judges as one"), "title"))
        layout.addWidget(self._named)
        layout.addWidget(self._listed)
        layout.addWidget(PlainLabel(tr("Its mark is"), "caption"))
        for button in self.rules.values():
            layout.addWidget(button)
        words = tr(
            "Where one of them has not marked an answer, the panel has not either. It costs nothing of its own."
        )
        layout.addWidget(PlainLabel(words, "caption", wrap=True))
        layout.addWidget(self.buttons)
        self.setMinimumWidth(62 * look.metrics("control").averageCharWidth())


def _rules() -> dict[str, str]:
    return {
        "mean": tr("the mean of what they give"),
        "median": tr("the median: one that strays does not count"),
        "majority": tr("what most of them say; none where they are split"),
    }
