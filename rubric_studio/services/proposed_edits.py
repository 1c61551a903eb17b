"""Compare a file that came back with what was given out: the edits and comments in it. Accepting one is an Edit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rubric_studio.domain.proposed_edit import (
    UNKNOWN,
    FieldComments,
    ProposedEdit,
    Standing,
    standing,
    with_edit,
)
from rubric_studio.domain.returned_guide import ReturnedField, ReturnedGuide
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_field import (
    FieldPlace,
    field_places,
    field_text,
    same_text,
    shown_text,
    with_field,
)
from rubric_studio.domain.table import Complaint
from rubric_studio.services.edits import ChangeDraft

BASE_UNKNOWN = "This file was made from a version that is not in this project. Look twice before accepting."


@dataclass(frozen=True)
class Proposals:
    """What a file proposes for a rubric, in the rubric's order; nothing is written yet.

    Attributes:
        edits: the fields it changed; those that say the same by now are not among them.
        comments: everything said in it, by field.
        complaints: what it says that cannot be ("weight: many"), by cell where it has cells.
        notes: sentences on what was seen and cannot be proposed.
        done: how many of its changes the rubric says already.
        knows_base: whether the version that was given out is known.
    """

    file: str
    edits: tuple[ProposedEdit, ...] = ()
    comments: tuple[FieldComments, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    notes: tuple[str, ...] = ()
    done: int = 0
    knows_base: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read in it."""
        return not (self.edits or self.comments or self.complaints or self.notes)

    def authors(self) -> tuple[str, ...]:
        """Everybody who made an edit alone, in the order met."""
        return tuple(dict.fromkeys(edit.authors[0] for edit in self.edits if len(edit.authors) == 1))


def proposals(returned: ReturnedGuide, base: Rubric | None, present: Rubric) -> Proposals:
    """Find what a file proposes; `base` is the rubric that was given out, None where nobody knows it."""
    places = _places(base, present)
    edits: list[ProposedEdit] = []
    complaints = list(returned.complaints)
    by_id = {field.id: field for field in returned.fields}
    for id, place in places.items():
        field = by_id.get(id)
        edit = None if field is None else _proposed(field, place, base, present, returned)
        if field is None or edit is None:
            continue
        fault = _fault(edit, present)
        if fault:
            complaints.append(_complaint(returned, field, edit, fault, present))
        else:
            edits.append(edit)
    kept = [edit for edit in edits if standing(edit, present) is not Standing.ACCEPTED]
    notes = [*returned.notes, *_missing(returned, base, present), *_unknown(returned, places)]
    return Proposals(
        file=returned.file,
        edits=tuple(kept),
        comments=tuple(_comments(returned, places)),
        complaints=tuple(complaints),
        notes=(*(() if base else (BASE_UNKNOWN,)), *notes),
        done=len(edits) - len(kept),
        knows_base=base is not None,
    )


class Accepted(NamedTuple):
    """Edits carried into a rubric, and those that could not be."""

    rubric: Rubric
    done: tuple[ProposedEdit, ...]
    failed: tuple[ProposedEdit, ...]


def accepted(present: Rubric, edits: Iterable[ProposedEdit]) -> Accepted:
    """Carry edits into a rubric, one after the other; what it cannot say any more is left out and named."""
    done: list[ProposedEdit] = []
    failed: list[ProposedEdit] = []
    for edit in edits:
        try:
            present = with_edit(present, edit)
        except ValueError:
            failed.append(edit)
        else:
            done.append(edit)
    return Accepted(present, tuple(done), tuple(failed))


def accepting(present: Rubric, edits: Sequence[ProposedEdit], label: str) -> ChangeDraft | None:
    """One undoable step that accepts the edits; None where none of them can be."""
    carried = accepted(present, edits)
    return ChangeDraft(rubric=carried.rubric, label=label) if carried.done else None


def edits_by(edits: Iterable[ProposedEdit], author: str) -> tuple[ProposedEdit, ...]:
    """The edits that are one author's alone."""
    return tuple(edit for edit in edits if edit.is_by(author))


# ---- one field


def _places(base: Rubric | None, present: Rubric) -> dict[str, FieldPlace]:
    """Every field of today and of then by its id, in the order of today."""
    found = {place.id: place for place in field_places(present)}
    for place in field_places(base) if base else ():
        found.setdefault(place.id, place)
    return found


def _proposed(
    field: ReturnedField, place: FieldPlace, base: Rubric | None, present: Rubric, returned: ReturnedGuide
) -> ProposedEdit | None:
    """The edit that a field of the file amounts to, or None."""
    old = _old(field, place, base)
    said = field_text(present, place) if old is None else old
    if _says(base or present, place, said, field.after):
        return None
    tracked = field.is_tracked and not same_text(place, field.before, field.after)
    untracked = not _says(base, place, old, field.before)
    authors = (*(field.authors if tracked else ()), *((_last_author(returned),) if untracked else ()))
    return ProposedEdit(
        place=place,
        old=old,
        new=field.after,
        authors=tuple(dict.fromkeys(authors)) or (UNKNOWN,),
        at=field.at or (returned.at if returned.format == "xlsx" else ""),
        comments=field.comments,
    )


def _old(field: ReturnedField, place: FieldPlace, base: Rubric | None) -> str | None:
    """What the field said when it was given out; where nobody knows, what its tracked changes began with."""
    if base is not None:
        return field_text(base, place)
    return field.before if field.is_tracked else None


def _says(rubric: Rubric | None, place: FieldPlace, said: str | None, text: str) -> bool:
    """Whether a text is what was said, or the key shown in place of a title that nobody had written."""
    if said is None:
        return False
    if same_text(place, said, text):
        return True
    return not said.strip() and rubric is not None and same_text(place, shown_text(rubric, place), text)


def _last_author(returned: ReturnedGuide) -> str:
    """Who is known to have saved the file; Word's tracking would name its authors, so there nobody is."""
    return returned.author if returned.format == "xlsx" else UNKNOWN


def _fault(edit: ProposedEdit, present: Rubric) -> str:
    """Why the rubric of today cannot say what the edit proposes, or ""."""
    if standing(edit, present) is Standing.GONE:
        return ""
    try:
        with_field(present, edit.place, edit.new)
    except ValueError as error:
        return _reason(error)
    return ""


def _reason(error: ValueError) -> str:
    """The first complaint of a check, in its own words."""
    from pydantic import ValidationError

    if isinstance(error, ValidationError):
        return error.errors()[0]["msg"].removeprefix("Value error, ")
    return str(error)


def _complaint(
    returned: ReturnedGuide, field: ReturnedField, edit: ProposedEdit, fault: str, present: Rubric
) -> Complaint:
    line = int("".join(filter(str.isdigit, field.cell)) or 0) or None
    message = f"{place_words(edit.place, present)}: {fault}."
    hint = "Nothing was taken from here; mend it in the file and bring it in again."
    return Complaint(line, edit.place.field, message, hint, "warning", returned.file, cell=field.cell)


# ---- what is left


def _comments(returned: ReturnedGuide, places: dict[str, FieldPlace]) -> list[FieldComments]:
    found = [
        FieldComments(place=places.get(field.id), comments=field.comments)
        for field in returned.fields
        if field.comments
    ]
    return [*found, *([FieldComments(place=None, comments=returned.comments)] if returned.comments else [])]


def _missing(returned: ReturnedGuide, base: Rubric | None, present: Rubric) -> list[str]:
    """Points that were given out and are not in the file any more."""
    there = {field.id for field in returned.fields}
    found: dict[str, None] = {}
    for place in field_places(base or present):
        if place.id not in there and place.field != "name":
            owner = place.model_copy(update={"field": "title", "level": ""})
            found[shown_text(base or present, owner)] = None
    return [
        f"“{name}” is not whole in the file any more; what is missing there stays as it is." for name in found
    ]


def _unknown(returned: ReturnedGuide, places: dict[str, FieldPlace]) -> list[str]:
    """Texts whose ids mean nothing here."""
    count = sum(field.id not in places for field in returned.fields)
    if not count:
        return []
    what = "One text" if count == 1 else f"{count} texts"
    return [f"{what} of the file belong to points that this guide does not have; they were passed over."]


def place_words(place: FieldPlace, rubric: Rubric) -> str:
    """Name a field for people: “Right tax year”, grade partly, text."""
    if not (place.criterion or place.stratum):
        return "the guide's name"
    owner = place.model_copy(update={"field": "title", "level": ""})
    level = f", grade {place.level}" if place.level else ""
    return f"“{shown_text(rubric, owner)}”{level}, {place.field}"
