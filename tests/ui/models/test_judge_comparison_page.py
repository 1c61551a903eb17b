"""Judges against experts as a person reads it, on the example with its recorded judge and its two experts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.verdict import State
from rubric_studio.services.edits import GiveMark
from rubric_studio.services.marks import expert_verdict
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.judge_comparison_page import JudgeComparisonPage
from rubric_studio.ui.models.judge_points_model import COUNT, KAPPA, SAME, TITLE
from rubric_studio.ui.session import Session
from tests.ui.models.judge_room import CAREFUL, RECORDED, add_judges, example_session, make_measured_example


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_measured_example(tmp_path_factory.mktemp("judges") / "example.rubric")


@pytest.fixture
def session(qapp, measured: Path, tmp_path: Path) -> Iterator[Session]:
    with example_session(measured, tmp_path / "example.rubric", None) as session:
        yield session


def shown(qtbot: QtBot, session: Session, look: Look) -> JudgeComparisonPage:
    page = JudgeComparisonPage(session, look)
    qtbot.addWidget(page)
    page.resize(1300, 900)
    page.show()
    return page


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look) -> JudgeComparisonPage:
    page = shown(qtbot, session, look)
    qtbot.waitUntil(lambda: page.judge is not None)
    return page


def cell(page: JudgeComparisonPage, line: int, column: int) -> str:
    return page.model.index(line, column).data()


def test_one_sentence_and_one_figure_come_first(page: JudgeComparisonPage) -> None:
    # 88 marks that both gave; of them 72 with the same grade: 81.8 %.
    assert page.number.text() == "82 %"
    assert page.sentence.text().startswith(f"{RECORDED} gives the experts' grade on 82 % of 88 marks (")
    assert "Version 1" in page.further.text()


def test_the_point_with_the_least_agreement_stands_first_with_its_n_and_interval(
    page: JudgeComparisonPage,
) -> None:
    assert cell(page, 0, TITLE) == "Follows the Act step by step"
    assert cell(page, 0, COUNT) == "28"
    assert cell(page, 0, SAME) == "71 % (53 – 85 %)"  # 20 of 28
    shares = [point.same.value or 0.0 for point in page.model.points]
    assert shares == sorted(shares)


def test_what_says_nothing_is_withheld_and_says_why(page: JudgeComparisonPage) -> None:
    line = next(at for at, point in enumerate(page.model.points) if point.same.n < 10)
    assert cell(page, line, KAPPA) == "too few"
    tip = page.model.index(line, KAPPA).data(Qt.ItemDataRole.ToolTipRole)
    assert "Only 4 marks were given by both" in tip


def test_choosing_a_point_shows_grades_against_grades(qtbot: QtBot, page: JudgeComparisonPage) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_End)
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    line = page.table.currentIndex().row()
    assert line > 0
    assert page.detail.title.text() == cell(page, line, TITLE)
    counted = sum(sum(counts) for counts in page.detail.grid.counts)
    assert str(counted) == cell(page, line, COUNT)
    assert page.detail.grid.words()


def test_bias_by_model_and_length_is_told_in_words_too(page: JudgeComparisonPage) -> None:
    assert [line.name for line in page.detail.models.lines] == ["Model Alder", "Model Birch"]
    assert page.detail.models.words()[0].endswith("n 14.")
    assert all("characters" in line.name for line in page.detail.lengths.lines)


def test_a_difference_shows_both_reasons_and_leads_to_the_answer(
    qtbot: QtBot, page: JudgeComparisonPage
) -> None:
    qtbot.waitUntil(lambda: bool(page.detail.cards))
    card = page.detail.cards[0]
    assert card.expert.text() != card.judge.text()
    with qtbot.waitSignal(page.point_requested) as asked:
        card.show_button.click()
    assert asked.args == [[card.found.difference.sample.id], card.found.asked.key]


def test_all_points_together_have_their_worst_differences(qtbot: QtBot, page: JudgeComparisonPage) -> None:
    page.whole_button.click()
    assert page.detail.title.text() == "All points together"
    qtbot.waitUntil(lambda: bool(page.detail.cards))
    sizes = [card.found.difference.size for card in page.detail.cards]
    assert sizes == sorted(sizes, reverse=True)
    before = len(page.detail.cards)
    page.detail.more_button.click()
    qtbot.waitUntil(lambda: len(page.detail.cards) > before)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.detail.title.text() != "All points together"


def test_several_judges_stand_side_by_side(qtbot: QtBot, session: Session, look: Look) -> None:
    add_judges(session.store)  # type: ignore[arg-type]
    page = shown(qtbot, session, look)
    qtbot.waitUntil(lambda: page.judge is not None)
    page.whole_button.click()
    table = page.detail.matrix.table
    assert page.detail.matrix.isVisible()
    assert [table.model().index(line, 0).data() for line in range(table.rowCount())] == [CAREFUL, RECORDED]
    assert table.model().index(1, 1).data() == "82 %  n 88"
    page.judge_choice.setCurrentIndex(page.judge_choice.findData(RECORDED))
    page.judge_choice.activated.emit(0)
    assert page.sentence.text().startswith(RECORDED)


def test_one_judge_needs_no_matrix(page: JudgeComparisonPage) -> None:
    page.whole_button.click()
    assert not page.detail.matrix.isVisible()


def test_without_expert_marks_the_page_says_where_to_mark(qtbot: QtBot, session: Session, look: Look) -> None:
    heads = [head for head in session.store.heads(RecordKind.VERDICT) if head.body is not None]
    for verdict in map(expert_verdict, heads):
        session.perform(
            GiveMark(
                sample=verdict.sample, criterion=verdict.criterion, question=verdict.question,
                person=PersonId(verdict.rater.name), state=State.UNSCORED,
            )
        )  # fmt: skip
    page = shown(qtbot, session, look)
    qtbot.waitUntil(page.no_experts.isVisible)
    with qtbot.waitSignal(page.page_requested) as asked:
        page.no_experts.main_button.click()
    assert asked.args == ["guide"]


def test_a_new_mark_of_an_expert_changes_the_figures(
    qtbot: QtBot, session: Session, page: JudgeComparisonPage
) -> None:
    head = next(head for head in session.store.heads(RecordKind.VERDICT) if head.body is not None)
    verdict = expert_verdict(head)
    before = page.comparison
    session.perform(
        GiveMark(
            sample=verdict.sample, criterion=verdict.criterion, question=verdict.question,
            person=PersonId(verdict.rater.name), state=State.UNSCORED,
        )
    )  # fmt: skip
    qtbot.waitUntil(lambda: page.comparison is not before)


def test_escape_leaves(qtbot: QtBot, page: JudgeComparisonPage) -> None:
    page.setFocus()
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(page.table, Qt.Key.Key_Escape)
