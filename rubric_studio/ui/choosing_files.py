"""The dialogs that choose files, without a nested event loop: what was chosen goes to a function."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

OnChosen = Callable[[Path], object]


def choose_project(parent: QWidget, title: str, on_chosen: OnChosen) -> QFileDialog:
    """Choose a project that is there."""
    return _opened(parent, title, [_projects()], on_chosen)


def choose_table(parent: QWidget, title: str, on_chosen: OnChosen) -> QFileDialog:
    """Choose a file with questions, answers or marks."""
    tables = _tr("Tables and lists (*.xlsx *.csv *.tsv *.txt *.json *.jsonl)")
    return _opened(parent, title, [tables, _tr("All files (*)")], on_chosen)


def choose_new_project(parent: QWidget, title: str, proposed: Path, on_chosen: OnChosen) -> QFileDialog:
    """Choose where a new project shall be kept."""
    dialog = _dialog(parent, title, [_projects()], on_chosen)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("rubric")
    dialog.setDirectory(str(proposed.parent))
    dialog.selectFile(proposed.name)
    dialog.open()
    return dialog


def _opened(parent: QWidget, title: str, filters: list[str], on_chosen: OnChosen) -> QFileDialog:
    dialog = _dialog(parent, title, filters, on_chosen)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, filters: list[str], on_chosen: OnChosen) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setNameFilters(filters)
    dialog.fileSelected.connect(lambda chosen: on_chosen(Path(chosen)))
    return dialog


def _projects() -> str:
    return _tr("Projects (*.rubric)")


def _tr(text: str) -> str:
    return QCoreApplication.translate("choosing_files", text)
