"""Names the small cross in a field, which Qt makes without a name for screen readers. It changes nothing else."""

from PySide6.QtWidgets import QLineEdit, QToolButton

from rubric_studio.ui.plain_text import set_tip


def name_clear_button(field: QLineEdit, name: str) -> None:
    """Give the field's clear button, where it has one, a name and a tip."""
    for button in field.findChildren(QToolButton):
        button.setAccessibleName(name)
        set_tip(button, name)
