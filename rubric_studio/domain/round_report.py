"""The report on rounds, for the file: values only. How it is written is in `targets`, what it says in a template."""

from pydantic import Field

from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.values import Value


class ReportFigure(Value):
    """One statistic: its name (see `domain/round.py`), value and 95 % interval, or in words why it is withheld.

    `of` names what it is of, where it does not stand beside it.
    """

    name: str
    of: str = ""
    n: int = Field(ge=0)
    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str = ""


class ReportPoint(Value):
    """Agreement on one criterion; `figures` with the advised one first, `why` it is, in words."""

    title: str
    n: int
    raters: int
    figures: tuple[ReportFigure, ...]
    why: str = ""


class ReportSigner(Value):
    """An expert of a round: who, how many marks counted, and when she handed them in ("" where it is not known)."""

    name: str
    marks: int
    at: str = ""


class ReportRound(Value):
    """One round. Times are ISO 8601 UTC; `closed_at` is "" while it is open."""

    title: str
    version: int
    started_at: str
    started_by: str
    closed_at: str
    closed_by: str
    answers: int
    held_out: int
    signers: tuple[ReportSigner, ...]
    rule: str = ""
    """The statistic of the stop rule, "" without one."""
    target: float | None = None
    lower: float | None = None
    least: int | None = None
    standing: str = ""


class ReportDecision(Value):
    """One settled difference, with what everybody had said."""

    point: str
    question: str
    views: tuple[tuple[str, str, str], ...]
    """(name, grade, reason) of each expert."""
    decided: str
    cause: str
    reason: str
    by: str
    at: str


class ReportRewording(Value):
    """How one wording became another, and agreement on the same answers before and after.

    `other_people`: not the same people marked those answers. `again` is the version that took the words before up
    again, 0 where none did.
    """

    point: str
    before: str
    after: str
    version: int
    n: int = 0
    change: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    other_people: bool = False
    again: int = 0


class RoundReport(Value):
    """Everything in the report. `final` are the figures that may be quoted; `final_reason` why there are none."""

    project: str
    made_at: str
    made_by: str
    rubric: Rubric
    version: int
    version_at: str
    basis: str
    final: tuple[ReportFigure, ...] = ()
    final_reason: str = ""
    final_answers: int = 0
    final_experts: int = 0
    same: ReportFigure | None = None
    points: tuple[ReportPoint, ...] = ()
    strata: tuple[ReportPoint, ...] = ()
    total: ReportPoint | None = None
    rounds: tuple[ReportRound, ...] = ()
    decisions: tuple[ReportDecision, ...] = ()
    rewordings: tuple[ReportRewording, ...] = ()
    held_back: int = 0
    """How many differences lie on held-out rows, which are not told."""
