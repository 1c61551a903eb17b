"""The report's page: what is quoted, what is withheld, and nothing that a text could do to it."""

from typing import Any

from rubric_studio.domain.round_report import (
    ReportDecision,
    ReportFigure,
    ReportPoint,
    ReportRewording,
    ReportRound,
    ReportSigner,
    RoundReport,
)
from rubric_studio.domain.rubric import Rubric
from rubric_studio.targets.agreement_page import agreement_page

RUBRIC = Rubric.model_validate(
    {
        "name": "Tax",
        "strata": [
            {
                "key": "law",
                "title": "Law",
                "criteria": [
                    {
                        "key": "rule",
                        "title": "Names the rule",
                        "wording": "Is <b>it</b> named?",
                        "kind": {"type": "judged"},
                        "levels": [{"key": "yes", "value": 1, "text": "It is."}],
                    }
                ],
            }
        ],
    }
)
ALPHA = ReportFigure(name="alpha_ordinal", n=24, value=0.684, low=0.551, high=-0.05)


def page(**more: Any) -> str:
    fields = {
        "project": "Tax & more",
        "made_at": "2026-11-23T08:00:00.000Z",
        "made_by": "Anna Berg",
        "rubric": RUBRIC,
        "version": 3,
        "version_at": "2026-11-20T08:00:00.000Z",
        "basis": "rounds",
    }
    return agreement_page(RoundReport.model_validate(fields | more)).decode()


def test_only_what_was_held_out_is_quoted():
    same = ReportFigure(name="percent", n=24, value=0.714, low=0.6, high=0.8)
    text = page(final=[ALPHA], final_answers=24, final_experts=4, same=same)
    assert "On 24 answers that were held out" in text
    assert "The same grade in 71 % of pairs of marks (60 % to 80 %)." in text
    assert '<td>Krippendorff&#39;s alpha, ordinal</td><td class="number">0.68</td>' in text
    assert '<td class="number">0.55 to −0.05</td>' in text


def test_without_a_held_out_part_nothing_is_quoted():
    assert "There is no figure to be quoted: no question was held out." in page(
        final_reason="nothing held out"
    )


def test_a_withheld_figure_is_a_dash_with_its_reason():
    withheld = ReportFigure(name="fleiss", n=0, reason="nobody overlaps")
    text = page(points=[ReportPoint(title="Names the rule", n=24, raters=4, figures=(ALPHA, withheld))])
    assert '<td class="number">–</td><td class="quiet">nobody overlaps</td>' in text


def test_texts_of_people_are_escaped():
    decision = ReportDecision(
        point="<script>alert(1)</script>",
        question="q",
        views=(("Anna", "no", "<img src=x>"),),
        decided="no",
        cause="law",
        reason="",
        by="Anna",
        at="2026-11-22T08:00:00.000Z",
    )
    text = page(decisions=[decision])
    assert "<script>" not in text
    assert "<img" not in text
    assert "Is &lt;b&gt;it&lt;/b&gt; named?" in text
    assert "open question of law" in text


def test_a_round_names_who_handed_in_and_when():
    anna = ReportSigner(name="Anna Berg", marks=240, at="2026-11-21T08:00:00.000Z")
    held = ReportRound(
        title="Round 1",
        version=3,
        started_at="2026-11-20T08:00:00.000Z",
        started_by="Anna Berg",
        closed_at="",
        closed_by="",
        answers=40,
        held_out=6,
        signers=(anna,),
        rule="alpha_ordinal",
        target=0.8,
        lower=0.667,
        least=30,
        standing="not yet",
    )
    text = page(rounds=[held])
    assert '<td>Anna Berg</td><td class="number">240</td><td>2026-11-21</td>' in text
    assert "still open" in text
    assert "on at least 30 answers. It was not reached." in text


def test_a_rewording_stands_with_its_paired_test():
    change = ReportRewording(
        point="Names the rule",
        before="old",
        after="new",
        version=3,
        n=20,
        change=0.18,
        low=0.05,
        high=0.31,
        p=0.0004,
    )
    text = page(rewordings=[change])
    assert "On the same 20 answers, marks came closer: +0.18 (+0.05 to +0.31), p &lt; .001." in text
    assert "went back" not in text
    assert "Not the same people" not in text


def test_a_rewording_that_did_harm_was_marked_by_others_or_was_taken_back_says_so():
    worse = ReportRewording(
        point="Rule", before="old", after="new", version=3, n=1, change=-0.5, p=1, other_people=True, again=4
    )
    text = page(rewordings=[worse])
    assert "On the same 1 answer, marks moved apart: −0.50, p = 1.000." in text
    assert "Not the same people marked them before and after" in text
    assert "Version 4 went back to the words before." in text


def test_a_quoted_figure_without_an_interval_is_not_left_uncommented():
    few = ReportFigure(name="alpha_ordinal", of="Names the rule", n=4, value=0.9)
    note = "rests on fewer than ten answers"
    assert note in page(final=[few], final_answers=4, final_experts=3)
    assert note not in page(final=[ALPHA], final_answers=24, final_experts=3)


def test_differences_on_held_out_questions_are_counted_where_none_was_decided():
    text = page(held_back=1)
    assert "None was decided yet of those that may be told." in text
    assert "1 difference on questions that are held out is not told" in text
