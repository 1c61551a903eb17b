"""How alike two texts are, by the metrics of OpenAI's text_similarity grader. Pure functions on texts.

OpenAI names these metrics and does not say how it cuts texts into words, smooths or weighs: they are computed
here by their published formulas, and the server's own figure may differ. What the formulas leave open:

- Words are runs of letters and digits; every other sign that is no space is a word of its own. ROUGE ignores
  signs and case, METEOR ignores case, BLEU and GLEU ignore neither.
- Two texts without words are alike (1), a text without words and one with words are not (0).

Standard library only (rapidfuzz inside `fuzzy_alikeness`), CPython 3.10: bundles carry this file.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

_SIMILARITY_WORDS = re.compile(r"\w+|[^\w\s]")
_BARE_WORDS = re.compile(r"\w+")


def similarity(metric: str, candidate: str, reference: str) -> float:
    """How alike an output and a reference are, from 0 to 1; ValueError for a metric that is not known here."""
    if metric not in SIMILARITY_METRICS:
        raise ValueError(f"no program here knows the metric {metric}")
    return SIMILARITY_METRICS[metric](candidate, reference)


def fuzzy_alikeness(candidate: str, reference: str) -> float:
    """rapidfuzz's `fuzz.ratio` divided by 100: 1 - (insertions and deletions) / (sum of both lengths)."""
    from rapidfuzz.fuzz import ratio

    return ratio(candidate, reference) / 100


def bleu(candidate: str, reference: str) -> float:
    """BLEU of one sentence: brevity penalty times the geometric mean of clipped n-gram precisions, n = 1 to 4.

    Source: Papineni, Roukos, Ward, Zhu, BLEU, ACL 2002. No smoothing: 0 where some n has no match. Of a
    candidate with fewer than four words, only the n that it has count (sacreBLEU's effective order).
    """
    given, expected = _similarity_words(candidate), _similarity_words(reference)
    if not given or not expected:
        return float(given == expected)
    logs = 0.0
    orders = range(1, min(4, len(given)) + 1)
    for order in orders:
        grams = _grams(given, order)
        matches = (grams & _grams(expected, order)).total()
        if not matches:
            return 0.0
        logs += math.log(matches / grams.total())
    brevity = min(0.0, 1 - len(expected) / len(given))
    return math.exp(brevity + logs / len(orders))


def gleu(candidate: str, reference: str) -> float:
    """Sentence GLEU: matching n-grams of all n from 1 to 4, over the larger number of n-grams of either text.

    Source: Wu et al., Google's Neural Machine Translation System, 2016, section 6: the smaller of n-gram
    precision and n-gram recall.
    """
    given, expected = _similarity_words(candidate), _similarity_words(reference)
    if not given or not expected:
        return float(given == expected)
    ours, theirs = Counter[Sequence[str]](), Counter[Sequence[str]]()
    for order in range(1, 5):
        ours += _grams(given, order)
        theirs += _grams(expected, order)
    return (ours & theirs).total() / max(ours.total(), theirs.total())


def meteor(candidate: str, reference: str) -> float:
    """METEOR from equal words only: without its stages for stems and synonyms, which need a dictionary.

    Source: Banerjee, Lavie, METEOR, ACL 2005: F = 10PR / (R + 9P), less 0.5 (chunks / matches)^3 of it. So it
    is at most what a METEOR with stems and synonyms gives. Where a word stands there more than once, it is
    matched where it goes on with the word before, else with the first that is free.
    """
    given, expected = (_similarity_words(text.lower()) for text in (candidate, reference))
    if not given or not expected:
        return float(given == expected)
    places = _matched_places(given, expected)
    matches = sum(place is not None for place in places)
    if not matches:
        return 0.0
    chunks = sum(
        place is not None and (at == 0 or places[at - 1] is None or places[at - 1] != place - 1)
        for at, place in enumerate(places)
    )
    precision, recall = matches / len(given), matches / len(expected)
    mean = 10 * precision * recall / (recall + 9 * precision)
    return mean * (1 - 0.5 * (chunks / matches) ** 3)


def rouge_n(order: int, candidate: str, reference: str) -> float:
    """ROUGE-N as F1: the harmonic mean of n-gram precision and recall; 0 where a text has no such n-gram.

    Source: Lin, ROUGE, ACL 2004 (recall); F1 as the package rouge-score reports it.
    """
    given, expected = _bare_words(candidate), _bare_words(reference)
    if not given and not expected:
        return 1.0
    ours, theirs = _grams(given, order), _grams(expected, order)
    return _harmonic((ours & theirs).total(), ours.total(), theirs.total())


def rouge_l(candidate: str, reference: str) -> float:
    """ROUGE-L as F1: precision and recall of the longest common subsequence of words.

    Source: Lin, ROUGE, ACL 2004, section 3.1. The length comes from Hyyrö's bit vectors (2004): a row of the
    usual table is one whole number, so that long texts take milliseconds.
    """
    given, expected = _bare_words(candidate), _bare_words(reference)
    if not given and not expected:
        return 1.0
    return _harmonic(_longest_common(given, expected), len(given), len(expected))


SIMILARITY_METRICS: dict[str, Callable[[str, str], float]] = {
    "fuzzy_match": fuzzy_alikeness,
    "bleu": bleu,
    "gleu": gleu,
    "meteor": meteor,
    "rouge_1": lambda candidate, reference: rouge_n(1, candidate, reference),
    "rouge_2": lambda candidate, reference: rouge_n(2, candidate, reference),
    "rouge_3": lambda candidate, reference: rouge_n(3, candidate, reference),
    "rouge_4": lambda candidate, reference: rouge_n(4, candidate, reference),
    "rouge_5": lambda candidate, reference: rouge_n(5, candidate, reference),
    "rouge_l": rouge_l,
}


def _similarity_words(text: str) -> list[str]:
    return _SIMILARITY_WORDS.findall(text)


def _bare_words(text: str) -> list[str]:
    return _BARE_WORDS.findall(text.lower())


def _grams(words: Sequence[str], order: int) -> Counter[Sequence[str]]:
    return Counter(tuple(words[at : at + order]) for at in range(len(words) - order + 1))


def _harmonic(matches: int, given: int, expected: int) -> float:
    """F1 of matches / given and matches / expected."""
    return 2 * matches / (given + expected) if matches else 0.0


def _matched_places(given: Sequence[str], expected: Sequence[str]) -> list[int | None]:
    """For each word of the one text the place of the same word in the other; no place is taken twice."""
    free: dict[str, list[int]] = {}
    for place in reversed(range(len(expected))):
        free.setdefault(expected[place], []).append(place)
    taken: set[int] = set()
    found: list[int | None] = []
    for word in given:
        following = found[-1] + 1 if found and found[-1] is not None else -1
        if 0 <= following < len(expected) and expected[following] == word and following not in taken:
            place: int | None = following
        else:
            place = _first_free(free.get(word, []), taken)
        if place is not None:
            taken.add(place)
        found.append(place)
    return found


def _first_free(places: list[int], taken: set[int]) -> int | None:
    """The first place, the last of the list, that is not taken; those that are taken leave the list."""
    while places and places[-1] in taken:
        places.pop()
    return places.pop() if places else None


def _longest_common(given: Sequence[str], expected: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    masks: dict[str, int] = {}
    for place, word in enumerate(expected):
        masks[word] = masks.get(word, 0) | 1 << place
    every = (1 << len(expected)) - 1
    row = every
    for word in given:
        matches = row & masks.get(word, 0)
        row = ((row + matches) | (row - matches)) & every
    return len(expected) - bin(row).count("1")
