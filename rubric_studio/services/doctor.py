"""What the doctor remarks on a project's rubric, and waving remarks off. The detectors are in `domain/doctor`."""

from collections.abc import Iterable, Sequence

from rubric_studio.domain.doctor.examination import BY_NAME, in_marks, in_order, in_words, shown
from rubric_studio.domain.doctor.finding import Finding
from rubric_studio.domain.doctor.marks_at_hand import NO_MARKS, MarksAtHand
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.values import Value
from rubric_studio.services.edits import Proposal
from rubric_studio.services.marks import AS_TRAINED, rater_choice
from rubric_studio.services.marks_for_doctor import gather_marks
from rubric_studio.services.ports import Progress, Store, no_progress


class Waiver(Value):
    """A finding that was waved off: its id, where it was and what it said, by whom, when and why."""

    finding: str
    detector: str
    criterion: str
    stratum: str
    text: str
    person: str
    at: str
    reason: str


class Examination:
    """What was found in a rubric, what of it is shown at once, and what was waved off."""

    def __init__(self, found: Sequence[Finding], waivers: Sequence[Waiver]) -> None:
        names = {waiver.finding for waiver in waivers}
        self.found = tuple(found)
        self.shown = tuple(shown(found, names))
        self.waived = tuple(waivers)
        self.open = sum(finding.id not in names for finding in found)
        """How many are not waved off, shown or not."""


NOTHING_FOUND = Examination((), ())


class WaveOff(Value):
    """Say of a finding, with a reason, that it shall stay as it is."""

    finding: str
    detector: str
    text: str
    reason: str
    criterion: str = ""
    stratum: str = ""
    title: str = ""

    @property
    def label(self) -> str:
        return f'Wave off a remark on "{self.title}"' if self.title else "Wave off a remark"

    def proposals(self) -> Sequence[Proposal]:
        body = self.model_dump(mode="json", include={"detector", "text", "criterion", "stratum"})
        scope = self.criterion or self.stratum
        return (Proposal(RecordKind.WAIVER, self.finding, body, scope, self.reason),)


class TakeBackWaiver(Value):
    """Let a finding that was waved off count again."""

    finding: str
    scope: str = ""
    title: str = ""

    @property
    def label(self) -> str:
        return f'Look again at "{self.title}"' if self.title else "Look again at a remark"

    def proposals(self) -> Sequence[Proposal]:
        return (Proposal(RecordKind.WAIVER, self.finding, None, self.scope),)


def wave_off(finding: Finding, rubric: Rubric, reason: str) -> WaveOff:
    """The edit that waves a finding off."""
    return WaveOff(
        finding=finding.id,
        detector=finding.detector,
        text=finding.text,
        reason=reason,
        criterion=finding.criterion,
        stratum=finding.stratum,
        title=title_of(rubric, finding.criterion, finding.stratum),
    )


def title_of(rubric: Rubric, criterion: str, stratum: str) -> str:
    """What the criterion or stratum is called that a finding concerns."""
    found = rubric.criterion(criterion)
    if found is not None:
        return found.title or found.key
    return next((part.title or part.key for part in rubric.strata if part.key == stratum), "")


def waivers(store: Store) -> list[Waiver]:
    """Every waiver that stands, oldest first."""
    return [_waiver(head) for head in store.heads(RecordKind.WAIVER) if head.body is not None]


def word_findings(rubric: Rubric) -> list[Finding]:
    """What the words, weights and gates show: quick enough after every gesture."""
    return in_words(rubric)


def mark_findings(
    store: Store, rubric: Rubric, rater: str = AS_TRAINED, progress: Progress = no_progress
) -> list[Finding]:
    """What the marks on the samples at hand show: work for the background."""
    return mark_findings_in(rubric, gather_marks(store, rubric, rater_choice(store, rater), progress))


def mark_findings_in(rubric: Rubric, marks: MarksAtHand = NO_MARKS) -> list[Finding]:
    """What those marks show."""
    return in_marks(rubric, marks)


def examination(
    store: Store, rubric: Rubric, in_the_words: Iterable[Finding], in_the_marks: Iterable[Finding]
) -> Examination:
    """Put findings and waivers together; before the first save there is nothing to remark on."""
    if not any(head.body is not None for head in store.heads(RecordKind.VERSION)):
        return NOTHING_FOUND
    found = in_order(rubric, [*in_the_words, *in_the_marks])
    present = {finding.id for finding in found}
    return Examination(found, [each for each in waivers(store) if _still_concerns(each, rubric, present)])


def _still_concerns(waiver: Waiver, rubric: Rubric, present: set[str]) -> bool:
    """Whether its finding is there; one of the marks may come back with the next marks, and stays listed."""
    detector = BY_NAME.get(waiver.detector)
    has_place = not waiver.criterion or rubric.criterion(waiver.criterion) is not None
    return waiver.finding in present or (has_place and detector is not None and detector.in_marks is not None)


def _waiver(record: Record) -> Waiver:
    body = record.body or {}
    return Waiver(
        finding=record.subject,
        detector=str(body.get("detector", "")),
        criterion=str(body.get("criterion", "")),
        stratum=str(body.get("stratum", "")),
        text=str(body.get("text", "")),
        person=record.person,
        at=record.at,
        reason=record.reason,
    )
