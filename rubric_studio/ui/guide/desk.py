"""Where the editor's controls hand in their changes: a whole new rubric goes out, or a problem comes back."""

from collections.abc import Mapping, Sequence

from pydantic import ValidationError
from PySide6.QtCore import QCoreApplication, QObject, Signal

from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_edits import RubricEdit
from rubric_studio.grader.formula import names_in, parse
from rubric_studio.ui.guide.code_trials import CodeTrials


class GuideDesk(QObject):
    """Holds the rubric that the editor shows. It saves nothing: whoever listens to `changed` does.

    `changed` carries the rubric after one finished gesture and the gesture's name; `previewed` the rubric as
    it would be while a slider moves.
    """

    changed = Signal(object, str)
    previewed = Signal(object)
    code_shown = Signal(bool)
    comments_changed = Signal()
    comments_requested = Signal(str)
    """Asks for the comments on the wording of a point."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rubric = Rubric()
        self.fields: Sequence[str] = ()
        """The questions' reference fields, to choose from."""
        self.questions_have_points = False
        """Whether questions bring along points of their own."""
        self.read_only = False
        self.code: CodeTrials | None = None
        """Where own code is tried; None where there is no project."""
        self._open_comments: Mapping[str, int] = {}
        self._codes = 0

    def count_code(self, on: bool) -> None:
        """Learn that code came into sight or went; another point's may come before the last one's goes."""
        self._codes += 1 if on else -1
        self.code_shown.emit(self._codes > 0)

    def show_comments(self, counts: Mapping[str, int]) -> None:
        """Learn how many comments are open, by point."""
        if dict(counts) != self._open_comments:
            self._open_comments = dict(counts)
            self.comments_changed.emit()

    def open_comments(self, key: str) -> int:
        """Return how many comments on a point are open."""
        return self._open_comments.get(key, 0)

    def change(self, edit: RubricEdit, label: str) -> str:
        """Do one finished gesture; return "" or, with nothing changed, what is wrong in words."""
        if self.read_only:
            return _tr("This project is open for reading only.")
        rubric, problem = self._tried(edit)
        if rubric is not None and rubric != self.rubric:
            self.changed.emit(rubric, label)
        return problem

    def preview(self, edit: RubricEdit) -> None:
        """Show what a gesture under way would make of the rubric; what is wrong shows when it is finished."""
        rubric, _ = self._tried(edit)
        if rubric is not None and not self.read_only:
            self.previewed.emit(rubric)

    def _tried(self, edit: RubricEdit) -> tuple[Rubric | None, str]:
        try:
            rubric = edit(self.rubric)
        except ValidationError as error:
            return None, problem_text(error)
        except ValueError as error:
            return None, str(error)
        missing = _missing_in_formula(rubric)
        if missing:
            return None, _tr('The formula of this guide needs "{0}".').format(missing[0])
        return rubric, ""


def problem_text(error: ValidationError) -> str:
    """Say in calm words what is wrong with a value."""
    first = error.errors()[0]
    limits = first.get("ctx", {})
    words = {
        "greater_than_equal": _tr("At least {ge}."),
        "greater_than": _tr("More than {gt}."),
        "less_than_equal": _tr("At most {le}."),
        "less_than": _tr("Less than {lt}."),
        "string_too_short": _tr("This cannot be empty."),
        "missing": _tr("This cannot be empty."),
        "int_from_float": _tr("A whole number, please."),
        "int_parsing": _tr("A whole number, please."),
        "finite_number": _tr("A number, please."),
        "float_parsing": _tr("A number, please."),
    }.get(first["type"])
    if words is None:
        text = first["msg"].removeprefix("Value error, ")
        return text[:1].upper() + text[1:]
    return words.format(**{name: _number(value) for name, value in limits.items()})


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _missing_in_formula(rubric: Rubric) -> list[str]:
    """The criteria that an imported formula reads and the rubric has not."""
    if rubric.formula is None:
        return []
    keys = {criterion.key for criterion in rubric.criteria()}
    return [name for name in names_in(parse(rubric.formula)) if name not in keys]


def _tr(text: str) -> str:
    return QCoreApplication.translate("GuideDesk", text)
