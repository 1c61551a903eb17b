"""What a packet asks of its expert, and how far each task is."""

from contextlib import contextmanager

import pytest

from rubric_studio import wiring
from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.row import Row, RowCriterion
from rubric_studio.domain.verdict import State
from rubric_studio.services.edits import GiveMark, Proposal, perform, write
from rubric_studio.services.history import undo
from rubric_studio.services.review_edits import SayUnsure, TakeBackHandingIn
from rubric_studio.services.review_order import Stop, after_mark, before, next_open, stop_at
from rubric_studio.services.review_place import KeptTurn, ReviewPlace, keep_review_place, kept_review_place
from rubric_studio.services.review_tasks import ReviewPoint, ReviewTask, Standing
from rubric_studio.services.reviewing import Review, finished_subjects, read_review, read_task
from rubric_studio.store.project_file import open_project
from tests.ui.review.packet_room import (
    EXPERT,
    GUIDE,
    ROUND,
    answer,
    earlier_mark,
    expert,
    make_packet,
    question,
    small_answers,
    small_rows,
)


@contextmanager
def opened(path):
    store = open_project(path, who="test", clock=wiring.SystemClock(), backups=path.parent / "backups")
    try:
        yield store
    finally:
        store.close()


@pytest.fixture
def store(tmp_path):
    samples = small_answers()
    with opened(make_packet(tmp_path / "p.review", small_rows(), samples, repeats=samples[:1])) as store:
        yield store


def the_review(store) -> Review:
    """What the packet asks."""
    review = read_review(store)
    assert review is not None
    return review


def point_of(review: Review, task: ReviewTask, key: str) -> ReviewPoint:
    """One of the task's points."""
    point = review.point(task, key)
    assert point is not None
    return point


def mark(store, review, number, key, level="no", *, round=ROUND):
    """Give a grade on the task of that number, as the page does."""
    task = review.tasks[number]
    edit = GiveMark(
        sample=task.sample, criterion=key, question=point_of(review, task, key).question, person=EXPERT.id,
        state=State.SCORED, value=0.0, level=level, repeat=task.repeat, round=round,
    )  # fmt: skip
    perform(store, edit, expert())
    return review.hear(store)


def test_tasks_come_in_the_packets_order_with_the_hidden_ones_last(store):
    review = the_review(store)
    assert [(task.row, task.repeat) for task in review.tasks] == [("q1", 0), ("q1", 0), ("q2", 0), ("q1", 1)]


def test_only_judged_points_that_apply_are_asked(tmp_path):
    guide = {"strata": [{"key": "a", "criteria": [
        {"key": "always", "kind": {"type": "judged"}},
        {"key": "tax_only", "kind": {"type": "judged"}, "when": {"field": "task", "in": ["tax"]}},
        {"key": "check", "kind": {"type": "mentions", "terms": ["Sec. 5"]}},
    ]}]}  # fmt: skip
    rows = [question("q1", task="tax"), question("q2", task="law")]
    rows[1] = Row(**{**rows[1].model_dump(), "criteria": (RowCriterion(key="own", text="Its own"),)})
    path = make_packet(tmp_path / "p.review", rows, [answer("q1", 0), answer("q2", 0)], guide=guide)
    with opened(path) as store:
        review = the_review(store)
        asked = [[point.key for point in review.points(task)] for task in review.tasks]
    assert asked == [["always", "tax_only"], ["always", "row:own"]]


def test_a_task_is_done_when_every_point_is_marked(store):
    review = the_review(store)
    for key in ("names", "right"):
        mark(store, review, 0, key)
    assert not review.is_done(review.tasks[0])
    mark(store, review, 0, "invents")
    assert [review.is_done(task) for task in review.tasks] == [True, False, False, False]
    assert (review.done(), review.marks_left()) == (1, 9)
    assert the_review(store).done() == 1  # the same from the file


def test_the_hidden_second_time_has_marks_of_its_own(store):
    review = the_review(store)
    concerned = mark(store, review, 3, "names")
    assert concerned == {review.tasks[3].turn}
    assert review.mark(review.tasks[0], "names") is None
    again = the_review(store).mark(review.tasks[3], "names")
    assert again is not None
    assert again.repeat == 1


def test_standing_says_unsure_before_done_and_done_before_put_off(store):
    review = the_review(store)
    first, second, third, _ = review.tasks
    for key in ("names", "right", "invents"):
        mark(store, review, 0, key)
    doubt = SayUnsure(
        sample=third.sample, criterion="names", question=point_of(review, third, "names").question,
        person=EXPERT.id, round=ROUND,
    )  # fmt: skip
    perform(store, doubt, expert())
    review.hear(store)
    standings = [review.standing(task, [first.turn, second.turn]) for task in review.tasks]
    assert standings == [Standing.DONE, Standing.SKIPPED, Standing.UNSURE, Standing.OPEN]


def test_undo_is_heard(store):
    review = the_review(store)
    mark(store, review, 0, "names")
    undo(store, expert())
    assert review.hear(store) == {review.tasks[0].turn}
    assert review.mark(review.tasks[0], "names") is None


def test_marks_of_earlier_rounds_and_of_others_are_no_marks_of_this_one(store):
    review = the_review(store)
    hash = review.points(review.tasks[0])[0].question
    earlier_mark(store, answer("q1", 0), "names", hash, "no", at="2026-01-01T00:00:00.000Z", round="another")
    other = expert()
    other.person = PersonId("01KBOTHER00000000000000000")
    body = {"sample": review.tasks[1].sample, "criterion": "names", "question": hash, "repeat": 0,
            "state": "scored", "value": 0.0, "level": "no", "evidence": [], "round": ROUND}  # fmt: skip
    subject = f"{review.tasks[1].sample}/{hash}/{other.person}/0"
    write(store, "x", [Proposal(RecordKind.VERDICT, subject, body, review.tasks[1].sample)], other)
    again = the_review(store)
    assert not any(again.marks.values())
    assert len(again.earlier) == 1


def test_a_task_is_read_with_what_the_program_found(store):
    review = the_review(store)
    read = read_task(store, review, review.tasks[0])
    assert read.text.startswith("Answer 0 to q1")
    assert [(asked.key, found) for asked, found in read.checks] == [("cites", None)]  # nothing measured yet


def test_handing_in_locks_until_it_is_taken_back(store):
    subject = f"{ROUND}/{EXPERT.id}"
    assert finished_subjects(store) == ()
    write(store, "x", [Proposal(RecordKind.HANDING_IN, subject, {"finished": False})], expert())
    assert finished_subjects(store) == ()
    write(store, "x", [Proposal(RecordKind.HANDING_IN, subject, {"finished": True})], expert())
    assert finished_subjects(store) == (subject,)
    perform(store, TakeBackHandingIn(subjects=(subject,)), expert())
    assert finished_subjects(store) == ()


def test_a_project_is_no_packet(tmp_path):
    from tests.ui.guide.preview_room import make_project

    with opened(make_project(tmp_path / "p.rubric", GUIDE, small_rows(), [])) as store:
        assert read_review(store) is None


def test_by_answers_the_next_mark_is_of_the_same_answer_all_around(store):
    review = the_review(store)
    task = review.tasks[0]
    mark(store, review, 0, "invents")
    assert after_mark(review, Stop(task, "invents"), "answer") == Stop(task, "names")
    assert next_open(review, Stop(task, "names"), "answer", ()) == Stop(review.tasks[1], "names")
    assert before(review, Stop(task, "names"), "answer") is None


def test_by_points_the_hidden_second_time_is_never_beside_the_first(store):
    review = the_review(store)
    first, second, third, again = review.tasks
    assert after_mark(review, Stop(first, "names"), "point") == Stop(second, "names")
    mark(store, review, 1, "names")
    mark(store, review, 0, "names")
    assert after_mark(review, Stop(second, "names"), "point") is None
    assert next_open(review, Stop(second, "names"), "point", ()) == Stop(first, "right")
    for number in (0, 1):
        for key in ("right", "invents"):
            mark(store, review, number, key)
    assert next_open(review, Stop(second, "invents"), "point", ()) == Stop(third, "names")
    assert before(review, Stop(again, "names"), "point") == Stop(third, "invents")


def test_what_is_put_off_comes_last(store):
    review = the_review(store)
    turns = [review.tasks[1].turn]
    stop = next_open(review, stop_at(review, review.tasks[0]), "answer", turns)
    assert stop is not None
    assert stop.task == review.tasks[2]


def test_a_place_is_kept_and_an_unreadable_one_is_the_beginning(store):
    place = ReviewPlace(turn=KeptTurn(sample=small_answers()[1].key), point="right", way="point", scroll=0.5)
    keep_review_place(store, place)
    assert kept_review_place(store) == place
    store.keep_place("review.place", {"way": "sideways"})
    assert kept_review_place(store) == ReviewPlace()
