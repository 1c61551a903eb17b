"""What tests of the window share: the house's look on the application."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from rubric_studio.ui.look import Look


@pytest.fixture
def look(qapp: QApplication) -> Look:
    """The light look at 100 percent.

    The style sheet stays on afterwards. A test that failed keeps its widgets alive; were the sheet taken off, Qt
    would lose track of them and, once they are gone, crash when the next look is put on.
    """
    return Look(qapp)


@pytest.fixture(autouse=True)
def garbage_stays_on_this_thread() -> Iterator[None]:
    """As in the program (see `ui/garbage.py`): no thread of a job may destroy a widget."""
    gc.disable()
    yield
    gc.enable()
