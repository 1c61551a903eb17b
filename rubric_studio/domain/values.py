"""The base of every domain value, and the JSON type they are made of."""

from typing import Any

from pydantic import BaseModel, ConfigDict

# A recursive alias costs pydantic a slow validator for nothing: the readers already gave us JSON.
Json = Any
JsonObject = dict[str, Any]


class Value(BaseModel):
    """A value that never changes and refuses fields it does not know."""

    # What checks a value is built when the first one is made: many kinds of values are not needed at start.
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants", defer_build=True)
