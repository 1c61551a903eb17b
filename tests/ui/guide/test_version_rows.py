"""A difference as lines side by side: what is marked, what is left out, and no mark by color alone in the view."""

from PySide6.QtGui import QTextCursor

from rubric_studio.domain.rubric import Gate, Level, Rubric
from rubric_studio.domain.rubric_edits import (
    changed,
    moved_criterion,
    with_criterion,
    with_new_criterion,
    with_stratum,
    without_criterion,
)
from rubric_studio.services.version_difference import rubric_difference
from rubric_studio.ui.guide import version_rows
from rubric_studio.ui.guide.version_rows import Line, SideBySide, guide_rows
from rubric_studio.ui.guide.version_side_by_side import SideBySideView
from tests.ui.guide.editing import LEVELS, small_rubric

RUBRIC = with_criterion(small_rubric(), "found", wording="Names the right tax year")


def difference_rows(old: Rubric, new: Rubric) -> list[SideBySide]:
    return list(version_rows.difference_rows(rubric_difference(old, new), old, new))


def text(lines: tuple[Line, ...], place: str | None = None) -> list[str]:
    """What one side says, line by line; only what is marked as taken out or put in, if so wanted."""
    said = ["".join(piece.text for piece in line if place is None or piece.place == place) for line in lines]
    return [each for each in said if each]


def marks(rows: list[SideBySide]) -> tuple[list[str], list[str]]:
    removed = [words for row in rows for words in text(row.left, "removed")]
    return removed, [words for row in rows for words in text(row.right, "added")]


def test_the_words_that_differ_are_marked_and_no_others(qapp) -> None:
    rows = difference_rows(RUBRIC, with_criterion(RUBRIC, "found", wording="Names the wrong tax year"))
    assert marks(rows) == (["right"], ["wrong"])
    assert "Names the right tax year" in text(rows[1].left)
    assert [row.role for row in rows] == ["part", "point", "note"]
    assert text(rows[-1].left) == ["1 part is the same in both"]


def test_weight_gate_title_and_a_parameter(qapp) -> None:
    new = with_stratum(RUBRIC, "form", weight=3, gate=Gate(at=0.5), title="The form")
    removed, added = marks(difference_rows(RUBRIC, with_criterion(new, "valid", allow_na=True)))
    assert removed == ["Form", "1", "no"]
    assert added == ["The form", "3", "Must be met first: 0.5", "yes"]


def test_a_changed_grade_is_told_and_the_others_are_not(qapp) -> None:
    levels = (LEVELS[0], Level(key="partly", value=0.4, text="half of it"), LEVELS[2])
    (row,) = [
        r
        for r in difference_rows(RUBRIC, with_criterion(RUBRIC, "valid", levels=levels))
        if r.role == "point"
    ]
    assert any("0.4" in words and "half of it" in words for words in text(row.right))
    assert not any("Fully" in words for words in text(row.right))


def test_a_new_point_is_all_put_in_and_a_lost_one_all_taken_out(qapp) -> None:
    new, _ = with_new_criterion(without_criterion(RUBRIC, "length"), "Court", "form")
    rows = [row for row in difference_rows(RUBRIC, new) if row.role == "point"]
    assert [(text(row.left)[:1], text(row.right)[:1]) for row in rows] == [(["Length"], []), ([], ["Court"])]
    assert text(rows[0].left) == text(rows[0].left, "removed")


def test_a_point_that_moved_says_from_where(qapp) -> None:
    rows = difference_rows(RUBRIC, moved_criterion(RUBRIC, "valid", "topics", 0))
    assert any("moved here from “Form”" in words for row in rows for words in text(row.right))


def test_the_way_of_adding_up_is_told_first(qapp) -> None:
    first = difference_rows(RUBRIC, changed(RUBRIC, aggregation="points_clipped"))[0]
    assert text(first.left)[0] == "How it adds up: Part by part"


def test_two_guides_that_say_the_same_have_no_lines_and_one_alone_has_all(qapp) -> None:
    assert difference_rows(RUBRIC, RUBRIC) == []
    said = [words for row in guide_rows(RUBRIC) for words in text(row.left)]
    assert {"Form", "Valid", "Names the right tax year", "0.5  Partly"} <= set(said)


def test_the_view_strikes_out_and_underlines_and_reads_no_html(qtbot, look) -> None:
    view = SideBySideView(look)
    qtbot.addWidget(view)
    new = with_criterion(RUBRIC, "found", wording="Names the <b>wrong</b> tax year")
    view.show_rows(("Version 1", "Version 2"), difference_rows(RUBRIC, new))
    assert "<b>wrong</b>" in view.toPlainText()
    for words, property_of in (("right", "fontStrikeOut"), ("wrong", "fontUnderline")):
        cursor = view.document().find(words, QTextCursor(view.document()))
        form = cursor.charFormat()
        assert getattr(form, property_of)()
        assert form.background().color() == look.theme.color("removed" if words == "right" else "added")


def test_a_long_guide_is_written_turn_by_turn_to_its_end(qtbot, look) -> None:
    valid = RUBRIC.criterion("valid")
    assert valid is not None
    many = tuple(valid.model_copy(update={"key": f"p{at}", "title": f"Point {at}"}) for at in range(60))
    view = SideBySideView(look)
    qtbot.addWidget(view)
    view.show_rows(("Version 1",), guide_rows(with_stratum(RUBRIC, "form", criteria=many)))
    assert "Point 1" in view.toPlainText()
    assert "Point 59" not in view.toPlainText()
    qtbot.waitUntil(lambda: view.is_whole)
    assert "Point 59" in view.toPlainText()
    assert view.toPlainText().count("Point 30") == 1
