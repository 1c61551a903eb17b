"""What people see for services, the homes of keys and what a test tries. It decides nothing."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_SERVICES = {
    "openai": QT_TRANSLATE_NOOP("connection_words", "OpenAI"),
    "azure": QT_TRANSLATE_NOOP("connection_words", "Azure OpenAI"),
    "bedrock": QT_TRANSLATE_NOOP("connection_words", "Amazon Bedrock"),
    "fireworks": QT_TRANSLATE_NOOP("connection_words", "Fireworks"),
    "vllm": QT_TRANSLATE_NOOP("connection_words", "vLLM"),
    "ollama": QT_TRANSLATE_NOOP("connection_words", "Ollama"),
    "lm_studio": QT_TRANSLATE_NOOP("connection_words", "LM Studio"),
    "other": QT_TRANSLATE_NOOP("connection_words", "Another one that speaks OpenAI's language"),
}

_PLACES = {
    "keyring": QT_TRANSLATE_NOOP("connection_words", "This computer's keyring"),
    "environment": QT_TRANSLATE_NOOP("connection_words", "An environment variable"),
    "entra": QT_TRANSLATE_NOOP("connection_words", "Signing in with Microsoft Entra"),
    "none": QT_TRANSLATE_NOOP("connection_words", "No key is needed"),
}

_TRIED = {
    "models": QT_TRANSLATE_NOOP("connection_words", "Names its models"),
    "chat": QT_TRANSLATE_NOOP("connection_words", "Answers by Chat Completions"),
    "responses": QT_TRANSLATE_NOOP("connection_words", "Answers by Responses"),
    "structured": QT_TRANSLATE_NOOP("connection_words", "Keeps to a given form"),
    "n": QT_TRANSLATE_NOOP("connection_words", "Several answers at once"),
    "seed": QT_TRANSLATE_NOOP("connection_words", "Takes a seed"),
    "logprobs": QT_TRANSLATE_NOOP("connection_words", "Tells how sure it was (logprobs)"),
    "batches": QT_TRANSLATE_NOOP("connection_words", "Takes batches"),
}

UNDER_WAY = QT_TRANSLATE_NOOP("connection_words", "Trying: {0}…")

_ENDS = {
    True: QT_TRANSLATE_NOOP("connection_words", "works"),
    False: QT_TRANSLATE_NOOP("connection_words", "does not work"),
    None: QT_TRANSLATE_NOOP("connection_words", "not tried"),
}


def service_name(service: str) -> str:
    """A service as people know it."""
    return _said(_SERVICES[service])


def place_name(place: str) -> str:
    """Where a key is kept."""
    return _said(_PLACES[place])


def tried_name(capability: str) -> str:
    """What a test tried."""
    return _said(_TRIED[capability])


def under_way(message: str) -> str:
    """What is being tried; a server's test names it by its key."""
    return _said(UNDER_WAY).format(_said(_TRIED[message])) if message in _TRIED else message


def end_name(works: bool | None) -> str:
    """How it ended."""
    return _said(_ENDS[works])


def _said(text: object) -> str:
    return QCoreApplication.translate("connection_words", str(text))
