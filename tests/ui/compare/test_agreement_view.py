"""Agreement as a person reads it: four experts in two rounds, the last of them milder than the others."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from rubric_studio import wiring
from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.services.agreement import AgreementChoice, agreement_report
from rubric_studio.services.versions import saved_version
from rubric_studio.ui.compare.agreement_view import AgreementView
from rubric_studio.ui.compare.figures_model import COUNT, FIGURE, HINT, JUDGE, PEOPLE, TITLE
from rubric_studio.ui.compare.interval_delegate import INTERVAL
from tests.ui.compare.compare_room import NAMES, Room, guide, samples, session_on


def shown(session, look, qtbot) -> Any:
    view = AgreementView(session, look)
    qtbot.addWidget(view)
    view.resize(1340, 820)
    view.show()
    return view


@pytest.fixture
def view(session, look, qtbot) -> AgreementView:
    view = shown(session, look, qtbot)
    qtbot.waitUntil(lambda: view.found is not None and view.judging.found is not None, timeout=30_000)
    qtbot.waitUntil(lambda: not session.jobs.running)
    return view


def cell(view: AgreementView, line: int, column: int) -> str:
    return view.model.index(line, column).data()


def pick(box, key: str) -> None:
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def test_one_number_and_one_sentence_come_first(view, session):
    rubric = saved_version(session.store).rubric
    same = agreement_report(session.store, rubric, AgreementChoice(basis="rounds")).same
    assert same.value is not None
    assert view.number.text() == f"{same.value * 100:.0f} %"
    assert view.sentence.text().startswith(f"Your experts agree on {view.number.text()} of marks (")
    assert view.sentence.text().endswith("40 answers, 4 people.")


def test_too_few_held_out_answers_give_no_final_figure_and_it_says_so(view):
    # Two of ten questions with four answers each are held out: eight answers, below ten.
    assert "Only 8 answers of those held out were marked, too few for a final figure" in view.further.text()


def test_the_rule_declared_before_the_newest_round_stands_there_with_how_far_it_is(view):
    assert (
        "Declared before round 2: Krippendorff's alpha, grades in order 0.80 or more" in view.further.text()
    )
    assert "Not yet on the 8 answers held out: 0 of 3 points are there" in view.further.text()


def test_the_point_with_the_least_agreement_stands_first_with_its_interval(view):
    values = [line.trusted.estimate.value for line in view.model.lines]
    assert values == sorted(values)
    assert (cell(view, 0, COUNT), cell(view, 0, PEOPLE)) == ("40", "4")
    interval = view.model.index(0, FIGURE).data(INTERVAL)
    assert interval.low < interval.value < interval.high
    assert interval.target == 0.8
    said = view.model.index(0, FIGURE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Krippendorff's alpha, grades in order" in said
    assert "(" in said


def test_points_can_stand_in_the_order_of_the_guide(view):
    pick(view.ways.sorting, "guide")
    titles = [cell(view, at, TITLE) for at in range(3)]
    assert titles == ["Names the article that applies", "Says when the deadline ends", "Invents an authority"]


def test_the_judge_stands_beside_what_people_reach(view):
    assert "people" in cell(view, 0, JUDGE)
    assert "two experts give the same grade on" in view.further.text()


def test_enter_opens_a_point_and_escape_closes_it(view, qtbot):
    assert not view.detail.isVisible()
    view.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert view.detail.isVisible()
    assert view.detail.title.text() == cell(view, 1, TITLE)
    qtbot.keyClick(view.table, Qt.Key.Key_Up)
    assert view.detail.title.text() == cell(view, 0, TITLE)
    qtbot.keyClick(view.table, Qt.Key.Key_Escape)
    assert not view.detail.isVisible()


def test_the_details_say_which_figure_to_trust_and_why(view, qtbot):
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert view.detail.advice.text() == (
        "4 people marked all of these 40 answers with grades in order: trust Krippendorff's alpha, grades in order."
    )
    first = view.detail.table.item(0, 0).text()
    assert first == "▸ Krippendorff's alpha, grades in order, to trust here"
    fewer = view.detail.table.rowCount()
    qtbot.mouseClick(view.detail.all_button, Qt.MouseButton.LeftButton)
    names = [view.detail.table.item(at, 0).text() for at in range(view.detail.table.rowCount())]
    assert len(names) == 15 > fewer
    assert "ICC(2,1)" in names


def test_two_people_are_laid_against_each_other_and_never_one_against_herself(view, qtbot):
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    detail = view.detail
    counts = detail.grid.counts
    assert sum(map(sum, counts)) == 40
    other = detail.second.value()
    pick(detail.first, other)
    assert detail.first.value() == other != detail.second.value()
    assert detail.second.currentText() in detail.grid.accessibleName()


def test_grades_are_counted(view, qtbot):
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert sum(each.count for each in view.detail.bars.counts) == 160  # four people on forty answers
    assert [each.grade.key for each in view.detail.bars.counts] == ["fully", "partly", "no"]


def test_the_answers_behind_a_point_can_be_seen(view, qtbot):
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    with qtbot.waitSignal(view.samples_requested) as told:
        qtbot.mouseClick(view.detail.answers_button, Qt.MouseButton.LeftButton)
    assert len(told.args[0]) == 40


def test_the_tuned_part_is_never_called_final(view, qtbot):
    pick(view.choices.part, "tuned")
    qtbot.waitUntil(lambda: view.found.report.part == "tuned", timeout=30_000)
    assert "32 answers" in view.sentence.text()
    assert "final" not in view.sentence.text()


def test_marks_that_are_not_blind_are_said_to_be_so(view, qtbot):
    pick(view.choices.basis, "all")
    qtbot.waitUntil(lambda: view.found.report.basis == "all", timeout=30_000)
    assert "they are not blind" in view.further.text()


def test_choosing_a_round_shows_it_under_its_own_words(view, qtbot):
    first = view.choices.round.itemData(view.choices.round.count() - 1)
    pick(view.choices.round, first)
    qtbot.waitUntil(lambda: view.found.round.plan.number == 1, timeout=30_000)
    assert view.choices.guide.currentText().startswith("Version 1")
    assert "Declared before round 1" in view.further.text()


def test_judges_may_stand_among_the_people(view, qtbot):
    pick(view.choices.whose, "judges")
    qtbot.waitUntil(lambda: len(view.found.report.raters) == 5, timeout=30_000)
    assert "Your experts and judges agree" in view.sentence.text()


def test_parts_and_the_total_stand_behind(view):
    view.ways.choose("parts")
    view.ways.picked.emit()
    assert [cell(view, at, TITLE) for at in range(view.model.rowCount())] == ["Law", "Total score"]


def test_the_map_shows_the_milder_person(view, qtbot):
    view.ways.choose("people")
    view.ways.picked.emit()
    qtbot.waitUntil(lambda: view.people.model.rowCount() > 0, timeout=30_000)
    names = [view.people.model.headerData(at, Qt.Orientation.Horizontal) for at in range(1, 5)]
    assert names == ["You", *NAMES[1:]]
    last = [view.people.model.index(line, 4).data() for line in range(3)]
    assert all(text.startswith("+") for text in last)
    view.people.map.setCurrentIndex(view.people.model.index(0, 4))
    assert "Agreement with Dimitri Vale" in view.people.readout.text()
    again = view.people.model.rowCount() - 1
    assert (
        view.people.model.index(again, 1).data() == "100 %  n 36"
    )  # twelve answers again, three points each


def test_who_leads_no_round_sees_herself_only(marked, look, qtbot, tmp_path):
    with session_on(Path(marked), NAMES[2]) as session:
        view = shown(session, look, qtbot)
        qtbot.waitUntil(lambda: view.found is not None, timeout=30_000)
        view.ways.choose("people")
        view.ways.picked.emit()
        qtbot.waitUntil(lambda: view.people.model.rowCount() > 0, timeout=30_000)
        assert view.people.model.columnCount() == 2
        assert "You see yourself only" in view.people.meaning.text()
        qtbot.waitUntil(lambda: not session.jobs.running, timeout=30_000)


def test_what_is_shown_can_be_saved_as_a_table(view, tmp_path):
    view.save_table(tmp_path / "agreement.csv")
    lines = (tmp_path / "agreement.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("Point,Part,Figure to trust,Value,from,to,Answers,People")
    assert "Version 2" in lines[1]


def test_new_marks_are_read_only_while_somebody_looks(view, session, qtbot):
    before = view.reading.found
    view.hide()
    session.announce(Changes(topics=frozenset({Topic.VERDICTS})))
    assert not view.reading.is_under_way
    view.show()
    assert view.number.text()  # the last figures stay
    qtbot.waitUntil(lambda: view.reading.found is not before, timeout=30_000)
    qtbot.waitUntil(lambda: not session.jobs.running, timeout=30_000)


def test_the_final_figure_is_quoted_from_the_held_out_part_only(look, qtbot, tmp_path, qapp):
    room = Room(tmp_path / "P.rubric", 3)
    rows, answers = samples(6, 4)
    keys = [each.key for each in answers]
    room.fill(guide(), rows, answers)
    round = room.start(keys, held_out=("case-03", "case-04", "case-05"))
    room.close(round, 1, room.score(round, keys))
    room.store.close()
    with session_on(tmp_path / "P.rubric") as session:
        view = shown(session, look, qtbot)
        qtbot.waitUntil(lambda: view.found is not None, timeout=30_000)
        final = view.found.report.final
        assert view.number.text() == f"{final.same.value * 100:.0f} %"
        assert view.sentence.text().startswith("On held-out answers your experts agree on")
        assert "12 answers, 3 people; on the total score alpha 0." in view.sentence.text()
        assert view.sentence.text().endswith("This is the figure to quote.")
        pick(view.choices.part, "tuned")
        qtbot.waitUntil(lambda: view.found.report.part == "tuned", timeout=30_000)
        assert view.sentence.text().startswith("Your experts agree on")
        assert "Wordings are tuned on these answers" in view.further.text()
        qtbot.waitUntil(lambda: not session.jobs.running, timeout=30_000)


# ---- where nothing can be told yet


def empty(path: Path, experts: int, *, version: bool = True, marks: bool = True, opens: bool = False) -> None:
    room = Room(path, experts)
    rows, answers = samples(3, 2)
    keys = [each.key for each in answers]
    if version:
        room.fill(guide(), rows, answers)
    if opens:
        room.start(keys)
    elif marks and version:
        room.score("", keys)
    room.store.close()


@pytest.mark.parametrize(
    ("project", "said", "wish", "told"),
    [
        (
            {"experts": 1, "version": False},
            "No version of the scoring guide is saved",
            "page_requested",
            "guide",
        ),
        ({"experts": 1, "marks": False}, "Nobody has marked an answer", "round_requested", None),
        ({"experts": 1}, "Only Anna Berg has marked answers", "round_requested", None),
        ({"experts": 2, "opens": True}, "A round is under way", "page_requested", "score"),
    ],
)
def test_where_nothing_can_be_told_one_button_leads_on(
    project, said, wish, told, look, qtbot, tmp_path, qapp
):
    empty(tmp_path / "P.rubric", **project)
    with session_on(tmp_path / "P.rubric") as session:
        view = shown(session, look, qtbot)
        qtbot.waitUntil(lambda: view.nothing.isVisible(), timeout=30_000)
        assert view.nothing.shown.accessibleName().startswith(said)
        view.setFocus()
        with qtbot.waitSignal(getattr(view, wish)) as heard:
            qtbot.keyClick(view.nothing.shown.main_button, Qt.Key.Key_Space)
        assert heard.args == [told]
        qtbot.waitUntil(lambda: not session.jobs.running, timeout=30_000)


def test_a_few_answers_are_too_few_to_say(look, qtbot, tmp_path, qapp):
    empty(tmp_path / "P.rubric", experts=2)
    with session_on(tmp_path / "P.rubric") as session:
        view = shown(session, look, qtbot)
        qtbot.waitUntil(lambda: view.found is not None, timeout=30_000)
        assert view.number.text() == "–"
        assert view.sentence.text() == (
            "Only 6 answers were marked by two people, too few to say. About 30 would do."
        )
        assert "too few, about" in cell(view, 0, HINT)
        qtbot.waitUntil(lambda: not session.jobs.running, timeout=30_000)


def test_nobody_new_is_needed_for_a_project_without_a_version(qapp, look, qtbot, tmp_path):
    wiring.new_project(tmp_path / "P.rubric").close()
    with session_on(tmp_path / "P.rubric", "Eva Lind") as session:
        view = shown(session, look, qtbot)
        assert view.nothing.isVisible()
