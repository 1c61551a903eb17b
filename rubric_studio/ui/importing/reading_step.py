"""How the file is to be read: only what is in doubt is asked, with a live look at the first lines."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QSpinBox, QVBoxLayout, QWidget

from rubric_studio.domain.table import Doubt, FileFacts, ReadOptions
from rubric_studio.ui.importing.import_words import lines_text
from rubric_studio.ui.importing.lines_table import LinesTable
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel

ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "cp1252",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "iso-8859-1",
    "cp1250",
    "cp1253",
)
LAST_HEADER = 1000
ASKED_OF: dict[str | None, tuple[Doubt, ...]] = {
    "xlsx": ("sheet", "header_row"),
    "csv": ("encoding", "delimiter", "header_row"),
    "json": ("encoding", "sheet"),
    "jsonl": ("encoding",),
}


class ReadingStep(QWidget):
    """Emits the options to look with once more; shows what came of it."""

    options_chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: FileFacts | None = None
        self.sheet_choice = QComboBox()
        self.header_field = QSpinBox(minimum=0, maximum=LAST_HEADER)
        self.header_field.setSpecialValueText(self.tr("There are no names"))
        self.encoding_choice, self.delimiter_choice = QComboBox(), QComboBox()
        self.table = LinesTable(look)
        self._fields: dict[Doubt, tuple[QWidget, str]] = {
            "sheet": (self.sheet_choice, self.tr("Which sheet?")),
            "header_row": (self.header_field, self.tr("On which line are the column names?")),
            "encoding": (self.encoding_choice, self.tr("Which characters? Are ä, é and € right below?")),
            "delimiter": (self.delimiter_choice, self.tr("What stands between two cells?")),
        }
        self._form = QFormLayout()
        self._lay_out(look)
        self.sheet_choice.activated.connect(self._on_sheet_choice_activated)
        self.header_field.valueChanged.connect(self._emit_options)
        self.encoding_choice.activated.connect(self._emit_options)
        self.delimiter_choice.activated.connect(self._emit_options)

    def ask(self, facts: FileFacts, doubts: frozenset[Doubt]) -> None:
        """Ask what is in doubt; where nothing is, everything that could be otherwise."""
        asked = doubts or frozenset(ASKED_OF.get(facts.options.format, ()))
        for name, (field, _) in self._fields.items():
            self._form.setRowVisible(field, name in asked)
        self.show_facts(facts)
        first = next((field for name, (field, _) in self._fields.items() if name in asked), self.table)
        self.setFocusProxy(first)

    def show_facts(self, facts: FileFacts) -> None:
        """Show how the file was read and its first lines."""
        before, self._facts = self._facts, facts
        options = facts.options
        _fill(self.encoding_choice, {name: name for name in (options.encoding or "utf-8", *ENCODINGS)})
        _choose(self.encoding_choice, options.encoding)
        _fill(self.delimiter_choice, self._delimiters(options.delimiter))
        _choose(self.delimiter_choice, options.delimiter)
        if facts.tables or before is None or before.file != facts.file:
            _fill(self.sheet_choice, self._sheets(facts))
        _choose(self.sheet_choice, options.sheet)
        with QSignalBlocker(self.header_field):
            self.header_field.setValue(options.header_row or 0)
        self.table.show_lines(facts)

    def _lay_out(self, look: Look) -> None:
        space = look.theme.space
        for field, words in self._fields.values():
            field.setAccessibleName(words)
            field.setMinimumWidth(220)
            self._form.addRow(PlainLabel(words, "strong"), field)
        self._form.setHorizontalSpacing(space.wide)
        self._form.setVerticalSpacing(space.medium)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.large)
        layout.addLayout(self._form)
        layout.addWidget(PlainLabel(self.tr("This is how the first lines are read:"), "muted"))
        layout.addWidget(self.table, 1)

    def _sheets(self, facts: FileFacts) -> dict[str, str]:
        found: dict[str, str] = {}
        for table in facts.tables:
            words = self.tr("{name}, {lines}, hidden") if table.hidden else self.tr("{name}, {lines}")
            found[table.name] = words.format(name=table.name, lines=lines_text(table.lines))
        return found or {facts.options.sheet or "": facts.options.sheet or ""}

    def _delimiters(self, given: str | None) -> dict[str, str]:
        known = {
            ",": self.tr("A comma"),
            ";": self.tr("A semicolon"),
            "\t": self.tr("A tab"),
            "|": self.tr("A bar"),
        }
        return known if given is None or given in known else {**known, given: given}

    def _on_sheet_choice_activated(self) -> None:
        # Another sheet has its own line of names: that is looked for anew.
        self._emit(replace(self._options(), header_row=None))

    def _emit_options(self) -> None:
        self._emit(self._options())

    def _emit(self, options: ReadOptions) -> None:
        if self._facts is not None and options != self._facts.options:
            self.options_chosen.emit(options)

    def _options(self) -> ReadOptions:
        assert self._facts is not None
        options = self._facts.options
        asked = ASKED_OF.get(options.format, ())
        chosen = {
            "sheet": self.sheet_choice.currentData(),
            "header_row": self.header_field.value(),
            "encoding": self.encoding_choice.currentData(),
            "delimiter": self.delimiter_choice.currentData(),
        }
        return replace(options, **{name: value for name, value in chosen.items() if name in asked})


def _fill(choice: QComboBox, entries: dict[str, str]) -> None:
    with QSignalBlocker(choice):
        choice.clear()
        for value, words in entries.items():
            choice.addItem(words, value)


def _choose(choice: QComboBox, value: str | None) -> None:
    with QSignalBlocker(choice):
        choice.setCurrentIndex(max(0, choice.findData(value)))
