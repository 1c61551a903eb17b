"""Make the built-in example: everything in it is written by us and made up."""

from collections.abc import Mapping

from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.record import Person
from rubric_studio.domain.source import SourceKind
from rubric_studio.domain.table import ReadItem
from rubric_studio.domain.values import Json
from rubric_studio.services.edits import Author, SaveVersion, perform
from rubric_studio.services.importing import ImportedFile, carry_out
from rubric_studio.services.mapping import Mapping as Columns
from rubric_studio.services.mapping import Shape
from rubric_studio.services.planning import RaterKind, plan_import
from rubric_studio.services.ports import Store
from rubric_studio.services.understanding import understand
from rubric_studio.services.versions import read_rubric

EXAMPLE_AUTHOR = "Rubric Studio (made-up example)"
JUDGE = "Model Judge (recorded)"

_PARTS: tuple[tuple[str, SourceKind, Shape, RaterKind], ...] = (
    ("rows.jsonl", "rows", "question", "judge"),
    ("samples.jsonl", "samples", "answer", "judge"),
    ("verdicts_judge.jsonl", "verdicts", "mark", "judge"),
    ("verdicts_experts.jsonl", "verdicts", "mark", "expert"),
)

_FIELDS = {"verdicts_experts.jsonl": {"rater": "rater"}}


def fill_with_example(
    store: Store, author: Author, rubric: Json, files: Mapping[str, list[ReadItem]]
) -> None:
    """Bring the example's rubric, rows, samples and verdicts into an empty project.

    Args:
        files: the lines of the example's files by file name.
    """
    store.add_person(Person(id=PersonId(author.person), name=EXAMPLE_AUTHOR))
    guide = read_rubric(rubric, "rubric.json")
    perform(store, SaveVersion(rubric=guide, number=1, note="the made-up example"), author)
    for name, kind, shape, rater_kind in _PARTS:
        understood = understand(files[name], Columns(shape, _FIELDS.get(name, {})))
        plan = plan_import(store, ImportedFile(name=name, kind=kind), understood, rater_kind, JUDGE)
        assert not plan.errors, plan.errors[0]
        carry_out(store, plan, author)
