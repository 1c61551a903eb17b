"""Give a rubric out for people to read and change, and take it back; the files themselves are the adapters' work."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rubric_studio.domain.exported_guide import ExportedGuide
from rubric_studio.domain.ids import RecordId
from rubric_studio.domain.record import DRAFT_SUBJECT, Record, RecordKind
from rubric_studio.domain.returned_guide import ReturnedGuide
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.table import ReadItem
from rubric_studio.services.ports import Store
from rubric_studio.services.proposed_edits import Proposals, proposals
from rubric_studio.services.versions import draft, versions

FORMATS = ("docx", "xlsx", "html", "csv")


@dataclass(frozen=True)
class GuideFiles:
    """The writing and reading functions; `wiring.py` fills it with the real ones.

    Attributes:
        writers: for each of FORMATS what writes a guide.
        take_back: reads a Word or Excel file that was given out.
        read_json: reads the value of a JSON file.
        read_table: reads the lines of a CSV, XLSX or JSONL file.
    """

    writers: dict[str, Callable[[Path, ExportedGuide], None]]
    take_back: Callable[[Path], ReturnedGuide]
    read_json: Callable[[Path], Any]
    read_table: Callable[[Path], Iterable[ReadItem]]


def guide_to_give(store: Store, rubric: Rubric | None = None) -> ExportedGuide:
    """The draft as it can be given out: as the saved version that says the same, where there is one."""
    present = rubric if rubric is not None else draft(store)
    saved = versions(store)
    names = {str(person.id): person.name for person in store.people()}
    same = next((each for each in reversed(saved) if each.rubric == present), None)
    if same is not None:
        return ExportedGuide(
            rubric=present,
            project=store.name,
            record=same.id,
            version=same.number,
            note=same.note,
            author=names.get(same.person, ""),
            saved_at=same.at,
        )
    record = _draft_record(store, present)
    return ExportedGuide(
        rubric=present,
        project=store.name,
        record=record.id if record else "",
        after=saved[-1].number if saved else None,
        author=names.get(record.person, "") if record else "",
        saved_at=record.at if record else "",
    )


def take_back(store: Store, returned: ReturnedGuide) -> Proposals:
    """Compare a file that came back with the version it was made from and with the draft."""
    return proposals(returned, given_out(store, returned.base), draft(store))


def given_out(store: Store, record: str) -> Rubric | None:
    """The rubric that a record of this project holds, None where there is no such record."""
    for found in store.records([RecordId(record)]) if record else ():
        if found.kind in (RecordKind.VERSION, RecordKind.DRAFT) and found.body:
            return Rubric.model_validate(found.body["rubric"])
    return None


def _draft_record(store: Store, rubric: Rubric) -> Record | None:
    """The record that holds this draft, if it was ever written."""
    heads = store.heads(RecordKind.DRAFT, subjects=[DRAFT_SUBJECT])
    held = rubric.to_json()
    return next((head for head in reversed(heads) if head.body and head.body["rubric"] == held), None)
