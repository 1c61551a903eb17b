"""The minutes of a meeting as a Word page, read back with python-docx."""

from pathlib import Path

from docx import Document

from rubric_studio.domain.minutes import Discussed, Minutes
from rubric_studio.files.minutes_docx import write_minutes
from rubric_studio.services.cures import NewWords
from rubric_studio.services.minutes import reworded_point

MINUTES = Minutes(
    project="Tax advice",
    guide="Scoring guide, version 4",
    at="23 November 2026",
    people=("A", "B", "C"),
    minutes=27,
    discussed=(
        Discussed(
            question="Is the gain taxable in Greece (άρθρο 42)?",
            point="Right tax year",
            views=(("A", "fully"), ("B", "no"), ("C", "fully")),
            decided="fully",
            cause="wording",
            reason="The year of assessment is meant.",
            is_open=False,
            seconds=170,
        ),
        Discussed(
            "Is it due?", "Names the court", (("A", "yes"), ("B", "no")), "left open", "law", "", True, 200
        ),
        Discussed("Who pays?", "Names the payer", (("A", "yes"), ("B", "no")), "", "", "", False, 12),
    ),
    reworded=(
        reworded_point(
            "Right tax year",
            NewWords(wording="Names the right year", levels=(("no", "wrong year"),)),
            NewWords(wording="Names the year of assessment", levels=(("no", "wrong year"),)),
            cures=2,
        ),
    ),
    left=4,
)


def text_of(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_the_page_says_what_was_decided_and_why(tmp_path: Path) -> None:
    path = tmp_path / "minutes.docx"
    write_minutes(path, MINUTES)
    text = text_of(path)
    for words in (
        "23 November 2026. 3 people (A, B, C), 27 minutes, 3 differences discussed.",
        "Is the gain taxable in Greece (άρθρο 42)?",
        "A: fully\nB: no\nC: fully",
        "the wording was ambiguous: The year of assessment is meant.",
        "an open question of law",
        "not decided",
        "1 decided, 1 left open as a question of law. 4 differences were not reached.",
    ):
        assert words in text


def test_new_words_show_what_was_taken_out_and_put_in(tmp_path: Path) -> None:
    path = tmp_path / "minutes.docx"
    write_minutes(path, MINUTES)
    runs = [run for paragraph in Document(str(path)).paragraphs for run in paragraph.runs]
    assert "right" in "".join(run.text for run in runs if run.font.strike)
    assert "of assessment" in "".join(run.text for run in runs if run.font.underline)


def test_a_text_no_file_can_hold_is_written_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "minutes.docx"
    odd = MINUTES.discussed[0]._replace(reason="null \x00 and half \ud800")
    write_minutes(path, MINUTES._replace(discussed=(odd,)))
    assert "null" in text_of(path)
