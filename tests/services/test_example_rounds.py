"""The example's rounds: closed, before and after a rewording, with people who do not exist."""

from pathlib import Path

from rubric_studio import wiring
from rubric_studio.services.rounds import rounds
from rubric_studio.services.versions import versions


def test_the_example_that_people_open_has_two_closed_rounds_of_three_made_up_people(tmp_path: Path):
    path = tmp_path / "Example.rubric"
    wiring.make_example(path, with_rounds=True)
    with wiring.project(path, write=False) as store:
        first, second = rounds(store)
        assert [each.plan.version_number for each in (first, second)] == [1, 2]
        assert first.is_closed
        assert second.is_closed
        assert all(expert.name.endswith(" Example") for expert in first.plan.experts)
        assert first.plan.samples() == second.plan.samples()
        # twelve answers with four points each
        assert {len(ids) for each in (first, second) for ids in each.counted.values()} == {48}
        assert len(first.plan.held_out) == 4
        old, new = (version.rubric.criterion("turning_point") for version in versions(store))
        assert old is not None
        assert new is not None
        assert old.wording != new.wording
