"""What a project leaves out of what it sends, remembered from one run to the next as a setting of the project."""

from pydantic import ValidationError

from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.redaction import Redaction
from rubric_studio.services.edits import ChangeSetting
from rubric_studio.services.ports import Store

SETTING = "redaction"


def kept_redaction(store: Store) -> Redaction:
    """What was left out last; nothing where nobody said, or a newer program said it."""
    heads = [head for head in store.heads(RecordKind.SETTING, subjects=[SETTING]) if head.body is not None]
    if not heads or heads[-1].body is None:
        return Redaction()
    try:
        return Redaction.model_validate(heads[-1].body["value"])
    except (KeyError, ValidationError):
        return Redaction()


def keep(redaction: Redaction) -> ChangeSetting:
    """The edit that remembers it."""
    value = None if redaction.is_empty else redaction.model_dump(mode="json")
    return ChangeSetting(name=SETTING, value=value, label="Remember what is left out")
