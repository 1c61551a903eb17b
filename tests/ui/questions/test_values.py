"""How reference values read, and what differs between two states of a question."""

from rubric_studio.domain.listing import RowSummary
from rubric_studio.ui.questions.reference_values import is_link, labels_field, outline, value_text
from rubric_studio.ui.questions.row_difference import Words, word_changes


def summary(**reference: object) -> RowSummary:
    return RowSummary.model_validate({"id": "a", "first_words": "", "reference": reference})


def test_the_labels_are_the_most_frequent_list_of_words_not_of_codes() -> None:
    rows = [summary(codes=["100153"], topics=["law"], amount=3), summary(codes=["100154"], topics=["trade"])]
    assert labels_field(rows) == "topics"
    assert labels_field([summary(codes=["100153"])]) == "codes"
    assert labels_field([summary(amount=3, text="a")]) is None


def test_objects_read_as_names_and_values() -> None:
    value = {"topic": "tax", "years": ["a", "b"], "steps": [{"role": "user", "n": None}]}
    assert outline(value) == "topic: tax\nyears: a, b\nsteps:\n    • role: user\n        n: –"


def test_a_value_on_one_line() -> None:
    assert [value_text(each) for each in (None, ["a", "b"], 1.5, True, "x")] == [
        "",
        "a, b",
        "1.5",
        "true",
        "x",
    ]


def test_only_a_web_address_alone_is_a_link() -> None:
    assert is_link("https://eur-lex.europa.eu/x")
    assert not is_link("file:///etc/passwd")
    assert not is_link("see https://a.b")


def test_word_changes_name_what_was_taken_out_and_put_in() -> None:
    assert word_changes("the old tax", "the new tax") == [
        Words("the ", "same"),
        Words("old", "removed"),
        Words("new", "added"),
        Words(" tax", "same"),
    ]
