"""What keys mean while a dispute is open, on the page and in a meeting alike. It does nothing by itself."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox

from rubric_studio.ui.compare.settle_panel import SettlePanel

Does = Callable[[], object]
ENTER, NEXT, PREVIOUS, REOPEN = "enter", "next", "previous", "reopen"

_NAMED = {
    Qt.Key.Key_Return: ENTER,
    Qt.Key.Key_Enter: ENTER,
    Qt.Key.Key_Down: NEXT,
    Qt.Key.Key_Up: PREVIOUS,
    Qt.Key.Key_Backspace: REOPEN,
}


def press(event: QKeyEvent, settle: SettlePanel, does: Mapping[str, Does]) -> bool:
    """Do what a key means; whether it means something.

    Digits and N grade, W, F, L, S name the cause, the rest is in `does`. Enter on a button presses the button.
    """
    if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
        return False
    letter = event.text().upper()
    named = _NAMED.get(Qt.Key(event.key()), letter)
    if named == ENTER and _pressed():
        return True
    if named in does:
        does[named]()
        return True
    if letter.isdigit() or letter == "N":
        settle.choose_key(letter)
        return True
    return bool(letter) and settle.cause.press_key(letter)


def _pressed() -> bool:
    """Press what the keyboard stands on, where it is something to press."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QComboBox):
        focused.showPopup()
    elif isinstance(focused, QAbstractButton):
        focused.click()
    else:
        return False
    return True


def settling(settle: SettlePanel) -> dict[str, Does]:
    """The keys that lead into the panel."""
    return {"R": settle.reason.setFocus, "O": settle.leave_open, "D": settle.drop}
