"""A packet's names are understood again, also after some of the samples were taken away."""

from rubric_studio.domain.ids import RecordId
from rubric_studio.domain.round import RoundPlan, aliases
from rubric_studio.services.packet_names import Meaning, real_names

from .conftest import ANNA
from .judged_project import answers
from .round_room import FOUR

SAMPLES = answers()
PLAN = RoundPlan(
    title="Round 1",
    number=1,
    version=RecordId("v"),
    version_number=1,
    lead=ANNA,
    experts=FOUR[:1],
    assigned={ANNA: tuple(sample.key for sample in SAMPLES)},
    secret="ab" * 32,
    seed=4,
)


def test_every_name_stands_for_its_sample():
    named = aliases(PLAN, ANNA, SAMPLES)
    found = real_names(PLAN, ANNA, SAMPLES)
    assert {key: found[alias.key].key for key, alias in named.items()} == {key: key for key in named}
    assert found[named[SAMPLES[3].key].key] == Meaning(SAMPLES[3].key, SAMPLES[3].row, 40)
    assert len(found) == len(SAMPLES)


def test_names_are_understood_where_other_samples_were_taken_away():
    named = aliases(PLAN, ANNA, SAMPLES)
    for gone in range(len(SAMPLES)):
        left = [sample for at, sample in enumerate(SAMPLES) if at != gone]
        found = real_names(PLAN, ANNA, left)
        assert all(found[named[sample.key].key].key == sample.key for sample in left)
        assert named[SAMPLES[gone].key].key not in found
