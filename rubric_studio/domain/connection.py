"""A connection: an endpoint that speaks OpenAI's API, as one computer knows it. Its key is not in it."""

from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from rubric_studio.domain.model_call import Api
from rubric_studio.domain.values import Value

Service = Literal["openai", "azure", "bedrock", "fireworks", "vllm", "ollama", "lm_studio", "other"]
KeyPlace = Literal["keyring", "environment", "entra", "none"]

USUAL_ADDRESSES: dict[Service, str] = {
    "openai": "https://api.openai.com/v1",
    "azure": "https://RESOURCE.openai.azure.com/openai/v1",
    "bedrock": "https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1",
    "fireworks": "https://api.fireworks.ai/inference/v1",
    "vllm": "http://localhost:8000/v1",
    "ollama": "http://localhost:11434/v1",
    "lm_studio": "http://localhost:1234/v1",
    "other": "",
}
USUAL_VARIABLES: dict[Service, str] = {
    "openai": "OPENAI_API_KEY",
    "azure": "AZURE_OPENAI_API_KEY",
    "bedrock": "AWS_BEARER_TOKEN_BEDROCK",
    "fireworks": "FIREWORKS_API_KEY",
}


LONGEST_VARIABLE = 60
KEYS_BEGIN = ("sk_", "rk_", "gsk_", "fw_", "hf_", "eyJ", "ABSK")
"""How keys of usual services begin that could also be a name."""


def is_variable(name: str) -> bool:
    """Whether that can be the name of an environment variable, or is "": a key that was put there by mistake is not."""
    is_name = name.isascii() and name.isidentifier() and len(name) <= LONGEST_VARIABLE
    return not name or (is_name and not name.startswith(KEYS_BEGIN))


class Connection(Value):
    """Where models are asked, by which way, how fast at most. Kept on this computer, in no project.

    `variable` names the environment variable of a key kept there. `api_version` is for Azure's older addresses
    (those without /openai/v1). `timeout` is in seconds, for one call. A limit of None is not known: the headers of
    the server's answers tell.
    """

    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    service: Service = "other"
    base_url: str
    key_place: KeyPlace = "keyring"
    variable: str = ""
    api_version: str = ""
    api: Api = "chat"
    models: tuple[str, ...] = ()
    concurrency: int = Field(default=8, ge=1, le=256)
    requests_per_minute: int | None = Field(default=None, ge=1)
    tokens_per_minute: int | None = Field(default=None, ge=1)
    timeout: float = Field(default=120.0, gt=0.0, le=3600.0)
    takes_n: bool = True
    """Whether several answers may be asked for in one call; a server that ignores it is found out and topped up."""
    takes_batches: bool = False

    @field_validator("base_url")
    @classmethod
    def _is_an_address(cls, address: str) -> str:
        parts = urlsplit(address.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("an address begins with https:// or http:// and names a server")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("an address holds no key, name or password: keys have a place of their own")
        return address.strip().rstrip("/")

    @field_validator("variable")
    @classmethod
    def _is_a_name(cls, variable: str) -> str:
        if not is_variable(variable):
            raise ValueError("a variable's name is letters, digits and underscores; a key is none")
        return variable

    @property
    def endpoint(self) -> str:
        """The address by which answers are known: models of one name may differ between servers."""
        return self.base_url.lower()

    @property
    def host(self) -> str:
        """The server's name, as people are told where their texts go."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def is_local(self) -> bool:
        """Whether the server is this very computer, so that nothing leaves it."""
        return is_this_computer(self.base_url)


def is_this_computer(address: str) -> bool:
    """Whether an address leads to this very computer."""
    return urlsplit(address).hostname in ("localhost", "127.0.0.1", "::1")


class Capability(Value):
    """Whether a connection can do one thing: yes, no, or not tried (None), and what was seen."""

    name: Literal["models", "chat", "responses", "structured", "n", "seed", "logprobs", "batches"]
    works: bool | None
    said: str = ""


class ConnectionReport(Value):
    """What a test of a connection found."""

    capabilities: tuple[Capability, ...] = ()
    models: tuple[str, ...] = ()
    model: str = ""
    """The model that was asked."""
    latency: float | None = None
    at: str = ""

    def works(self, name: str) -> bool | None:
        """Whether one thing works; None where it was not tried."""
        return next((each.works for each in self.capabilities if each.name == name), None)
