"""In an office sheet: which columns are answers of which model, and where their marks and reasons stand."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.services.mapping import AnswerColumns
from rubric_studio.ui.importing.column_choice import ColumnChoice
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, set_tip


class AnswersForm(QWidget):
    """One card per column of answers."""

    changed = Signal()

    def __init__(
        self,
        look: Look,
        columns: Sequence[str],
        answers: Sequence[AnswerColumns],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._columns = look, columns
        self.cards: list[AnswerCard] = []
        self._cards = QVBoxLayout()
        self._cards.setSpacing(look.theme.space.small)
        self.add_button = QPushButton(self.tr("Another column of answers"))
        self.add_button.setIcon(look.icon("plus"))
        dress(self.add_button, "quiet")
        self.add_button.clicked.connect(self._on_add_button_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.small)
        layout.addWidget(PlainLabel(self.tr("The answers"), "strong"))
        layout.addLayout(self._cards)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch(1)
        layout.addLayout(row)
        for answer in answers:
            self._add(answer)

    def answers(self) -> tuple[AnswerColumns, ...]:
        """Return the columns of answers that are complete."""
        return tuple(answer for card in self.cards if (answer := card.answer()) is not None)

    def problem(self) -> str:
        """Say what is missing or doubled, "" where nothing is."""
        answers = self.answers()
        models = [answer.model for answer in answers]
        if not answers:
            return self.tr("Say which column holds answers.")
        if len(set(models)) < len(models):
            return self.tr("Two columns of answers have the same model's name.")
        return ""

    def _add(self, answer: AnswerColumns | None) -> "AnswerCard":
        card = AnswerCard(self._look, self._columns, answer, len(self.cards) + 1)
        card.changed.connect(self.changed)
        card.remove_requested.connect(lambda: self._remove(card))
        self.cards.append(card)
        self._cards.addWidget(card)
        return card

    def _remove(self, card: "AnswerCard") -> None:
        self.cards.remove(card)
        self._cards.removeWidget(card)
        card.hide()
        card.deleteLater()
        self.add_button.setFocus()
        self.changed.emit()

    def _on_add_button_clicked(self) -> None:
        self._add(None).text_choice.setFocus()


class AnswerCard(QFrame):
    """One model's answers."""

    changed = Signal()
    remove_requested = Signal()

    def __init__(
        self,
        look: Look,
        columns: Sequence[str],
        answer: AnswerColumns | None,
        number: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        dress(self, "card")
        self.text_choice = ColumnChoice(self.tr("Answer {n}, column").format(n=number), columns)
        self.model_field = QLineEdit(answer.model if answer else "")
        self.model_field.setAccessibleName(self.tr("Answer {n}, model").format(n=number))
        self.value_choice = ColumnChoice(self.tr("Answer {n}, its mark").format(n=number), columns)
        self.reason_choice = ColumnChoice(self.tr("Answer {n}, the reason").format(n=number), columns)
        self.remove_button = QToolButton()
        self.remove_button.setIcon(look.icon("close"))
        self.remove_button.setAccessibleName(self.tr("No answers: remove {n}").format(n=number))
        set_tip(self.remove_button, self.tr("These are no answers"))
        if answer is not None:
            self.text_choice.choose(answer.text)
            self.value_choice.choose(answer.value)
            self.reason_choice.choose(answer.reason)
        self._lay_out(look)
        for choice in (self.text_choice, self.value_choice, self.reason_choice):
            choice.activated.connect(self.changed)
        self.model_field.textEdited.connect(self.changed)
        self.remove_button.clicked.connect(self.remove_requested)

    def answer(self) -> AnswerColumns | None:
        """Return the columns; None while no column of answers is chosen."""
        text = self.text_choice.column()
        if not text:
            return None
        model = " ".join(self.model_field.text().split()) or text
        return AnswerColumns(
            text, model, self.value_choice.column() or None, self.reason_choice.column() or None
        )

    def _lay_out(self, look: Look) -> None:
        space = look.theme.space
        grid = QGridLayout(self)
        grid.setContentsMargins(space.medium, space.small, space.small, space.medium)
        grid.setHorizontalSpacing(space.small)
        grid.setVerticalSpacing(space.tiny)
        captions = (self.tr("Answer"), self.tr("Model"), self.tr("Its mark"), self.tr("The reason"))
        fields = (self.text_choice, self.model_field, self.value_choice, self.reason_choice)
        for at, (caption, field) in enumerate(zip(captions, fields, strict=True)):
            row, column = 2 * (at // 2), at % 2
            grid.addWidget(PlainLabel(caption, "caption"), row, column)
            grid.addWidget(field, row + 1, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(self.remove_button, 0, 2, 2, 1)
