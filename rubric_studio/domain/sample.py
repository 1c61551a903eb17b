"""A sample: one sampled output for a row. Not what anybody thinks of it."""

import hashlib
from json.encoder import encode_basestring_ascii as quoted

from pydantic import Field

from rubric_studio.domain.ids import RowId, SampleKey
from rubric_studio.domain.values import JsonObject, Value


class Sample(Value):
    """One sampled output: untrusted text with the model and run that made it.

    `facts` holds what else the source told (tokens, latency in seconds, finish reason ...), never scored.
    """

    row: RowId = Field(min_length=1)
    model: str
    run: int = Field(default=0, ge=0)
    text: str
    facts: JsonObject = Field(default_factory=dict)

    @property
    def key(self) -> SampleKey:
        """The sample's identity wherever the project travels."""
        return sample_key(self.row, self.model, self.run, self.text)

    @property
    def place(self) -> tuple[str, str, int]:
        """(row, model, run): two texts at one place are a complaint."""
        return (self.row, self.model, self.run)


def sample_key(row: str, model: str, run: int, text: str) -> SampleKey:
    """Identity of a sample: 32 hex digits of a SHA-256 over row, model, run and the text's hash."""
    text_hash = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    place = f'[{quoted(row)}, {quoted(model)}, {run}, "{text_hash}"]'  # JSON, in a quarter of the time
    return SampleKey(hashlib.sha256(place.encode("ascii")).hexdigest()[:32])
