"""The order of a round, and the names that its packets use."""

from rubric_studio.domain.ids import PersonId, RecordId, RowId, SampleKey
from rubric_studio.domain.round import RoundExpert, RoundPlan, aliases, blocks_for, expert_key
from rubric_studio.domain.sample import Sample

ANNA, BRUNO = PersonId("01ANNA"), PersonId("01BRUNO")
SAMPLES = [Sample(row=RowId(f"q{at % 5}"), model=f"model {at // 5}", text=f"text {at}") for at in range(20)]
KEYS = tuple(sample.key for sample in SAMPLES)
ROWS = {sample.key: sample.row for sample in SAMPLES}


def plan(**more: object) -> RoundPlan:
    fields = {
        "title": "Round 1",
        "number": 1,
        "version": RecordId("01V"),
        "version_number": 1,
        "lead": ANNA,
        "experts": [RoundExpert(person=ANNA, name="Anna"), RoundExpert(person=BRUNO, name="Bruno")],
        "assigned": {ANNA: KEYS, BRUNO: KEYS},
        "repeats": {ANNA: KEYS[:2]},
        "secret": "ab" * 32,
    }
    return RoundPlan.model_validate(fields | more)


def test_every_answer_comes_once_and_those_of_a_question_together():
    blocks = blocks_for(plan(), BRUNO, ROWS)
    assert sorted(task.sample for block in blocks for task in block.tasks) == sorted(KEYS)
    assert len({block.row for block in blocks}) == len(blocks) == 5
    assert all(ROWS[task.sample] == block.row for block in blocks for task in block.tasks)


def test_what_comes_again_comes_after_all_else():
    blocks = blocks_for(plan(), ANNA, ROWS)
    repeats = [task.repeat for block in blocks for task in block.tasks]
    assert repeats == [0] * 20 + [1] * 2


def test_each_expert_has_an_order_of_her_own_that_stays():
    anna, bruno = (blocks_for(plan(repeats={}), who, ROWS) for who in (ANNA, BRUNO))
    assert anna != bruno
    assert anna == blocks_for(plan(repeats={}), ANNA, dict(reversed(ROWS.items())))
    assert anna != blocks_for(plan(repeats={}, seed=1), ANNA, ROWS)


def test_a_packet_names_no_model_and_no_two_answers_alike():
    named = aliases(plan(), ANNA, SAMPLES)
    assert set(named) == set(KEYS)
    assert {alias.model for alias in named.values()} == {""}
    assert len({alias.key for alias in named.values()}) == len(KEYS)
    assert all(named[sample.key].text == sample.text for sample in SAMPLES)


def test_samples_of_unknown_rows_are_left_out():
    assert blocks_for(plan(assigned={ANNA: (SampleKey("gone"),)}, repeats={}), ANNA, ROWS) == ()


def test_everybody_has_a_key_of_her_own():
    keys = {expert_key(plan(), round, person) for round in ("1", "2") for person in (ANNA, BRUNO)}
    assert len(keys) == 4
    assert all(len(key) == 64 for key in keys)
