"""What is said of proposed edits: names of fields, authors, days, how they stand. Sentences only."""

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.proposed_edit import ProposedEdit, Standing
from rubric_studio.domain.returned_guide import ReturnedComment
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_field import FieldPlace, shown_text
from rubric_studio.ui.day_text import day_text

REFUSED = "refused"
STATE_ICONS = {
    Standing.OPEN: ("empty", "text_muted"),
    Standing.CONFLICT: ("warning", "partly"),
    Standing.ACCEPTED: ("check", "met"),
    Standing.GONE: ("dash", "not_applicable"),
    REFUSED: ("close", "missed"),
}


def field_word(place: FieldPlace) -> str:
    """Name the field of a place: "wording", "grade partly, value"."""
    words = {
        "name": _tr("name of the guide"),
        "title": _tr("title"),
        "wording": _tr("wording"),
        "weight": _tr("weight"),
        "value": _tr("grade {0}, value"),
        "text": _tr("grade {0}, words"),
    }
    return words[place.field].format(place.level)


def owner_title(place: FieldPlace, rubric: Rubric) -> str:
    """The title of the point or part that a field belongs to, as the guide says it now."""
    if not (place.criterion or place.stratum):
        return _tr("The guide")
    return shown_text(rubric, place.model_copy(update={"field": "title", "level": ""}))


def author_words(edit: ProposedEdit) -> str:
    """Who proposes an edit: "Anna Berg and somebody unknown"."""
    names = [name or _tr("somebody unknown") for name in edit.authors]
    if len(names) == 1:
        return names[0]
    return _tr("{0} and {1}").format(", ".join(names[:-1]), names[-1])


def byline(edit: ProposedEdit) -> str:
    """Who proposes an edit, and the day."""
    return dated(author_words(edit), edit.at)


def dated(name: str, at: str) -> str:
    """A name with the day, where the file says it."""
    return f"{name} · {day_text(at)}" if at and day_text(at) else name


def comment_text(comment: ReturnedComment) -> str:
    """A comment as one paragraph, its author first, the words it is about last."""
    who = dated(comment.author or _tr("somebody unknown"), comment.at)
    if comment.is_reply:
        who = _tr("Answer of {0}").format(who)
    if comment.resolved:
        who = _tr("{0} (settled)").format(who)
    words = " ".join(comment.words.split())
    about = _tr("\non: {0}").format(words if len(words) <= 80 else f"{words[:80]}…") if words else ""
    return f"{who}\n{comment.text}" + ("" if comment.is_reply else about)


def standing_words(state: str) -> str:
    """How an edit stands, in a sentence; "" where there is nothing to say."""
    sentences = {
        Standing.CONFLICT: _tr("Look twice: the guide says something else by now."),
        Standing.ACCEPTED: _tr("Accepted: the guide says this now."),
        Standing.GONE: _tr("This is not in the guide any more."),
        REFUSED: _tr("Refused. Nothing of it stays."),
    }
    return sentences.get(state, "")


def summary(accepted: int, refused: int, left: int) -> str:
    """How far somebody has come: "2 accepted, 1 refused, 3 to decide"."""
    return _tr("{0} accepted, {1} refused, {2} to decide").format(accepted, refused, left)


def _tr(text: str) -> str:
    return QCoreApplication.translate("exchange", text)
