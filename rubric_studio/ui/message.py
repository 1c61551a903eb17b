"""The one module that shows message boxes: what happened to what, what to do, details folded."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from rubric_studio.domain.errors import StudioError
from rubric_studio.ui.plain_text import button_text


@dataclass(frozen=True)
class Choice:
    """A question with two answers: what is asked, what going on is called, what staying is called."""

    title: str
    text: str
    accept: str
    reject: str
    details: str = ""
    dangerous: bool = False


def show_error(parent: QWidget, error: BaseException) -> QMessageBox:
    """Tell what went wrong; the trace of trouble that nobody expected is folded behind a calm sentence."""
    if isinstance(error, StudioError):
        cause = error.__cause__
        details = "\n".join(part for part in (error.place, repr(cause) if cause else "") if part)
        return _open(parent, QMessageBox.Icon.Warning, error.title, error.message, error.hint, details)
    return _open(
        parent,
        QMessageBox.Icon.Critical,
        _tr("Something went wrong"),
        _tr("This should not have happened. What you decided so far is saved."),
        _tr("Please send the details to the people who look after this program."),
        "".join(traceback.format_exception(error)),
    )


def show_note(parent: QWidget, title: str, text: str, hint: str = "", details: str = "") -> QMessageBox:
    """Tell something that needs no answer."""
    return _open(parent, QMessageBox.Icon.Information, title, text, hint, details)


def ask(
    parent: QWidget,
    choice: Choice,
    on_accepted: Callable[[], object],
    on_rejected: Callable[[], object] | None = None,
) -> QMessageBox:
    """Ask and call `on_accepted` or `on_rejected`; Esc and closing the box mean no."""
    box = _box(parent, QMessageBox.Icon.Question, choice.title, choice.text, "", choice.details)
    accept = box.addButton(button_text(choice.accept), QMessageBox.ButtonRole.AcceptRole)
    reject = box.addButton(button_text(choice.reject), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(reject if choice.dangerous else accept)
    box.setEscapeButton(reject)

    def answered() -> None:
        if box.clickedButton() is accept:
            on_accepted()
        elif on_rejected is not None:
            on_rejected()

    box.finished.connect(answered)
    box.open()
    return box


def _open(
    parent: QWidget, icon: QMessageBox.Icon, title: str, text: str, hint: str, details: str
) -> QMessageBox:
    box = _box(parent, icon, title, text, hint, details)
    box.addButton(QMessageBox.StandardButton.Ok)
    box.open()
    return box


def _box(
    parent: QWidget, icon: QMessageBox.Icon, title: str, text: str, hint: str, details: str
) -> QMessageBox:
    """Make a box that belongs to its parent's window and goes when it is closed."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(icon)
    box.setWindowTitle(title)
    box.setText(title)
    box.setInformativeText("\n\n".join(part for part in (text, hint) if part))
    if details:
        box.setDetailedText(details)
    return box


def _tr(text: str) -> str:
    return QCoreApplication.translate("message", text)
