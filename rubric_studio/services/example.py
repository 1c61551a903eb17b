"""Make the built-in example: everything in it is written by us and made up."""

from collections.abc import Mapping

from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.record import Person
from rubric_studio.domain.source import SourceKind
from rubric_studio.domain.table import ReadItem, TableLine
from rubric_studio.domain.values import Json
from rubric_studio.services.edits import Author, SaveVersion, perform
from rubric_studio.services.example_rounds import record_rounds, vague
from rubric_studio.services.example_runs import record_answers, record_marks
from rubric_studio.services.importing import ImportedFile, carry_out
from rubric_studio.services.mapping import Mapping as Columns
from rubric_studio.services.mapping import Shape
from rubric_studio.services.planning import plan_import
from rubric_studio.services.ports import Store
from rubric_studio.services.understanding import understand
from rubric_studio.services.versions import read_rubric

EXAMPLE_AUTHOR = "Rubric Studio (made-up example)"
JUDGE = "Model Judge (recorded)"

_Part = tuple[str, SourceKind, Shape, dict[str, str]]

_ROWS: _Part = ("rows.jsonl", "rows", "question", {})
_EXPERTS: _Part = ("verdicts_experts.jsonl", "verdicts", "mark", {"rater": "rater"})


def fill_with_example(
    store: Store,
    author: Author,
    rubric: Json,
    files: Mapping[str, list[ReadItem]],
    *,
    with_rounds: bool = False,
) -> None:
    """Bring the example's rubric, rows, samples and verdicts into an empty project.

    The samples and the judge's verdicts come as recorded runs of models that do not exist.

    Args:
        files: the lines of the example's files by file name.
        with_rounds: also two closed rounds of three more people, before and after a rewording; the guide of today
            is then version 2.
    """
    store.add_person(Person(id=PersonId(author.person), name=EXAMPLE_AUTHOR))
    guide = read_rubric(rubric, "rubric.json")
    first = vague(guide) if with_rounds else guide
    perform(store, SaveVersion(rubric=first, number=1, note="the made-up example"), author)
    _bring_in(store, author, _ROWS, files)
    record_answers(store, author, _told(files["samples.jsonl"]))
    if with_rounds:
        record_rounds(store, author, guide)
    record_marks(store, author, guide, JUDGE, _told(files["verdicts_judge.jsonl"]))
    _bring_in(store, author, _EXPERTS, files)


def _bring_in(store: Store, author: Author, part: _Part, files: Mapping[str, list[ReadItem]]) -> None:
    name, kind, shape, fields = part
    understood = understand(files[name], Columns(shape, fields))
    plan = plan_import(store, ImportedFile(name=name, kind=kind), understood, "expert", JUDGE)
    assert not plan.errors, plan.errors[0]
    carry_out(store, plan, author)


def _told(lines: list[ReadItem]) -> list[Mapping[str, Json]]:
    found = [line for line in lines if isinstance(line, TableLine)]
    assert len(found) == len(lines), "a line of the example cannot be read"
    return [line.values for line in found]
