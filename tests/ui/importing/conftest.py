"""An open project with a session, and the wizard on it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from openpyxl import Workbook

from rubric_studio import wiring
from rubric_studio.domain.record import Person
from rubric_studio.services.import_source import FileReading
from rubric_studio.store.project_file import ProjectFile, create_project
from rubric_studio.ui.importing.import_wizard import ImportWizard
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.look import Look
from rubric_studio.ui.session import Session

Opens = Callable[..., ImportWizard]


@pytest.fixture
def anna() -> Person:
    return wiring.new_person("Anna Example")


@pytest.fixture
def store(tmp_path: Path, anna: Person) -> Iterator[ProjectFile]:
    project = create_project(tmp_path / "tax.rubric")
    project.add_person(anna)
    yield project
    project.close()


@pytest.fixture
def session(qapp, store: ProjectFile, anna: Person) -> Iterator[Session]:
    jobs = Jobs(2)
    with ThreadPoolExecutor(1) as executor:
        session = Session(store, store.sibling, wiring.author(anna), jobs, executor)
        yield session
        jobs.shutdown()


@pytest.fixture
def reading() -> FileReading:
    return wiring.file_reading()


@pytest.fixture
def wizard(session: Session, look: Look, reading: FileReading, qtbot) -> Opens:
    """Opens the wizard on something and waits until the first step is there."""

    def opened(what: object = None) -> ImportWizard:
        wizard = ImportWizard(session, look, reading, what)
        qtbot.addWidget(wizard)
        wizard.brought_in.connect(session.announce)
        wizard.show()
        qtbot.waitUntil(lambda: wizard.step is not wizard.progress)
        return wizard

    return opened


@pytest.fixture
def office_sheet(tmp_path: Path) -> Path:
    """Twelve Greek and German lines; line 5 holds a word as a mark and line 8 no question."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(("Nr", "Frage", "Musterlösung", "Thema", "GPT-Antwort", "Note", "Claude-Antwort", "Note"))
    for number in range(1, 13):
        mark: object = "mittel" if number == 4 else 1 + number % 5
        question = None if number == 7 else f"Ποιος συντελεστής ΦΠΑ ισχύει; Fall {number}"
        sheet.append((number, question, "13 %", "ΦΠΑ", "Ο συντελεστής είναι 13 %", mark, "24 %", 2))
    path = tmp_path / "Γνωμοδοτήσεις.xlsx"
    book.save(path)
    return path
