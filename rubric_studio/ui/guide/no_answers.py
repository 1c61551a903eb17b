"""What stands in the place of answers where there are none. It decides nothing."""

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.rubric import Rubric
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.labels import label
from rubric_studio.ui.look import Look


def no_question(look: Look) -> EmptyState:
    """Return what stands there in a project without questions."""
    words = _tr("No questions yet. Bring in your Excel file: we show you what we understood first.")
    return EmptyState(look, words, main=_tr("Bring in a file"), icon="questions")


def no_answer(look: Look) -> EmptyState:
    """Return what stands there for a question without answers."""
    words = _tr("This question has no answers yet. Bring in what the models answered to mark it here.")
    return EmptyState(look, words, main=_tr("Bring in answers"), icon="columns")


def none_fits(look: Look) -> EmptyState:
    """Return what stands there where the filter leaves nothing."""
    return EmptyState(look, _tr("No answer fits the filter."), main=_tr("Show all answers"), icon="filter")


def no_point_words(rubric: Rubric) -> str:
    """Return why a question's answers have no point under them."""
    if any(True for _ in rubric.criteria()):
        words = _tr("No {point} of the guide applies to this question.")
        return words.format(point=label("criterion"))
    return _tr("No points yet. Write the first one in the guide: one thing that a good answer must have.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("no_answers", text)
