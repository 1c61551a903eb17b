"""The price table: what comes with the program, under what the user wrote. Estimates are elsewhere."""

from collections.abc import Callable, Sequence
from typing import cast

from pydantic import ValidationError

from rubric_studio.domain.price import Price, price_of
from rubric_studio.services.ports import KeptFile


class Prices:
    """Prices by model name. The user's stand over those that came with the program."""

    def __init__(self, kept: KeptFile, supplied: Callable[[], Sequence[Price]] = tuple) -> None:
        self._kept = kept
        self._supplied = supplied

    def all(self) -> tuple[Price, ...]:
        """Every price, the user's own in the place of those supplied for the same name, ordered by name."""
        supplied = {price.model: price for price in self._supplied()}
        own = {price.model: price for price in self._own()}
        return tuple(sorted((supplied | own).values(), key=_name))

    def of(self, model: str) -> Price | None:
        """The price that holds for a model, None where none is known."""
        return price_of(model, self.all())

    def put(self, price: Price) -> None:
        """Add a price, or change the one of its name."""
        kept = [each for each in self._own() if each.model != price.model]
        self._write([*kept, price])

    def remove(self, model: str) -> None:
        """Forget the user's own price; a supplied one of that name holds again."""
        self._write([each for each in self._own() if each.model != model])

    def is_own(self, model: str) -> bool:
        """Whether the user wrote the price of exactly that name."""
        return any(price.model == model for price in self._own())

    def _own(self) -> list[Price]:
        told = self._kept.read().get("prices", [])
        found = [_read(each) for each in cast(list[object], told)] if isinstance(told, list) else []
        return [price for price in found if price is not None]

    def _write(self, prices: Sequence[Price]) -> None:
        self._kept.write(self._kept.read() | {"prices": [price.model_dump(mode="json") for price in prices]})


def _name(price: Price) -> str:
    return price.model


def _read(told: object) -> Price | None:
    try:
        return Price.model_validate(told)
    except ValidationError:
        return None
