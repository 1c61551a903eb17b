"""State shapes: told apart without color, named for screen readers."""

import pytest

from rubric_studio.ui.look import Look
from rubric_studio.ui.state_shape import Shape, StateShape, shape_of


@pytest.mark.parametrize(
    ("value", "costs_points", "shape"),
    [
        (1.0, False, Shape.MET),
        (0.5, False, Shape.PARTLY),
        (0.0, False, Shape.MISSED),
        (1.0, True, Shape.MISSED),
        (0.25, True, Shape.PARTLY),
        (0.0, True, Shape.MET),
    ],
)
def test_a_fault_that_is_there_is_not_met(value: float, costs_points: bool, shape: Shape):
    assert shape_of(value, costs_points=costs_points) is shape


def test_every_shape_is_told_apart_without_its_color(look: Look, qtbot):
    widget = StateShape(look)
    qtbot.addWidget(widget)
    widget.resize(32, 32)
    outlines = set()
    for shape in Shape:
        widget.set_shape(shape)
        ground = widget.grab().toImage().pixelColor(0, 0)
        image = widget.grab().toImage()
        places = ((x, y) for x in range(32) for y in range(32))
        outlines.add(frozenset(place for place in places if image.pixelColor(*place) != ground))
    assert len(outlines) == len(Shape)


def test_a_shape_has_a_name(look: Look, qtbot):
    widget = StateShape(look, Shape.PARTLY)
    qtbot.addWidget(widget)
    assert widget.accessibleName() == "Partly met"
