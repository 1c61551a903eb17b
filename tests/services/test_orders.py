"""Orders by gut: kept and undone, compared with totals, and what causes a difference. Numbers derived by hand."""

# Plain texts stand for keys.
# pyright: reportArgumentType=false, reportOptionalSubscript=false

import pytest
from pydantic import ValidationError

from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.verdict import State
from rubric_studio.services.edits import Author, perform
from rubric_studio.services.history import redo, undo
from rubric_studio.services.marks import Mark, unscored
from rubric_studio.services.orders import (
    Pair,
    PutInOrder,
    Standing,
    Tally,
    orders,
    pairs_of,
    pulls,
    ranked,
    tally,
    to_order,
)
from rubric_studio.services.scores import MarkedRow, RowScorer, SampleScore
from rubric_studio.store.project_file import ProjectFile

ROW = Row(id="q", prompt=user_prompt("Is it due?"))


def rubric(gate: float | None = None, fault: float | None = None, **fields: object) -> Rubric:
    """Form (weight 1): `form`. End (weight 3): `right` 2, `year` 1, and perhaps a fault `invents`."""
    end = [{"key": "right", "weight": 2}, {"key": "year", "weight": 1}]
    end += [{"key": "invents", "weight": fault}] if fault else []
    strata = [
        {"key": "one", "weight": 1, "criteria": [{"key": "form"}]},
        {"key": "two", "weight": 3, "criteria": end},
    ]
    if gate is not None:
        strata[0]["gate"] = {"at": gate, "mode": "hard"}
    return Rubric.model_validate({"row_criteria": None, "strata": strata, **fields})


def scored(of: Rubric, name: str, **values: float | None) -> SampleScore:
    marks = {key: unscored() if value is None else Mark(State.SCORED, value) for key, value in values.items()}
    sample = Sample(row="q", model=name, text=name)
    return RowScorer(of).scores(MarkedRow(ROW, (), ((1, sample),), (marks,)))[0]


def by_name(*scores: SampleScore) -> dict[str, SampleScore]:
    return {score.sample.model: score for score in scores}


# ---- the edit


def test_an_order_is_kept_for_row_and_person_and_undone(store: ProjectFile, author: Author, bruno: Author):
    perform(store, PutInOrder(row="q1", person=author.person, samples=("a", "b")), author)
    perform(store, PutInOrder(row="q1", person=bruno.person, samples=("b", "a")), bruno)
    perform(store, PutInOrder(row="q1", person=author.person, samples=("b", "c", "a")), author)
    assert [(o.row, o.person, o.samples) for o in orders(store)] == [
        ("q1", "01BRUNO", ("b", "a")),
        ("q1", "01ANNA", ("b", "c", "a")),
    ]
    undo(store, author)
    assert {o.person: o.samples for o in orders(store)}["01ANNA"] == ("a", "b")
    redo(store, author)
    perform(store, PutInOrder(row="q1", person=author.person, samples=()), author)
    assert [o.person for o in orders(store, ["q1"])] == ["01BRUNO"]
    assert orders(store, ["q2"]) == []


@pytest.mark.parametrize("samples", [("a",), ("a", "b", "a"), tuple("abcdefghi")])
def test_an_order_is_strict_and_has_two_to_eight_answers(samples: tuple[str, ...]):
    with pytest.raises(ValidationError):
        PutInOrder(row="q1", person="p", samples=samples)


def test_an_order_on_which_copies_differ_waits_for_its_settling(store: ProjectFile, author: Author):
    edit = PutInOrder(row="q1", person=author.person, samples=("a", "b"))
    perform(store, edit, author)
    head = store.heads(RecordKind.ORDER)[0]
    entry = store.edits()[0].model_copy(update={"id": author.new_id()})
    other = head.model_copy(update={"id": author.new_id(), "body": {"samples": ["b", "a"]}, "edit": entry.id})
    store.append(entry, [other])
    assert orders(store) == []


def test_answers_to_put_in_order_come_in_turn_from_every_model():
    samples = [(at, Sample(row="q", model="a", run=at, text=f"a{at}")) for at in range(6)]
    samples += [(10, Sample(row="q", model="b", text="b")), (11, Sample(row="q", model="c", text="c"))]
    chosen = to_order(samples, 4)
    assert len(chosen) == 4
    assert {10, 11} <= set(chosen)  # of a, b and c one each, then a again
    assert chosen == to_order(list(reversed(samples)), 4)
    assert len(to_order(samples[:2])) == 2


# ---- pairs


def test_pairs_agree_are_tied_differ_or_cannot_be_told():
    # Totals: (1*form + 3*(2*right + year)/3) / 4 = (form + 2*right + year) / 4.
    guide = rubric()
    scores = by_name(
        scored(guide, "a", form=1, right=0.5, year=0),  # 2/4
        scored(guide, "b", form=1, right=1, year=1),  # 1
        scored(guide, "c", form=0, right=1, year=0),  # 2/4
        scored(guide, "d", form=None, right=0, year=0),  # between 0 and 1/4
        scored(guide, "e", form=None, right=0.5, year=0),  # between 1/4 and 2/4
    )
    assert pairs_of("abcde", scores) == [
        Pair("a", "b", Standing.DIFFER),
        Pair("a", "c", Standing.TIED),
        Pair("a", "d", Standing.AGREE),  # 1/2 above at most 1/4
        Pair("a", "e", Standing.UNKNOWN),  # 1/2, and at most 1/2: perhaps equal
        Pair("b", "c", Standing.AGREE),
        Pair("b", "d", Standing.AGREE),
        Pair("b", "e", Standing.AGREE),
        Pair("c", "d", Standing.AGREE),
        Pair("c", "e", Standing.UNKNOWN),
        Pair("d", "e", Standing.UNKNOWN),  # 0 to 1/4 and 1/4 to 1/2 meet in 1/4
    ]
    found = tally(pairs_of("abcde", scores))
    assert found == Tally(agree=5, tied=1, differ=1, unknown=3)
    assert found.known == 7
    assert found.disagreement == pytest.approx(1.5 / 7)  # one turned round, and half a pair


def test_ranges_that_lie_the_other_way_round_differ():
    guide = rubric()
    low, high = (
        scored(guide, "low", form=None, right=0, year=0),  # 0 to 1/4
        scored(guide, "high", form=None, right=1, year=0),  # 2/4 to 3/4
    )
    assert pairs_of(["low", "high"], by_name(low, high)) == [Pair("low", "high", Standing.DIFFER)]


def test_the_reverse_order_disagrees_wholly_and_one_without_pairs_says_nothing():
    # Totals 1, 2/4, 0: all three pairs of the reverse order are turned round.
    guide = rubric()
    scores = by_name(
        scored(guide, "a", form=1, right=1, year=1),
        scored(guide, "b", form=1, right=0, year=1),
        scored(guide, "c", form=0, right=0, year=0),
    )
    assert tally(pairs_of("cba", scores)).disagreement == 1.0
    assert tally(pairs_of("abc", scores)).disagreement == 0.0
    assert tally(pairs_of("ax", scores)) == Tally()  # x has left the project
    assert Tally().disagreement is None
    assert Tally(1, 2, 3, 4).plus(Tally(1, 1, 1, 1)) == Tally(2, 3, 4, 5)


# ---- causes


def test_without_gates_a_pull_is_the_weighted_difference_of_the_values():
    # (form + 2*right + year) / 4: right 2/4 * (1 - 0) against, year 1/4 * (0 - 1) for the order, form the same.
    guide = rubric()
    better = scored(guide, "better", form=1, right=0, year=1)
    worse = scored(guide, "worse", form=1, right=1, year=0)
    found = dict(pulls(RowScorer(guide), ROW, better, worse))
    assert found == pytest.approx({"right": 0.5, "year": -0.25})
    assert [cause[::2] for cause in ranked([found.items()])] == [("right", 1)]


def test_a_fault_pulls_against_the_order_where_the_better_answer_has_it():
    # The fault takes 0.2 of the better total of (1 + 2 + 1)/4 = 1: 0.8, the worse has (1 + 2 + 0.5)/4 = 0.875.
    guide = rubric(fault=-0.2)
    better = scored(guide, "better", form=1, right=1, year=1, invents=1)
    worse = scored(guide, "worse", form=1, right=1, year=0.5, invents=0)
    found = dict(pulls(RowScorer(guide), ROW, better, worse))
    # invents: better 0.8 -> 1 (+0.2), worse 0.875 -> 0.675 (+0.2); year: 0.8 -> 0.675 and 0.875 -> 1, both 0.125.
    assert found == pytest.approx({"invents": 0.2, "year": -0.125})


def test_a_gate_that_shuts_the_better_answer_is_its_cause():
    # Better: form 0 shuts the second part: 0. Worse: form 1, right 0.5, year 0: (1 + 3 * (2*0.5)/3) / 4 = 1/2.
    # form: better opens to (1 + 3)/4 = 1, worse falls to 0: (1 + 1/2) / 2 = 0.75.
    # right: better stays shut at 0, worse rises from 1/2 to (1 + 3 * 2/3)/4 = 3/4: (0 - 1/4) / 2.
    # year: better stays at 0, worse rises to (1 + 3 * (1 + 1)/3)/4 = 3/4: (0 - 1/4) / 2.
    guide = rubric(gate=1.0)
    better = scored(guide, "better", form=0, right=1, year=1)
    worse = scored(guide, "worse", form=1, right=0.5, year=0)
    found = dict(pulls(RowScorer(guide), ROW, better, worse))
    assert found == pytest.approx({"form": 0.75, "right": -0.125, "year": -0.125})


def test_points_count_by_their_share_of_all_points():
    # points_clipped: (form + 2*right + year) / 4; right pulls 2/4 * (1 - 0.5).
    guide = rubric(aggregation="points_clipped")
    better = scored(guide, "better", form=0, right=0.5, year=0)
    worse = scored(guide, "worse", form=0, right=1, year=0)
    assert dict(pulls(RowScorer(guide), ROW, better, worse)) == pytest.approx({"right": 0.25})


def test_what_is_not_marked_on_both_causes_nothing_yet():
    guide = rubric()
    better = scored(guide, "better", form=None, right=0, year=0)  # 0 to 1/4
    worse = scored(guide, "worse", form=1, right=1, year=0)  # 3/4
    assert dict(pulls(RowScorer(guide), ROW, better, worse)) == pytest.approx({"right": 0.5})


def test_causes_are_added_up_over_pairs_the_strongest_first():
    found = ranked([[("a", 0.1), ("b", 0.3)], [("a", 0.4), ("b", -0.3)], [("c", 1e-12)]])
    assert [(c.criterion, round(c.pull, 6), c.pairs) for c in found] == [("a", 0.5, 2), ("b", 0.3, 1)]
