"""A choice among names of any length that never widens the form it stands in. What is chosen is others' business."""

from PySide6.QtWidgets import QComboBox, QWidget


class NameBox(QComboBox):
    """As wide as its column; a name that has no room there is read in the list."""

    def __init__(self, letters: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumContentsLength(letters)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
