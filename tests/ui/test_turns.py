"""Work in pieces: its order, its end, and widgets that are gone."""

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from rubric_studio.ui.followers import Followers
from rubric_studio.ui.turns import Turns


@pytest.fixture
def turns(qapp) -> Turns:
    return Turns()


def test_pieces_are_done_in_their_order_and_each_once(turns: Turns, qtbot):
    done: list[str] = []
    first, second = (lambda: done.append("first")), (lambda: done.append("second"))
    for piece in (first, second, first):
        turns.later(piece)
    assert done == []
    qtbot.waitUntil(turns.is_idle)
    assert done == ["first", "second"]


def test_a_piece_that_asks_for_itself_goes_on_after_the_others(turns: Turns):
    done: list[int] = []

    def count() -> None:
        done.append(len(done))
        if len(done) < 3:
            turns.later(count)

    turns.later(count)
    turns.later(lambda: done.append(99))
    turns.finish()
    assert done == [0, 99, 2]
    assert turns.is_idle()


def test_a_piece_of_a_widget_that_is_gone_is_left_out(turns: Turns, qtbot):
    widget = QWidget()
    turns.later(widget.show)
    widget.deleteLater()
    qtbot.wait(1)  # the event loop deletes it
    turns.finish()


class Hearer(QObject):
    def __init__(self, heard: list[str], name: str) -> None:
        super().__init__()
        self._heard, self._name = heard, name

    def hear(self) -> None:
        self._heard.append(self._name)


def test_followers_hear_one_after_the_other_and_then_comes_the_end(turns: Turns):
    heard: list[str] = []
    followers, kept, gone = Followers(turns), Hearer(heard, "kept"), Hearer(heard, "gone")
    for hearer in (gone, kept):
        followers.connect(hearer.hear)
    followers.connect(lambda: heard.append("function"))
    del hearer, gone
    followers.tell(then=lambda: heard.append("end"))
    assert heard == []
    turns.finish()
    assert heard == ["kept", "function", "end"]
