"""Marks under the old words are counted in a real project."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false, reportOptionalSubscript=false

from pathlib import Path

from rubric_studio import wiring
from rubric_studio.domain.rubric_edits import with_criterion
from rubric_studio.services.reworded_marks import old_marks
from rubric_studio.services.versions import newest_version


def test_the_examples_marks_on_one_point_are_those_of_its_wording(tmp_path: Path):
    path = tmp_path / "Example.rubric"
    wiring.make_example(path)
    with wiring.project(path, write=False) as store:
        rubric = newest_version(store).rubric
        judged = [verdict.criterion for _, verdict in store.judge_verdicts()]
        by_people = [head.body["criterion"] for head in store.heads("verdict")]
        counted = old_marks(store, rubric, ["invents", "found"])
        assert counted["invents"] == judged.count("invents") + by_people.count("invents") > 0
        assert counted["found"] == 0  # a program marks it
        other = with_criterion(rubric, "invents", wording="Words under which nobody ever marked.")
        assert old_marks(store, other, ["invents"]) == {"invents": 0}
