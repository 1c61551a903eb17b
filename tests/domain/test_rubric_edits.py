"""Edits of a rubric, by hand: keys, adding, moving, levels, faults turned into shares."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false, reportOptionalSubscript=false

import pytest
from pydantic import ValidationError

from rubric_studio.domain import rubric_edits as edits
from rubric_studio.domain.kind_choice import CHOSEN_BY_HAND, KINDS, kind_of, with_kind_chosen
from rubric_studio.domain.kinds import ChoiceKind, ForbidsKind, JudgedKind, LabelsKind, MentionsKind
from rubric_studio.domain.rubric import Criterion, Gate, Level, Rubric, Stratum
from rubric_studio.grader.plan import plan_of
from rubric_studio.grader.scoring import total


def _rubric(**fields) -> Rubric:
    strata = (
        Stratum(key="form", title="Form", criteria=(_criterion("json"), _criterion("length"))),
        Stratum(key="topics", title="Topics", criteria=(_criterion("found"),)),
    )
    return Rubric(**{"name": "guide", "strata": strata, **fields})


def _criterion(key: str, weight: float = 1.0, **fields) -> Criterion:
    return Criterion(key=key, title=key.capitalize(), weight=weight, **fields)


def _keys(rubric: Rubric) -> list[list[str]]:
    return [[criterion.key for criterion in stratum.criteria] for stratum in rubric.strata]


# ---- keys


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Names the question", "names_the_question"),
        ("Größe über 5 %", "grosse_uber_5"),  # casefold makes ß "ss", the umlauts lose their dots
        ("2024", "point_2024"),
        ("Σ", "point"),
        ("max", "max_2"),  # a function's name in formulas
        ("  ", "point"),
    ],
)
def test_a_key_is_made_of_the_words_of_the_title(title, key):
    assert edits.key_from(title, (), "point") == key


def test_a_key_that_is_taken_gets_a_number():
    assert edits.key_from("Form", {"form", "form_2"}, "part") == "form_3"


def test_a_long_title_gives_a_key_that_ends_with_a_whole_word():
    key = edits.key_from("The answer names the question that the court has to decide", (), "point")
    assert key == "the_answer_names_the_question_that_the"
    assert len(key) <= edits.LONGEST_KEY


def test_a_part_called_row_does_not_become_the_part_of_the_rows_own_criteria():
    _, key = edits.with_new_stratum(_rubric(), "Row")
    assert key == "row_2"


# ---- changing, adding, taking away


def test_a_changed_title_leaves_the_key():
    rubric = edits.with_criterion(_rubric(), "json", title="Valid answer")
    assert rubric.criterion("json").title == "Valid answer"


def test_a_wrong_value_raises_and_changes_nothing():
    rubric = _rubric()
    with pytest.raises(ValidationError):
        edits.with_stratum(rubric, "form", weight=-1)
    assert rubric == _rubric()


def test_a_new_criterion_is_judged_with_three_grades_and_weight_1():
    rubric, key = edits.with_new_criterion(_rubric(), " Right tax year ", "topics")
    criterion = rubric.criterion(key)
    assert (key, criterion.title, criterion.weight) == ("right_tax_year", "Right tax year", 1.0)
    assert isinstance(criterion.kind, JudgedKind)
    assert [(level.key, level.value) for level in criterion.levels] == [
        ("fully", 1.0), ("partly", 0.5), ("no", 0.0),
    ]  # fmt: skip
    assert _keys(rubric) == [["json", "length"], ["found", "right_tax_year"]]


def test_a_copy_stands_behind_its_original_under_a_key_of_its_own():
    rubric, key = edits.with_copied_criterion(_rubric(), "json", "Json (copy)")
    assert key == "json_2"
    assert _keys(rubric) == [["json", "json_2", "length"], ["found"]]


def test_a_copied_part_has_copies_of_its_points():
    rubric, key = edits.with_copied_stratum(_rubric(), "form", "Form (copy)")
    assert key == "form_2"
    assert _keys(rubric) == [["json", "length"], ["json_2", "length_2"], ["found"]]


def test_taking_away():
    assert _keys(edits.without_criterion(_rubric(), "json")) == [["length"], ["found"]]
    assert _keys(edits.without_stratum(_rubric(), "form")) == [["found"]]


# ---- moving


def test_a_criterion_moves_within_its_part_and_over_its_edges():
    rubric = _rubric()
    assert _keys(edits.nudged_criterion(rubric, "json", 1)) == [["length", "json"], ["found"]]
    assert _keys(edits.nudged_criterion(rubric, "length", 1)) == [["json"], ["length", "found"]]
    assert _keys(edits.nudged_criterion(rubric, "found", -1)) == [["json", "length", "found"], []]


def test_at_the_outer_edges_nothing_moves():
    rubric = _rubric()
    assert edits.nudged_criterion(rubric, "json", -1) is rubric
    assert edits.nudged_criterion(rubric, "found", 1) is rubric
    assert edits.nudged_stratum(rubric, "form", -1) is rubric


def test_a_criterion_is_dropped_at_a_place_among_the_others():
    assert _keys(edits.moved_criterion(_rubric(), "found", "form", 1)) == [["json", "found", "length"], []]


def test_a_part_moves():
    assert _keys(edits.nudged_stratum(_rubric(), "form", 1)) == [["found"], ["json", "length"]]


# ---- levels


def _graded() -> Rubric:
    levels = (Level(key="fully", value=1), Level(key="partly", value=0.5), Level(key="no", value=0))
    return Rubric(strata=(Stratum(key="a", criteria=(Criterion(key="c", levels=levels),)),))


def _values(rubric: Rubric) -> list[float]:
    return [level.value for level in rubric.criterion("c").levels]


def test_a_new_level_lies_between_the_last_two():
    assert _values(edits.with_new_level(_graded(), "c")) == [1, 0.5, 0.25, 0]


def test_the_first_levels_are_1_and_0():
    rubric = edits.with_criterion(_graded(), "c", levels=())
    rubric = edits.with_new_level(edits.with_new_level(rubric, "c"), "c")
    assert _values(rubric) == [1, 0]


def test_levels_change_move_and_go():
    assert _values(edits.with_level(_graded(), "c", 1, value=0.7)) == [1, 0.7, 0]
    assert _values(edits.nudged_level(_graded(), "c", 0, 1)) == [0.5, 1, 0]
    assert _values(edits.nudged_level(_graded(), "c", 2, 1)) == [1, 0.5, 0]
    assert _values(edits.without_level(_graded(), "c", 1)) == [1, 0]


def test_two_levels_cannot_share_a_key():
    with pytest.raises(ValueError, match="already"):
        edits.with_level(_graded(), "c", 1, key="fully")


# ---- faults


def _points() -> Rubric:
    """10 + 6 + 4 = 20 points; the fault costs 5."""
    strata = (
        Stratum(key="a", gate=Gate(at=0.5), criteria=(_criterion("x", 10.0), _criterion("y", 6.0))),
        Stratum(key="b", criteria=(_criterion("z", 4.0), _criterion("bad", -5.0))),
    )
    return Rubric(aggregation="points_clipped", strata=strata)


def test_a_fault_of_5_among_20_points_costs_a_quarter():
    assert edits.share_of(-5, _points()) == -0.25
    assert edits.share_of(500, _points()) == -1.0  # never more than the whole score
    assert edits.share_of(3, Rubric()) == -1.0  # nothing to be a share of


def test_faults_heavier_than_1_cannot_be_counted_part_by_part_as_they_are():
    assert edits.has_heavy_faults(_points())
    with pytest.raises(ValidationError, match="share of the final score"):
        edits.with_aggregation(_points(), "stratified")


def test_in_shares_every_total_stays_what_points_clipped_gave():
    points, shares = _points(), edits.in_shares(_points())
    assert [stratum.weight for stratum in shares.strata] == [16.0, 4.0]
    assert shares.criterion("bad").weight == -0.25
    # x 1, y 0: a = 10/16 passes the gate at 0.5; (10 + 4 * 0.5 - 5 * 1) / 20 = 0.35
    marks = {"x": 1.0, "y": 0.0, "z": 0.5, "bad": 1.0}
    states = {key: ("scored", value, "") for key, value in marks.items()}
    assert total(plan_of(points), states).score == pytest.approx(0.35)
    assert total(plan_of(shares), states).score == pytest.approx(0.35)
    # x 0, y 1: a = 6/16 fails it; (6 - 5) / 20 = 0.05
    states |= {"x": ("scored", 0.0, ""), "y": ("scored", 1.0, "")}
    assert total(plan_of(points), states).score == pytest.approx(0.05)
    assert total(plan_of(shares), states).score == pytest.approx(0.05)


def test_imported_graders_count_by_their_formula_alone():
    grader = {"type": "python", "source": "def grade(sample, item): return 1"}
    rubric = Rubric(aggregation="formula", formula="code", graders={"code": grader})
    with pytest.raises(ValueError, match="count by it alone"):
        edits.with_aggregation(rubric, "stratified")


def test_leaving_an_imported_formula_takes_it_along():
    rubric = Rubric(aggregation="formula", formula="a", strata=_graded().strata)
    left = edits.with_aggregation(rubric, "stratified")
    assert (left.formula, left.graders) == (None, None)


# ---- kinds


def test_every_kind_but_own_code_can_be_chosen_and_made_from_nothing():
    assert set(CHOSEN_BY_HAND) == set(KINDS) - {"grader"}
    for name in CHOSEN_BY_HAND:
        assert kind_of(name, JudgedKind(), "codes").type == name


def test_what_is_compared_carries_over_to_the_next_kind():
    labels = LabelsKind(predicted="output_json.code", reference="code", exact=True)
    assert kind_of("choice", labels, "other") == ChoiceKind(
        predicted="output_json.code", reference="code", exact=True
    )


def test_terms_carry_over_without_a_reference():
    kind = kind_of("forbids", MentionsKind(terms=("Art. 5",)), "other")
    assert kind == ForbidsKind(terms=("Art. 5",))


def test_a_check_that_is_judged_from_now_on_has_grades():
    rubric = edits.with_criterion(_rubric(), "json", kind=LabelsKind(reference="codes"))
    chosen = with_kind_chosen(rubric, "json", "judged", "codes").criterion("json")
    assert [level.key for level in chosen.levels] == ["fully", "partly", "no"]
