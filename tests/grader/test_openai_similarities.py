"""The metrics of text_similarity against figures derived by hand from the published formulas."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric_studio.grader.openai_similarities import SIMILARITY_METRICS, rouge_l, similarity

FOX, FOXED = "the quick brown fox jumps", "the quick brown fox jumped"


@pytest.mark.parametrize(
    ("metric", "candidate", "reference", "figure"),
    [
        # ratio = 1 - (1 deletion + 1 insertion) / (4 + 4)
        ("fuzzy_match", "abcd", "abXd", 0.75),
        ("fuzzy_match", "same", "same", 1.0),
        # n-grams that match: 4 of 5, 3 of 4, 2 of 3, 1 of 2; their product is 1/5, and no brevity penalty
        ("bleu", FOX, FOXED, 0.2**0.25),
        # every n-gram matches; 4 words for 5: exp(1 - 5/4)
        ("bleu", "the quick brown fox", FOXED, math.exp(-0.25)),
        # 4-grams of "the cat sat on the mat": none matches, and nothing is smoothed
        ("bleu", "the cat sat on the mat", "the cat is on the mat", 0.0),
        # "the" counts twice in the reference, so 2 of 3 match; bigrams: 0
        ("bleu", "the the the", "the cat on the mat", 0.0),
        # two words have no 3-grams: 2 of 2 and 1 of 1
        ("bleu", "good morning", "good morning", 1.0),
        # 4 + 3 + 2 + 1 match, of 5 + 4 + 3 + 2 on either side
        ("gleu", FOX, FOXED, 10 / 14),
        # 4 + 3 + 2 + 1 n-grams, all of which match, but 14 in the reference
        ("gleu", "the quick brown fox", FOXED, 10 / 14),
        # P = 1, R = 3/4: F = 7.5 / 9.75; one chunk of three
        ("meteor", "the cat sat", "The cat sat down", 7.5 / 9.75 * (1 - 0.5 / 27)),
        # P = R = 1, two chunks of three words
        ("meteor", "sat the cat", "the cat sat", 1 - 0.5 * 8 / 27),
        # "a b" goes on after "x": the second "a" of the reference is taken where it goes on
        ("meteor", "x a b", "a x a b", 10 * 1 * 0.75 / (0.75 + 9) * (1 - 0.5 / 27)),
        ("meteor", "running", "runs", 0.0),  # no stems
        # 2 words in common of 3 and 2: 2 * 2 / 5
        ("rouge_1", "The cat, sat", "the cat", 0.8),
        # 1 bigram in common of 2 and 1
        ("rouge_2", "the cat sat", "the cat", 2 / 3),
        ("rouge_3", "a b c d", "b c d e", 0.5),
        ("rouge_4", "a b c d e", "a b c d x", 0.5),
        ("rouge_5", "a b c d e", "a b c d e", 1.0),
        ("rouge_5", "a b", "a b", 0.0),  # no text of two words has a 5-gram
        # "a c e" of 5 and 4 words
        ("rouge_l", "a b c d e", "a c e x", 6 / 9),
    ],
)
def test_figures_by_hand(metric, candidate, reference, figure):
    assert similarity(metric, candidate, reference) == pytest.approx(figure, abs=1e-12)


@pytest.mark.parametrize("metric", SIMILARITY_METRICS)
def test_nothing_is_like_nothing_and_unlike_something(metric):
    assert similarity(metric, "", "") == 1.0
    assert similarity(metric, "", "word") == 0.0
    assert similarity(metric, "word", "") == 0.0


TEXTS = st.lists(st.sampled_from(["a", "b", "c", "§", "Art.", "ä"]), max_size=12).map(" ".join)


@given(st.sampled_from(sorted(SIMILARITY_METRICS)), TEXTS, TEXTS)
def test_every_figure_lies_between_0_and_1(metric, candidate, reference):
    assert 0.0 <= similarity(metric, candidate, reference) <= 1.0


@given(*[st.lists(st.sampled_from("abc"), min_size=1, max_size=9)] * 2)
def test_the_longest_common_subsequence_is_that_of_the_table(given_words, expected):
    table = [[0] * (len(expected) + 1) for _ in range(len(given_words) + 1)]
    for i, ours in enumerate(given_words):
        for j, theirs in enumerate(expected):
            table[i + 1][j + 1] = table[i][j] + 1 if ours == theirs else max(table[i][j + 1], table[i + 1][j])
    figure = 2 * table[-1][-1] / (len(given_words) + len(expected))
    assert rouge_l(" ".join(given_words), " ".join(expected)) == pytest.approx(figure)


def test_an_unknown_metric_is_refused():
    with pytest.raises(ValueError, match="cosine"):
        similarity("cosine", "a", "a")
