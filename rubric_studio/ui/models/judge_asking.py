"""Which answers a judge shall mark, and on which points. It gives back the choice or nothing; it knows no project."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.connection import Connection
from rubric_studio.services.judge_orders import AnswersOf, AnswersWanted
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.captioned import Captioned
from rubric_studio.ui.models.judge_words import tr
from rubric_studio.ui.models.name_box import NameBox
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel

KEY = Qt.ItemDataRole.UserRole
WAIT_MS = 200
MOST = 1_000_000
LINES = 7


class Asking(NamedTuple):
    """What was chosen. `criteria` empty means all; `connection` is its id."""

    answers: AnswersWanted
    criteria: tuple[str, ...]
    connection: str


class JudgeAsking(QDialog):
    """`given` carries an Asking; `count_wanted` an AnswersWanted of which `show_count` tells the number."""

    given = Signal(object)
    count_wanted = Signal(object)

    def __init__(
        self,
        look: Look,
        judge: str,
        points: Sequence[tuple[str, str]],
        connections: Sequence[Connection],
        connection: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Ask for marks"))
        self._count: int | None = None
        self.of: dict[AnswersOf, QRadioButton] = {key: QRadioButton(words) for key, words in _words().items()}
        self._group = QButtonGroup(self)
        self.number, self.draw = QSpinBox(), QSpinBox()
        self.search = QLineEdit()
        self.points = QListWidget()
        self.points.setWordWrap(True)
        self.all_button = QPushButton()
        dress(self.all_button, "link")
        self.connection = NameBox()
        self.said = PlainLabel("", "muted", wrap=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go_button = self.buttons.addButton(tr("Next…"), QDialogButtonBox.ButtonRole.AcceptRole)
        dress(self.go_button, "primary")
        self._wait = QTimer(self, interval=WAIT_MS, singleShot=True)
        self._fill(points, connections, connection)
        self._lay_out(look, judge)
        self._connect()
        self._on_changed()

    def asking(self) -> Asking:
        """What is chosen."""
        items = self._items()
        chosen = [str(item.data(KEY)) for item in items if item.checkState() == Qt.CheckState.Checked]
        criteria = () if len(chosen) == len(items) else tuple(chosen)
        return Asking(self._answers(), criteria, str(self.connection.currentData() or ""))

    def show_count(self, count: int) -> None:
        """Say how many answers that is."""
        self._count = count
        one, many = tr("One answer."), tr("{n} answers.").format(n=count_text(count))
        words = tr(
            "What it has marked already is not asked again. Before anything leaves you see what goes where."
        )
        self.said.setText(f"{one if count == 1 else many} {words}")
        self._allow()

    def accept(self) -> None:
        """Give the choice back."""
        if self.go_button.isEnabled():
            self.given.emit(self.asking())
            super().accept()

    def _answers(self) -> AnswersWanted:
        of: AnswersOf = next(key for key, button in self.of.items() if button.isChecked())
        return AnswersWanted(
            of=of, number=self.number.value(), draw=self.draw.value(), search=self.search.text().strip()
        )

    def _on_changed(self) -> None:
        of = self._answers().of
        for field in (self.number, self.draw):
            field.setEnabled(of == "drawn")
        self.search.setEnabled(of == "found")
        self._count = None
        self._allow()
        self._wait.start()

    def _items(self) -> list[QListWidgetItem]:
        return [self.points.item(at) for at in range(self.points.count())]

    def _is_any(self, state: Qt.CheckState) -> bool:
        return any(item.checkState() == state for item in self._items())

    def _on_all_clicked(self) -> None:
        """Choose every point or, where every one is chosen, none: of hundreds one wants three."""
        is_all = not self._is_any(Qt.CheckState.Unchecked)
        self.points.blockSignals(True)
        for item in self._items():
            item.setCheckState(Qt.CheckState.Unchecked if is_all else Qt.CheckState.Checked)
        self.points.blockSignals(False)
        self.points.viewport().update()
        self._allow()

    def _allow(self) -> None:
        some = self._is_any(Qt.CheckState.Checked)
        self.all_button.setText(
            tr("Choose all points") if self._is_any(Qt.CheckState.Unchecked) else tr("Choose no point")
        )
        self.go_button.setEnabled(bool(self._count) and some and bool(self.connection.currentData()))

    # ---- laying out

    def _fill(
        self, points: Sequence[tuple[str, str]], connections: Sequence[Connection], chosen: str
    ) -> None:
        for button in self.of.values():
            self._group.addButton(button)
        self.of["all"].setChecked(True)
        self.number.setRange(1, MOST)
        self.number.setValue(100)
        self.number.setGroupSeparatorShown(True)
        self.draw.setRange(0, MOST)
        self.draw.setValue(1)
        self.search.setPlaceholderText(tr("words of the question"))
        for key, title in points:
            item = QListWidgetItem(title)
            item.setData(KEY, key)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(Qt.CheckState.Checked)
            self.points.addItem(item)
        for each in connections:
            self.connection.addItem(each.name, each.id)
        self.connection.setCurrentIndex(max(0, self.connection.findData(chosen)))

    def _connect(self) -> None:
        self._group.idToggled.connect(lambda _, on: on and self._on_changed())
        for box in (self.number, self.draw):
            box.valueChanged.connect(self._on_changed)
        self.search.textChanged.connect(self._on_changed)
        self.points.itemChanged.connect(self._allow)
        self.all_button.clicked.connect(self._on_all_clicked)
        self._wait.timeout.connect(lambda: self.count_wanted.emit(self._answers()))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self, look: Look, judge: str) -> None:
        space = look.theme.space
        for field, name in (
            (self.number, tr("How many")), (self.draw, tr("Seed of the draw")), (self.search, tr("Questions with")),
        ):  # fmt: skip
            field.setAccessibleName(name)
        lines: dict[AnswersOf, QHBoxLayout] = {key: QHBoxLayout() for key in self.of}
        for key, line in lines.items():
            line.setSpacing(space.small)
            line.addWidget(self.of[key], 0 if key in ("drawn", "found") else 1)
        for widget in (self.number, PlainLabel(tr("seed"), "muted"), self.draw):
            lines["drawn"].addWidget(widget)
        lines["drawn"].addStretch(1)
        lines["found"].addWidget(self.search, 1)
        high = look.metrics("control").height() + space.small
        self.points.setSpacing(space.tiny // 2)
        self.points.setMinimumHeight(high * min(max(self.points.count(), 2), LINES) + space.medium)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(PlainLabel(tr("Ask {judge} for marks").format(judge=judge), "title", wrap=True))
        layout.addWidget(PlainLabel(tr("Which answers"), "strong"))
        for line in lines.values():
            layout.addLayout(line)
        layout.addWidget(Captioned(look, tr("On which points"), self.points))
        layout.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(Captioned(look, tr("Connection"), self.connection))
        layout.addWidget(self.said)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(84 * look.metrics("control").averageCharWidth())


def _words() -> dict[AnswersOf, str]:
    return {
        "all": tr("All answers that it has not marked"),
        "experts": tr("Those that experts marked, to compare"),
        "drawn": tr("Some, drawn by chance:"),
        "found": tr("Answers to questions with:"),
    }
