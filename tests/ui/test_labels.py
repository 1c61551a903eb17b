"""The table of words: what people see."""

import pytest

from rubric_studio.domain.kinds import Kind
from rubric_studio.ui.labels import heading, label
from rubric_studio.ui.state_shape import Shape


def test_words_of_the_code_become_words_of_the_window():
    assert label("row") == "question"
    assert label("criterion", 3) == "points"
    assert heading("rubric") == "Scoring guide"
    assert label("gate.hard") == "must be met first"


def test_an_unknown_word_is_an_error():
    with pytest.raises(KeyError):
        label("quark")


def test_every_kind_and_shape_has_a_word():
    union = Kind.__origin__  # pyright: ignore[reportAttributeAccessIssue]
    kinds = [kind.model_fields["type"].default for kind in union.__args__]
    assert all(label(f"kind.{kind}") for kind in kinds)
    assert all(label(f"shape.{shape}") for shape in Shape)
