"""What a record says, in one short line for people. It judges nothing and reads no project."""

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.values import JsonObject
from rubric_studio.services.cures import words_of_definition
from rubric_studio.ui.labels import label
from rubric_studio.ui.number_text import count_text

SHORT = 160


def subject_text(kind: RecordKind, scope: str, subject: str) -> str:
    """Name what records are about: "Decision on tax-05"."""
    sentences = {
        RecordKind.VERDICT: _tr("A mark"),
        RecordKind.ROW_EDIT: _tr("The words of question {subject}"),
        RecordKind.FLAG: _tr("A flag on question {scope}"),
        RecordKind.DECISION: _tr("The decision on question {subject}"),
        RecordKind.VERSION: _tr("A saved version of the scoring guide"),
        RecordKind.SAME_MEANING: _tr('Whether "{scope}" still means the same'),
        RecordKind.SETTLEMENT: _tr("What was decided where you differed"),
        RecordKind.DRAFT: _tr("The scoring guide being written"),
        RecordKind.SETTING: _tr("A setting of the project: {subject}"),
        RecordKind.NOTE: _tr("A note on question {scope}"),
        RecordKind.ORDER: _tr("The order of the answers to question {scope}"),
        RecordKind.COMMENT: _tr('A comment on "{scope}"'),
        RecordKind.WAIVER: _tr("A remark on the scoring guide"),
        RecordKind.PROBE: _tr("A trick answer to question {scope}"),
        RecordKind.PROMPT: _tr('The way of asking "{scope}"'),
        RecordKind.JUDGE: _tr('The judge "{scope}"'),
        RecordKind.PANEL: _tr('The panel "{subject}"'),
        RecordKind.CURE: _tr('New words for "{scope}"'),
        RecordKind.ROUND: _tr("The plan of a round"),
        RecordKind.CLOSING: _tr("How a round ended"),
        RecordKind.PACKET: _tr("One expert's part of a round"),
        RecordKind.DOUBT: _tr("Whether somebody is unsure of a mark"),
        RecordKind.HANDING_IN: _tr("What somebody handed in"),
    }
    return sentences[kind].format(subject=subject, scope=scope)


def body_text(record: Record) -> str:
    """Say what one record says."""
    if record.body is None:
        return _tr("Taken back")
    write = _WRITERS.get(record.kind)
    text = write(record.body) if write else ""
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"


def _mark(body: JsonObject) -> str:
    value = body.get("value")
    if body.get("open"):
        return _tr("Left open: a question of law")
    said = label("shape.not_applicable") if value is None else f"{value:.2f}"
    words = _tr("{criterion}: {value}").format(criterion=body.get("criterion", ""), value=said)
    cause = body.get("cause")
    return f"{words} ({label(f'cause.{cause}')})" if cause else words


def _cure(body: JsonObject) -> str:
    """The new words; a definition is that of `domain/question.py`."""
    return words_of_definition(body["new"]).wording


def _closing(body: JsonObject) -> str:
    counted = body.get("counted", {})
    marks = sum(len(each) for each in counted.values())
    return _tr("Closed; marks that count: {marks}, by people: {people}").format(
        marks=count_text(marks), people=count_text(len(counted))
    )


def _handed_in(body: JsonObject) -> str:
    far = {"done": count_text(body.get("done", 0)), "total": count_text(body.get("total", 0))}
    words = _tr("{done} of {total} answers, finished")
    return (words if body.get("finished", True) else _tr("{done} of {total} answers so far")).format(**far)


def _row(body: JsonObject) -> str:
    return " ".join(message.get("content", "") for message in body.get("prompt", ()))


def _guide(body: JsonObject) -> str:
    rubric = Rubric.model_validate(body["rubric"])
    points = len(list(rubric.criteria()))
    return _tr("{parts}, {points}").format(
        parts=f"{len(rubric.strata)} {label('stratum', len(rubric.strata))}",
        points=f"{points} {label('criterion', points)}",
    )


def _decision(body: JsonObject) -> str:
    return label(f"decision.{body['decision']}")


_WRITERS = {
    RecordKind.VERDICT: _mark,
    RecordKind.SETTLEMENT: _mark,
    RecordKind.ROW_EDIT: _row,
    RecordKind.DECISION: _decision,
    RecordKind.DRAFT: _guide,
    RecordKind.VERSION: _guide,
    RecordKind.SETTING: lambda body: str(body.get("value", "")),
    RecordKind.NOTE: lambda body: str(body.get("text", "")),
    RecordKind.SAME_MEANING: lambda _: _tr("Only a typo"),
    RecordKind.FLAG: lambda _: _tr("Flagged"),
    RecordKind.ORDER: lambda body: _tr("{count} answers, best first").format(count=len(body["samples"])),
    RecordKind.COMMENT: lambda body: str(body.get("text", "")),
    RecordKind.WAIVER: lambda _: _tr("Waved off"),
    RecordKind.PROBE: lambda body: str(body.get("name", "")),
    RecordKind.PROMPT: lambda body: f"{body['name']} {body['number']}",
    RecordKind.JUDGE: lambda body: f"{body['model']}: {body.get('instructions', '')}",
    RecordKind.PANEL: lambda body: ", ".join(body["members"]),
    RecordKind.CURE: _cure,
    RecordKind.ROUND: lambda body: str(body.get("title", "")),
    RecordKind.PACKET: lambda body: str(body.get("title", "")),
    RecordKind.CLOSING: _closing,
    RecordKind.DOUBT: lambda _: _tr("Unsure of it"),
    RecordKind.HANDING_IN: _handed_in,
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("record_text", text)
