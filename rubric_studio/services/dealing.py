"""A round's samples picked and dealt out to its experts, with what is known of their rows. No plan yet."""

from collections.abc import Mapping
from typing import NamedTuple

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RowId, SampleKey
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.assigning import Assignment, assign
from rubric_studio.services.candidates import Candidates, candidates
from rubric_studio.services.languages import readers, row_languages
from rubric_studio.services.picking import Picked, pick_samples
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.round_start import RoundStart


class Dealt(NamedTuple):
    """What was picked and who gets it."""

    candidates: Candidates
    picked: Picked
    rows: Mapping[SampleKey, RowId]
    languages: Mapping[RowId, tuple[str, ...]]
    assignment: Assignment

    @property
    def given(self) -> list[SampleKey]:
        """The samples that somebody reads, in the order picked."""
        unread = set(self.assignment.unread)
        return [key for key in self.picked.samples if key not in unread]


def deal(store: Store, rubric: Rubric, start: RoundStart, progress: Progress = no_progress) -> Dealt:
    """Pick the samples asked for and give them to the experts.

    Raises:
        StudioError: there is nothing to pick, or nobody reads what was picked.
    """
    people = [expert.person for expert in start.experts]
    pick = start.pick
    only = set(pick.samples) if pick.how == "chosen" else None
    again = pick.again or only is not None
    if only is not None:
        _refuse_gone(store, only)
    found = candidates(store, rubric, people, again=again, only=only, progress=progress)
    picked = pick_samples(store, rubric, pick, found.samples, start.seed, progress)
    if not picked.samples:
        raise _nothing_to_score(start, found)
    rows = {info.key: info.row for info in found.samples}
    languages = row_languages(store, dict.fromkeys(rows[key] for key in picked.samples), start.language_field)
    reads = readers(languages, start.experts)
    assignment = assign(picked.samples, rows, reads, people, start.overlap, start.seed)
    if len(assignment.unread) == len(picked.samples):
        raise StudioError(
            "Nobody reads these answers",
            "None of the experts reads the language of any answer that was picked.",
            "Add the language to an expert, or an expert who reads it.",
        )
    return Dealt(found, picked, rows, languages, assignment)


def _refuse_gone(store: Store, samples: set[SampleKey]) -> None:
    gone = samples - {info.key for info in store.sample_infos()}
    if gone:
        raise StudioError(
            "Some answers are gone",
            f"{len(gone)} of the {len(samples)} answers for this round are not in this project any more.",
            "Choose the answers again.",
        )


def _nothing_to_score(start: RoundStart, found: Candidates) -> StudioError:
    if start.pick.how == "differences" and found.samples:
        return StudioError(
            "Nothing differs",
            "On no answer that can be chosen have judges and experts marked the same point differently.",
            "Pick at random or balanced.",
        )
    if found.scored:
        return StudioError(
            "All of it is scored",
            "These experts have scored every answer blind, under this wording.",
            "Save a new wording, bring in more answers, or let answers come again.",
        )
    return StudioError(
        "No answers to score",
        "There is no answer with a point for experts to score, on a question that was not dropped.",
        "Bring answers in, or look at which points apply to these questions.",
    )
