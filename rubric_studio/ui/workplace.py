"""What the window is handed from outside: project files, preferences, people, workers. `app.py` fills it."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rubric_studio.domain.record import Person
from rubric_studio.services.edits import Author
from rubric_studio.services.import_source import FileReading
from rubric_studio.services.own_code import OwnCode
from rubric_studio.services.ports import Bundles
from rubric_studio.services.projects import Projects
from rubric_studio.ui.preferences import File

if TYPE_CHECKING:
    from rubric_studio.services.model_access import ModelAccess
    from rubric_studio.services.round_files import RoundFiles
    from rubric_studio.services.rubric_exchange import GuideFiles


@dataclass(frozen=True)
class Workplace:
    """The adapters of one window. `example` makes a fresh copy of the example and says where it lies."""

    projects: Projects
    preferences: File
    example: Callable[[], Path]
    new_person: Callable[[str], Person]
    author: Callable[[Person], Author]
    executor: Executor
    bundles: Bundles
    reading: FileReading
    guides: "GuideFiles | None" = None
    own_code: OwnCode | None = None
    models: "ModelAccess | None" = None
    rounds: "RoundFiles | None" = None
    documents: Path | None = None
    """The person's own folder for documents; None asks the system."""
