"""A choice with its name before it, kept together where lines break."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from rubric_studio.ui.look import Look
from rubric_studio.ui.results.choosers import ChoiceBox


def named_choice(look: Look, box: ChoiceBox) -> QWidget:
    """Put the name and the choice into one widget."""
    pair = QWidget()
    line = QHBoxLayout(pair)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(look.theme.space.small)
    line.addWidget(box.label)
    line.addWidget(box)
    return pair
