"""Numbers as people read them."""

from rubric_studio.ui.number_text import (
    count_text,
    difference_text,
    range_text,
    score_text,
    share_text,
    signed_text,
    weight_text,
)


def test_numbers_have_the_decimals_of_the_house():
    assert score_text(0.625) == "0.62"
    assert range_text(0.35, 0.8) == "0.35 – 0.80"
    assert share_text(0.621) == "62 %"
    assert count_text(32767) == "32,767"


def test_a_difference_has_a_sign_and_none_where_it_rounds_to_nothing():
    assert difference_text(0.08) == "+0.08"
    assert difference_text(-0.5) == "−0.50"
    assert difference_text(0.004) == ""
    assert [signed_text(each) for each in (0.08, -0.5, -0.004)] == ["+0.08", "−0.50", "0.00"]


def test_weights_are_as_short_as_they_can_be():
    assert [weight_text(weight) for weight in (4.0, 0.25, -0.25)] == ["4", "0.25", "−0.25"]
