"""The bar of parts: widths by weight, walked with the keyboard, said in words."""

import pytest
from PySide6.QtCore import Qt

from rubric_studio.ui.look import Look
from rubric_studio.ui.strata_bar import NARROWEST, Segment, StrataBar

PARTS = (
    Segment("form", "Form", 1, 1.0, gate=1.0),
    Segment("issue", "Issue", 3, None, 0.2, 0.7),
    Segment("end", "Conclusion", 0, 0.5, reach=0.0),
)


@pytest.fixture
def bar(look: Look, qtbot) -> StrataBar:
    bar = StrataBar(look, PARTS)
    qtbot.addWidget(bar)
    bar.resize(422, bar.sizeHint().height())
    bar.show()
    return bar


def test_widths_follow_the_weights_and_no_part_vanishes(bar: StrataBar):
    # 422 px less two gaps of 2 and three times 6 px leave 400 px: 1/4, 3/4 and nothing of it.
    assert [box.width() for box in bar.boxes()] == [NARROWEST + 100, NARROWEST + 300, NARROWEST]


def test_every_part_is_said(bar: StrataBar):
    assert bar.accessibleDescription() == (
        "Form: 1.00, needs 1.00; Issue: 0.20 – 0.70; Conclusion: 0.50, not reached"
    )
    assert bar.describe(Segment("x", "Facts", 1)) == "Facts: does not apply"


def test_a_part_is_chosen_by_click_and_by_keyboard(bar: StrataBar, qtbot):
    with qtbot.waitSignal(bar.part_chosen) as by_mouse:
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.boxes()[1].center().toPoint())
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    with qtbot.waitSignal(bar.part_chosen) as by_key:
        qtbot.keyClick(bar, Qt.Key.Key_Return)
    assert (by_mouse.args, by_key.args) == (["issue"], ["end"])


def test_the_sure_part_is_filled_and_the_possible_part_tinted(bar: StrataBar, look: Look):
    image = bar.grab().toImage()
    box = bar.boxes()[1]
    middle = round(box.center().y())

    def color_at(share: float) -> str:
        return image.pixelColor(round(box.left() + share * box.width()), middle).name()

    roles = look.theme.roles
    assert [color_at(0.1), color_at(0.5), color_at(0.9)] == [
        roles["accent"],
        roles["accent_soft"],
        roles["sunken"],
    ]


def test_no_parts_and_no_weights_are_no_trouble(bar: StrataBar):
    bar.set_segments(())
    bar.grab()
    bar.set_segments((Segment("a", "A", 0, 0.5), Segment("b", "B", 0, 0.5)))
    widths = [box.width() for box in bar.boxes()]
    assert widths[0] == widths[1]
