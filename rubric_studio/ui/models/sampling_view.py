"""The way to fresh answers: questions, models, how many, the way of asking. It starts nothing: it emits orders."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.connection import Connection
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.prompts import fields_lacking, prompt_warnings
from rubric_studio.services.sampling_choices import (
    SamplingChoices,
    orders_of,
    remembered_choices,
    rows_of,
)
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.handover.card import Card
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.prompt_desk import PromptDesk
from rubric_studio.ui.models.prompt_preview import PromptPreview
from rubric_studio.ui.models.sampling_models import SamplingModels
from rubric_studio.ui.models.sampling_parameters import SamplingParameters
from rubric_studio.ui.models.sampling_prompt import SamplingPrompt
from rubric_studio.ui.models.sampling_questions import SamplingQuestions
from rubric_studio.ui.models.scroll_column import ScrollColumn
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.session import Session
from rubric_studio.ui.two_panes import TwoPanes

PAUSE_MS = 150
CONCERNED = (Topic.ROWS, Topic.SAMPLES, Topic.DECISIONS, Topic.PROMPTS, Topic.SETTINGS, Topic.DRAFT)


class SamplingView(QWidget):
    """`order_wanted` carries one RunOrder for each model."""

    order_wanted = Signal(object)
    import_requested = Signal(object)
    view_requested = Signal(str)
    samples_requested = Signal(list)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._rows: tuple[RowId, ...] = ()
        self._is_stale, self._is_filled = True, False
        self.prompts = PromptDesk(session, look, self)
        self.questions, self.models = SamplingQuestions(look), SamplingModels(look)
        self.prompt, self.parameters = SamplingPrompt(look), SamplingParameters(look)
        self.more = Card(look)
        self.more_button = QPushButton()
        dress(self.more_button, "link")
        self.preview = PromptPreview(look, self._row)
        self.summary = PlainLabel("", wrap=True)
        self.order_button = QPushButton(self.tr("See what would be asked…"))
        dress(self.order_button, "primary")
        self.import_button = QPushButton(self.tr("Bring in answers made elsewhere"))
        dress(self.import_button, "quiet")
        self._stack = QStackedWidget()
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._look_again)
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_connections()
        self._fit()
        if not self._is_filled:
            self._fill(remembered_choices(self._session.store, self._connections()))
        if self._is_stale:
            self._look_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what stands beside where there is no room for both."""
        super().resizeEvent(event)
        self._fit()

    def setFocus(self, *reason: object) -> None:
        """Put the keyboard where one begins."""
        self.show_first()

    def show_first(self) -> None:
        """Put the keyboard where one begins."""
        shown = self._stack.currentWidget()
        empty = next((each for each in (self.no_questions, self.no_models) if each is shown), None)
        ready = self.order_button if self.order_button.isEnabled() else self.models.lines[0].model
        target = ready if empty is None else empty.main_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_about(self, rows: tuple[RowId, ...]) -> None:
        """Take these questions, as somebody chose them elsewhere."""
        self._fill(self.choices().model_copy(update={"scope": "named", "rows": rows}))

    def choices(self) -> SamplingChoices:
        """All that is chosen."""
        if not self._is_filled:
            return remembered_choices(self._session.store, self._connections())
        return SamplingChoices.model_validate(
            {
                **self.questions.values(),
                "models": self.models.models(),
                "per_row": self.models.per_row.value(),
                "prompt": self.prompt.subject,
                "api": self.parameters.api.currentData(),
                "parameters": self.parameters.parameters(),
            }
        )

    # ---- filling

    def _connections(self) -> tuple[Connection, ...]:
        models = self._session.models
        return () if models is None else models.connections.all()

    def _fit(self) -> None:
        """Cut nothing: what the model is given is seen in the sheet too, before anything is sent."""
        whole, room = self._cards.whole_width(), self.width()
        self._cards.setMinimumWidth(min(whole, room))
        self._beside.setHidden(room < whole + self._beside.minimumSizeHint().width())

    def _show_connections(self) -> None:
        self.models.show_connections(self._connections())
        has_rows = self._session.store.counts().rows > 0
        shown = self._body if self._connections() else self.no_models
        self._stack.setCurrentWidget(shown if has_rows else self.no_questions)

    def _fill(self, choices: SamplingChoices) -> None:
        self._is_filled = True
        self.models.show_connections(self._connections())
        self.questions.show_choices(choices)
        self.models.show_choices(choices)
        self.parameters.show_choices(choices)
        self.prompts.offer(self.prompt, choices.prompt)
        self._look_again()

    def _look_again(self) -> None:
        """Read which questions are meant, and say what would come of it."""
        self._pause.stop()
        self._is_stale = False
        if not self._is_filled:
            return
        self.prompts.offer(self.prompt, self.prompt.subject)
        self._rows = rows_of(self._session.store, self.choices())
        self.questions.show_count(self._rows)
        template = self.prompt.template()
        lacking = fields_lacking(self._session.store, template, self._rows)
        self.prompt.show_warnings(prompt_warnings(template, self._session.draft, lacking))
        self.preview.show_rows(self._rows)
        self.preview.show_template(template)
        self._sum_up()

    def _sum_up(self) -> None:
        models, each = len(self.models.models()), self.models.per_row.value()
        total = count_text(len(self._rows) * models * each)
        words = {
            (False, False): self.tr("{0} questions, {1} answers each, {2} models: {3} answers"),
            (False, True): self.tr("{0} questions, one answer each, {2} models: {3} answers"),
            (True, False): self.tr("{0} questions, {1} answers each: {3} answers"),
            (True, True): self.tr("{0} questions, one answer each: {3} answers"),
        }[models == 1, each == 1]
        self.summary.setText(words.format(count_text(len(self._rows)), each, models, total))
        read_only = self._session.store.read_only
        if read_only:
            self.summary.setText(
                self.tr("This project is open for reading only: no answers can be added to it.")
            )
        self.order_button.setEnabled(bool(self._rows) and models > 0 and not read_only)

    def _row(self, id: RowId) -> Row | None:
        return next(iter(self._session.store.rows([id])), None)

    # ---- what people do

    def orders(self) -> list[RunOrder]:
        """What would be asked, one order for each model."""
        choices, template = self.choices(), self.prompt.template()
        one = self.tr("Answers by {0}")
        return orders_of(choices, self._rows, self._connections(), template, one)

    def _on_order_clicked(self) -> None:
        self._look_again()
        orders = self.orders()
        if not orders:
            return
        for order in orders:
            self.order_wanted.emit(order)

    def _on_session_changed(self, changes: Changes) -> None:
        if changes.touches(*CONCERNED):
            self._is_stale = True
            if self.isVisible():
                self._pause.start()

    def _on_edit_requested(self) -> None:
        self.prompts.edit(self.prompt.template(), self._rows, self._row)

    def _on_prompt_saved(self, subject: str) -> None:
        self.prompts.offer(self.prompt, subject)
        self._look_again()

    def _on_comparison_requested(self) -> None:
        from rubric_studio.ui.models.prompt_comparison_dialog import ComparisonDialog

        dialog = ComparisonDialog(self._session, self._look, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.samples_requested.connect(self.samples_requested)
        dialog.view_requested.connect(self.view_requested)
        dialog.open()

    def _show_more(self, on: bool) -> None:
        self.parameters.setVisible(on)
        self.more_button.setText(
            self.tr("Fewer settings") if on else self.tr("More: temperature, length, seed")
        )

    # ---- building

    def _connect(self) -> None:
        self._session.changed.connect(self._on_session_changed)
        self._look.changed.connect(self._fit)
        for signal in (self.questions.changed, self.prompt.changed):
            signal.connect(self._look_again)
        for signal in (self.models.changed, self.parameters.changed):
            signal.connect(self._sum_up)
        self.models.connections_requested.connect(lambda: self.view_requested.emit("connections"))
        self.prompt.edit_requested.connect(self._on_edit_requested)
        self.prompt.comparison_requested.connect(self._on_comparison_requested)
        self.prompt.choice_requested.connect(lambda: self.prompts.choose(self.prompt.subject))
        self.prompt.removal_requested.connect(lambda: self.prompts.remove(self.prompt.subject))
        self.prompts.saved.connect(self._on_prompt_saved)
        self.more_button.clicked.connect(lambda: self._show_more(self.parameters.isHidden()))
        self.order_button.clicked.connect(self._on_order_clicked)
        for signal in (
            self.import_button.clicked,
            self.no_questions.main_requested,
            self.no_models.link_requested,
        ):
            signal.connect(lambda *_: self.import_requested.emit(None))
        self.no_models.main_requested.connect(lambda: self.view_requested.emit("connections"))

    def _lay_out(self) -> None:
        look = self._look
        self.no_questions = EmptyState(
            look,
            self.tr("Bring in questions first: then models can be asked for answers to them."),
            main=self.tr("Bring in questions"),
            icon="questions",
        )
        self.no_models = EmptyState(
            look,
            self.tr("No model is connected on this computer yet. Nothing leaves it until you say so."),
            main=self.tr("Connect a model"),
            link=self.tr("Bring in answers made elsewhere"),
            icon="model",
        )
        self._body = QWidget()
        full = QVBoxLayout(self._body)
        full.setContentsMargins(0, 0, 0, 0)
        full.setSpacing(0)
        full.addWidget(self._both_sides(), 1)
        full.addWidget(self._bar())
        for each in (self._body, self.no_questions, self.no_models):
            self._stack.addWidget(each)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._show_more(False)

    def _both_sides(self) -> QWidget:
        space = self._look.theme.space
        self.more.set_heading(self.tr("How it answers"))
        self.more.content.addWidget(self.parameters)
        self.more.content.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._cards = scroll = ScrollColumn(space.large, right=space.medium, bottom=space.medium)
        for card in (self.questions, self.models, self.prompt, self.more):
            scroll.column.addWidget(card)
        self._beside = right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(space.medium, 0, 0, space.medium)
        beside.addWidget(self.preview)
        return TwoPanes(scroll, right, (3, 2))

    def _bar(self) -> QWidget:
        space = self._look.theme.space
        bar = QFrame()
        dress(bar, "strip")
        line = QHBoxLayout(bar)
        line.setContentsMargins(0, space.small, 0, 0)
        line.setSpacing(space.medium)
        line.addWidget(self.import_button)
        line.addWidget(self.summary, 1)
        line.addWidget(self.order_button)
        self.summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return bar
