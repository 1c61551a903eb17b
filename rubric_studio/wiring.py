"""The one place that chooses the real parts: which store, which clock, which workers. No logic of its own."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Executor, wait
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import PersonId, ulid
from rubric_studio.domain.record import Person
from rubric_studio.domain.table import ReadItem
from rubric_studio.resources import resource
from rubric_studio.sandbox.limited_executor import LimitedExecutor
from rubric_studio.services.edits import Author
from rubric_studio.services.import_source import FileReading
from rubric_studio.services.own_code import CodeTrust, OwnCode
from rubric_studio.services.ports import Progress
from rubric_studio.store.keeper import Keeper
from rubric_studio.store.preferences_file import PreferencesFile
from rubric_studio.store.project_file import ProjectFile, create_project, open_project

if TYPE_CHECKING:
    from rubric_studio.domain.bundle import BundleContent, BundleReport, Objection, Verification
    from rubric_studio.domain.exported_guide import ExportedGuide
    from rubric_studio.domain.returned_guide import ReturnedGuide
    from rubric_studio.llm.keys import Keys
    from rubric_studio.llm.servers import ModelServers
    from rubric_studio.services.connections import Connections
    from rubric_studio.services.model_access import ModelAccess
    from rubric_studio.services.prices import Prices
    from rubric_studio.services.round_files import RoundFiles
    from rubric_studio.services.rubric_exchange import GuideFiles

VERIFY_LIMIT = 600.0
"""Seconds that scoring a bundle's samples again may take."""
POLL_SECONDS = 0.2
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


def copies_folder() -> Path:
    """Where copies of projects from shared folders are worked on."""
    from platformdirs import user_data_path

    return user_data_path("rubric-studio", appauthor=False) / "copies"


def preferences_file() -> PreferencesFile:
    """Where the preferences of the person at this computer are kept."""
    from platformdirs import user_config_path

    return PreferencesFile(user_config_path("rubric-studio", appauthor=False) / "preferences.json")


def own_code(*, asked: bool = False) -> OwnCode:
    """How own code runs here: in the sandbox, or trusted in a process of its own. `asked`: by the command line."""
    from platformdirs import user_config_path

    from rubric_studio.sandbox.monty_code import run_in_sandbox
    from rubric_studio.sandbox.trusted_code import TrustedCode

    kept = PreferencesFile(user_config_path("rubric-studio", appauthor=False) / "own_code.json")
    return OwnCode(CodeTrust(kept), run_in_sandbox, TrustedCode(), asked)


# ---- models


def models() -> "ModelAccess":
    """Servers, keys, connections and prices of this computer. What goes over the network is imported when used."""
    from platformdirs import user_config_path

    # A type checker does not see that a cached property is a property.
    return cast("ModelAccess", _ModelsOfThisComputer(user_config_path("rubric-studio", appauthor=False)))


class _ModelsOfThisComputer:
    """Each part is made, and imported, when it is first asked for: most starts need the switch alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def connections(self) -> "Connections":
        from rubric_studio.services.connections import Connections

        return Connections(PreferencesFile(self._folder / "connections.json"))

    @cached_property
    def keys(self) -> "Keys":
        from rubric_studio.llm.keys import Keys

        return Keys()

    @cached_property
    def servers(self) -> "ModelServers":
        from rubric_studio.llm.servers import ModelServers

        return ModelServers(self.keys, offline=self.connections.is_offline)

    @cached_property
    def prices(self) -> "Prices":
        from rubric_studio.services.prices import Prices
        from rubric_studio.services.supplied_prices import supplied_prices

        return Prices(PreferencesFile(self._folder / "prices.json"), supplied_prices)


# ---- projects


def keeper() -> Keeper:
    """Project files, as the window opens them."""
    return Keeper(SystemClock(), backups_folder(), copies_folder())


def copy_project(path: Path, target: Path) -> None:
    """Copy a project, which is only read."""
    with project(path, write=False) as store:
        store.copy_to(target)


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


def make_example(path: Path, *, with_rounds: bool = False) -> None:
    """Make an example project file, perhaps with two rounds of blind scoring in it."""
    from rubric_studio.services.example import fill_with_example

    folder = resource("example")
    files = {file.name: list(read_table(file)) for file in folder.glob("*.jsonl")}
    store = new_project(path)
    try:
        fill_with_example(
            store, passing_author(), read_json(folder / "rubric.json"), files, with_rounds=with_rounds
        )
    finally:
        store.close()


def open_example() -> Path:
    """A fresh copy of the example in a folder of its own, which the system clears away in time."""
    path = Path(tempfile.mkdtemp(prefix="rubric-studio-")) / "Example.rubric"
    make_example(path, with_rounds=True)
    return path


def round_files() -> "RoundFiles":
    """Packets and answer files of rounds, on this computer."""
    from platformdirs import user_data_path

    from rubric_studio.round_wiring import RoundFilesHere

    own = user_data_path("rubric-studio", appauthor=False) / "rounds"
    return RoundFilesHere(SystemClock(), backups_folder(), own)


# ---- files


def read_table(path: Path) -> Iterator[ReadItem]:
    """The lines of a JSONL, JSON, CSV or XLSX file, and what is wrong with them."""
    from rubric_studio.files.reader import read

    return read(path)


def file_reading() -> FileReading:
    """How the window's import reads files and pasted ranges; openpyxl is imported when first needed."""
    import hashlib

    def reader(module: str, name: str) -> Any:
        return lambda *arguments: getattr(import_module(f"rubric_studio.files.{module}"), name)(*arguments)

    def fingerprint(path: Path) -> str:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    return FileReading(
        describe=reader("reader", "describe"),
        read=reader("reader", "read"),
        describe_pasted=reader("pasted", "describe_pasted"),
        read_pasted=reader("pasted", "read_pasted"),
        fingerprint=fingerprint,
        save_complaints=reader("complaints_file", "save_complaints"),
    )


def guide_files() -> "GuideFiles":
    """How a scoring guide goes out to people and comes back; what is slow to import comes with the first file."""
    from rubric_studio.services.rubric_exchange import GuideFiles

    def told(writer: str, module: str) -> Any:
        return lambda path, guide: getattr(import_module(f"rubric_studio.files.{module}"), writer)(
            path, _with_how(guide)
        )

    writers = {name: told(f"write_{name}", f"rubric_{name}") for name in ("docx", "xlsx", "csv")}
    return GuideFiles(writers | {"html": _write_guide_page}, _take_guide_back, read_json, _read_sheet)


def _with_how(guide: "ExportedGuide") -> "ExportedGuide":
    """Say of each point how it is marked."""
    from rubric_studio.targets.kind_words import kind_words

    how = {str(criterion.key): kind_words(criterion.kind) for criterion in guide.rubric.criteria()}
    return guide.model_copy(update={"how": how})


def _write_guide_page(path: Path, guide: "ExportedGuide") -> None:
    from rubric_studio.files.atomic_write import written_atomically
    from rubric_studio.targets.pages import guide_page

    page = guide_page(guide)
    with written_atomically(path) as beside:
        beside.write_bytes(page)


def _read_sheet(path: Path) -> Iterator[ReadItem]:
    from rubric_studio.files.rubric_sheet import read_sheet

    return read_sheet(path)


def _take_guide_back(path: Path) -> "ReturnedGuide":
    """Read a Word or Excel file that was given out."""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        from rubric_studio.files.rubric_xlsx_reading import read_xlsx_back

        return read_xlsx_back(path)
    from rubric_studio.files.rubric_docx_reading import read_docx

    return read_docx(path)


def read_json(path: Path) -> Any:
    """A JSON file's value.

    Raises:
        StudioError: the file cannot be read, or is no JSON (a name that stands twice, NaN); names line and column.
    """
    from rubric_studio.files.json_values import NotJson, parse_whole

    text = ""
    try:
        text = path.read_text(encoding="utf-8-sig")
        return parse_whole(text)
    except OSError as error:
        raise StudioError(
            "Cannot read the file", str(error.strerror), "Is it there, and yours to read?", file=path
        ) from error
    except UnicodeDecodeError as error:
        raise StudioError(
            "Not UTF-8", f"byte {error.start} is no UTF-8", "Save it as UTF-8.", file=path
        ) from error
    except NotJson as error:
        line = None if error.position is None else text.count("\n", 0, error.position) + 1
        hint = error.hint or "Mend the file and try again."
        raise StudioError("Not JSON", error.message, hint, file=path, line=line) from error


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


class TargetBundles:
    """Writes bundles for the targets there are, and proves them. Targets are imported when they are needed."""

    def targets(self) -> dict[str, str]:
        from rubric_studio.targets.registry import TARGETS

        return {name: target.title for name, target in TARGETS.items()}

    def objections(self, content: "BundleContent", target: str) -> "tuple[Objection, ...]":
        from rubric_studio.targets.registry import target_named

        return target_named(target).objections(content)

    def write(self, content: "BundleContent", directory: Path, progress: Progress) -> "BundleReport":
        from rubric_studio.targets.bundle import write_bundle

        return write_bundle(content, directory, progress)

    def verify(self, directory: Path, progress: Progress) -> "Verification":
        """Prove it in a worker process: a pattern out of somebody's bundle may not stall the program."""
        from rubric_studio.domain.bundle import Verification
        from rubric_studio.sandbox.monty_code import run_in_sandbox
        from rubric_studio.targets.verify import verify_bundle

        with LimitedExecutor(1, VERIFY_LIMIT) as worker:
            proof = worker.submit(verify_bundle, directory, None, run_in_sandbox)
            while not wait([proof], timeout=POLL_SECONDS).done:
                progress(0, 0, "proving")
            try:
                return proof.result()
            except TimeoutError:
                note = f"Its samples could not be scored again within {VERIFY_LIMIT:.0f} seconds."
                return Verification(whole=False, note=note)


def bundles() -> TargetBundles:
    """What writes bundles and proves them."""
    return TargetBundles()
