"""The whole window with a person in front of it, and the office sheet she has on her desk."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from rubric_studio.ui.shell import Shell
from tests.ui.journey.person import Person
from tests.ui.shell.conftest import keeper, shell, workplace

__all__ = ["keeper", "shell", "workplace"]

HEAD = ("Question", "Ideal answer", "GPT answer", "GPT mark", "Claude answer", "Claude mark")
LINES = (
    ("Which VAT rate holds for books?", "5 %", "It is 5 % under Sec. 12.", 5, "It is 19 %.", 1),
    ("Ποιος συντελεστής ΦΠΑ ισχύει;", "13 %", "Ισχύει 24 %.", 2, "Ο συντελεστής είναι 13 %.", 4),
    ("Is the gift taxed?", "Yes", "Yes, above the allowance.", 4, "No.", 1),
    ("Who owes the tax?", "The seller", "The seller owes it.", 5, "The buyer.", 2),
    ("When is it due?", "On 10 May", "On 10 May.", 5, "At once.", 1),
    ("Is interest charged?", "Yes", "Yes, from the due date.", 3, "Yes.", 3),
)
"""Six questions, one of them Greek, each with two answers and a mark from 1 to 5."""


@pytest.fixture
def office_sheet(tmp_path: Path) -> Path:
    """Question, ideal answer, two models' answers and a mark beside each."""
    book = Workbook()
    sheet = book.worksheets[0]
    for line in (HEAD, *LINES):
        sheet.append(line)
    path = tmp_path / "Γνωμοδοτήσεις.xlsx"
    book.save(path)
    return path


@pytest.fixture
def person(shell: Shell, qtbot) -> Person:
    """Somebody who starts the program for the first time."""
    shell.window.resize(1440, 900)
    shell.start()
    shell.window.activateWindow()
    qtbot.waitUntil(shell.window.isActiveWindow)
    return Person(shell, qtbot)
