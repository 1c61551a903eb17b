"""Panels: several judges as one rater, worked out from their marks whenever it is asked. Nothing of it is stored."""

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

from pydantic import ValidationError

from rubric_studio.domain.judge import Panel
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.verdict import Rater, State
from rubric_studio.services.mark import Mark, unscored
from rubric_studio.services.ports import Store

Marks = Mapping[str, Mark]
"""What each member says, by its name."""


def panels(store: Store) -> list[Panel]:
    """The project's panels, by name; none that cannot be read."""
    read = {head.subject: _panel(head) for head in store.heads(RecordKind.PANEL)}
    return [panel for name in sorted(read) if (panel := read[name]) is not None]


def _panel(record: Record) -> Panel | None:
    try:
        return None if record.body is None else Panel.model_validate(record.body.get("panel"))
    except ValidationError:
        return None


def judge_names(store: Store) -> list[str]:
    """Everybody but people who can be chosen to mark: judges that have marked here, then panels."""
    marked = store.judges()
    return [*marked, *(panel.name for panel in panels(store) if panel.name not in marked)]


def panel_mark(panel: Panel, marks: Marks) -> Mark:
    """What a panel makes of its members' marks on one criterion of one sample.

    Where one has not marked, the panel has not either. Mean and median are over those who say that it applies,
    unless more say that it does not. A majority is more than half of all members; "does not apply" is one answer
    among the others, and so is a value without a grade.
    """
    missing = [name for name in panel.members if marks[name].state is State.UNSCORED]
    if missing:
        told = ", ".join(f"{name} ({marks[name].reason})" for name in missing)
        return unscored(f"the panel has no mark of {told}")
    return _majority(panel, marks) if panel.rule == "majority" else _middle(panel, marks)


def _middle(panel: Panel, marks: Marks) -> Mark:
    values = [mark.value for name in panel.members if (mark := marks[name]).value is not None]
    if len(values) * 2 < len(panel.members):
        return _joined(panel, marks, State.NOT_APPLICABLE)
    value = median(values) if panel.rule == "median" else sum(values) / len(values)
    levels = {marks[name].level for name in panel.members if marks[name].state is State.SCORED}
    return _joined(panel, marks, State.SCORED, value, levels.pop() if len(levels) == 1 else None)


def _majority(panel: Panel, marks: Marks) -> Mark:
    said = {name: _answer(marks[name]) for name in panel.members}
    answer, votes = Counter(said.values()).most_common(1)[0]
    if votes * 2 <= len(said):
        told = ", ".join(f"{name} says {answer}" for name, answer in said.items())
        return unscored(f"the panel is split: {told}")
    chosen = next(marks[name] for name in panel.members if said[name] == answer)
    return _joined(panel, marks, chosen.state, chosen.value, chosen.level)


def _answer(mark: Mark) -> str:
    if mark.state is State.NOT_APPLICABLE:
        return "does not apply"
    return mark.level if mark.level is not None else f"{mark.value:.6g}"


def _joined(
    panel: Panel, marks: Marks, state: State, value: float | None = None, level: str | None = None
) -> Mark:
    members = [(name, marks[name]) for name in panel.members]
    return Mark(
        state=state,
        value=value,
        level=level,
        reason=_reasons(members),
        raters=(Rater(kind="judge", name=panel.name),),
        spans=tuple(dict.fromkeys(span for _, mark in members for span in mark.spans)),
        at=max(mark.at for _, mark in members),
    )


def _reasons(members: Sequence[tuple[str, Mark]]) -> str:
    return "\n".join(f"{name}: {mark.reason}" for name, mark in members if mark.reason)
