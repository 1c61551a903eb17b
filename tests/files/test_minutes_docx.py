"""The minutes of a meeting as a Word page, read back with python-docx."""

import re
from pathlib import Path

import pytest
from docx import Document

from rubric_studio.domain.minutes import Discussed, Minutes
from rubric_studio.files.minutes_docx import write_minutes
from rubric_studio.files.minutes_room import views_text
from rubric_studio.services.cures import NewWords
from rubric_studio.services.minutes import reworded_point
from tests.files.libre_office import LibreOffice, office  # noqa: F401 - a fixture

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


def pages(office: LibreOffice, path: Path) -> int:  # noqa: F811
    """How many pages it has on paper."""
    return len(re.findall(rb"/Type\s*/Page\b", office.through(path, "pdf").read_bytes()))


LONG = (
    "Names the article that applies, by number, and the instrument it belongs to, with the paragraph where the "
    "article has more than one rule, and says from which day the period runs"
)
PEOPLE = tuple("ABCDEF")


def a_long_meeting(differences: int) -> Minutes:
    line = Discussed(
        question=" ".join(["Ποιο δίκαιο εφαρμόζεται στη σύμβαση;"] * 3)[:90],
        point=LONG,
        views=tuple((who, "does not apply" if at % 2 else f"grade {at}") for at, who in enumerate(PEOPLE)),
        decided="does not apply",
        cause="law",
        reason=f"Die Donaudampfschifffahrtsgesellschaft haftet nicht. {LONG} " * 3,
        is_open=False,
        seconds=170,
    )
    every = tuple(line._replace(seconds=at) for at in range(differences))
    old = NewWords(wording=LONG * 3, levels=tuple((key, LONG) for key in ("fully", "partly", "no")))
    new = NewWords(wording=f"{LONG * 3} at last", levels=(*old.levels[:2], ("no", f"nothing of: {LONG}")))
    words = tuple(reworded_point(LONG, old, new, cures=26) for _ in range(3))
    return MINUTES._replace(people=PEOPLE, discussed=every, reworded=words)


@pytest.mark.parametrize("differences", [1, 10, 16, 60])
def test_it_is_one_page_however_long_the_meeting_was(
    tmp_path: Path,
    office: LibreOffice,  # noqa: F811
    differences: int,
) -> None:
    path = tmp_path / "minutes.docx"
    write_minutes(path, a_long_meeting(differences))
    assert pages(office, path) == 1


def test_what_finds_no_room_is_counted_and_what_was_decided_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "minutes.docx"
    many = a_long_meeting(60)._replace(reworded=())
    undecided = many.discussed[0]._replace(decided="", point="Passed by")
    write_minutes(path, many._replace(discussed=(*[undecided] * 30, *many.discussed[:10])))
    text = text_of(path)
    # 60 lines, 2 for each difference at least: 30 of 40, of which 10 were decided
    assert (text.count("Passed by"), text.count("not decided")) == (20, 20)
    assert "10 differences found no room on this page." in text


def test_many_people_stand_grade_by_grade(tmp_path: Path) -> None:
    views = (("A", "fully"), ("B", "no"), ("C", "fully"))
    assert views_text(views, 3) == "A: fully\nB: no\nC: fully"
    assert views_text(views, 2) == "A, C: fully; B: no"
