"""Where the keys of connections are: the system's keyring, the environment, or this session's memory. Never a file."""

import os
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Literal

from rubric_studio.domain.connection import USUAL_VARIABLES, Connection
from rubric_studio.llm.secret import Secret

KEYRING_SERVICE = "rubric-studio"
ENTRA_VARIABLE = "AZURE_OPENAI_AD_TOKEN"
KeyHome = Literal["keyring", "session", "environment", "none"]

NO_KEYRING = (
    "This computer has no keyring that keys can be kept in. A key is held until you close the program; "
    "to have it next time, put it into an environment variable."
)


class Keys:
    """Keys of connections. The keyring is looked for when it is first needed: importing it takes a while."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = environment
        self._held: dict[str, Secret] = {}
        self._refused = ""

    def keyring_trouble(self) -> str:
        """Why keys cannot be kept on this computer, in words; "" where they can."""
        if self._refused:
            return self._refused
        return "" if _has_keyring() else NO_KEYRING

    def home(self, connection: Connection) -> KeyHome:
        """Where the connection's key is; "none" where there is none."""
        if connection.id in self._held:
            return "session"
        if connection.key_place == "keyring" and self._from_keyring(connection) is not None:
            return "keyring"
        if self._variable(connection) in self._environment or signs_in_by_itself(connection):
            return "environment"
        return "none"

    def put(self, connection: Connection, key: str) -> KeyHome:
        """Keep a key; for the session only where the computer has no keyring. Says where it is."""
        self._held.pop(connection.id, None)
        key = key.strip()
        if connection.key_place == "keyring" and self._into_keyring(connection, key):
            return "keyring"
        self._held[connection.id] = Secret(key, is_token=connection.key_place == "entra")
        return "session"

    def forget(self, connection: Connection) -> None:
        """Forget the key; one in the environment is not ours to take away."""
        self._held.pop(connection.id, None)
        if not _has_keyring():
            return
        import keyring
        from keyring.errors import KeyringError

        try:
            if keyring.get_password(KEYRING_SERVICE, connection.id) is not None:
                keyring.delete_password(KEYRING_SERVICE, connection.id)
        except KeyringError as error:
            self._refused = _refusal(error)

    def secret(self, connection: Connection) -> Secret | None:
        """The key itself, for the adapter that sends it; None where there is none."""
        held = self._held.get(connection.id)
        if held is not None or connection.key_place == "none":
            return held
        kept = self._from_keyring(connection) if connection.key_place == "keyring" else None
        if kept is not None:
            return kept
        told = self._environment.get(self._variable(connection), "").strip()
        return Secret(told, is_token=connection.key_place == "entra") if told else None

    def _variable(self, connection: Connection) -> str:
        """The variable that this connection names. One whose key is in the keyring has none unless it says so."""
        match connection.key_place:
            case "environment":
                return connection.variable or USUAL_VARIABLES.get(connection.service, "")
            case "entra":
                return connection.variable or ENTRA_VARIABLE
            case "keyring":
                return connection.variable
            case "none":
                return ""

    def _from_keyring(self, connection: Connection) -> Secret | None:
        if not _has_keyring():
            return None
        import keyring
        from keyring.errors import KeyringError

        try:
            told = keyring.get_password(KEYRING_SERVICE, connection.id)
        except KeyringError as error:
            self._refused = _refusal(error)
            return None
        return Secret(told) if told else None

    def _into_keyring(self, connection: Connection, key: str) -> bool:
        if not _has_keyring():
            return False
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(KEYRING_SERVICE, connection.id, key)
        except KeyringError as error:
            self._refused = _refusal(error)
            return False
        self._refused = ""
        return True


def signs_in_by_itself(connection: Connection) -> bool:
    """Whether Azure's own library is here to fetch Entra tokens."""
    return connection.key_place == "entra" and find_spec("azure") is not None and _has_azure_identity()


def _has_azure_identity() -> bool:
    return find_spec("azure.identity") is not None


def _has_keyring() -> bool:
    """Whether the system has a keyring; `fail` and `null` stand for none, a chainer may chain nothing."""
    import keyring

    backend = keyring.get_keyring()
    if type(backend).__module__ in ("keyring.backends.fail", "keyring.backends.null"):
        return False
    return bool(getattr(backend, "backends", True))


def _refusal(error: Exception) -> str:
    """A keyring that is there and does not open; its words never hold the key, its type says enough."""
    return (
        f"The keyring of this computer did not open ({type(error).__name__}). Unlock it and try again; "
        "until then a key is held only while the program runs."
    )
