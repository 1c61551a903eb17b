"""Which findings are shown, what they are called, and where they lie."""

from rubric_studio.domain.doctor.examination import BY_NAME, DETECTORS, examine, in_words, shown
from rubric_studio.domain.doctor.finding import Finding
from rubric_studio.domain.rubric import Rubric
from tests.domain.doctor.hand_made import CLEAN_WORDS, points, rubric, with_words

JOINED = "The response calculates the gain and explains the holding period."


def finding(detector: str, strength: float, words: str = "") -> Finding:
    return Finding(detector, strength, "", words=words)


def test_at_most_three_are_shown_and_not_three_of_one_kind():
    found = [
        finding("sums", 0.95, "1"), finding("sums", 0.95, "2"), finding("sums", 0.95, "3"),
        finding("joined_facts", 0.8), finding("vague_words", 0.6), finding("no_signal", 0.5),
    ]  # fmt: skip
    assert [each.detector for each in shown(found)] == ["sums", "joined_facts", "vague_words"]
    assert [each.detector for each in shown(found[:4])] == ["sums", "sums", "joined_facts"]
    assert [each.words for each in shown(found[:3])] == ["1", "2", "3"]


def test_what_is_waved_off_makes_room_for_the_next():
    found = [finding("sums", 0.95), finding("joined_facts", 0.8)]
    assert shown(found, waived={found[0].id}) == [found[1]]


def test_a_finding_keeps_its_name_until_its_words_change():
    first = examine(with_words(JOINED))[0]
    moved = examine(rubric(*points(CLEAN_WORDS[0], *CLEAN_WORDS, JOINED)))[0]
    again = examine(rubric(*reversed(points(*CLEAN_WORDS[:2], JOINED)), title="Other"))[0]
    changed = examine(with_words(JOINED.replace("gain", "loss")))[0]
    assert first.id == again.id
    assert first.id.startswith("joined_facts/p3/")
    assert first.id not in (changed.id, moved.id)


def test_the_place_in_the_text_is_named():
    found = examine(with_words(JOINED))[0]
    assert found.span is not None
    assert JOINED[slice(*found.span)] == "and explains"


def test_every_detector_says_what_it_looks_for_and_why_in_one_sentence():
    assert len(BY_NAME) == len(DETECTORS) == 10
    for detector in DETECTORS:
        assert detector.looks_for
        assert detector.why.endswith(".")
        assert detector.in_words or detector.in_marks


def test_the_prompts_of_imported_graders_are_let_be():
    prompt = "Score from 0 to 5 and be generally appropriate. {{ sample.output_text }}"
    judge = {"type": "score_model", "name": "j", "model": "m", "input": [{"role": "user", "content": prompt}]}
    rubric = Rubric.model_validate(
        {"aggregation": "formula", "formula": "style", "graders": {"style": judge}}
    )
    assert [criterion.key for criterion in rubric.criteria()] == ["style"]
    assert in_words(rubric) == []
