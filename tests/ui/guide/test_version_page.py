"""The versions page, used as a person uses it: by keyboard and mouse, on a small project with marks."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false, reportOptionalSubscript=false

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rubric_studio import wiring
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_edits import with_criterion, with_stratum
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.services.edits import SaveVersion
from rubric_studio.services.versions import versions
from rubric_studio.ui.guide.version_page import VersionsPage
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.session import Session

Key, Shift = Qt.Key, Qt.KeyboardModifier.ShiftModifier
FIRST = Rubric.model_validate(
    {
        "name": "guide",
        "row_criteria": None,
        "strata": [
            {"key": "form", "criteria": [{"key": "short", "kind": {"type": "format", "max_chars": 10}}]},
            {"key": "law", "criteria": [{"key": "act", "kind": {"type": "mentions", "terms": ["Act"]}}]},
        ],
    }
)
SECOND = with_stratum(FIRST, "law", weight=3)
TEXTS = ("The Act", "The Act says a great deal", "No", "Nothing of the kind")
"""Totals under FIRST 1, .5, .5, 0; under SECOND 1, .75, .25, 0: two of four moved, by .25 and -.25."""


@pytest.fixture
def session(qapp, tmp_path: Path) -> Iterator[Session]:
    """Two models with two answers each, and no version yet."""
    store = wiring.new_project(tmp_path / "Small.rubric")
    author = wiring.author(person := wiring.new_person("Anna Berg"))
    store.add_person(person)
    jobs, executor = Jobs(), ThreadPoolExecutor(1)
    with store.writing() as writer:
        writer.source(Source(id="s", kind="rows", name="rows", at=author.now(), person=author.person))
        writer.rows([Row(id=RowId("q1"), prompt=user_prompt("Why?"))])
        writer.samples(
            [
                Sample(row=RowId("q1"), model="ab"[at // 2], run=at % 2, text=text)
                for at, text in enumerate(TEXTS)
            ]
        )
    yield Session(store, store.sibling, author, jobs, executor)
    jobs.shutdown()
    executor.shutdown()
    store.close()


def shown(qtbot, look, session: Session) -> VersionsPage:
    page = VersionsPage(session, look)
    qtbot.addWidget(page)
    page.resize(1340, 860)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.setFocus()
    rest(qtbot, page, session)
    return page


def rest(qtbot, page: VersionsPage, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.jobs.running and not page.reading.is_under_way, timeout=10_000)


@pytest.fixture
def page(qtbot, look, session) -> VersionsPage:
    """Two versions, shown."""
    session.perform(SaveVersion(rubric=FIRST, number=1))
    session.perform(SaveVersion(rubric=SECOND, number=2, note="the law weighs more"))
    return shown(qtbot, look, session)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def said(page: VersionsPage) -> dict[str, str]:
    return {line.words.name: line.effect.text() for line in page.timeline.lines}


def test_before_the_first_save_it_says_so_and_leads_back(qtbot, look, session) -> None:
    page = shown(qtbot, look, session)
    assert "Nothing saved yet" in page.empty.accessibleName()
    with qtbot.waitSignal(page.page_requested) as asked:
        press(Key.Key_Space)
    assert asked.args == ["guide"]


def test_the_timeline_tells_who_when_why_and_what_it_changed(page) -> None:
    newest, first = page.timeline.lines
    assert (newest.name.text(), newest.note.text()) == ("Version 2", "the law weighs more")
    assert newest.about.text() == "saved by Anna Berg"
    assert newest.day.text().split()[-1].isdigit()
    # ranks 4 2.5 2.5 1 against 4 3 2 1: 4.5 / sqrt(4.5 * 5) = .9487
    assert newest.effect.text() == (
        "2 of 4 totals moved, by up to +0.25; order mostly kept (rank correlation 0.95)."
    )
    assert first.effect.text() == "The first version: 4 answers with a total."
    assert page.detail.title.text() == newest.effect.text().rstrip(".")
    assert "Version 2 against Version 1, on 4 answers" in page.detail.caption.text()
    assert "by program" in page.detail.caption.text()


def test_the_effect_model_by_model(page) -> None:
    press(Key.Key_M)
    line = page.timeline.lines[0]
    assert line.is_unfolded
    assert [(name, each.moved) for name, each in line.words.effect.models] == [("a", 1), ("b", 1)]
    press(Key.Key_M)
    assert not line.is_unfolded


def test_the_draft_stands_on_top_with_its_effect_and_goes_with_an_undo(page, session, qtbot) -> None:
    session.change_draft(with_stratum(SECOND, "law", weight=1), "weight")
    rest(qtbot, page, session)
    assert list(said(page)) == ["Draft", "Version 2", "Version 1"]
    assert said(page)["Draft"].startswith("2 of 4 totals moved")
    session.undo()
    rest(qtbot, page, session)
    assert list(said(page)) == ["Version 2", "Version 1"]


def test_the_difference_is_shown_and_enter_reads_the_version(page) -> None:
    text = page.detail.difference.toPlainText()
    assert "weight 1" in text
    assert "weight 3" in text
    press(Key.Key_Down)
    assert page.timeline.chosen == page._stages[0].id
    press(Key.Key_Return)
    assert page.detail.guide.hasFocus()
    assert "weight 1" in page.detail.guide.toPlainText()
    assert page.detail.guide.isReadOnly()


def test_space_marks_two_and_a_third_takes_the_place_of_the_first(page, session, qtbot) -> None:
    session.perform(SaveVersion(rubric=with_stratum(FIRST, "law", weight=0), number=3))
    rest(qtbot, page, session)
    press(Key.Key_Home)
    press(Key.Key_Space)
    press(Key.Key_End)
    press(Key.Key_Space)
    assert "weight 3" not in page.detail.difference.toPlainText()  # at once; 1 and 3 have no weight 3
    rest(qtbot, page, session)
    assert page.detail.caption.text().startswith("Version 3 against Version 1")
    press(Key.Key_Up)
    assert page.detail.caption.text().startswith("Version 3 against Version 1")  # marks hold
    press(Key.Key_Space)
    assert page.detail.caption.text().startswith("Version 2 against Version 1")
    assert [line.compare.isChecked() for line in page.timeline.lines] == [False, True, True]


def test_a_point_of_the_plot_opens_its_answer(page, session, qtbot) -> None:
    page.detail.show_view("totals")
    qtbot.wait(1)
    chart = page.detail.scatter
    assert [chart.line_count(), chart.is_density] == [4, False]
    place = chart.mapFromScene(chart.drawing.getViewBox().mapViewToScene(QPointF(0.5, 0.75)))
    with qtbot.waitSignal(page.samples_requested) as asked:
        qtbot.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.x(), place.y()))
    (ids,) = asked.args
    assert [sample.text for _, sample in session.store.samples(ids)] == [TEXTS[1]]
    assert "0.50 before, 0.75 now (+0.25)" in page.detail.card.readout.text()


def test_the_plot_is_walked_by_keyboard_from_what_moved_most(page, qtbot) -> None:
    page.detail.show_view("totals")
    page.detail.focus_body()
    press(Key.Key_Right)
    assert "+0.25" in page.detail.card.readout.text()
    press(Key.Key_End)
    assert page.detail.scatter.at == 3
    with qtbot.waitSignal(page.samples_requested):
        press(Key.Key_Return)


def test_r_goes_back_to_a_version_and_undo_takes_that_back(page, session, qtbot) -> None:
    press(Key.Key_Down)
    press(Key.Key_R)
    assert session.draft == FIRST
    rest(qtbot, page, session)
    assert list(said(page)) == ["Draft", "Version 2", "Version 1"]
    session.undo()
    assert session.draft == SECOND


def test_shift_r_saves_a_version_once_more_with_a_note(page, session, qtbot) -> None:
    press(Key.Key_Down)
    press(Key.Key_R, Shift)
    newest = versions(session.store)[-1]
    assert (newest.number, newest.note, newest.rubric) == (3, "as version 1", FIRST)
    rest(qtbot, page, session)
    assert said(page)["Version 3"].startswith("2 of 4 totals moved")


def test_what_stands_there_now_cannot_be_brought_back(page, session) -> None:
    assert not page.detail.restore_button.isEnabled()
    press(Key.Key_R)
    assert session.draft == SECOND
    assert len(session.stacks().undo) == 2


def test_checks_that_nobody_ran_under_an_old_version_are_run_once_for_all(page, session, qtbot) -> None:
    assert not list(page.reading.timeline.marked.checks.criteria())
    longer = with_criterion(SECOND, "short", kind={"type": "format", "max_chars": 100})
    session.perform(SaveVersion(rubric=longer, number=3))
    rest(qtbot, page, session)
    qtbot.waitUntil(lambda: said(page).get("Version 3", "").startswith("2 of 4 totals"), timeout=5_000)


def test_esc_leads_back_to_the_guide(page, qtbot) -> None:
    with qtbot.waitSignal(page.page_requested) as asked:
        press(Key.Key_Escape)
    assert asked.args == ["guide"]


def test_a_version_asked_for_by_name_is_shown_to_read(page) -> None:
    page.show_version(page._stages[0].id)
    assert page.timeline.chosen == page._stages[0].id
    assert page.detail.views.value() == "guide"
