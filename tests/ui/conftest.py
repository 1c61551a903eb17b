"""What tests of the window share: the house's look on the application."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from rubric_studio.ui.look import Look


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    """The light look at 100 percent; the application is bare again afterwards."""
    look = Look(qapp)
    yield look
    qapp.setStyleSheet("")
