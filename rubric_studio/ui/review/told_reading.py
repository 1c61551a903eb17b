"""Reads from a packet what was decided on the expert's own marks, in the words of the guide. Shows nothing."""

from collections.abc import Mapping

from rubric_studio.domain.first_words import first_words
from rubric_studio.domain.packet import Told
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.verdict import State
from rubric_studio.services.asked import Asked, questionnaire
from rubric_studio.services.marks import expert_verdict
from rubric_studio.services.packet_record import packet_of
from rubric_studio.services.ports import Store
from rubric_studio.services.told_afterwards import LEFT_OPEN, NOT_APPLICABLE, REWORDED
from rubric_studio.services.versions import versions
from rubric_studio.ui.guide.editor_levels import level_name
from rubric_studio.ui.labels import label
from rubric_studio.ui.number_text import score_text
from rubric_studio.ui.review.review_words import grade_word
from rubric_studio.ui.review.told_dialog import ToldLine
from rubric_studio.ui.rounds.round_words import tr

FIRST_LETTERS = 160


def told_lines(store: Store) -> tuple[ToldLine, ...]:
    """Every decision, the newest first; for a job's thread."""
    packet = packet_of(store)
    version = packet and next((each for each in versions(store) if each.id == packet.version), None)
    if packet is None or version is None:
        return ()
    asking = questionnaire(store, version.rubric)
    samples = {info.key: info.row for info in store.sample_infos()}
    rows = {row.id: row for row in store.rows()}
    marks = _marks(store)
    lines: list[ToldLine] = []
    for told in sorted(packet.told, key=lambda each: each.at, reverse=True):
        row = rows.get(samples[told.sample]) if told.sample in samples else None
        asked = [each for each in asking.on(row) if each.key == told.criterion] if row is not None else []
        lines.append(_line(told, row, asked[0] if asked else None, marks))
    return tuple(lines)


def _line(
    told: Told, row: Row | None, asked: Asked | None, marks: Mapping[tuple[str, str], Record]
) -> ToldLine:
    own = marks.get((told.sample, told.question))
    return ToldLine(
        point=asked.title if asked is not None else told.criterion,
        question=first_words(row.prompt_text, FIRST_LETTERS) if row is not None else "",
        said=_said(own, asked),
        decided=_decided(told.decided, asked),
        reason=told.reason,
        by=told.by,
        at=told.at,
    )


def _marks(store: Store) -> dict[tuple[str, str], Record]:
    """Her marks of earlier rounds by sample and question."""
    return {
        (head.body["sample"], head.body["question"]): head
        for head in store.heads(RecordKind.VERDICT)
        if head.body is not None
    }


def _said(own: Record | None, asked: Asked | None) -> str:
    if own is None:
        return ""
    verdict = expert_verdict(own)
    if verdict.state is State.NOT_APPLICABLE:
        return label("shape.not_applicable")
    word = grade_word(asked, verdict) if asked is not None else ""
    return (
        word or verdict.level or (score_text(verdict.value) if verdict.value is not None else "\N{EN DASH}")
    )


def _decided(decided: str, asked: Asked | None) -> str:
    words = {
        NOT_APPLICABLE: label("shape.not_applicable"),
        LEFT_OPEN: tr("an open question of law, left open"),
        REWORDED: tr("the wording was changed"),
    }
    if decided in words:
        return words[decided]
    level = next((each for each in asked.levels if each.key == decided), None) if asked is not None else None
    return level_name(level) if level is not None else decided
