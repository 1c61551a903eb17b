"""Good rubrics of several styles, and wordings that only look like faults: the doctor finds nothing."""

# Plain texts stand for keys.
# pyright: reportArgumentType=false

import pytest

from rubric_studio.domain.doctor.examination import examine
from rubric_studio.domain.doctor.marks_at_hand import MarksAtHand
from rubric_studio.domain.kinds import FormatKind, LabelsKind, MentionsKind, NumberKind
from rubric_studio.domain.rubric import Anchor, Criterion, Gate, Level, Rubric, Stratum
from tests.domain.doctor.hand_made import CLEAN_WORDS, YES_NO, levels, marks, points, rubric, with_words

TIERS = tuple(
    Level(key=key, value=value, text=text)
    for key, value, text in (
        ("right", 1.0, "The conclusion is that of the reference, with its condition."),
        ("nearly", 0.85, "The conclusion is right, its condition is missing."),
        ("direction", 0.45, "Only the direction is right."),
        ("open", 0.30, "Both outcomes are described, none is chosen."),
        ("hint", 0.10, "Only the question is seen."),
        ("wrong", 0.0, "The conclusion is wrong or missing."),
    )
)


def _tiers() -> Rubric:
    conclusion = Criterion(key="conclusion", wording="Which conclusion does the answer reach?", levels=TIERS)
    others = points("The answer cites Section 121.", "The answer names the holding period.")
    return Rubric(strata=(Stratum(key="c", criteria=(conclusion, *others)),))


def _gates() -> Rubric:
    form = Criterion(key="json", title="Valid answer", kind=FormatKind(schema={"type": "object"}))
    issue = Criterion(key="issue", wording="The answer names the legal question.", levels=YES_NO)
    authority = Criterion(key="authority", wording="The answer cites Art. 5 (1) (a).", levels=YES_NO)
    applied = Criterion(
        key="applied", wording="The answer applies the rule to the sale of the house.", levels=YES_NO
    )
    parts = (
        Stratum(key="form", gate=Gate(at=1), criteria=(form,)),
        Stratum(key="law", weight=2, gate=Gate(at=0.5, mode="soft"), criteria=(issue, authority)),
        Stratum(key="use", weight=2, criteria=(applied,)),
    )
    return Rubric(strata=parts)


def _labels() -> Rubric:
    f1 = Criterion(key="f1", title="Topics and subtopics found", kind=LabelsKind(reference="topics"))
    return Rubric(strata=(Stratum(key="topics", criteria=(f1,)),))


def _amounts() -> Rubric:
    lines = tuple(
        Criterion(key=f"line_{at}", title=f"Line {at}", kind=NumberKind(reference=f"line_{at}", absolute=5))
        for at in range(1, 8)
    )
    return Rubric(strata=(Stratum(key="form", criteria=lines),))


def _points_with_faults() -> Rubric:
    good = points(
        "Mentions that the receiver is an independent controller.",
        "States that consent can be withdrawn at any time.",
        "Mentions Articles 13 and 14 of the GDPR.",
        "Recommends a data protection impact assessment.",
        weight=8,
    )
    bad = Criterion(key="invented", wording="Cites a judgment that does not exist.", weight=-6, levels=YES_NO)
    return Rubric(aggregation="points_clipped", strata=(Stratum(key="all", criteria=(*good, bad)),))


def _graded() -> Rubric:
    given = levels(
        full="Names all three exemptions.",
        partly="Names one or two exemptions with their conditions.",
        none="Names no exemption.",
    )
    return rubric(
        *points(
            "Which exemptions does the answer name?", "Is the rate of tax named?", "Who pays?", levels=given
        )
    )


def _counted() -> Rubric:
    given = levels(
        full="Names at least 6 facts.", partly="Names 3-5 facts.", none="Names fewer than 3 facts."
    )
    return rubric(*points(*CLEAN_WORDS, levels=given))


def _anchored() -> Rubric:
    anchor = Anchor(row="q1", sample="s1", text="A short note on the exemption.")
    given = (
        Level(key="full", value=1, anchors=(anchor,)),
        Level(key="partly", value=0.5, anchors=(anchor,)),
        Level(key="none", value=0),
    )
    return rubric(
        *points("The answer gives appropriate advice.", "The answer names the seller.", levels=given)
    )


def _german() -> Rubric:
    return rubric(
        *points(
            "Die Antwort nennt Treu und Glauben als Maßstab.",
            "Die Antwort stellt fest, dass eine angemessene Frist gesetzt werden muss.",
            "Die Antwort unterscheidet zwischen Kauf und Miete.",
        )
    )


def _french() -> Rubric:
    return rubric(
        *points(
            "La réponse cite les articles 1103 et 1104 du Code civil.",
            "La réponse mentionne la bonne foi.",
            "La réponse distingue entre nullité absolue et nullité relative.",
        )
    )


def _mentions() -> Rubric:
    sources = Criterion(
        key="sources", title="Names the sources", kind=MentionsKind(terms=("Art. 5", "§ 823"))
    )
    return rubric(sources, *points(*CLEAN_WORDS[:2]))


GOOD = [
    _tiers(), _gates(), _labels(), _amounts(), _points_with_faults(), _graded(), _counted(), _anchored(),
    _german(), _french(), _mentions(),
]  # fmt: skip

HARMLESS = [
    "The answer compares the terms and conditions of both contracts.",
    "The answer reads the profit and loss account.",
    "The answer mentions the deduction for research and development.",
    "The answer cites Sections 5 and 6.",
    "The answer names Marks and Spencer as the lessee.",
    "The answer distinguishes between the seller and the buyer.",
    "The answer states that prices rise more and more.",
    "The answer names the agent and/or the principal.",
    "The answer states the rule in Smith and Jones v Crown.",
    "The answer identifies and explains the exemption.",
    "The answer models a hedge and calculates its cost.",
    "The answer computes the gain from the deed and reports a gain = 12,500.",
    "The answer names at least two of the following: rent; interest; and royalties.",
    "The answer gives an example (e.g., it states a price and explains the discount).",
    'The answer quotes "the seller delivers and the buyer pays".',
    "The answer compares the lease and the loan.",
    "The answer states the relationship between risk and return.",
    "The answer states that the seller owes reasonable care.",
    "The answer names appropriate safeguards under Article 46.",
    "The answer cites adequate procedures as a defense.",
    "The answer uses appropriate headings (e.g., facts, law, result).",
    "The answer states that the rule generally applies to traders.",
    "The answer acts in good faith.",
    "The answer states the spread of 120 basis points.",
    "The answer computes a gain of $12,500.",
    "The answer states that the rate rises by 2 percentage points.",
    "The answer names 31 December 2024 as the due date.",
    "The answer cites § 823 (1) BGB.",
    "The answer states that 5% of the amount is exempt.",
    "The answer names the forward points.",
    "The answer mentions a credit score of 700.",
    "The answer computes 1,200 + 1,000 = 2,200.",
    "The answer allocates $900,000: $400,000 to land, $500,000 to the building.",
    "The answer computes (1000 + 5000) × 15% = 900.",
    "The answer states that about $300k, $300k and $290k were paid of roughly $900k in total.",
    "Het antwoord noemt de termijn en legt de gevolgen voldoende uit.",
    "La risposta indica il termine e spiega le conseguenze.",
]


@pytest.mark.parametrize("good", GOOD)
def test_nothing_is_found_in_a_good_rubric(good: Rubric):
    assert [each.text for each in examine(good)] == []


@pytest.mark.parametrize("weights", [(1, 1), (3, 1, 1), (2, 1, 1), (3, 1, 1, 1)])
def test_a_weight_up_to_the_border_is_left_alone(weights: tuple[float, ...]):
    # Of three, two thirds is the border (3 / 5 = .6); of four, a half (3 / 6 = .5); of two, there is none.
    given = points(*CLEAN_WORDS, "The answer names the buyer.")
    weighed = [each.model_copy(update={"weight": w}) for each, w in zip(given, weights, strict=False)]
    assert examine(rubric(*weighed)) == []


@pytest.mark.parametrize("words", HARMLESS)
def test_what_only_looks_like_a_fault_is_left_alone(words: str):
    assert [f"{each.detector}: {each.text}" for each in examine(with_words(words))] == []


@pytest.mark.parametrize(
    "at_hand",
    [
        marks(p1=[1.0] * 11),  # too few answers to say that a point never moves
        marks(p1=[0.0, 1.0] * 9, p2=[0.0, 1.0] * 9),  # 18 answers: too few for two points in step
        marks(p1=[0.0] * 18 + [1.0] * 2, p2=[0.0] * 18 + [1.0] * 2),  # only two answers differ from the rest
    ],
)
def test_few_marks_say_nothing(at_hand: MarksAtHand):
    assert examine(rubric(*points(*CLEAN_WORDS)), at_hand) == []
