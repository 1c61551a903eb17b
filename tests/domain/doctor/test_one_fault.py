"""Hand-made rubrics with exactly one fault each: the doctor finds exactly that one."""

# Plain texts stand for keys.
# pyright: reportArgumentType=false

import numpy as np
import pytest

from rubric_studio.domain.doctor.examination import examine
from rubric_studio.domain.doctor.marks_at_hand import NO_MARKS, MarksAtHand
from rubric_studio.domain.rubric import Gate, Level, Rubric, Stratum
from tests.domain.doctor.hand_made import (
    CLEAN_WORDS,
    levels,
    marks,
    points,
    rubric,
    with_levels,
    with_words,
)

JOINED = [
    "The response calculates the gain and explains the holding period.",
    "The response calculates the tax and states the due date.",
    "Names the deadline and states the consequence of missing it.",
    "The answer identifies the statute, applies it to the sale, and concludes whether the gain is taxed.",
    "Identify the lessor and quantify the lease liability.",
    "The response must state that the option is a derivative and that it is measured at fair value.",
    "The answer cites both Article 5 and Article 7 of the treaty.",
    "The answer states all of the following: rate; base; due date.",
    "The answer discusses the anti-abuse rule and its impact on the refund.",
    "The response specifies owners, deadlines, and penalties.",
    "The response ranks the three options, justifying why the first is best and quantifying its costs.",
    "Die Antwort nennt die Norm und begründet ihre Anwendung.",
    "La réponse cite l'article 12 et explique son application au contrat.",
]
VAGUE = [
    "The answer gives sufficient detail on the exemption.",
    "The answer is generally correct.",
    "The response adequately explains the holding period.",
    "The memo is of appropriate length.",
    "The response uses proper citations.",
    "Die Antwort begründet das Ergebnis hinreichend.",
    "La réponse motive suffisamment la solution.",
]
NUMBERS = [
    "The answer names the tax year (5 points).",
    "The answer names the tax year, worth 5 points.",
    "+3 if the answer names the tax year.",
    "0.5 if the answer names only the year.",
    "The answer names the tax year: 10 pts",
    "Names the year, otherwise a score of 0.",
    "Deduct 2 points where the year is missing.",
    "Die Antwort nennt das Jahr (2 Punkte).",
    "La réponse cite l'article de la loi (2 points).",
]
SUMS = [
    "The response allocates $900,000: $360,020 to land, $450,020 to the building, and $90,020 to equipment.",
    "The answer gives 300,020 for land; 400,030 for the building; 200,010 for equipment; total $900,000.",
    "The answer computes 1,200 (office) + 1,000 (phone) = 2,300.",
    "The answer shows 5.0% - 3.0% - 0.5% = 1.8% as the cost of the hedge.",
    "The answer sets the price at CHF 400'030 + CHF 500'030 = CHF 900'000.",
    "The answer gives EUR 450.030,00 for land, EUR 450.030,00 for goodwill, in all EUR 900.000,00.",
    "The answer splits €900 000 into €300 020, €300 020 and €300 020.",
]
FULL, PARTLY, NONE = "All dates are named.", "One date is missing.", "No date is named."
LEVELS = [
    levels(full=FULL, partly=FULL, none=NONE),
    levels(full="Names 5-7 of the facts.", partly="Names 3-5 of the facts.", none="Names 0-2 of the facts."),
    levels(full="Names at least 3 facts.", partly="Names up to 4 facts.", none="Names no fact at all."),
    levels(full="Names 6 or more facts.", partly="Names 3 to 4 facts.", none="Names 0 to 2 facts."),
    (Level(key="full", value=0.9, text=FULL), Level(key="none", value=0, text=NONE)),
    (Level(key="full", value=1, text=FULL), Level(key="none", value=0.2, text=NONE)),
    (
        Level(key="full", value=1, text=FULL),
        Level(key="partly", value=0, text=PARTLY),
        Level(key="none", value=0, text=NONE),
    ),
]
BARE = levels(fully="", partly="", no="")
HALF = (Level(key="yes", value=1), Level(key="no", value=0))


def _heavy() -> Rubric:
    first, second, third = points(*CLEAN_WORDS)
    return rubric(first, second, third.model_copy(update={"weight": 5.0}))  # 5 / 7 of all


def _heavy_of_five() -> Rubric:
    """4.1 of 8.1 is 51 %, more than the four others together."""
    light = points(*CLEAN_WORDS, "The answer names the seller.", "The answer names the buyer.")
    return rubric(*light[:4], light[4].model_copy(update={"weight": 4.1}))


def _unreachable() -> Rubric:
    """A gate that the grades could meet, and that none of ten answers met."""
    top = (Level(key="full", value=1), Level(key="none", value=0))
    form = points(CLEAN_WORDS[0], levels=top)[0]
    fault = points("The answer invents a statute.", weight=-0.2)[0].model_copy(update={"key": "invented"})
    gate = Stratum(key="form", gate=Gate(at=1.0), criteria=(form, fault))
    later = tuple(c.model_copy(update={"key": f"late_{c.key}"}) for c in points(*CLEAN_WORDS[1:]))
    return Rubric(strata=(gate, Stratum(key="later", weight=2, criteria=later)))


ONE_FAULT = [
    *(("joined_facts", with_words(words), NO_MARKS) for words in JOINED),
    *(("vague_words", with_words(words), NO_MARKS) for words in VAGUE),
    *(("number_in_wording", with_words(words), NO_MARKS) for words in NUMBERS),
    *(("sums", with_words(words), NO_MARKS) for words in SUMS),
    *(("level_faults", with_levels(each), NO_MARKS) for each in LEVELS),
    ("missing_level_text", with_levels(BARE), NO_MARKS),
    ("dominant_weight", _heavy(), NO_MARKS),
    ("dominant_weight", _heavy_of_five(), NO_MARKS),
    ("unreached_gate", _unreachable(), MarksAtHand(reached={"form": np.zeros(10)})),
    ("no_signal", rubric(*points(*CLEAN_WORDS)), marks(p1=[1.0] * 12, p2=[0.0, 1.0] * 6)),
    (
        "counted_twice",
        rubric(*points(*CLEAN_WORDS)),
        marks(p1=[0.0, 1.0] * 10, p2=[0.0, 1.0] * 10, p3=[0.0, 0.0, 1.0, 1.0] * 5),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("detector", "faulty", "at_hand"), ONE_FAULT, ids=[f"{at}-{each[0]}" for at, each in enumerate(ONE_FAULT)]
)
def test_exactly_the_one_fault_is_found(detector: str, faulty: Rubric, at_hand: MarksAtHand):
    assert [found.detector for found in examine(faulty, at_hand)] == [detector]


def test_a_gate_above_the_best_grades_is_unreachable_by_construction():
    # One check-like point of weight 1 and one of weight 3 whose best grade is worth 1 reach 1; with the best grade
    # of the heavier one at .6 the part reaches at most (1 * 1 + 3 * .6) / 4 = 0.7, and the gate asks for 0.8.
    low = (Level(key="good", value=0.6), Level(key="no", value=0))
    first, second = points(*CLEAN_WORDS[:2])
    capped = second.model_copy(update={"weight": 3.0, "levels": low})
    gated = Rubric(strata=(Stratum(key="form", gate=Gate(at=0.8), criteria=(first, capped)),))
    found = next(each for each in examine(gated) if each.detector == "unreached_gate")
    assert found.details == {"best": "0.70", "at": "0.80"}
    assert (found.stratum, found.strength) == ("form", 1.0)
