"""What was decided on her earlier marks: read from the packet, shown from the bar above the page."""

from pathlib import Path

from PySide6.QtWidgets import QLabel

from rubric_studio import wiring
from rubric_studio.domain.ids import QuestionHash
from rubric_studio.domain.packet import Told
from rubric_studio.services.own_repeats import OwnRepeats
from rubric_studio.services.reviewing import read_review
from rubric_studio.store.project_file import open_project
from rubric_studio.ui.look import Look
from rubric_studio.ui.review.told_dialog import ToldDialog
from rubric_studio.ui.review.told_reading import told_lines
from tests.ui.review.packet_room import answer, earlier_mark, make_packet, small_answers, small_rows

EARLIER = answer("q1", 7)
AT, LATER = "2026-10-01T10:00:00.000Z", "2026-10-02T10:00:00.000Z"


def told(question: str, decided: str, at: str, criterion: str = "names") -> Told:
    return Told(
        sample=EARLIER.key,
        criterion=criterion,
        question=QuestionHash(question),
        decided=decided,
        cause="slip",
        reason="It is named <b>at once</b>.",
        by="Anna Lead",
        at=at,
    )


def packet_with(path: Path, decisions: tuple[Told, ...]) -> Path:
    return make_packet(path, small_rows(), small_answers(), told=decisions, precedents=[EARLIER])


def question_of(path: Path) -> str:
    store = open_project(packet_with(path, ()), who="", clock=wiring.SystemClock(), backups=path.parent)
    try:
        review = read_review(store)
        assert review is not None
        return review.points(review.tasks[0])[0].question
    finally:
        store.close()


def test_the_newest_decision_comes_first_in_the_guides_words(tmp_path: Path, look: Look, qtbot):
    question = question_of(tmp_path / "first.review")
    decisions = (told(question, "fully", AT), told("0" * 32, "open", LATER, "gone"))
    path = packet_with(tmp_path / "p.review", decisions)
    store = open_project(path, who="", clock=wiring.SystemClock(), backups=tmp_path)
    try:
        earlier_mark(store, EARLIER, "names", question, "partly", at=AT, round="01KBEARLIER0000000000000000")
        lines = told_lines(store)
    finally:
        store.close()
    assert [(line.said, line.decided) for line in lines][1] == ("Partly", "Fully")
    dialog = ToldDialog(look, lines)
    qtbot.addWidget(dialog)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert "You said: Partly. Decided: Fully." in words
    assert "It is named <b>at once</b>." in words
    assert not [each for each in words if "You said: \N{EN DASH}" in each or "You said: ." in each]


def test_how_steady_she_was_is_told_to_her(look: Look, qtbot):
    dialog = ToldDialog(look, (), repeats=OwnRepeats(18, 15, 3))
    qtbot.addWidget(dialog)
    assert dialog.repeats.text().startswith(
        "In earlier rounds 3 answers came to you twice. You gave 15 of 18 marks"
    )
    assert not dialog.repeats.isHidden()
    silent = ToldDialog(look, ())
    qtbot.addWidget(silent)
    assert silent.repeats.isHidden()
