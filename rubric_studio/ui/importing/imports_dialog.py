"""The list of imports: what came in, when, by whom, how much; one can be taken away. It knows no project."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.source import Source
from rubric_studio.services.taking_away import WhatGoes
from rubric_studio.ui.day_text import time_text
from rubric_studio.ui.labels import counted
from rubric_studio.ui.look import Look
from rubric_studio.ui.message import Choice
from rubric_studio.ui.plain_text import PlainLabel, tip

SIZE = (780, 460)
COUNTED = (("rows", "row"), ("samples", "sample"), ("verdicts", "verdict"))


class ImportsDialog(QDialog):
    """The newest import first; emits the id of the one to be taken away."""

    take_away_requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources: list[Source] = []
        self._can_change = False
        self.setWindowTitle(self.tr("What was brought in"))
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(self.tr("Imports"))
        self.take_away_button = QPushButton(self.tr("Take away…"))
        self.close_button = QPushButton(self.tr("Close"))
        self._nothing = PlainLabel(self.tr("Nothing was brought in yet."), "muted")
        self.hint = PlainLabel(self.tr("Answers and marks of models stand under Models, Runs."), "muted")
        self.hint.hide()
        self._set_up_table()
        self._lay_out(look)
        self.table.itemSelectionChanged.connect(self._allow)
        self.take_away_button.clicked.connect(self._on_take_away_button_clicked)
        self.close_button.clicked.connect(self.reject)

    def show_sources(self, sources: Sequence[Source], people: Mapping[str, str], *, can_change: bool) -> None:
        """Show the imports; `people` are names by id. Runs have a list of their own, to which a line points."""
        imports = [source for source in sources if not source.is_run]
        self.hint.setVisible(len(imports) < len(sources))
        self._sources, self._can_change = list(reversed(imports)), can_change
        self.table.setRowCount(len(self._sources))
        for line, source in enumerate(self._sources):
            for column, text in enumerate(self._texts(source, people)):
                item = QTableWidgetItem(text)
                item.setToolTip(tip(text))
                self.table.setItem(line, column, item)
        self.table.setVisible(bool(self._sources))
        self._nothing.setVisible(not self._sources)
        if self._sources:
            self.table.selectRow(0)
        self._allow()

    def _texts(self, source: Source, people: Mapping[str, str]) -> tuple[str, str, str, str]:
        counts = [counted(word, source.facts[fact]) for fact, word in COUNTED if source.facts.get(fact)]
        if source.retired:
            counts.append(self.tr("taken away"))
        when = time_text(source.at) if source.at else ""
        return source.name, when, people.get(source.person, ""), ", ".join(counts)

    def _set_up_table(self) -> None:
        titles = [self.tr("File"), self.tr("When"), self.tr("By"), self.tr("What came in")]
        self.table.setHorizontalHeaderLabels(titles)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)

    def _lay_out(self, look: Look) -> None:
        space = look.theme.space
        buttons = QHBoxLayout()
        buttons.addWidget(self.take_away_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.wide)
        layout.setSpacing(space.large)
        layout.addWidget(self._nothing)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.hint)
        layout.addLayout(buttons)
        self.resize(*SIZE)

    def _chosen(self) -> Source | None:
        rows = self.table.selectionModel().selectedRows()
        return self._sources[rows[0].row()] if rows and rows[0].row() < len(self._sources) else None

    def _allow(self) -> None:
        chosen = self._chosen()
        self.take_away_button.setEnabled(self._can_change and chosen is not None and not chosen.retired)

    def _on_take_away_button_clicked(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.take_away_requested.emit(chosen.id)


def taking_away_choice(name: str, goes: WhatGoes) -> Choice:
    """Ask whether an import shall go, saying what goes with it."""
    counts = (("row", goes.rows), ("sample", goes.samples), ("verdict", goes.judge_verdicts))
    things = ", ".join(counted(word, count) for word, count in counts if count)
    if not things:
        text = _tr("Nothing else goes: other imports brought the same.")
    elif goes.retired:
        text = _tr("People have marked, flagged or decided here. So this is hidden, not deleted: {things}.")
    else:
        text = _tr("This goes with it: {things}.")
    return Choice(
        title=_tr("Take {name} away?").format(name=name),
        text=text.format(things=things),
        accept=_tr("Take it away"),
        reject=_tr("Keep it"),
        dangerous=True,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("imports_dialog", text)
