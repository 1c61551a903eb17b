"""A guide as a JSON file: read with its complaints, written whole or not at all; the dialogs that choose it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QIODevice, QSaveFile
from PySide6.QtWidgets import QFileDialog, QWidget

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_edits import has_heavy_faults
from rubric_studio.services.rubric_exchange_import import guide_from_value, guide_or_stop
from rubric_studio.services.versions import read_rubric
from rubric_studio.ui.choosing_files import choose_file, choose_new_file
from rubric_studio.ui.file_names import plain_name


class ReadGuide(NamedTuple):
    """A guide from a file. `has_points` where it counts part by part but its faults are points, not shares."""

    rubric: Rubric
    has_points: bool = False


def read_guide(path: Path) -> ReadGuide:
    """Read a guide from a file; one whose faults cost more than 1 is given back as counting points.

    Raises:
        StudioError: names file, line or field.
    """
    data = _json(path)
    listed = guide_from_value(data, path.stem)
    if listed is not None:
        return ReadGuide(guide_or_stop(listed, path))
    try:
        return ReadGuide(read_rubric(data, path.name))
    except StudioError:
        if isinstance(data, dict) and data.get("aggregation", "stratified") == "stratified":
            counted = _in_points(data)
            if counted is not None:
                return ReadGuide(counted, has_points=True)
        raise


def write_guide(path: Path, rubric: Rubric) -> None:
    """Write a guide, whole or not at all.

    Raises:
        StudioError: the file cannot be written.
    """
    text = json.dumps(rubric.to_json(), ensure_ascii=False, indent=2) + "\n"
    file = QSaveFile(str(path))
    written = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(text.encode()) >= 0
    if not (written and file.commit()):
        title, hint = _tr("The guide was not saved"), _tr("Choose another folder or name.")
        raise StudioError(title, file.errorString(), hint, file=path)


def choose_guide(parent: QWidget, on_chosen: Callable[[Path], object]) -> QFileDialog:
    """Choose a guide that is there."""
    guides = _tr("Scoring guides and sheets of points (*.json *.jsonl *.xlsx *.csv *.tsv)")
    return choose_file(parent, _tr("Bring in a guide"), [guides, _tr("All files (*)")], on_chosen)


def choose_guide_file(parent: QWidget, name: str, on_chosen: Callable[[Path], object]) -> QFileDialog:
    """Choose where a guide shall be written."""
    proposed = Path((plain_name(name) or "guide") + ".json")
    title, kinds = _tr("Save the guide as a file"), [_tr("Scoring guides (*.json)"), _tr("All files (*)")]
    return choose_new_file(parent, title, proposed, kinds, on_chosen)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        message = error.strerror or str(error)
        raise StudioError(
            _tr("Cannot read the file"), message, _tr("Is it still there?"), file=path
        ) from error
    except (ValueError, RecursionError) as error:
        hint = _tr("Choose a scoring guide that was saved as a file.")
        line = getattr(error, "lineno", None)
        raise StudioError(_tr("This is no scoring guide"), str(error), hint, file=path, line=line) from error


def _in_points(data: dict[str, Any]) -> Rubric | None:
    """Read a guide as counting points; None where its faults were not what was wrong."""
    try:
        rubric = read_rubric(data | {"aggregation": "points_clipped"})
    except StudioError:
        return None
    return rubric if has_heavy_faults(rubric) else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("guide_files", text)
