"""Questions: what makes a verdict stale and what does not."""

import hashlib
import json

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.question import question_of, question_of_row_criterion
from rubric_studio.domain.row import Row, RowCriterion, user_prompt
from rubric_studio.domain.rubric import Criterion

ROW = Row(id=RowId("q1"), prompt=user_prompt("Which?"), reference={"reference": "A", "labels": ["x"]})


def criterion(**fields: object) -> Criterion:
    return Criterion.model_validate(
        {"key": "a", "wording": "Names it", "levels": [{"key": "yes", "value": 1, "text": "Yes"}], **fields}
    )


def asked(of: Criterion, row: Row = ROW, measures: str = "1") -> str:
    return question_of(of, measures).on_row(row)


def test_the_hash_is_that_of_the_canonical_json() -> None:
    # Written by hand: sorted keys, no spaces, the fields that a judged criterion reads by default.
    text = json.dumps(
        {
            "definition": {"kind": {"type": "judged"}, "levels": [["yes", "Yes"]], "wording": "Names it"},
            "fields": {"prompt": [["user", "Which?"]], "reference": "A"},
            "tag": "rubric-studio question 1",
        },
        sort_keys=True,
        separators=(",", ":"),
    )
    assert asked(criterion()) == hashlib.sha256(text.encode()).hexdigest()


def test_values_weights_titles_and_conditions_do_not_make_verdicts_stale() -> None:
    changed = criterion(
        title="Other",
        weight=3,
        when={"field": "x", "in": [1]},
        levels=[{"key": "yes", "value": 0.8, "text": "Yes"}],
    )
    assert asked(changed) == asked(criterion())


def test_wording_and_level_texts_make_verdicts_stale() -> None:
    assert asked(criterion(wording="Names them")) != asked(criterion())
    assert asked(criterion(levels=[{"key": "yes", "value": 1, "text": "Yes!"}])) != asked(criterion())


def test_only_fields_that_are_read_count() -> None:
    other = ROW.model_copy(update={"reference": {"reference": "A", "labels": ["y"]}})
    assert asked(criterion(), other) == asked(criterion())
    reads_labels = criterion(kind={"type": "judged", "reads": ["labels"]})
    assert asked(reads_labels, other) != asked(reads_labels)


def test_a_path_reads_its_whole_first_field() -> None:
    check = criterion(kind={"type": "choice", "reference": 'labels[0]["x"]'})
    other = ROW.model_copy(update={"reference": {"reference": "B", "labels": ["y"]}})
    assert asked(check, other) != asked(check)


def test_checks_age_with_the_measures_and_people_do_not() -> None:
    check = criterion(kind={"type": "choice", "reference": "reference"})
    assert asked(check, measures="2") != asked(check)
    assert asked(criterion(), measures="2") == asked(criterion())


def test_letters_composed_and_decomposed_are_the_same_words() -> None:
    assert asked(criterion(wording="Erkl\u00e4rt")) == asked(criterion(wording="Erkla\u0308rt"))


def test_a_rows_own_criterion_asks_by_its_words() -> None:
    own = RowCriterion(key="c1", text="Names Art. 5", description="main rule", weight=10)
    same = own.model_copy(update={"weight": 3, "key": "c2"})
    assert question_of_row_criterion(own).on_row(ROW) == question_of_row_criterion(same).on_row(ROW)


def test_points_with_nothing_but_a_title_do_not_share_their_marks() -> None:
    one, other = criterion(wording="", title="Names the rule"), criterion(wording="", title="Names the year")
    assert asked(one) != asked(other)
    assert asked(criterion(wording="Names it", title="A")) == asked(criterion(wording="Names it", title="B"))


def test_points_with_nothing_but_a_key_do_not_share_their_marks() -> None:
    one, other = (criterion(wording="", title="", key=key) for key in ("one", "other"))
    assert asked(one) != asked(other)


def test_a_check_never_asks_its_title() -> None:
    kind = {"type": "choice", "reference": "reference"}
    assert asked(criterion(wording="", title="A", kind=kind)) == asked(
        criterion(wording="", title="B", kind=kind)
    )


def test_half_a_character_in_a_wording_is_no_crash() -> None:
    assert asked(criterion(wording="Half \ud83d")) != asked(criterion(wording="Half \ud83e"))
