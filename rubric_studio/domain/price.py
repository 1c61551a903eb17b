"""What tokens cost, and what calls then cost. Prices are the user's; none is looked up."""

from pydantic import Field

from rubric_studio.domain.model_call import Usage
from rubric_studio.domain.values import Value

MILLION = 1_000_000


class Price(Value):
    """The price of a million tokens, in one currency, as of a date (ISO 8601) and with its source."""

    model: str
    """The model's name, or the beginning of it: the longest that fits counts."""
    prompt: float = Field(ge=0.0, allow_inf_nan=False)
    answer: float = Field(ge=0.0, allow_inf_nan=False)
    cached: float | None = Field(default=None, ge=0.0, allow_inf_nan=False)
    batch_share: float = Field(default=0.5, ge=0.0, le=1.0)
    """What a batch costs of the price of single calls."""
    currency: str = "USD"
    as_of: str = ""
    source: str = ""

    def cost(self, usage: Usage, *, batch: bool = False) -> float:
        """What that many tokens cost."""
        cached = usage.cached if self.cached is not None else 0
        full = (
            (usage.prompt - cached) * self.prompt + usage.answer * self.answer + cached * (self.cached or 0.0)
        )
        return full / MILLION * (self.batch_share if batch else 1.0)


def price_of(model: str, prices: tuple[Price, ...]) -> Price | None:
    """The price that holds for a model: of the names that it begins with, the longest one's."""
    fitting = [price for price in prices if model.startswith(price.model)]
    return max(fitting, key=lambda price: len(price.model), default=None)
