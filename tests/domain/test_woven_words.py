"""Two texts woven into one: nothing of either is lost, and what differs stands beside each other."""

from hypothesis import given
from hypothesis import strategies as st

from rubric_studio.domain.woven_words import Run, woven


def test_a_word_replaced_stands_before_the_word_that_replaces_it():
    assert woven("the right tax year of it", "the correct tax year of it") == (
        Run("the", "same"),
        Run(" right", "removed"),
        Run(" correct", "added"),
        Run(" tax year of it", "same"),
    )


def test_a_text_put_in_or_taken_out_is_one_run():
    assert woven("", "all new") == (Run("all new", "added"),)
    assert woven("all old", "") == (Run("all old", "removed"),)
    assert woven("same", "same") == (Run("same", "same"),)


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d", "e", ".", "§"])).map(" ".join),
    st.lists(st.sampled_from(["a", "b", "c", "d", "e", ".", "§"])).map(" ".join),
)
def test_each_text_can_be_read_out_of_the_weave(old: str, new: str):
    runs = woven(old, new)
    assert "".join(run.text for run in runs if run.place != "removed").split() == new.split()
    assert "".join(run.text for run in runs if run.place != "added").split() == old.split()
