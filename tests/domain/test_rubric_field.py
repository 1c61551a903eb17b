"""Fields of a rubric that people reword: found by permanent keys, compared and changed as people mean it."""

import pytest

from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_edits import moved_criterion, with_stratum
from rubric_studio.domain.rubric_field import (
    FieldPlace,
    field_places,
    field_text,
    number_in,
    same_text,
    shown_text,
    with_field,
)

YEAR = {
    "key": "year",
    "title": "Year",
    "wording": "Names it.",
    "levels": [{"key": "a b", "value": 0.5, "text": "x"}],
}
RUBRIC = Rubric.model_validate(
    {"strata": [{"key": "one", "title": "One", "criteria": [YEAR]}, {"key": "two", "criteria": []}]}
)
VALUE = FieldPlace(field="value", stratum="one", criterion="year", level="a b")


def test_every_field_has_an_id_of_its_own_that_fits_into_a_bookmark():
    ids = [place.id for place in field_places(RUBRIC)]
    # The name; two parts with title and weight; one point with three fields; one grade with two.
    assert len(ids) == len(set(ids)) == 1 + 4 + 3 + 2
    assert all(len("_rs_f_" + id) <= 40 and id.isascii() for id in ids)


def test_an_id_survives_moving_and_renaming():
    moved = with_stratum(moved_criterion(RUBRIC, "year", "two", 0), "two", title="Zwei")
    assert {place.id for place in field_places(moved)} == {place.id for place in field_places(RUBRIC)}


def test_a_field_is_read_and_changed():
    changed = with_field(RUBRIC, VALUE, " 0,25 ")
    assert (field_text(RUBRIC, VALUE), field_text(changed, VALUE)) == ("0.5", "0.25")
    title = FieldPlace(field="title", stratum="two")
    assert (field_text(RUBRIC, title), shown_text(RUBRIC, title)) == ("", "two")
    assert field_text(with_field(RUBRIC, title, "A\n b"), title) == "A b"
    assert with_field(RUBRIC, FieldPlace(field="name"), "New").name == "New"


@pytest.mark.parametrize("text", ["", "many", "nan", "1e999", "1_0", "1,2,3", "2"])
def test_what_a_value_cannot_be_is_refused(text):
    with pytest.raises(ValueError, match=r"not a number|less than or equal to 1"):
        with_field(RUBRIC, VALUE, text)


def test_a_field_that_is_gone_has_no_text_and_takes_none():
    gone = FieldPlace(field="text", stratum="one", criterion="year", level="c")
    assert field_text(RUBRIC, gone) is None
    with pytest.raises(ValueError, match="not in the scoring guide"):
        with_field(RUBRIC, gone, "x")


def test_numbers_are_read_as_people_write_them():
    assert [number_in(text) for text in ("−0,2", "1 000.5", "–3", "+.5")] == [-0.2, 1000.5, -3.0, 0.5]


def test_texts_are_the_same_where_people_see_no_difference():
    wording = FieldPlace(field="wording", criterion="year")
    assert same_text(wording, "a \r\nb\n", "a\nb")
    assert same_text(wording, "a\tb", "a    b")
    assert not same_text(wording, "a b", "a  b")
    assert same_text(VALUE, "0.50", "0,5")
    assert same_text(FieldPlace(field="title", criterion="year"), "A  b", "A b")
