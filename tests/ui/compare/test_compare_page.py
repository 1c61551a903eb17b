"""The frame of the page Compare: four views, keys that lead to them, wishes that are handed on."""

from importlib import import_module

import pytest
from PySide6.QtCore import Qt

from rubric_studio.ui.compare.compare_page import VIEWS, ComparePage
from tests.ui.compare import paper_views

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(session, look, qtbot):
    page = ComparePage(session, look, views=paper_views.VIEWS)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    return page


def test_agreement_is_shown_first_and_other_views_are_made_when_they_are_asked_for(page, qtbot):
    assert page.shown == "agreement"
    assert set(page.views) == {"agreement"}
    qtbot.waitUntil(page.isActiveWindow)
    keys = (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)
    for key, name in zip(keys, ("trend", "differences", "decided"), strict=True):
        qtbot.keyClick(page, key, ALT)
        assert page.shown == name
        assert page.views[name].isVisible()
        assert page.views[name].field.hasFocus()
    assert set(page.views) == set(VIEWS)


def test_every_view_says_what_it_is_for(page):
    said = set()
    for name in VIEWS:
        page.show_view(name)
        said.add(page.sentence.text())
    assert len(said) == 4
    assert all(said)


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("row_requested", ("case-01",)),
        ("samples_requested", ([3, 4],)),
        ("point_requested", ([3], "deadline")),
        ("page_requested", ("score",)),
        ("compare_requested", ("trend",)),
        ("round_requested", (None,)),
    ],
)
def test_wishes_of_views_are_handed_on(page, qtbot, wish, told):
    with qtbot.waitSignal(getattr(page, wish)) as heard:
        getattr(page.views["agreement"], wish).emit(*told)
    assert heard.args == list(told)


def test_a_view_may_ask_for_another(page):
    page.views["agreement"].view_requested.emit("decided")
    assert page.shown == "decided"


@pytest.mark.parametrize("place", VIEWS.values())
def test_every_view_of_the_page_is_there(place):
    module, _, name = place.partition(":")
    assert hasattr(import_module(module), name)
