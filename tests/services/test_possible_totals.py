"""Totals counted by hand."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false, reportOptionalSubscript=false

from rubric_studio.domain.kinds import ChoiceKind, LabelsKind
from rubric_studio.domain.rubric import Criterion, Gate, Level, Rubric, Stratum, When
from rubric_studio.services.possible_totals import distinct_totals

THREE = (Level(key="a", value=1), Level(key="b", value=0.5), Level(key="c", value=0))


def _rubric(*criteria: Criterion, **fields) -> Rubric:
    return Rubric(strata=(Stratum(key="s", criteria=criteria),), **fields)


def test_one_point_with_three_grades_gives_three_totals():
    assert distinct_totals(_rubric(Criterion(key="p", levels=THREE))) == 3


def test_two_equal_points_with_three_grades_give_five_totals():
    # 0, 1/4, 1/2, 3/4, 1
    two = (Criterion(key="p", levels=THREE), Criterion(key="q", levels=THREE))
    assert distinct_totals(_rubric(*two)) == 5


def test_a_yes_or_no_check_and_a_judged_point_without_grades_give_three_totals():
    # 0, 1/2, 1
    two = (Criterion(key="p", kind=ChoiceKind(reference="r")), Criterion(key="q"))
    assert distinct_totals(_rubric(*two)) == 3


def test_a_gate_takes_totals_away():
    # gate 0: nothing counts, 0; gate 1: (1 + b) / 2 with b of 0, 1/2, 1: three more
    gated = Stratum(key="g", gate=Gate(at=1), criteria=(Criterion(key="p"),))
    rubric = Rubric(strata=(gated, Stratum(key="s", criteria=(Criterion(key="q", levels=THREE),))))
    assert distinct_totals(rubric) == 4


def test_a_fault_adds_totals():
    # 1, 0 without; 3/4, 0 (clamped) with: 0, 3/4, 1
    assert distinct_totals(_rubric(Criterion(key="p"), Criterion(key="bad", weight=-0.25))) == 3


def test_what_may_not_apply_adds_totals():
    two = (Criterion(key="p"), Criterion(key="q", weight=2, allow_na=True))
    # with q of weight 2: 0, 1/3, 2/3, 1; without it 0, 1
    assert distinct_totals(_rubric(*two)) == 4


def test_not_counted_where_any_value_is_possible_or_rows_differ():
    f1 = Criterion(key="p", kind=LabelsKind(reference="r"))
    assert distinct_totals(_rubric(f1)) is None
    when = When.model_validate({"field": "task", "in": ["x"]})
    assert distinct_totals(_rubric(Criterion(key="p", when=when))) is None
    assert distinct_totals(Rubric()) is None


def test_not_counted_beyond_the_bound():
    weights = [Criterion(key=f"p{n}", weight=2.0**n) for n in range(12)]  # 4096 sums
    assert distinct_totals(_rubric(*weights), most=500) is None
