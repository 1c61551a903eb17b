"""What goes into a bundle, ready to be written: values only. How it is written is in `targets`."""

from typing import Literal

from pydantic import Field

from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.prompt import PromptTemplate
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.values import JsonObject, Value

Part = Literal["train", "validation"]

Mark = float | Literal["not_applicable"] | None
"""What a judge or an expert said of a judged criterion: a value, not applicable, or None for unscored."""


class BundleRow(Value):
    """A row that goes out, and the part it was drawn into. The test part stays at home."""

    row: Row
    part: Part


class RecordedSample(Value):
    """A sample with the score it had when the bundle was made; whoever gets the bundle computes it again.

    `marks` holds the judged criteria that apply, rows' own under "row:KEY"; `score` is None where `reason`
    says why; `strata` holds a = S / M, None where the stratum dropped out or is not known yet.
    """

    row: str
    model: str
    run: int = Field(default=0, ge=0)
    text: str
    marks: dict[str, Mark] = Field(default_factory=dict)
    score: float | None = Field(default=None, allow_inf_nan=False)
    reason: str = ""
    strata: dict[str, float | None] = Field(default_factory=dict)


class BundleOptions(Value):
    """What the user asked for. `judge_model` and `base_model` name models of the trainer's service."""

    targets: tuple[str, ...] = Field(min_length=1)
    seed: int = 0
    leave_out: tuple[str, ...] = ()
    judge_model: str | None = None
    base_model: str | None = None


class BundleContent(Value):
    """Everything a bundle is made of; the same content makes the same bytes.

    `rubric` is what is exported: the saved version without what `options.leave_out` names, and the scores
    of `samples` are those of this rubric. `evidence` says who marks what and how well they agree; `notes`
    are sentences for people (rows left out, and why).
    """

    project: str
    rubric: Rubric
    rubric_id: str
    version: int = Field(ge=1)
    version_note: str = ""
    author: str = ""
    saved_at: str = ""
    rows: tuple[BundleRow, ...] = ()
    samples: tuple[RecordedSample, ...] = ()
    evidence: JsonObject = Field(default_factory=dict)
    options: BundleOptions
    notes: tuple[str, ...] = ()
    own_code: dict[str, str] = Field(default_factory=dict)
    """By key of an own-code criterion: "" where both ways to run it agree on every sample, else what is in the way."""
    prompt: PromptTemplate | None = None
    """The way of asking that training and use will have; None sends each row's own prompt."""
    judge: JudgeConfig | None = None
    """How the judge was asked whose marks count; None where it came from elsewhere, or there is none."""

    def part(self, part: Part) -> tuple[Row, ...]:
        """The rows of one part, in their order."""
        return tuple(entry.row for entry in self.rows if entry.part == part)


class Objection(Value):
    """Why a target cannot carry a criterion, in plain words.

    `criterion` is the key of a criterion or a stratum, or "" where the trouble is not with one;
    `can_leave_out` says whether leaving it out is a way on.
    """

    criterion: str
    message: str
    can_leave_out: bool = True


class UntrainableRow(Value):
    """A row that cannot go out: whatever a model answers, it gets no score, or there is nothing to ask.

    `criterion` is the key of the criterion at fault, "" where it is none in particular.
    """

    row: str
    criterion: str = ""
    reason: str


class BundleReport(Value):
    """What was written: the files by relative path, and the hash of the manifest that names them all."""

    directory: str
    files: tuple[str, ...]
    manifest_sha256: str
    train: int
    validation: int
    samples: int


class Verification(Value):
    """What a look at somebody's bundle found. `whole` is the verdict; the rest says why.

    `changed`, `missing` and `extra` are relative paths; `rescored` counts samples whose score was computed
    again, None where that was not done (`note` says why); `differing` names samples that scored otherwise.
    """

    whole: bool
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    rescored: int | None = None
    differing: tuple[str, ...] = ()
    note: str = ""
