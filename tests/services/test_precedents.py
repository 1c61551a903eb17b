"""Earlier marks as precedents: her own, of other samples, newest first; and what identical answers offer."""

import pytest

from rubric_studio.domain.ids import QuestionHash, RowId
from rubric_studio.domain.packet import Told
from rubric_studio.domain.verdict import Span
from rubric_studio.services.precedents import count_precedents, offered_mark, precedents
from tests.services.test_reviewing import mark, opened, point_of, the_review
from tests.ui.review.packet_room import answer, earlier_mark, make_packet, question, small_rows

OLD = "0" * 64
"""A question under other words."""


@pytest.fixture
def samples():
    same = "The tax is **due**."
    return [answer("q1", 0, same), answer("q1", 1, f" {same}\n"), answer("q1", 2), answer("q2", 0, same)]


@pytest.fixture
def path(tmp_path, samples):
    return make_packet(tmp_path / "p.review", small_rows(), samples, repeats=samples[:1])


def test_marks_on_the_same_point_come_newest_first_and_never_of_the_same_sample(path, samples):
    with opened(path) as store:
        review = the_review(store)
        for number in (0, 2, 3):
            mark(store, review, number, "names")
        mark(store, review, 0, "right")
        found = precedents(store, review, review.tasks[2], "names")
        assert [each.verdict.sample for each in found] == [samples[3].key, samples[0].key]
        assert found[0].excerpt == "The tax is due."
        assert count_precedents(review, review.tasks[2], "names") == 2


def test_the_hidden_second_time_never_meets_its_first(path):
    with opened(path) as store:
        review = the_review(store)
        mark(store, review, 0, "names")
        again = review.tasks[4]
        assert again.repeat == 1
        assert precedents(store, review, again, "names") == []
        assert offered_mark(review, again, point_of(review, again, "names")) is None


def test_marks_of_earlier_rounds_are_there_but_for_the_same_text_of_the_same_question(tmp_path):
    # The earlier round knew the first answer under another place: it may be the very same sample.
    samples = [answer("q1", 0, "Same."), answer("q1", 7, "Same."), answer("q2", 5, "Another.")]
    rows = [question("q1"), question("q2")]
    path = make_packet(tmp_path / "p.review", rows, samples[:1], precedents=samples[1:])
    with opened(path) as store:
        now = the_review(store).points_of_row(RowId("q2"))[0].question
        for sample, hash, day in ((samples[1], OLD, 1), (samples[2], now, 2), (samples[2], OLD, 3)):
            earlier_mark(
                store,
                sample,
                "names",
                hash,
                "partly",
                "so",
                at=f"2026-01-0{day}T00:00:00.000Z",
                round="before",
            )
        review = the_review(store)
        found = precedents(store, review, review.tasks[0], "names")
    assert [(each.row, each.is_old_wording, each.is_earlier_round) for each in found] == [
        ("q2", True, True),
        ("q2", False, True),
    ]
    assert found[0].verdict.reason == "so"


def test_what_was_decided_on_a_mark_stands_beside_it(tmp_path):
    there = answer("q2", 5, "Another.")
    told = Told(
        sample=there.key, criterion="names", question=QuestionHash(OLD), decided="Fully", cause="wording",
        reason="Both words were meant", by="Anna", at="2026-01-05T00:00:00.000Z",
    )  # fmt: skip
    path = make_packet(
        tmp_path / "p.review", small_rows(), [answer("q1", 0)], told=(told,), precedents=[there]
    )
    with opened(path) as store:
        earlier_mark(store, there, "names", OLD, "no", at="2026-01-01T00:00:00.000Z", round="before")
        review = the_review(store)
        (found,) = precedents(store, review, review.tasks[0], "names")
    assert found.told == told


def test_an_identical_answer_to_the_same_question_offers_its_mark(path, samples):
    with opened(path) as store:
        review = the_review(store)
        mark(store, review, 0, "names", "partly")
        first, twin, other, elsewhere, _ = review.tasks
        offered = offered_mark(review, twin, point_of(review, twin, "names"))
        assert offered is not None
        assert offered.level == "partly"
        assert offered_mark(review, other, point_of(review, other, "names")) is None
        assert (
            offered_mark(review, elsewhere, point_of(review, elsewhere, "names")) is None
        )  # another question
        assert offered_mark(review, first, point_of(review, first, "names")) is None  # marked already


def test_evidence_is_the_excerpt_where_there_is_some(path):
    with opened(path) as store:
        review = the_review(store)
        mark(store, review, 0, "names")
        turn = review.tasks[0].turn
        span = Span(start=4, end=7, quote="tax")
        review.marks[turn]["names"] = review.marks[turn]["names"].model_copy(update={"evidence": (span,)})
        (found,) = precedents(store, review, review.tasks[2], "names")
    assert found.excerpt == "tax"
