"""The dialogs that choose files, without a nested event loop: what was chosen goes to a function."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

OnChosen = Callable[[Path], object]


def choose_project(parent: QWidget, title: str, on_chosen: OnChosen) -> QFileDialog:
    """Choose a project that is there."""
    return _opened(parent, title, [_projects()], on_chosen)


def choose_to_open(parent: QWidget, title: str, on_chosen: OnChosen) -> QFileDialog:
    """Choose whatever can be opened: a project, a round that a colleague sent, the answers to one."""
    everything = _tr("Projects and what colleagues sent (*.rubric *.review *.answers)")
    return _opened(parent, title, [everything, _projects()], on_chosen)


def choose_answers(parent: QWidget, title: str, on_chosen: Callable[[list[Path]], object]) -> QFileDialog:
    """Choose the files in which colleagues sent their answers, several at once."""
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setNameFilters([_tr("Answers to a round (*.answers *.xlsx)"), _tr("All files (*)")])
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda chosen: on_chosen([Path(each) for each in chosen]))
    dialog.open()
    return dialog


def choose_folder(parent: QWidget, title: str, first: Path, on_chosen: OnChosen) -> QFileDialog:
    """Choose a folder; it opens at the first one where that is there."""
    dialog = _dialog(parent, title, [], on_chosen)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setDirectory(str(first))
    dialog.open()
    return dialog


def choose_table(parent: QWidget, title: str, on_chosen: OnChosen) -> QFileDialog:
    """Choose a file with questions, answers or marks."""
    tables = _tr("Tables and lists (*.xlsx *.csv *.tsv *.txt *.json *.jsonl)")
    return _opened(parent, title, [tables, _tr("All files (*)")], on_chosen)


def choose_new_project(parent: QWidget, title: str, proposed: Path, on_chosen: OnChosen) -> QFileDialog:
    """Choose where a new project shall be kept."""
    return choose_new_file(parent, title, proposed, _projects(), on_chosen)


def choose_new_file(
    parent: QWidget, title: str, proposed: Path, kind: str, on_chosen: OnChosen
) -> QFileDialog:
    """Choose where a new file shall be kept; `kind` says what it is ("PDF (*.pdf)"), the ending is the proposed one."""
    dialog = _dialog(parent, title, [kind], on_chosen)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(proposed.suffix.removeprefix("."))
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
    if filters:
        dialog.setNameFilters(filters)
    dialog.fileSelected.connect(lambda chosen: on_chosen(Path(chosen)))
    return dialog


def _projects() -> str:
    return _tr("Projects (*.rubric)")


def _tr(text: str) -> str:
    return QCoreApplication.translate("choosing_files", text)
