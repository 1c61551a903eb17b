"""A range as Excel puts it on the clipboard."""

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.table import ReadOptions, TableLine
from rubric_studio.files.pasted import describe_pasted, read_pasted


def values(text: str, header_row: int | None = None):
    items = read_pasted(text, ReadOptions(header_row=header_row))
    return [item.values for item in items if isinstance(item, TableLine)]


def test_quoted_cells_keep_their_line_breaks_and_quotes():
    text = 'Question\tAnswer\r\n"first line\nsecond ""line"""\tyes\r\nwhat?\t"a\tb"\r\n'
    assert values(text) == [
        {"Question": 'first line\nsecond "line"', "Answer": "yes"},
        {"Question": "what?", "Answer": "a\tb"},
    ]


def test_quotes_that_are_part_of_the_text_stay():
    # Excel puts no quotes around a cell without tab or line break, so these are the writer's own.
    assert values('q\ta\n"Hello" he said\t"quoted"\n5" pipe\t"open\n') == [
        {"q": '"Hello" he said', "a": '"quoted"'},
        {"q": '5" pipe', "a": '"open'},
    ]


def test_empty_cells_are_absent_also_the_last_one():
    assert values("a\tb\tc\n1\t\t3\n\t2\t") == [
        {"a": "1", "b": None, "c": "3"},
        {"a": None, "b": "2", "c": None},
    ]


def test_a_range_without_a_header_gets_letters_when_told_so():
    assert values("what\twhy\n", header_row=0) == [{"A": "what", "B": "why"}]


def test_description_shows_columns_and_lines():
    facts = describe_pasted("no\tquestion\n1\twhat\n2\twhy\n")
    assert facts.columns == ("no", "question")
    assert [line.values["no"] for line in facts.examples] == ["1", "2"]
    assert facts.options.header_row == 1


def test_an_empty_clipboard_says_so():
    with pytest.raises(StudioError, match="clipboard"):
        describe_pasted(" \r\n".strip())
