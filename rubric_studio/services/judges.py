"""A project's judges and panels: saving them in versions, taking them away, finding them. They ask nobody here."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.judge import JudgeConfig, Panel
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.values import Value
from rubric_studio.services.edits import Proposal
from rubric_studio.services.marks import AS_TRAINED, CHOSEN_JUDGE, EXPERTS, setting
from rubric_studio.services.panels import panels
from rubric_studio.services.ports import Store


class SaveJudge(Value):
    """Keep a judge. `subject` names the version that it goes on with, "" a new one; see `saving_judge`."""

    judge: JudgeConfig
    subject: str = ""

    @property
    def label(self) -> str:
        return f'Save the judge "{self.judge.rater}"'

    def proposals(self) -> Sequence[Proposal]:
        body = {"judge": self.judge.model_dump(mode="json")}
        return (Proposal(RecordKind.JUDGE, self.subject, body, self.judge.name),)


class RemoveJudge(Value):
    """Take a judge away with all its versions; the marks that it gave stay."""

    name: str
    subjects: tuple[str, ...]

    @property
    def label(self) -> str:
        return f'Remove the judge "{self.name}"'

    def proposals(self) -> Sequence[Proposal]:
        return [Proposal(RecordKind.JUDGE, subject, None, self.name) for subject in self.subjects]


class SavePanel(Value):
    """Keep a panel under its name."""

    panel: Panel

    @property
    def label(self) -> str:
        return f'Save the panel "{self.panel.name}"'

    def proposals(self) -> Sequence[Proposal]:
        body = {"panel": self.panel.model_dump(mode="json")}
        return (Proposal(RecordKind.PANEL, self.panel.name, body),)


class RemovePanel(Value):
    """Take a panel away; its members stay."""

    name: str

    @property
    def label(self) -> str:
        return f'Remove the panel "{self.name}"'

    def proposals(self) -> Sequence[Proposal]:
        return (Proposal(RecordKind.PANEL, self.name, None),)


class ChooseJudge(Value):
    """Let a judge's or a panel's marks count as in training; None leaves it to the only judge there is."""

    rater: str | None

    @property
    def label(self) -> str:
        return f'Let "{self.rater}" mark' if self.rater else "Choose no judge"

    def proposals(self) -> Sequence[Proposal]:
        body: dict[str, Any] | None = None if self.rater is None else {"value": self.rater}
        return (Proposal(RecordKind.SETTING, CHOSEN_JUDGE, body),)


def keeping_choice(store: Store, rater: str) -> ChooseJudge | None:
    """The edit that lets the only judge so far go on counting before another one marks; None where none is needed.

    Nobody chooses while there is only one. With a second one's first mark the scores would rest on neither.
    """
    marked = store.judges()
    if setting(store, CHOSEN_JUDGE) is not None or len(marked) != 1 or marked[0] == rater:
        return None
    return ChooseJudge(rater=marked[0])


def judges(store: Store) -> list[JudgeConfig]:
    """Every version of every judge, in the order in which they were last saved; none that cannot be read."""
    return [judge for head in store.heads(RecordKind.JUDGE) if (judge := _judge(head)) is not None]


def newest_judges(store: Store) -> list[JudgeConfig]:
    """Of each name the version saved last, by name."""
    newest = {judge.name: judge for judge in judges(store)}
    return [newest[name] for name in sorted(newest)]


def judge_of(store: Store, rater: str) -> JudgeConfig | None:
    """The judge whose marks stand under that name, None where they came from elsewhere."""
    return next((judge for judge in reversed(judges(store)) if judge.rater == rater), None)


def saving_judge(store: Store, judge: JudgeConfig) -> SaveJudge:
    """The edit that keeps a judge, as the version of its name that it is.

    One that asks as a version before it did is that version, also if it was removed in between; else it is a new
    one, whose marks are not mixed with theirs.

    Raises:
        StudioError: the name means somebody else.
    """
    known = _ever(store, judge.name)
    same = next(((subject, old) for subject, old in known if old.hash == judge.hash), None)
    if same is not None:
        return SaveJudge(judge=judge.model_copy(update={"number": same[1].number}), subject=same[0])
    number = 1 + max((old.number for _, old in known), default=0)
    made = judge.model_copy(update={"number": number})
    trouble = name_trouble(store, made.rater)
    if trouble:
        raise StudioError("This name is taken", trouble, "Choose another name.")
    return SaveJudge(judge=made)


def removing_judge(store: Store, name: str) -> RemoveJudge:
    """The edit that takes a judge away."""
    heads = store.heads(RecordKind.JUDGE, scopes=[name])
    subjects = tuple(dict.fromkeys(head.subject for head in heads if head.body is not None))
    return RemoveJudge(name=name, subjects=subjects)


def saving_panel(store: Store, panel: Panel) -> SavePanel:
    """The edit that keeps a panel.

    Raises:
        StudioError: the name means somebody else, or a member is a panel itself or named twice.
    """
    if len(set(panel.members)) < len(panel.members):
        raise StudioError("A member twice", "A judge stands in the panel twice.", "Name each judge once.")
    known = {each.name for each in panels(store)}
    nested = [member for member in panel.members if member in known or member == panel.name]
    if nested:
        raise StudioError(
            "A panel of panels", f'"{nested[0]}" is a panel itself.', "Take its members instead of it."
        )
    trouble = "" if panel.name in known else name_trouble(store, panel.name)
    if trouble:
        raise StudioError("This name is taken", trouble, "Choose another name.")
    return SavePanel(panel=panel)


def name_trouble(store: Store, rater: str) -> str:
    """Why a new judge or panel cannot have that name, in a plain sentence; "" where it can."""
    if rater in (AS_TRAINED, EXPERTS):
        return f'"{rater}" is a word that the program uses itself.'
    if any(rater in (person.name, person.id) for person in store.people()):
        return f'A person here is called "{rater}".'
    if rater in store.judges():
        return f'Marks under the name "{rater}" are in the project already.'
    if judge_of(store, rater) is not None:
        return f'There is a judge "{rater}" already.'
    if any(panel.name == rater for panel in panels(store)):
        return f'There is a panel "{rater}" already.'
    return ""


def mixed_raters(store: Store) -> list[str]:
    """Raters whose marks come from judges that ask in different ways, each in a plain sentence.

    Two copies of a project may each have made a judge of one name and number; once merged, nobody can tell their
    marks apart by name. It is said, not decided.
    """
    ways: dict[str, set[str]] = {}
    asked = [run.plan.judge for run in store.runs() if run.plan.purpose == "judging"]
    for judge in [*judges(store), *(judge for judge in asked if judge is not None)]:
        ways.setdefault(judge.rater, set()).add(judge.hash)
    return [
        f'"{rater}" stands for {len(hashes)} judges that ask in different ways, made in copies of this project. '
        "Their marks cannot be told apart: give one of them another name and let it mark again."
        for rater, hashes in sorted(ways.items())
        if len(hashes) > 1
    ]


def _ever(store: Store, name: str) -> list[tuple[str, JudgeConfig]]:
    """Everything that was ever saved under a name, newest first, each with its subject; removed ones too."""
    found = reversed(store.history(RecordKind.JUDGE, name))
    read = [(record.subject, _judge(record)) for record in found if record.scope == name]
    return [(subject, judge) for subject, judge in read if judge is not None]


def _judge(record: Record) -> JudgeConfig | None:
    """The judge of a record; None where it was removed, or a newer program wrote what we cannot read."""
    try:
        return None if record.body is None else JudgeConfig.model_validate(record.body.get("judge"))
    except ValidationError:
        return None
