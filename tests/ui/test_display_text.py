"""Text made fit for display loses no offset: what is shown leads back to what was given."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from rubric_studio.ui.display_text import (
    LONGEST_LINE,
    LONGEST_RUN,
    displayed,
    shown_range,
    source_range,
    utf16,
)

ANY_TEXT = st.text(st.characters() | st.sampled_from("\r\n \u2028\U0001f600\ufdd0\0"), max_size=60)
LONG_TEXT = st.lists(st.sampled_from(["x" * 700, " ", "\r\n", "\U0001f600" * 300, "a b "]), max_size=12)


@given(ANY_TEXT | LONG_TEXT.map("".join), st.data())
def test_a_range_leads_to_the_same_letters_and_back(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    shown, stretch = displayed(text)
    mappings = (stretch, utf16(shown))
    there = shown_range(mappings, start, end)
    assert there is not None
    back = source_range(mappings, *there)
    assert back is not None
    # Only the "\r" of a "\r\n" is not shown, so a range may lose one at either end and nothing else.
    assert text[slice(*back)].strip("\r") == text[start:end].strip("\r")


@given(ANY_TEXT | LONG_TEXT.map("".join))
def test_qt_counts_as_we_do(text: str):
    shown, _ = displayed(text)
    document = QTextDocument()
    document.setPlainText(shown)
    assert document.characterCount() - 1 == len(shown.encode("utf-16-le")) // 2


@given(LONG_TEXT.map("".join))
def test_no_line_and_no_run_stays_too_long(text: str):
    shown, _ = displayed(text)
    lines = shown.split("\n")
    assert all(len(line.replace("\u200b", "")) <= LONGEST_LINE for line in lines)
    assert all(len(run) <= LONGEST_RUN for line in lines for run in line.replace("\u200b", " ").split(" "))


def test_a_usual_text_is_left_alone():
    assert displayed("The question is whether.\nIt is.")[0] == "The question is whether.\nIt is."
