"""The Results page, used as a person uses it, on the example."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rubric_studio import wiring
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric, Stratum
from rubric_studio.domain.sample import Sample
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.services.marks import EXPERTS
from rubric_studio.store.project_file import create_project
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.look import Look
from rubric_studio.ui.results.chart import Chart
from rubric_studio.ui.results.choosers import ChoiceBox
from rubric_studio.ui.results.results_page import ResultsPage
from rubric_studio.ui.session import Session


def pick(box: ChoiceBox, words: str) -> None:
    """Choose by keyboard, as far as a combo box lets a test."""
    at = box.findText(words, Qt.MatchFlag.MatchStartsWith)
    assert at >= 0, [box.itemText(each) for each in range(box.count())]
    box.setCurrentIndex(at)
    box.activated.emit(at)


def listed(page: ResultsPage) -> list[tuple[str, str, str, str]]:
    model = page.panel.model
    return [
        tuple(model.index(line, column).data() for column in range(4))  # pyright: ignore[reportReturnType]
        for line in range(model.rowCount())
    ]


def click(qtbot: QtBot, chart: Chart, x: float, y: float) -> None:
    """Click a place in the plot's own measures."""
    place = chart.mapFromScene(chart.drawing.getViewBox().mapViewToScene(QPointF(x, y)))
    qtbot.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.x(), place.y()))


def test_every_plot_says_its_finding_its_guide_and_its_rater(page: ResultsPage) -> None:
    scores, spread, points = page.plots.cards
    assert scores.title.text() == "Model Alder reaches 0.82 of 0.96 possible"
    assert spread.title.text() == "Room to improve 0.28: from 0.68 to 0.96, 30 questions"
    assert spread.number.text() == "0.28"
    assert points.title.text().startswith('The largest difference is in "Cites the provisions": Model Alder')
    for card in page.plots.cards:
        assert "Version 1" in card.caption.text()
        assert "as in training" in card.caption.text()
        assert "Model Judge" in card.caption.text()
    assert any("n 89" in words and "mean 0.82" in words for words in scores.legend.words())


def test_answers_without_a_score_are_counted_and_shown(qtbot: QtBot, page: ResultsPage) -> None:
    button = page.missing.open_button
    assert button.text() == "5 answers have no score yet: show them"
    assert not page.missing.outside_button.isVisible()
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert page.panel.isVisible()
    assert len(listed(page)) == 5
    assert {line[3] for line in listed(page)} == {"–"}


def test_a_click_on_a_bar_opens_its_answers(qtbot: QtBot, page: ResultsPage) -> None:
    click(qtbot, page.plots.histogram, 0.97, 0.1)
    lines = listed(page)
    assert page.panel.heading.text() == f"{len(lines)} answers"
    assert {line[1] for line in lines} == {"Model Alder"}
    assert all(float(line[3]) >= 0.95 for line in lines)
    with qtbot.waitSignal(page.samples_requested) as asked:
        page.panel.read_button.click()
    assert asked.args is not None
    assert len(asked.args[0]) == len(lines)


def test_the_same_without_a_mouse(qtbot: QtBot, page: ResultsPage) -> None:
    chart = page.plots.histogram
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(chart, Qt.Key.Key_End)
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    assert "Model Alder, scores from 0.95 to 1.00" in page.plots.scores_card.readout.text()
    assert "Model Alder" in chart.accessibleDescription()
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert page.panel.isVisible()
    assert all(0.90 <= float(line[3]) <= 0.95 for line in listed(page))
    first = listed(page)[0][0]
    with qtbot.waitSignal(page.row_requested) as asked:
        qtbot.keyClick(page.panel.table, Qt.Key.Key_Return)
    assert asked.args == [first]
    qtbot.keyClick(page.panel.table, Qt.Key.Key_Escape)
    assert not page.panel.isVisible()


def test_tab_reaches_every_choice_and_plot(page: ResultsPage) -> None:
    reached: set[QWidget] = set()
    widget: QWidget | None = page.choosers.guide
    for _ in range(400):
        assert widget is not None
        reached.add(widget)
        widget = widget.nextInFocusChain()
    boxes = (page.choosers.guide, page.choosers.rater, page.choosers.field, page.plots.whose)
    charts = (page.plots.histogram, page.plots.spread, page.plots.points)
    for each in (*boxes, *charts, page.missing.open_button, page.plots.scores_card.save_button):
        assert each in reached
        assert each.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_question_and_a_point_open_their_answers(qtbot: QtBot, page: ResultsPage) -> None:
    page.plots.spread.setFocus()
    qtbot.keyClick(page.plots.spread, Qt.Key.Key_Home)
    qtbot.keyClick(page.plots.spread, Qt.Key.Key_Space)
    assert {line[0] for line in listed(page)} == {"tax-10"}  # the weakest question
    page.plots.points.setFocus()
    qtbot.keyClick(page.plots.points, Qt.Key.Key_Home)
    qtbot.keyClick(page.plots.points, Qt.Key.Key_Right)
    qtbot.keyClick(page.plots.points, Qt.Key.Key_Return)
    assert page.panel.heading.text() == "90 answers"
    assert {line[1] for line in listed(page)} == {"Model Birch"}


def test_the_list_is_sorted_with_unscored_answers_last(page: ResultsPage) -> None:
    page.missing.open_button.click()
    view = page.view
    assert view is not None
    page.panel.show_samples(view, "all", view.groups.members[1])
    page.panel.table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    scores = [line[3] for line in listed(page)]
    numbers = [float(score) for score in scores if score != "–"]
    assert numbers == sorted(numbers, reverse=True)
    assert scores[len(numbers) :] == ["–"] * (len(scores) - len(numbers))


def test_the_experts_marks_count_where_they_are_chosen(
    qtbot: QtBot, page: ResultsPage, session: Session
) -> None:
    pick(page.choosers.rater, "the experts")
    qtbot.waitUntil(lambda: "by program and the experts" in page.plots.scores_card.caption.text())
    assert session.rater == EXPERTS
    assert "have no score yet" in page.missing.open_button.text()


def test_a_changed_weight_shows_as_a_draft_and_the_version_stays_to_be_chosen(
    qtbot: QtBot, page: ResultsPage, session: Session
) -> None:
    strata = [part.model_copy(update={"weight": 0.0}) for part in session.draft.strata[:-1]]
    heavier = session.draft.model_copy(update={"strata": (*strata, session.draft.strata[-1])})
    session.change_draft(heavier, "weights")
    assert "draft, not saved yet" in page.plots.scores_card.caption.text()
    assert page.plots.scores_card.title.text() != "Model Alder reaches 0.82 of 0.96 possible"
    pick(page.choosers.guide, "Version 1")
    assert page.plots.scores_card.title.text() == "Model Alder reaches 0.82 of 0.96 possible"
    session.undo()
    assert page.choosers.guide.count() == 1


def test_answers_are_put_together_by_a_field_of_their_question(page: ResultsPage) -> None:
    pick(page.choosers.field, "task")
    assert [words.split(":")[0] for words in page.plots.scores_card.legend.words()] == ["topics", "tax"]
    assert page.plots.scores_card.title.text().startswith('Where task is "')
    pick(page.plots.whose, "tax")
    assert "14 questions" in page.plots.spread_card.title.text()
    assert "Answers of tax" in page.plots.spread_card.caption.text()


def test_the_tables_hold_what_the_plots_show(qtbot: QtBot, page: ResultsPage) -> None:
    page.choosers.form.setFocus()
    qtbot.keyClick(page.choosers.form, Qt.Key.Key_Right)
    assert [card.table.isVisible() for card in page.plots.cards] == [True] * 3
    assert not page.plots.histogram.isVisible()
    table = page.plots.spread_card.table
    assert table.model().rowCount() == 30
    table.setCurrentIndex(table.model().index(0, 0))
    assert table.currentIndex().data() == "tax-10"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert {line[0] for line in listed(page)} == {"tax-10"}


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_plots_follow_the_look(page: ResultsPage, look: Look, theme: str) -> None:
    look.use(theme, 150)
    surface = look.theme.color("surface").name()
    for card in page.plots.cards:
        image = card.chart.grab().toImage()
        assert image.pixelColor(2, 2).name() == surface
    look.use("light")


def test_at_1100_by_700_the_plots_stack_and_nothing_is_cut(
    qtbot: QtBot, page: ResultsPage, look: Look
) -> None:
    page.resize(1016, 620)
    qtbot.waitUntil(lambda: page.plots.scores_card.x() == page.plots.spread_card.x())
    assert page.minimumSizeHint().width() <= 1016
    look.use("light", 150)
    assert page.minimumSizeHint().width() <= 1016
    look.use("light")


# ---- nothing there yet


def shown_page(qtbot: QtBot, session: Session, look: Look) -> ResultsPage:
    page = ResultsPage(session, look)
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.fixture
def bare(qtbot: QtBot, tmp_path: Path):
    """A session on an empty project."""
    store = create_project(tmp_path / "empty.rubric")
    jobs = Jobs()
    with ThreadPoolExecutor(1) as executor:
        yield Session(store, store.sibling, wiring.passing_author(), jobs, executor)
        jobs.shutdown()
    store.close()


def bring_in_an_answer(session: Session) -> None:
    rows = (Row(id=RowId("q1"), prompt=user_prompt("Why?")),)
    samples = (Sample(row=RowId("q1"), model="alder", run=0, text="Because."),)
    plan = ImportPlan(ImportedFile(name="rows", kind="mixed"), rows, samples)
    carry_out(session.store, plan, session.author)


def test_without_answers_the_page_says_what_to_do(qtbot: QtBot, bare: Session, look: Look) -> None:
    page = shown_page(qtbot, bare, look)
    assert page.no_answers.isVisible()
    with qtbot.waitSignal(page.import_requested):
        page.no_answers.main_button.click()


def test_without_answers_a_guide_can_be_tried_with_trick_answers(
    qtbot: QtBot, bare: Session, look: Look
) -> None:
    row = Row(id=RowId("q1"), prompt=user_prompt("Why?"))
    carry_out(bare.store, ImportPlan(ImportedFile(name="rows", kind="rows"), (row,), ()), bare.author)
    part = Stratum.model_validate(
        {"key": "s", "title": "S", "criteria": [{"key": "names", "title": "Names it"}]}
    )
    bare.change_draft(Rubric(name="g", strata=(part,)), "Write")
    page = shown_page(qtbot, bare, look)
    assert page.no_answers.isVisible()
    assert page.probes.isVisible()
    page.probes.try_button.click()
    qtbot.waitUntil(lambda: bool(page.probes.model.lines))
    assert page.probes.try_button.text() == "Try them again"


def test_without_a_guide_the_page_says_what_to_do(qtbot: QtBot, bare: Session, look: Look) -> None:
    bring_in_an_answer(bare)
    page = shown_page(qtbot, bare, look)
    qtbot.waitUntil(page.no_guide.isVisible)
    with qtbot.waitSignal(page.page_requested) as asked:
        page.no_guide.main_button.click()
    assert asked.args == ["guide"]


def test_with_nothing_scored_the_page_says_so(qtbot: QtBot, bare: Session, look: Look) -> None:
    bring_in_an_answer(bare)
    part = {"key": "all", "criteria": [{"key": "clear", "kind": {"type": "judged"}}]}
    bare.change_draft(Rubric.model_validate({"strata": [part]}), "a point")
    page = shown_page(qtbot, bare, look)
    qtbot.waitUntil(page.no_scores.isVisible)
    assert page.missing.open_button.text() == "1 answer has no score yet: show it"


def test_checks_that_nobody_ran_are_run_once(qtbot: QtBot, bare: Session, look: Look) -> None:
    bring_in_an_answer(bare)
    check = {"key": "short", "kind": {"type": "format", "max_chars": 100}}
    bare.change_draft(Rubric.model_validate({"strata": [{"key": "all", "criteria": [check]}]}), "a check")
    page = shown_page(qtbot, bare, look)
    qtbot.waitUntil(lambda: page.plots.scores_card.title.text() == "alder scores 1.00 on average")
    assert "No question has several answers" in page.plots.spread_card.title.text()
    assert page.plots.spread_card.number.text() == ""
