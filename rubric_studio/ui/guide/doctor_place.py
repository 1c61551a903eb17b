"""Goes to the place of a remark in the editor and marks the words concerned there. It judges nothing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from rubric_studio.domain.doctor.finding import Finding
from rubric_studio.ui.guide.editor import GuideEditor
from rubric_studio.ui.guide.editor_point import PointForm

OTHER = Qt.FocusReason.OtherFocusReason


def go_to(editor: GuideEditor, finding: Finding) -> None:
    """Open the point or the part's conditions, with the keyboard on the words."""
    if finding.criterion:
        form = editor.open_point(finding.criterion)
        if form is not None and finding.span is not None:
            _select(editor, form, finding, finding.span)
    elif finding.stratum in editor.cards:
        button = editor.cards[finding.stratum].conditions_button
        button.setChecked(True)
        button.setFocus(OTHER)
        editor.area.ensureWidgetVisible(button)


def _select(editor: GuideEditor, form: PointForm, finding: Finding, span: tuple[int, int]) -> None:
    field = _field(editor, form, finding)
    text = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
    start, end = (len(text[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in span)
    field.setFocus(OTHER)
    if isinstance(field, QPlainTextEdit):
        cursor = field.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(min(end, field.document().characterCount() - 1), QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)
    else:
        field.setSelection(start, end - start)


def _field(editor: GuideEditor, form: PointForm, finding: Finding) -> QPlainTextEdit | QLineEdit:
    """The grade's text, the wording, or the title where that is all there is to read."""
    criterion = editor.desk.rubric.criterion(finding.criterion)
    for place, level in enumerate(criterion.levels if criterion and finding.level else ()):
        if level.key == finding.level and place < len(form.levels.lines):
            return form.levels.lines[place].text
    return form.wording if form.wording.toPlainText() else form.title
