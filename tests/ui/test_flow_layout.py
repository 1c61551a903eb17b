"""The wrapping layout."""

from PySide6.QtWidgets import QWidget

from rubric_studio.ui.flow_layout import FlowLayout


def made(qtbot, *widths: int) -> tuple[QWidget, FlowLayout, list[QWidget]]:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder, spacing=10)
    children = [QWidget() for _ in widths]
    for child, width in zip(children, widths, strict=True):
        child.setFixedSize(width, 20)
        layout.addWidget(child)
    return holder, layout, children


def test_a_new_line_begins_where_the_width_ends(qtbot):
    holder, layout, children = made(qtbot, 50, 50, 50)
    holder.resize(120, 100)
    holder.show()
    # 50 + 10 + 50 fit into 120, the third does not.
    assert [(child.x(), child.y()) for child in children] == [(0, 0), (60, 0), (0, 30)]
    assert layout.heightForWidth(120) == 50
    assert layout.heightForWidth(170) == 20


def test_hidden_widgets_take_no_room(qtbot):
    holder, layout, children = made(qtbot, 50, 50)
    children[0].hide()
    assert layout.sizeHint().width() == holder.sizeHint().width() == 50


def test_the_least_width_is_that_of_the_widest_widget(qtbot):
    holder, layout, _ = made(qtbot, 30, 80)
    assert layout.minimumSize().width() == holder.minimumSizeHint().width() == 80
