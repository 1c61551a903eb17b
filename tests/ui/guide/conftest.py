"""What tests of the guide share."""

import pytest

from rubric_studio.ui.guide.guide_page import GuidePage
from rubric_studio.ui.session import Session
from tests.ui.guide.editing import Editing, small_rubric


@pytest.fixture
def editing(qtbot, look) -> Editing:
    """An editor with the small rubric."""
    return Editing(qtbot, look, small_rubric())


@pytest.fixture
def page(qtbot, look, session: Session) -> GuidePage:
    """The page at its full size, on the session of the test's own file."""
    page = GuidePage(session, look)
    qtbot.addWidget(page)
    page.resize(1368, 850)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.waitUntil(look.turns.is_idle)  # the page is made in turns
    return page
