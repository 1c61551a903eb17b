"""Gather what a bundle is made of: rows that may train, recorded scores, evidence. Writing it is an adapter's."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rubric_studio.domain.bundle import BundleContent, BundleOptions, BundleRow, Mark, RecordedSample
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.listing import RowQuery
from rubric_studio.domain.prompt import PromptTemplate
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.splitting import Shares, Split, split
from rubric_studio.domain.values import JsonObject
from rubric_studio.domain.verdict import State
from rubric_studio.grader.plan import without
from rubric_studio.grader.untrainable import asked_row, untrainable_rows
from rubric_studio.services.asking_evidence import prompt_evidence, rater_evidence, sampled_with
from rubric_studio.services.evidence import evidence
from rubric_studio.services.judges import judge_of
from rubric_studio.services.marks import AS_TRAINED, RaterChoice
from rubric_studio.services.marks import Mark as CountingMark
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.prompts import chosen_prompt
from rubric_studio.services.scores import SampleScore, project_scores
from rubric_studio.services.versions import saved_version

DROPPED = "dropped"
WAITS = "waits for a mend"
CANNOT_BE_MARKED = "cannot be marked"


@dataclass(frozen=True)
class LeftOut:
    """A row that does not train, and why."""

    row: RowId
    reason: str


def bundle_content(
    store: Store,
    options: BundleOptions,
    choice: RaterChoice,
    shares: Shares | None = None,
    progress: Progress = no_progress,
    own_code: Mapping[str, str] | None = None,
) -> BundleContent:
    """Gather everything that a bundle of the newest saved version is made of.

    Rows that are dropped, wait for a mend, lack a reference or have no criterion stay out, by name.
    The rows' messages are those of the chosen way of asking, as in sampling and in use. The checks must have been
    run. `own_code` is what `own_code_agreement.obstacles` found; without it, nothing
    is known of own code, and a target that would carry it objects.

    Raises:
        StudioError: no saved version, a key to leave out that is not there, or no row left to train on.
    """
    version = saved_version(store)
    rubric = without(version.rubric, options.leave_out)
    scores = list(project_scores(store, rubric, choice, progress))
    prompt = chosen_prompt(store)
    kept, left_out = sift(store, rubric, prompt)
    if not kept:
        raise StudioError(
            "Nothing to hand over",
            "No question is left that could train: " + summary_of(left_out),
            "Bring in questions, or decide again on those that were dropped.",
        )
    parts = split(kept, options.seed, shares or Shares())
    told = evidence(store, rubric, choice, scores) | _asking(prompt, scores, parts)
    judge = None
    if choice.judge and choice.name == AS_TRAINED:
        judge = judge_of(store, choice.judge)
        told |= rater_evidence(store, choice.judge)
    people = {str(person.id): person.name for person in store.people()}
    return BundleContent(
        project=store.name,
        rubric=rubric,
        rubric_id=version.id,
        version=version.number,
        version_note=version.note,
        author=people.get(version.person, ""),
        saved_at=version.at,
        rows=_bundle_rows(kept, parts),
        samples=_recorded(scores, {*parts.train, *parts.validation}),
        evidence=told,
        options=options,
        notes=tuple(f"{entry.row}: {entry.reason}" for entry in left_out),
        own_code=dict(own_code or {}),
        prompt=prompt,
        judge=judge,
    )


def sift(
    store: Store, rubric: Rubric, prompt: PromptTemplate | None = None
) -> tuple[Mapping[RowId, Row], list[LeftOut]]:
    """Part the rows that may train from those that may not, with the reason of each.

    A row without a prompt of its own may train where the way of asking says everything.
    """
    decided = {head.subject: head for head in store.heads(RecordKind.DECISION) if head.body is not None}
    edited = {head.subject: head.at for head in store.heads(RecordKind.ROW_EDIT) if head.body is not None}
    kept: dict[RowId, Row] = {}
    left_out: list[LeftOut] = []
    for row in store.rows(store.row_ids(RowQuery())):
        decision = decided.get(row.id)
        word = (decision.body or {}).get("decision") if decision else None
        if word == "drop":
            left_out.append(LeftOut(row.id, DROPPED))
        elif decision is not None and word == "fix" and edited.get(row.id, "") <= decision.at:
            left_out.append(LeftOut(row.id, WAITS))
        else:
            kept[row.id] = row
    for row in untrainable_rows(rubric, (asked_row(row, prompt) for row in kept.values())):
        left_out.append(LeftOut(RowId(row.row), f"{CANNOT_BE_MARKED}: {row.reason}"))
        del kept[RowId(row.row)]
    return kept, left_out


def _asking(prompt: PromptTemplate | None, scores: Sequence[SampleScore], parts: Split) -> JsonObject:
    """What evidence tells of the way of asking; nothing where nobody chose one."""
    if prompt is None:
        return {}
    rows = {*parts.train, *parts.validation}
    recorded = (score.sample.facts for score in scores if score.sample.row in rows)
    return {"prompt": prompt_evidence(prompt, sampled_with(recorded, prompt))}


def summary_of(left_out: Sequence[LeftOut]) -> str:
    """How many rows stay out for which reason ("3 dropped, 1 waits for a mend")."""
    counts = Counter(entry.reason.split(":")[0] for entry in left_out)
    return (
        ", ".join(f"{count} {reason}" for reason, count in counts.most_common()) or "there are no questions"
    )


def _bundle_rows(rows: Mapping[RowId, Row], parts: Split) -> tuple[BundleRow, ...]:
    return (
        *(BundleRow(row=rows[id], part="train") for id in parts.train),
        *(BundleRow(row=rows[id], part="validation") for id in parts.validation),
    )


def _recorded(scores: Sequence[SampleScore], rows: set[RowId]) -> tuple[RecordedSample, ...]:
    return tuple(
        RecordedSample(
            row=score.sample.row,
            model=score.sample.model,
            run=score.sample.run,
            text=score.sample.text,
            marks={key: _recorded_mark(mark) for key, mark in score.marks.items() if _is_judged(mark)},
            score=score.score,
            reason=score.reason,
            strata=dict(score.strata),
        )
        for score in sorted(scores, key=lambda s: s.sample.place)
        if score.sample.row in rows
    )


def _is_judged(mark: CountingMark) -> bool:
    return any(rater.kind != "check" for rater in mark.raters)


def _recorded_mark(mark: CountingMark) -> Mark:
    return "not_applicable" if mark.state is State.NOT_APPLICABLE else mark.value
