"""The dialogs that choose files, without a nested event loop: what was chosen goes to a function."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

OnChosen = Callable[[Path], object]


def choose_project(parent: QWidget, title: str, on_chosen: OnChosen) -> QFileDialog:
    """Choose a project that is there."""
    return choose_file(parent, title, [_projects()], on_chosen)


def choose_to_open(parent: QWidget, title: str, on_chosen: OnChosen) -> QFileDialog:
    """Choose whatever can be opened: a project, a round that a colleague sent, the answers to one."""
    everything = _tr("Projects and what colleagues sent (*.rubric *.review *.answers)")
    return choose_file(parent, title, [everything, _projects()], on_chosen)


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
    return choose_file(parent, title, [tables, _tr("All files (*)")], on_chosen)


def choose_file(parent: QWidget, title: str, kinds: list[str], on_chosen: OnChosen) -> QFileDialog:
    """Choose a file that is there, of one of these kinds ("PDF (*.pdf)")."""
    dialog = _dialog(parent, title, kinds, on_chosen)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()
    return dialog


def choose_new_project(parent: QWidget, title: str, proposed: Path, on_chosen: OnChosen) -> QFileDialog:
    """Choose where a new project shall be kept."""
    return choose_new_file(parent, title, proposed, _projects(), on_chosen)


def choose_new_file(
    parent: QWidget, title: str, proposed: Path, kind: str | list[str], on_chosen: OnChosen
) -> QFileDialog:
    """Choose where a new file of some kind ("PDF (*.pdf)") shall be kept; its ending is that of the proposed one.

    Without a folder before the proposed name it begins where the system has it begin.
    """
    dialog = _dialog(parent, title, [kind] if isinstance(kind, str) else kind, on_chosen)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(proposed.suffix.removeprefix("."))
    if proposed.name != str(proposed):
        dialog.setDirectory(str(proposed.parent))
    dialog.selectFile(proposed.name)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, kinds: list[str], on_chosen: OnChosen) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if kinds:
        dialog.setNameFilters(kinds)
    dialog.fileSelected.connect(lambda chosen: on_chosen(Path(chosen)))
    return dialog


def _projects() -> str:
    return _tr("Projects (*.rubric)")


def _tr(text: str) -> str:
    return QCoreApplication.translate("choosing_files", text)
