"""The one place that chooses the real parts: which store, which clock, which workers. No logic of its own."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import PersonId, ulid
from rubric_studio.domain.record import Person
from rubric_studio.domain.table import ReadItem
from rubric_studio.resources import resource
from rubric_studio.sandbox.limited_executor import LimitedExecutor
from rubric_studio.services.edits import Author
from rubric_studio.services.example import fill_with_example
from rubric_studio.store.project_file import ProjectFile, create_project, open_project

CHECK_LIMIT = 5.0
"""Seconds of wall-clock time that a chunk of checks may take before it is split."""


class SystemClock:
    """The machine's time and chance."""

    def milliseconds(self) -> int:
        return time.time_ns() // 1_000_000

    def randomness(self) -> bytes:
        return os.urandom(10)


def workers(count: int = 2) -> Executor:
    """Processes that run checks, each chunk with a limit."""
    return LimitedExecutor(count, CHECK_LIMIT)


def new_person(name: str) -> Person:
    """A person with a permanent id."""
    clock = SystemClock()
    return Person(id=PersonId(ulid(clock.milliseconds(), clock.randomness())), name=name)


def author(person: Person) -> Author:
    """That person at the keyboard, now."""
    return Author(person.id, SystemClock())


def has_display() -> bool:
    """Whether a window can be shown here; only Linux can be without a screen."""
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal", "vnc"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def backups_folder() -> Path:
    """Where copies of projects are kept before a migration."""
    from platformdirs import user_data_path

    return user_data_path("rubric-studio", appauthor=False) / "backups"


# ---- projects


@contextmanager
def project(path: Path, *, write: bool) -> Iterator[ProjectFile]:
    """Open a project for one command and close it again."""
    store = open_project(
        path, read_only=not write, who="command line", clock=SystemClock(), backups=backups_folder()
    )
    try:
        yield store
    finally:
        store.close()


def new_project(path: Path) -> ProjectFile:
    """Make an empty project; never over a file that is there."""
    return create_project(path, who="command line", clock=SystemClock())


def command_line_author(store: ProjectFile) -> Author:
    """Who works on the command line: the person set up in the window, or the name of this computer's user."""
    import getpass

    name = os.environ.get("RUBRIC_STUDIO_NAME") or getpass.getuser()
    for person in store.people():
        if person.name == name:
            return author(person)
    person = new_person(name)
    store.add_person(person)
    return author(person)


def passing_author() -> Author:
    """Somebody who will write nothing."""
    return author(new_person("nobody"))


def make_example(path: Path) -> None:
    """Make an example project file."""
    folder = resource("example")
    files = {file.name: list(read_table(file)) for file in folder.glob("*.jsonl")}
    store = new_project(path)
    try:
        fill_with_example(store, passing_author(), read_json(folder / "rubric.json"), files)
    finally:
        store.close()


def open_example() -> Path:
    """A fresh copy of the example in a folder of its own, which the system clears away in time."""
    path = Path(tempfile.mkdtemp(prefix="rubric-studio-")) / "Example.rubric"
    make_example(path)
    return path


# ---- files


def read_table(path: Path) -> Iterator[ReadItem]:
    """The lines of a JSONL, JSON, CSV or XLSX file, and what is wrong with them."""
    from rubric_studio.files.reader import read

    return read(path)


def read_json(path: Path) -> Any:
    """A JSON file's value.

    Raises:
        StudioError: the file cannot be read, or is no JSON; names line and column.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise StudioError(
            "Cannot read the file", str(error.strerror), "Is it there, and yours to read?", file=path
        ) from error
    except UnicodeDecodeError as error:
        raise StudioError(
            "Not UTF-8", f"byte {error.start} is no UTF-8", "Save it as UTF-8.", file=path
        ) from error
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise StudioError(
            "Not JSON", str(error), "Mend the file and try again.", file=path, line=line
        ) from error


def write_json(path: Path, value: Any) -> None:
    """Write a JSON file whole or not at all."""
    from rubric_studio.files.atomic_write import written_atomically

    with written_atomically(path) as beside:
        beside.write_text(
            json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n",
            encoding="utf-8",
            newline="\n",
        )


# ---- bundles


def refuse_unknown_targets(names: tuple[str, ...]) -> None:
    """Raise StudioError for a target that there is not."""
    from rubric_studio.targets.registry import target_named

    for name in names:
        target_named(name)


def write_bundle(content: Any, directory: Path) -> Any:
    """Write a bundle folder."""
    from rubric_studio.targets.bundle import write_bundle as write

    return write(content, directory)


def verify_bundle(directory: Path) -> Any:
    """Prove a bundle whole without running any code from it."""
    from rubric_studio.targets.verify import verify_bundle as verify

    return verify(directory)
