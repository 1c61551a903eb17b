"""What tests of the guide share."""

import pytest

from tests.ui.guide.editing import Editing, small_rubric


@pytest.fixture
def editing(qtbot, look) -> Editing:
    """An editor with the small rubric."""
    return Editing(qtbot, look, small_rubric())
