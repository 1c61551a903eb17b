"""The look on the application: every slot filled, every icon drawn, widgets told of a change."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from rubric_studio.resources import resource
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.score_badge import ScoreBadge
from rubric_studio.ui.theme import THEME_NAMES

ICONS = sorted(path.stem for path in resource("icons").glob("*.svg"))


@pytest.mark.parametrize("name", THEME_NAMES)
def test_every_slot_of_the_style_sheet_is_filled(look: Look, qapp: QApplication, name: str):
    look.use(name)
    assert "$" not in qapp.styleSheet()
    assert look.theme.roles["accent"] in qapp.styleSheet()


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_drawn_in_the_color_asked_for(look: Look, name: str):
    image = look.icons().pixmap(name, "missed", 48).toImage()
    pixels = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    full = {pixel.name() for pixel in pixels if pixel.alpha() == 255}
    assert full == {look.theme.roles["missed"]}


def test_the_font_size_reaches_widgets_at_once(look: Look, qtbot):
    button = QPushButton("Save")
    qtbot.addWidget(button)
    button.show()
    before = button.sizeHint().height()
    told: list[str] = []
    look.changed.connect(lambda: told.append(look.theme.name))
    look.use("light", 150)
    assert told == ["light"]
    assert button.fontInfo().pixelSize() == 20
    assert button.sizeHint().height() > before


def test_a_dressed_label_takes_the_size_of_its_kind(look: Look, qtbot):
    label = QLabel("Questions")
    qtbot.addWidget(label)
    label.show()
    dress(label, "title")
    assert label.fontInfo().pixelSize() == look.theme.sizes.title


def test_the_palette_follows_the_theme(look: Look, qapp: QApplication):
    look.use("dark")
    assert qapp.palette().window().color() == look.theme.color("window")
    assert look.theme.dark


def test_a_widget_that_is_gone_hears_no_more_of_the_look(look: Look, qtbot):
    badge = ScoreBadge(look)
    qtbot.addWidget(badge)
    badge.deleteLater()
    qtbot.wait(1)  # the event loop deletes it
    look.use("dark")  # a slot of a dead widget would raise here
