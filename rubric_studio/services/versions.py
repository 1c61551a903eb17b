"""The rubric being edited and its saved versions: where they stand now. Changing them is in `edits.py`."""

from pydantic import ValidationError

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.graders import GraderError
from rubric_studio.domain.half_characters import half_character_field
from rubric_studio.domain.question import question_of
from rubric_studio.domain.record import DRAFT_SUBJECT, Record, RecordKind
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.values import Json, Value
from rubric_studio.grader.measures import MEASURES_VERSION
from rubric_studio.services.imported_graders import (
    is_grader_file,
    refuse_formula,
    refused,
    rubric_of_grader,
)
from rubric_studio.services.ports import Store


class Version(Value):
    """A saved rubric: it never changes."""

    id: str
    number: int
    note: str
    person: str
    at: str
    rubric: Rubric


class Reworded(Value):
    """A judged criterion whose question changed since a version: its marks wait for the lead's word."""

    criterion: str
    title: str
    old_wording: str
    new_wording: str
    old: str
    new: str


def versions(store: Store) -> list[Version]:
    """All saved versions, oldest first. Two copies may both have saved a number 3: the id tells them apart."""
    found = [_version(record) for record in store.heads(RecordKind.VERSION) if record.body is not None]
    return sorted(found, key=lambda version: (version.at, version.id))


def newest_version(store: Store) -> Version | None:
    """The version saved last, or None."""
    return next(reversed(versions(store)), None)


def saved_version(store: Store) -> Version:
    """The version saved last: what is scored and handed over.

    Raises:
        StudioError: nothing was saved yet.
    """
    version = newest_version(store)
    if version is None:
        raise StudioError(
            "No scoring guide yet",
            "This project has no saved version of a scoring guide.",
            "Write one and save it, or bring one in: import P FILE --as rubric.",
        )
    return version


def draft(store: Store) -> Rubric:
    """The rubric being edited; where nobody has begun, the newest version or an empty rubric."""
    heads = [head for head in store.heads(RecordKind.DRAFT, subjects=[DRAFT_SUBJECT]) if head.body]
    if heads and heads[-1].body:
        return Rubric.model_validate(heads[-1].body["rubric"])
    version = newest_version(store)
    return version.rubric if version else Rubric(name=store.name)


def present_rubric(store: Store) -> Rubric:
    """The rubric under which experts score now: the version saved last, or the draft where nothing was saved."""
    version = newest_version(store)
    return draft(store) if version is None else version.rubric


def reworded(old: Rubric, new: Rubric) -> list[Reworded]:
    """The judged criteria that ask another question in `new` than in `old`."""
    found: list[Reworded] = []
    for criterion in new.criteria():
        before = old.criterion(criterion.key)
        if before is None or not (criterion.is_judged and before.is_judged):
            continue
        was = question_of(before, MEASURES_VERSION).definition
        now = question_of(criterion, MEASURES_VERSION).definition
        if was != now:
            found.append(
                Reworded(
                    criterion=criterion.key,
                    title=criterion.title or criterion.key,
                    old_wording=before.words,
                    new_wording=criterion.words,
                    old=was,
                    new=now,
                )
            )
    return found


def read_rubric(data: Json, file: str | None = None) -> Rubric:
    """Check a rubric's JSON (design section 8), or make a rubric of a grader (see `imported_graders`).

    Raises:
        StudioError: names the field at fault.
    """
    refuse_half_characters(data, file)
    if is_grader_file(data):
        return rubric_of_grader(data, file)
    try:
        return refuse_formula(Rubric.model_validate(data), file)
    except ValidationError as error:
        first = error.errors()[0]
        cause = first.get("ctx", {}).get("error")
        if isinstance(cause, GraderError):
            raise refused(cause, file) from error
        field = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        more = f" ({error.error_count() - 1} more)" if error.error_count() > 1 else ""
        raise StudioError(
            "This scoring guide cannot be read",
            message + more,
            "Mend it and try again.",
            file=file,
            field=field or None,
        ) from error


def refuse_half_characters(data: Json, file: str | None) -> None:
    """Refuse what could be saved for ever and never be written into a bundle.

    Raises:
        StudioError: names the field at fault.
    """
    field = half_character_field(data)
    if field is not None:
        raise StudioError(
            "This scoring guide cannot be read",
            "a text holds half a character (a lone surrogate)",
            "Repair the text where it comes from.",
            file=file,
            field=field or None,
        )


def _version(record: Record) -> Version:
    body = record.body or {}
    return Version(
        id=record.id,
        number=body["number"],
        note=body["note"],
        person=record.person,
        at=record.at,
        rubric=Rubric.model_validate(body["rubric"]),
    )
