"""What was decided, what became of rewordings, what is new: read in the background as values. It shows nothing."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from rubric_studio.domain.ids import PersonId, RowId, SampleKey
from rubric_studio.domain.listing import SampleInfo
from rubric_studio.domain.packet import Told
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.asked import Asked, questionnaire
from rubric_studio.services.cures import CureOutcome, cure_outcomes
from rubric_studio.services.ports import Progress, Store
from rubric_studio.services.settling_disputes import Decision, decision_of
from rubric_studio.services.since import Since, since_left
from rubric_studio.services.told_afterwards import decided_on
from rubric_studio.services.versions import present_rubric


class Settled(NamedTuple):
    """A settlement with what it is about; `sample` is None where the answer has left the project."""

    decision: Decision
    title: str
    question: str
    sample: SampleInfo | None
    is_mine: bool


class Decided(NamedTuple):
    """Everything that the view shows."""

    settled: tuple[Settled, ...]
    cures: tuple[CureOutcome, ...]
    told: tuple[Told, ...]
    since: Since
    names: Mapping[PersonId, str]


def reading(person: PersonId, now: str) -> Callable[[Store, Progress], Decided]:
    """Read all of it for a person at a time, under the words by which experts score now."""

    def work(store: Store, progress: Progress) -> Decided:
        rubric = present_rubric(store)
        told = decided_on(store, person)
        mine = {(each.sample, each.question) for each in told}
        heads = [head for head in store.heads(RecordKind.SETTLEMENT) if head.body is not None]
        decisions = [decision_of(head) for head in reversed(heads)]
        infos = _infos(store, {each.sample for each in decisions})
        words = _first_words(store, {info.row for info in infos.values()})
        titles = {asked.key: asked.title for asked in questionnaire(store, rubric).criteria()}
        settled = tuple(
            Settled(
                each,
                titles.get(each.criterion)
                or _own_title(store, infos.get(each.sample), each)
                or each.criterion,
                words.get(info.row, "") if (info := infos.get(each.sample)) else "",
                infos.get(each.sample),
                (each.sample, each.question) in mine,
            )
            for each in decisions
        )
        names = {each.id: each.name for each in store.people()}
        cures = tuple(cure_outcomes(store, rubric, progress))
        return Decided(settled, cures, tuple(told), since_left(store, person, now), names)

    return work


def _infos(store: Store, samples: set[SampleKey]) -> dict[SampleKey, SampleInfo]:
    return {info.key: info for info in store.sample_infos() if info.key in samples}


def _first_words(store: Store, rows: set[RowId]) -> dict[RowId, str]:
    return {each.id: each.first_words for each in store.summaries(sorted(rows))}


def _own_title(store: Store, info: SampleInfo | None, decision: Decision) -> str:
    """The title of a row's own criterion."""
    if info is None:
        return ""
    row = next(iter(store.rows([info.row])), None)
    asked: list[Asked] = questionnaire(store, Rubric()).own(row) if row else []
    return next((each.title for each in asked if each.key == decision.criterion), "")
