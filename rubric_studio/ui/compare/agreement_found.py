"""What the view of agreement shows, as a job's thread reads it: first the figures, then a judge and single people."""

from dataclasses import dataclass

from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.agreement import AgreementChoice, AgreementReport, agreement_report
from rubric_studio.services.final_figure import final_statistic
from rubric_studio.services.human_ceiling import HumanCeiling, human_ceiling
from rubric_studio.services.marks import rater_choice
from rubric_studio.services.person_figures import PersonFigures, person_figures
from rubric_studio.services.ports import Progress, Store
from rubric_studio.services.rounds import Round, open_rounds
from rubric_studio.services.shared_reading import Reading
from rubric_studio.services.stop_rules import StopState, stop_state
from rubric_studio.ui.compare.figure_lines import work_out


@dataclass(frozen=True)
class Wanted:
    """What is to be read: a choice under a rubric, for somebody; `with_judges` puts them among the raters."""

    rubric: Rubric
    choice: AgreementChoice
    with_judges: bool
    viewer: PersonId
    round: Round | None
    """The round whose stop rule is told, None where none is closed."""


@dataclass(frozen=True)
class AgreementFound:
    """`open_rounds` counts rounds that are not closed."""

    report: AgreementReport
    stop: StopState | None
    round: Round | None
    open_rounds: int
    names: tuple[str, ...]
    """Who marked anything, by name."""


def read_agreement(store: Store, wanted: Wanted, progress: Progress) -> AgreementFound:
    """Read the figures; of the statistics those that the table shows are worked out here, before it asks for them.

    Raises:
        StudioError: a round or a rater is no longer there.
    """
    reading = Reading(store)
    report = agreement_report(store, wanted.rubric, _choice(store, wanted), progress, reading=reading)
    found = AgreementFound(
        report=report,
        stop=stop_state(store, wanted.round.id, progress, reading=reading) if wanted.round else None,
        round=wanted.round,
        open_rounds=len(open_rounds(store)),
        names=_who_marked(store),
    )
    work_out(report, progress)
    return found


def read_people(store: Store, wanted: Wanted, progress: Progress) -> tuple[PersonFigures, ...]:
    """Read the figures of those whom the viewer may see."""
    return person_figures(store, wanted.rubric, wanted.viewer, final_statistic(store), progress)


def read_ceiling(store: Store, wanted: Wanted, progress: Progress) -> HumanCeiling:
    """Compare a judge with the experts: the one that counts, else the first. There must be one."""
    judges = store.judges()
    chosen = rater_choice(store).judge
    judge = chosen if chosen in judges else judges[0]
    choice = wanted.choice
    return human_ceiling(store, wanted.rubric, judge, progress, basis=choice.basis, part=choice.part)


def _choice(store: Store, wanted: Wanted) -> AgreementChoice:
    """With judges everybody is named: those experts who marked anything, and every judge."""
    choice = wanted.choice
    if not wanted.with_judges:
        return choice
    known = {str(person.id) for person in store.people()}
    experts = sorted({str(person) for person in store.authors_of(RecordKind.VERDICT)} & known)
    return AgreementChoice(
        basis=choice.basis, part=choice.part, round=choice.round, raters=(*experts, *store.judges())
    )


def _who_marked(store: Store) -> tuple[str, ...]:
    people = {str(person.id): person.name for person in store.people()}
    marked = {people.get(str(person), "") for person in store.authors_of(RecordKind.VERDICT)}
    return tuple(sorted(marked - {""}))
