"""A key or token as it is passed around: never shown by accident. Where keys are kept is in `keys.py`."""

import re

HIDDEN = "[key]"
LOOKS_LIKE_A_KEY = re.compile(
    r"\b(?:sk|rk|gsk)[-_][\w*.\-]{6,}|\bfw_\w{12,}|\bBearer\s+[\w.\-~+/=*]{6,}|\beyJ[\w\-]{10,}[\w.\-]*"
)
"""Keys of the usual services, also half starred out as some servers quote them, and tokens."""
SHORTEST = 6
"""A shorter "key" (as local servers take) may be a word of any sentence: it is no secret."""
SHORTEST_IN_ANSWERS = 16
"""In a model's own words only what can be nothing else is taken for a key: no answer is changed by chance."""


class Secret:
    """A key; `reveal()` is the only way to its text."""

    __slots__ = ("_told", "is_token")

    def __init__(self, told: str, *, is_token: bool = False) -> None:
        self._told = told
        self.is_token = is_token

    def reveal(self) -> str:
        """The key itself, for the header of a request."""
        return self._told

    def __repr__(self) -> str:
        return f"Secret({HIDDEN})"

    def __reduce__(self) -> str:
        raise TypeError("a key is not written down")


def scrubbed(text: str, secret: Secret | None = None) -> str:
    """The text without the key, and without anything that looks like one."""
    if secret is not None and len(secret.reveal()) >= SHORTEST:
        text = text.replace(secret.reveal(), HIDDEN)
    return LOOKS_LIKE_A_KEY.sub(HIDDEN, text)


def without_key(body: bytes, secret: Secret | None) -> bytes:
    """What a server answered without the key, should it send that back: answers are kept in projects."""
    key = b"" if secret is None else secret.reveal().encode()
    return body.replace(key, HIDDEN.encode()) if len(key) >= SHORTEST_IN_ANSWERS else body
