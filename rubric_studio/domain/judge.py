"""A judge: a model with a fixed way of asking it for marks; and a panel of several. Not what they said."""

import hashlib
from typing import Literal

from pydantic import Field

from rubric_studio.domain.canonical import canonical_json
from rubric_studio.domain.model_call import Api, Parameters
from rubric_studio.domain.values import Value

JUDGE_PROMPT_VERSION = "1"
"""Of the words and the order in `judge_prompt.py`: a change there makes every judge another one."""

JudgeMode = Literal["criterion", "stratum", "sample"]
PanelRule = Literal["mean", "median", "majority"]


class JudgeConfig(Value):
    """A named way of asking a model for marks. `mode` says what one call marks: a criterion, a stratum or all.

    `number` counts the versions of one name. `instructions` are the user's own words, added to ours.
    `repeats` is how often each question is asked. Name, number, connection and repeats are not in the hash.
    """

    name: str = Field(min_length=1)
    number: int = Field(default=1, ge=1)
    connection: str = ""
    """Id of the connection on the computer where it was made; on another one it is chosen again."""
    model: str = Field(min_length=1)
    api: Api = "chat"
    mode: JudgeMode = "criterion"
    instructions: str = ""
    parameters: Parameters = Parameters()
    repeats: int = Field(default=1, ge=1, le=20)

    @property
    def rater(self) -> str:
        """The name under which its verdicts stand: each version is a rater of its own, so none are mixed."""
        return self.name if self.number == 1 else f"{self.name} ({self.number})"

    @property
    def hash(self) -> str:
        """64 hex digits: the SHA-256 of canonical JSON of {model, api, mode, instructions, parameters, version}."""
        included = {"model", "api", "mode", "instructions", "parameters"}
        told = self.model_dump(mode="json", include=included) | {"version": JUDGE_PROMPT_VERSION}
        return hashlib.sha256(canonical_json(told).encode("utf-8", "surrogatepass")).hexdigest()


class Panel(Value):
    """Several judges as one rater: the mean, the median or the majority of what its members say.

    Where a member did not mark, the panel has not marked either; a majority that is split is none.
    """

    name: str = Field(min_length=1)
    members: tuple[str, ...] = Field(min_length=2)
    """Names of raters."""
    rule: PanelRule = "mean"
