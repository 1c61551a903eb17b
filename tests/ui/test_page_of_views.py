"""A page of views: what an heir puts in a view's place stands there until the view can be shown."""

import pytest
from PySide6.QtWidgets import QWidget

from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.page_of_views import PageOfViews, ViewOnPage

VIEWS = [ViewOnPage("one", "One", "The first."), ViewOnPage("two", "Two", "The second.")]


class Paper(QWidget):
    def __init__(self, session: object, look: object) -> None:
        super().__init__()


class Page(PageOfViews):
    """Shows nothing but a sentence until it is unlocked."""

    def __init__(self, look) -> None:
        place = f"{__name__}:Paper"
        super().__init__(None, look, ("Page", "Choose"), VIEWS, {"one": place, "two": place})  # pyright: ignore[reportArgumentType]
        self.locked = True
        self.lock = EmptyState(look, "Locked.")
        self._body.addWidget(self.lock)

    def _instead(self, name: str) -> QWidget | None:
        return self.lock if self.locked else None


@pytest.fixture
def page(look, qtbot) -> Page:
    page = Page(look)
    qtbot.addWidget(page)
    page.show()
    return page


def test_what_stands_in_a_views_place_makes_no_view(page):
    assert page.lock.isVisible()
    assert page.views == {}
    assert page.sentence.text() == "The first."


def test_the_view_is_made_once_it_can_be_shown(page):
    page.locked = False
    page.show_view("two")
    assert set(page.views) == {"two"}
    assert page.views["two"].isVisible()
    assert page.sentence.text() == "The second."
