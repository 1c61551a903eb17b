"""The live preview on other projects: the example with its judge, long texts, many points, nothing at all."""

import time
from pathlib import Path

from PySide6.QtCore import Qt

from rubric_studio import wiring
from rubric_studio.domain.row import RowCriterion
from rubric_studio.ui.look import Look
from tests.ui.guide.preview_room import GUIDE, Key, answer, make_project, question, room_on


def test_beside_a_judges_mark_ones_own_is_shown_and_does_not_count(tmp_path: Path, look: Look, qtbot):
    path = tmp_path / "Example.rubric"
    wiring.make_example(path)
    with room_on(path, look, qtbot) as room:
        room.show(1000, 820)
        room.preview.show_row("tax-01")
        room.rest()
        total = room.total()
        point = room.row("turning_point").point()
        assert (point.value, room.marker("turning_point").kind) == (1.0, "judge")
        room.click_grade("turning_point", 3)
        point = room.row("turning_point").point()
        assert (point.value, point.chosen) == (1.0, "no")
        assert room.noted("turning_point").note.text() == "You: No (0.00). The mark of the model counts."
        assert room.total() == total
        choose_rater(room, "Petra Person")
        assert room.row("turning_point").point().value == 0.0
        assert room.total() != total


def test_several_experts_count_by_their_mean_and_all_are_named(tmp_path: Path, look: Look, qtbot):
    path = tmp_path / "Example.rubric"
    wiring.make_example(path)
    with room_on(path, look, qtbot) as room:
        room.show(1000, 820)
        room.preview.show_row("tax-01")
        choose_rater(room, "the experts")
        room.preview.columns.take_keyboard()
        room.press(Key.Key_3, Qt.KeyboardModifier.AltModifier)
        marker = room.marker("turning_point", place=1)
        assert marker.initials == "×2"
        assert marker.name == "Anna Example, Bruno Example"


def test_the_strip_folds_first_and_nothing_is_cut(tmp_path: Path, look: Look, qtbot):
    path = tmp_path / "Example.rubric"
    wiring.make_example(path)
    with room_on(path, look, qtbot) as room:
        room.show(1100 - 72, 640)
        assert len(room.preview.columns.shown()) == 2
        room.preview.resize(700, 560)
        assert room.preview.strip.isHidden()
        assert len(room.preview.columns.shown()) == 2
        assert room.preview.reading.minimumSizeHint().width() <= 700
        look.use("light", 150)
        room.preview.resize(1028, 640)
        assert room.preview.strip.isHidden()
        assert room.preview.reading.minimumSizeHint().width() <= 1028


def test_no_question_no_point(tmp_path: Path, look: Look, qtbot):
    with room_on(make_project(tmp_path / "Empty.rubric", None, [], []), look, qtbot) as room:
        room.show()
        with qtbot.waitSignal(room.preview.import_requested):
            qtbot.mouseClick(room.preview.no_question.main_button, Qt.MouseButton.LeftButton)
    path = make_project(tmp_path / "Bare.rubric", None, [question()], [answer("m")])
    with room_on(path, look, qtbot) as room:
        room.show()
        assert room.preview.notice.isVisible()
        assert room.preview.notice.label.text().startswith("No points yet.")
        assert room.column().text.text() == "It is due under Sec. 5."
        assert room.total() == "–"


def test_who_may_only_read_cannot_mark(tmp_path: Path, look: Look, qtbot):
    path = make_project(tmp_path / "Tax.rubric", GUIDE, [question()], [answer("m")])
    with room_on(path, look, qtbot, read_only=True) as room:
        room.show()
        room.preview.columns.take_keyboard()
        room.press(Key.Key_1)
        assert room.row("names").point().grades == ()
        assert room.marks() == []


def test_evidence_in_greek_stands_where_it_is(tmp_path: Path, look: Look, qtbot):
    text = "Ο φόρος **οφείλεται** 😀 κατά το Sec. 5 του νόμου."
    path = make_project(tmp_path / "Greek.rubric", GUIDE, [question()], [answer("m", 0, text)])
    with room_on(path, look, qtbot) as room:
        room.show()
        (span,) = room.noted("cites").shown().passages
        assert text[span.start : span.end] == span.quote == "Sec. 5"
        assert room.column().text.ruler.ticks()


def test_texts_follow_their_points_and_words_selected_before_are_no_evidence(
    tmp_path: Path, look: Look, qtbot
):
    rows = [question("q1"), question("q2")]
    answers = [answer("m", 0, "The first answer."), answer("m", 0, "Another text.", row="q2")]
    with room_on(make_project(tmp_path / "Tax.rubric", GUIDE, rows, answers), look, qtbot) as room:
        room.show()
        column = room.column()
        qtbot.waitUntil(lambda: column.text.text() == "The first answer.")
        column.text.view.selectAll()
        room.preview.show_row("q2")
        column.panel.take_keyboard("names")
        assert column.due() is not None
        room.press(Key.Key_E)
        assert column.text.text() == "Another text."
        assert room.noted("names").shown().passages == ()
        qtbot.waitUntil(lambda: column.due() is None)


def test_two_hundred_points_and_long_answers_stay_fluid(tmp_path: Path, look: Look, qtbot):
    criteria = tuple(
        RowCriterion(key=f"c{at}", text=f"Says the {at}th thing that matters here") for at in range(225)
    )
    row = question().model_copy(update={"criteria": criteria})
    long = [
        answer(model, 0, "A sentence of eight words stands here again. " * 900) for model in ("a", "b", "c")
    ]
    guide = {"name": "Own points", "strata": []}
    path = make_project(tmp_path / "Long.rubric", guide, [row], long)
    with room_on(path, look, qtbot) as room:
        room.show(1000, 820)
        panel = room.column().panel
        assert len(panel.list.rows()) < 40
        room.preview.columns.take_keyboard()
        room.press(Key.Key_1)
        room.press(Key.Key_End)
        room.press(Key.Key_1)
        assert panel.current() == "row:c224"
        assert len(panel.list.rows()) < 40
        assert len(room.marks()) == 2
        question_now, rubric = room.preview.current.question, room.preview.current.rubric
        assert question_now is not None
        begun = time.perf_counter()
        question_now.under(rubric)
        assert time.perf_counter() - begun < 0.5  # some milliseconds on a desk; a test machine may be busy


def choose_rater(room, words: str) -> None:
    """Choose in the rater chooser as a person does."""
    box = room.preview.tools.rater
    box.setFocus()
    at = box.findText(words)
    box.setCurrentIndex(at)
    box.activated.emit(at)
    room.rest()


def test_a_long_model_name_keeps_its_run_and_its_end(tmp_path: Path, look: Look, qtbot):
    models = [f"some-provider/a-rather-long-name-of-a-model-{size}" for size in ("7b", "70b")]
    path = make_project(tmp_path / "Long.rubric", GUIDE, [question()], [answer(model) for model in models])
    with room_on(path, look, qtbot) as room:
        room.show(1000, 800)
        for place, (id, model) in enumerate(zip(room.ids(), sorted(models), strict=True)):
            size = model.rsplit("-", 1)[1]
            card = room.preview.strip.card(id)
            assert card is not None
            assert card.name.shown().endswith(f"{size} · 0")
            assert "…" in card.name.shown()
            assert model in card.name.toolTip()
            room.column(place).name.resize(160, 20)
            assert room.column(place).name.shown().endswith("run 0")


def test_a_question_of_fields_only_says_so_and_shows_them_on_demand(tmp_path: Path, look: Look, qtbot):
    row = question(text="", wages=1200).model_copy(update={"prompt": ()})
    path = make_project(tmp_path / "Fields.rubric", GUIDE, [row, question("q2")], [answer("m")])
    with room_on(path, look, qtbot) as room:
        room.show(1000, 800)
        header = room.preview.header
        assert header.prompt.text() == header.first_words.text() == "This question has no text, only fields."
        assert not header.reference.isVisible()
        header.reference_button.click()
        assert header.reference.text() == "wages: 1200"
        assert header.reference.isVisible()
        room.preview.show_row("q2")
        assert header.prompt.text() == "Is the tax due?"
