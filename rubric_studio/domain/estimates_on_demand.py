"""Groups of estimates, each worked out when it is first asked for: most are never looked at. No statistic is here."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Generic, Literal, TypeVar

from rubric_studio.domain.estimate import Estimate
from rubric_studio.domain.rating_table import Weights

Metric = Literal["nominal", "ordinal", "interval"]
_Name = TypeVar("_Name", bound=str)
_Key = TypeVar("_Key")
_Found = TypeVar("_Found")


class _Named(Generic[_Name]):
    """Some estimates by name; equal where all of them are."""

    _fields: tuple[_Name, ...] = ()

    def __init__(self, of: Callable[[_Name], Estimate]) -> None:
        self._of = cache(of)

    def by_name(self) -> dict[str, Estimate]:
        """All of them."""
        return {name: self._of(name) for name in self._fields}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.by_name() == other.by_name()

    def __hash__(self) -> int:
        return hash(tuple(self.by_name().values()))


class ByWeights(_Named[Weights]):
    """A kappa with each kind of weights."""

    _fields = ("plain", "linear", "quadratic")

    @property
    def plain(self) -> Estimate:
        """Every two different levels disagree alike."""
        return self._of("plain")

    @property
    def linear(self) -> Estimate:
        """By the distance of what levels are worth."""
        return self._of("linear")

    @property
    def quadratic(self) -> Estimate:
        """By its square."""
        return self._of("quadratic")


class ByScale(_Named[Metric]):
    """Alpha with the levels taken as names, as an order, and as what they are worth."""

    _fields = ("nominal", "ordinal", "interval")

    @property
    def nominal(self) -> Estimate:
        """Levels are names."""
        return self._of("nominal")

    @property
    def ordinal(self) -> Estimate:
        """Levels have an order."""
        return self._of("ordinal")

    @property
    def interval(self) -> Estimate:
        """Levels are numbers."""
        return self._of("interval")


class OnDemand(Mapping[_Key, _Found]):
    """A mapping whose keys are known and whose values are worked out when they are first asked for."""

    def __init__(self, keys: tuple[_Key, ...], of: Callable[[_Key], _Found]) -> None:
        self._keys = dict.fromkeys(keys)
        self._of = cache(of)

    def __getitem__(self, key: _Key) -> _Found:
        if key not in self._keys:
            raise KeyError(key)
        return self._of(key)

    def __iter__(self) -> Iterator[_Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
