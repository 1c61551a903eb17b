"""The history of one row as lines: when, who, what, why. Reads no project."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.ui.day_text import time_text
from rubric_studio.ui.labels import label
from rubric_studio.ui.questions.row_difference import changes_prompt, field_changes
from rubric_studio.ui.questions.row_reading import RowReading


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened to a row."""

    when: str
    who: str
    what: str
    why: str = ""


def history_lines(reading: RowReading) -> list[HistoryLine]:
    """What happened to a row, newest first."""
    by_id: dict[str, Record] = {record.id: record for record in reading.history}
    return [
        HistoryLine(time_text(each.at), reading.name(each.person), _what(each, reading, by_id), each.reason)
        for each in reversed(reading.history)
    ]


def _what(record: Record, reading: RowReading, by_id: dict[str, Record]) -> str:
    body = record.body
    match record.kind:
        case RecordKind.DECISION:
            if body is None:
                return _tr("took the decision back")
            return _tr("decided: {decision}").format(decision=label(f"decision.{body['decision']}"))
        case RecordKind.FLAG:
            return _tr("removed a flag") if body is None else _tr("put a flag")
        case RecordKind.NOTE:
            return _tr("took a note back") if body is None else _tr("wrote a note")
    return _change(record, reading, by_id)


def _change(record: Record, reading: RowReading, by_id: dict[str, Record]) -> str:
    if record.body is None:
        return _tr("went back to the question as it came in")
    earlier = next((by_id[id] for id in record.replaces if id in by_id), None)
    before = _row(earlier) or reading.imported
    if before is None:
        return _tr("changed the question")
    after = Row.model_validate(record.body)
    parts = [_tr("the words")] if changes_prompt(before, after) else []
    parts += [change.name for change in field_changes(before, after)]
    if not parts:
        return _tr("chose these words")
    return _tr("changed {parts}").format(parts=", ".join(parts))


def _row(record: Record | None) -> Row | None:
    return Row.model_validate(record.body) if record is not None and record.body is not None else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("row_history", text)
