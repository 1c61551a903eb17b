"""What a lead asks for when a round begins, and what it would come to. Nothing is decided before it starts."""

from typing import Literal

from pydantic import Field

from rubric_studio.domain.ids import PersonId, RecordId, RowId, SampleKey
from rubric_studio.domain.round import RoundExpert, RoundPlan, StopRule
from rubric_studio.domain.values import JsonObject, Value

How = Literal["random", "balanced", "differences", "chosen"]
Balance = Literal["score", "model", "label"]
NoteCode = Literal[
    "one_expert",
    "fewer_samples",
    "no_scores",
    "left_out",
    "unreadable",
    "fewer_readers",
    "uneven",
    "fewer_repeats",
    "too_long",
    "kept_held_out",
    "already_tuned",
    "spent",
    "nothing_held_out",
    "all_held_out",
]


class Pick(Value):
    """Which samples, and how many of them.

    `balanced` over quarters of the score (as `rater` gives it: "trained", "experts" or a name), over models and
    over what `label_field` of the reference says; `differences` are those where judges and experts are furthest
    apart; `chosen` takes `samples` as they are. What an expert of the round has scored blind before, under the
    same wording, comes again only with `again`.
    """

    how: How = "random"
    count: int = Field(default=40, ge=1)
    over: tuple[Balance, ...] = ("score", "model")
    label_field: str = ""
    rater: str = "trained"
    again: bool = False
    samples: tuple[SampleKey, ...] = ()


class HoldOut(Value):
    """Rows on which no wording is tuned: a share of the round's rows, or those named.

    Rows that are held out already stay so, unless `spends`: then their answers serve the wording from now on,
    and no final figure is ever quoted from them again.
    """

    share: float = Field(default=0, ge=0, le=1)
    rows: tuple[RowId, ...] | None = None
    spends: bool = False


class RoundStart(Value):
    """A round as it is put together; `version` None is the newest saved one, `overlap` None lets all score all.

    `repeats` is how many samples each expert meets again, hidden. `language_field` names the reference field
    that tells a row's language. `cures` are the records of rewordings whose disputes this round looks at again.
    """

    title: str = ""
    version: RecordId | None = None
    pick: Pick = Pick()
    experts: tuple[RoundExpert, ...] = ()
    overlap: int | None = Field(default=None, ge=1)
    repeats: int = Field(default=0, ge=0)
    hold_out: HoldOut = HoldOut()
    stop: StopRule | None = None
    tells_lead: bool = False
    cures: tuple[RecordId, ...] = ()
    language_field: str = ""
    seed: int = 0


class Workload(Value):
    """What one expert would have to do. `pace` is her own against the usual one (2: twice as long), None: unknown."""

    person: PersonId
    name: str
    samples: int
    repeats: int
    rows: int
    marks: int
    words: int
    minutes: float
    pace: float | None = None


class RoundNote(Value):
    """Something the lead should know before the round starts: a code, and the facts its sentence is made of.

    one_expert {}: nobody to agree with.
    fewer_samples {wanted, found}.
    no_scores {}: no sample has a score to balance over.
    left_out {dropped, no_point, scored}: how many samples were not to choose from, and why.
    unreadable {samples, rows, languages}: nobody reads them, they are left out.
    fewer_readers {samples, wanted}: fewer than `wanted` read them.
    uneven {least, most}: samples per expert.
    fewer_repeats {wanted, experts: {name: n}}.
    too_long {person, name, minutes, limit, samples, fits, round_fits}: with `fits` samples she would sit as long as
        the limit; the round then has `round_fits` instead of `samples`.
    kept_held_out {rows}: held out before, and still.
    already_tuned {rows}: asked for, but wording was tuned on them.
    spent {rows}: held out before, from now on not.
    nothing_held_out {}: no final figure can come of this round.
    all_held_out {}: nothing is left to tune wording on.
    """

    code: NoteCode
    facts: JsonObject = Field(default_factory=dict)


class RoundProposal(Value):
    """A plan that could start as it is, what it would cost each expert, and what to know about it."""

    plan: RoundPlan
    workloads: tuple[Workload, ...]
    notes: tuple[RoundNote, ...] = ()

    @property
    def lead_scores(self) -> bool:
        """Whether the lead is one of the experts: then as blind as the rest."""
        return self.plan.expert(self.plan.lead) is not None
