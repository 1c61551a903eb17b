"""Work on a project from a network or synced folder: a copy on this computer, saved back when nobody else did.

Beside the copy lies a small file that says where it came from and how the original looked then.
"""

import json
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

from rubric_studio.domain.errors import StudioError
from rubric_studio.store.connection import Connection
from rubric_studio.store.copies import copy_to
from rubric_studio.store.project_file import check_is_project


class WorkingCopy(NamedTuple):
    """A copy on this computer. `seen` is the SHA-256 of the original when it was copied or saved back."""

    copy: Path
    original: Path
    seen: str


def take_working_copy(original: Path, folder: Path) -> WorkingCopy:
    """Copy a project into a folder on this computer.

    Raises:
        StudioError: the original is no project, or is damaged, or a copy of that name is there already.
    """
    check_is_project(original)
    copy = folder / original.name
    if copy.exists():
        raise StudioError(
            "There is a copy already",
            f"{copy.name} in {folder} may hold work that was not saved back.",
            "Open that copy and save it back, or move it away.",
            file=copy,
        )
    with Connection(original, read_only=True) as connection:
        copy_to(connection.raw, original, copy)
    return _remembered(WorkingCopy(copy, original.absolute(), _fingerprint(original)))


def working_copy_of(copy: Path) -> WorkingCopy | None:
    """What is remembered of a copy, also after a restart; None if the file is no working copy."""
    try:
        told = json.loads(_memory(copy).read_text("utf-8"))
        return WorkingCopy(copy, Path(told["original"]), str(told["seen"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def save_back(working: WorkingCopy) -> WorkingCopy:
    """Put the copy in the original's place; what is remembered from now on. The copy may be open.

    Raises:
        StudioError: the original changed or vanished meanwhile (it stays as it is), or cannot be written.
    """
    if not working.original.exists():
        raise _refused(working, "is no longer there")
    if _fingerprint(working.original) != working.seen:
        raise _refused(working, "was changed by somebody else meanwhile")
    with Connection(working.copy, read_only=True) as connection:
        copy_to(connection.raw, working.copy, working.original)
    return _remembered(working._replace(seen=_fingerprint(working.original)))


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _memory(copy: Path) -> Path:
    return copy.with_name(copy.name + ".origin")


def _remembered(working: WorkingCopy) -> WorkingCopy:
    told = {"original": str(working.original), "seen": working.seen}
    _memory(working.copy).write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    return working


def _refused(working: WorkingCopy, what: str) -> StudioError:
    return StudioError(
        "The copy was not saved back",
        f"{working.original.name} {what}. Your work is safe in {working.copy}.",
        "Merge the two, or save your copy under another name.",
        file=working.original,
    )
