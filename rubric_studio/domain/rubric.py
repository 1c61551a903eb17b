"""A rubric: ordered strata of criteria with levels, weights and gates. How it is scored is in `grader`."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal, Self, cast

from pydantic import (
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    field_validator,
    model_serializer,
    model_validator,
)

from rubric_studio.domain.graders import FUNCTION_NAMES, GraderPoint, grader_points
from rubric_studio.domain.ids import CriterionKey, RowId, SampleKey, StratumKey
from rubric_studio.domain.kinds import JudgedKind, Kind
from rubric_studio.domain.values import Value

KEY_PATTERN = re.compile(r"[a-z][a-z0-9_]*")
GRADERS_KEY = StratumKey("graders")
"""The stratum that a rubric makes of its imported graders; its JSON shows the graders instead."""

Aggregation = Literal["stratified", "points_clipped", "points_shifted", "formula"]
Weight = Annotated[float, Field(allow_inf_nan=False)]


def checked_key(key: str) -> str:
    """Give back a key that a formula can name, or raise ValueError saying what is wrong with it."""
    if not KEY_PATTERN.fullmatch(key):
        raise ValueError(f'"{key}" is no key: small letters, digits and _, beginning with a letter')
    if key in FUNCTION_NAMES:
        raise ValueError(f'"{key}" is the name of a function in formulas')
    return key


class Anchor(Value):
    """A sample, or a passage of one, that shows what a level means ("this is a 0.45"); its text travels along."""

    row: RowId
    sample: SampleKey
    text: str
    note: str = ""


class Level(Value):
    """A level of a criterion: a value in [0, 1] and the words that say when it applies, with examples."""

    key: str = Field(min_length=1)
    value: float = Field(ge=0.0, le=1.0, allow_inf_nan=False)
    text: str = ""
    anchors: tuple[Anchor, ...] = ()

    @model_serializer(mode="wrap")
    def _without_empty_anchors(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data = write(self)
        if not self.anchors:
            data.pop("anchors", None)
        return data


class Gate(Value):
    """How far a stratum must be reached (0 < at <= 1) before later strata count."""

    at: float = Field(gt=0.0, le=1.0, allow_inf_nan=False)
    mode: Literal["hard", "soft"] = "hard"


class When(Value):
    """Applies to rows whose reference field (a path) holds one of the listed values."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    field: str = Field(min_length=1)
    any_of: tuple[Any, ...] = Field(alias="in")


class Criterion(Value):
    """One thing that is looked at. A negative weight is a fault that costs points."""

    key: CriterionKey
    title: str = ""
    wording: str = ""
    weight: Weight = 1.0
    kind: Kind = Field(default_factory=JudgedKind)
    levels: tuple[Level, ...] = ()
    when: When | None = None
    allow_na: bool = False

    @field_validator("key")
    @classmethod
    def _key_is_nameable(cls, key: CriterionKey) -> CriterionKey:
        return CriterionKey(checked_key(key))

    @model_validator(mode="after")
    def _levels_have_keys_of_their_own(self) -> Self:
        twice = repeated(level.key for level in self.levels)
        if twice:
            raise ValueError(f"levels share a key: {', '.join(twice)}")
        return self

    @property
    def is_judged(self) -> bool:
        """Whether a judge or an expert decides, not a program."""
        return isinstance(self.kind, JudgedKind)

    @property
    def words(self) -> str:
        """What a rater reads: the wording, or the title where nobody has written one yet."""
        return self.wording or self.title

    @property
    def is_fault(self) -> bool:
        """Whether meeting it costs points."""
        return self.weight < 0


class RawLevel(Level):
    """A grade of an imported grader: its value is a raw number."""

    value: float = Field(allow_inf_nan=False)


class GraderCriterion(Criterion):
    """An imported grader as a criterion: its key is a name of the formula, which may hold capitals."""

    @field_validator("key")
    @classmethod
    def _key_is_nameable(cls, key: CriterionKey) -> CriterionKey:
        return key  # `grader_points` has checked it with the place in the file


class Stratum(Value):
    """One layer of the rubric, with a weight and perhaps a gate."""

    key: StratumKey
    title: str = ""
    weight: float = Field(default=1.0, ge=0.0, allow_inf_nan=False)
    gate: Gate | None = None
    when: When | None = None
    criteria: tuple[Criterion, ...] = ()

    @field_validator("key")
    @classmethod
    def _key_is_nameable(cls, key: StratumKey) -> StratumKey:
        return StratumKey(checked_key(key))


class Rubric(Value):
    """Ordered strata and how their values become one score.

    `row_criteria` names the stratum that takes the rows' own criteria; None leaves them unscored.
    `graders` are those of an imported multi grader, word for word; the last stratum is made of them.
    """

    name: str = ""
    aggregation: Aggregation = "stratified"
    row_criteria: StratumKey | None = StratumKey("row")
    strata: tuple[Stratum, ...] = ()
    formula: str | None = None
    graders: dict[str, Any] | None = None

    @model_validator(mode="before")
    @classmethod
    def _graders_are_criteria(cls, data: Any) -> Any:
        return _with_graders_stratum(cast(dict[str, Any], data)) if isinstance(data, dict) else data

    @field_validator("row_criteria")
    @classmethod
    def _row_criteria_is_a_key(cls, key: StratumKey | None) -> StratumKey | None:
        return None if key is None else StratumKey(checked_key(key))

    @model_validator(mode="after")
    def _keys_are_used_once(self) -> Self:
        for what, keys in (
            ("strata", [stratum.key for stratum in self.strata]),
            ("criteria", [criterion.key for criterion in self.criteria()]),
        ):
            twice = repeated(keys)
            if twice:
                raise ValueError(f"{what} share a key: {', '.join(twice)}")
        return self

    @model_validator(mode="after")
    def _faults_are_shares_where_stratified(self) -> Self:
        if self.aggregation == "stratified":
            heavy = [c.key for c in self.criteria() if c.weight < -1]
            if heavy:
                raise ValueError(
                    f"negative weights below -1: {', '.join(heavy)}. In a stratified rubric a negative "
                    "weight is a share of the final score, from -1 to 0"
                )
        return self

    @model_validator(mode="after")
    def _a_formula_comes_with_its_aggregation(self) -> Self:
        if (self.aggregation == "formula") != (self.formula is not None):
            raise ValueError('"formula" goes with the aggregation "formula", and only with it')
        if self.graders is not None and self.formula is None:
            raise ValueError('"graders" go with the aggregation "formula", and only with it')
        return self

    def criteria(self) -> Iterator[Criterion]:
        """The rubric's own criteria, stratum by stratum."""
        for stratum in self.strata:
            yield from stratum.criteria

    def criterion(self, key: str) -> Criterion | None:
        """The criterion of that key, if the rubric has it."""
        return next((c for c in self.criteria() if c.key == key), None)

    def stratum_of(self, key: str) -> Stratum | None:
        """The stratum in which the criterion of that key lies."""
        return next((s for s in self.strata if any(c.key == key for c in s.criteria)), None)

    def to_json(self) -> dict[str, Any]:
        """The rubric in the form of design section 8, absent options left out of it."""
        data = self.model_dump(mode="json", by_alias=True)
        if self.graders is not None:
            data["strata"] = [stratum for stratum in data["strata"] if stratum["key"] != GRADERS_KEY]
        for name in ("formula", "graders"):
            if data[name] is None:
                del data[name]
        return data

    @property
    def has_graders(self) -> bool:
        """Whether it was imported with graders that run as they are."""
        return bool(self.graders)


def _with_graders_stratum(data: dict[str, Any]) -> dict[str, Any]:
    """The fields of a rubric, its last stratum made anew of its graders; without graders it has none."""
    given = data.get("strata") or ()
    if not isinstance(given, (list, tuple)):
        return data  # what it should be is said where it is read
    given = cast("list[Any] | tuple[Any, ...]", given)
    own = [stratum for stratum in given if not _is_made_of_graders(stratum)]
    graders = data.get("graders")
    if not isinstance(graders, dict) or not graders:
        return data if len(own) == len(given) else {**data, "strata": own}
    criteria = [_grader_criterion(point) for point in grader_points(cast(dict[str, Any], graders))]
    return {**data, "strata": [*own, Stratum(key=GRADERS_KEY, title="Graders", criteria=tuple(criteria))]}


def _is_made_of_graders(stratum: object) -> bool:
    if not isinstance(stratum, Stratum) or stratum.key != GRADERS_KEY:
        return False
    return all(isinstance(each, GraderCriterion) for each in stratum.criteria)


def _grader_criterion(point: GraderPoint) -> GraderCriterion:
    return GraderCriterion(
        key=CriterionKey(point.key),
        title=point.title,
        wording=point.wording,
        kind=point.kind,
        levels=tuple(RawLevel(key=each.key, value=each.value, text=each.text) for each in point.levels),
    )


def repeated(keys: Iterable[str]) -> list[str]:
    """The keys that occur more than once, in order."""
    return [key for key, times in Counter(keys).items() if times > 1]


ANSWER_LEVELS = (Level(key="yes", value=1.0, text="Yes"), Level(key="no", value=0.0, text="No"))
"""Grades offered where a judged criterion has no levels of its own."""

STARTING_LEVELS = (
    Level(key="fully", value=1.0, text=""),
    Level(key="partly", value=0.5, text=""),
    Level(key="no", value=0.0, text=""),
)
"""Levels of a new criterion: fully, partly, no."""
