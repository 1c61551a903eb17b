"""The themes: complete, readable for weak eyes, of one measure."""

import pytest
from PySide6.QtGui import QColor

from rubric_studio.ui.state_shape import Shape
from rubric_studio.ui.theme import THEME_NAMES, contrast, load_theme

STATES = tuple(sorted({shape.role for shape in Shape}))
GROUNDS = ("window", "surface", "sunken", "hover")
SOFT = (*(f"{state}_soft" for state in STATES), "accent_soft", "selection", "found", "found_current")


def ratio(name: str, text: str, ground: str) -> float:
    theme = load_theme(name)
    return contrast(theme.color(text), theme.color(ground))


def test_contrast_of_black_on_white_is_21():
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21.0)


def test_contrast_of_the_gray_that_is_named_in_every_guide():
    # WCAG's own example: #767676 on white is the lightest gray with 4.5:1 (4.54).
    assert contrast(QColor("#767676"), QColor("#ffffff")) == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("ground", [*GROUNDS, *SOFT, "added", "removed"])
def test_texts_to_read_have_at_least_7_to_1(name: str, ground: str):
    assert ratio(name, "text", ground) >= 7.0


@pytest.mark.parametrize("name", THEME_NAMES)
def test_links_in_texts_to_read_have_at_least_7_to_1(name: str):
    assert ratio(name, "accent", "surface") >= 7.0


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", ["text_muted", "accent", *STATES])
def test_other_texts_and_states_have_at_least_4_5_to_1(name: str, ground: str, text: str):
    assert ratio(name, text, ground) >= 4.5


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [("on_accent", "accent"), ("on_accent", "accent_hover"), ("on_selection", "selection"), ("on_tip", "tip")]
    + [(state, f"{state}_soft") for state in STATES],
)
def test_texts_on_colored_grounds_have_at_least_4_5_to_1(name: str, text: str, ground: str):
    assert ratio(name, text, ground) >= 4.5


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("ground", ["window", "surface"])
@pytest.mark.parametrize("line", ["control_line", "focus"])
def test_edges_of_controls_have_at_least_3_to_1(name: str, ground: str, line: str):
    # WCAG 2.2, 1.4.11 "Non-text contrast".
    assert ratio(name, line, ground) >= 3.0


@pytest.mark.parametrize("name", THEME_NAMES)
def test_every_theme_says_the_same_roles_and_eight_different_models(name: str):
    theme = load_theme(name)
    assert theme.roles.keys() == load_theme("light").roles.keys()
    assert len(set(theme.models)) == 8
    assert theme.model_color(8) == theme.model_color(0)


def test_font_size_changes_type_and_icons_but_not_spaces():
    usual, large = load_theme("light"), load_theme("light", 150)
    assert (large.sizes.reading, large.sizes.title, large.shape.icon) == (24, 30, 24)
    assert large.sizes.line_height == usual.sizes.line_height
    assert large.sizes.characters == usual.sizes.characters == 75
    assert large.space == usual.space
