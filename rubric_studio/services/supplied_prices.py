"""The price table that comes with the program, read from `resources/prices.json`. The user's own are in `prices.py`."""

import json
from functools import cache

from rubric_studio.domain.price import Price
from rubric_studio.resources import resource


@cache
def supplied_prices() -> tuple[Price, ...]:
    """Public list prices, each with its date and its source."""
    told = json.loads(resource("prices.json").read_text("utf-8"))
    return tuple(Price.model_validate(each) for each in told["prices"])
