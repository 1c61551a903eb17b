"""This computer's connections: the list, the form of one, its test. Nothing of it is in the project."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.connection import (
    USUAL_ADDRESSES,
    USUAL_VARIABLES,
    Connection,
    ConnectionReport,
    Service,
)
from rubric_studio.services.model_access import ModelAccess
from rubric_studio.services.model_ports import KeyHome
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.message import Choice, ask
from rubric_studio.ui.models.connection_check import ConnectionCheck
from rubric_studio.ui.models.connection_desk import ConnectionDesk
from rubric_studio.ui.models.connection_form import ConnectionForm
from rubric_studio.ui.models.connection_words import service_name
from rubric_studio.ui.models.connections_empty import ConnectionsEmpty
from rubric_studio.ui.models.scroll_column import ScrollColumn
from rubric_studio.ui.plain_text import tip
from rubric_studio.ui.session import Session

WIDEST = 720
WIDE_IN_SIZES = 88  # of the control's size: above it the test stands beside the form
LIST_IN_LETTERS = 34
ID = Qt.ItemDataRole.UserRole
WITHOUT_KEY = ("vllm", "ollama", "lm_studio")


class ConnectionsView(QWidget):
    """Shows the connections as they are on this computer; `connections_changed` tells that they are others now."""

    connections_changed = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._models: ModelAccess | None = session.models
        self._unsaved: Connection | None = None
        self._looked_at = ("", "")
        self._cards = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        if self._models is None:
            words = self.tr("This window was opened without a way to models.")
            self._stack.addWidget(EmptyState(look, words, icon="model"))
            return
        self._build(self._models)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._models is not None and not self._is_at_work():
            self._refill(self._chosen_id())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the test stand beside the form where there is room."""
        super().resizeEvent(event)
        is_wide = self.width() > self._look.theme.sizes.control * WIDE_IN_SIZES
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if way != self._cards.direction():
            self._cards.setDirection(way)

    def setFocus(self, *reason: object) -> None:
        """Put the keyboard where one begins."""
        self.show_first()

    def show_first(self) -> None:
        """Put the keyboard where one begins."""
        if self._models is not None:
            is_empty = self._stack.currentWidget() is self.empty
            target = self.empty.buttons["ollama"] if is_empty else self.list
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self, service: str) -> None:
        """Begin a connection to a service; it is kept once it is saved."""
        kind: Service = service  # type: ignore[assignment]
        draft = Connection.model_construct(
            id=self._session.author.new_id(),
            name="" if kind == "other" else service_name(kind),
            service=kind,
            base_url=USUAL_ADDRESSES[kind],
            key_place="none" if kind in WITHOUT_KEY else "keyring",
            variable=USUAL_VARIABLES.get(kind, ""),
        )
        self._begin(draft)

    def _begin(self, draft: Connection) -> None:
        self._unsaved = draft
        self._refill(draft.id)
        self.form.address.setFocus() if draft.service == "azure" else self.form.name.setFocus()

    # ---- building

    def _build(self, models: ModelAccess) -> None:
        self.desk = ConnectionDesk(self._session, models, self)
        self.empty = ConnectionsEmpty(self._look)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Connections"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add_button = QPushButton(self.tr("Add"))
        self.copy_button = QPushButton(self.tr("Duplicate"))
        self.delete_button = QPushButton(self.tr("Delete"))
        self.form = ConnectionForm(self._look)
        self.check = ConnectionCheck(self._session, models, self._look)
        self.save_button = QPushButton(self.tr("Save"))
        dress(self.save_button, "primary")
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._both_sides())
        self.empty.chosen.connect(self.add)
        self.add_button.clicked.connect(lambda: self.add("openai"))
        self.copy_button.clicked.connect(self._on_copy_clicked)
        self.delete_button.clicked.connect(self._on_delete_clicked)
        self.save_button.clicked.connect(self._on_save_clicked)
        self.list.currentItemChanged.connect(self._on_item_chosen)
        self.form.changed.connect(self._on_form_changed)
        self.form.key.forget_requested.connect(self._on_forget_requested)
        self.check.test_requested.connect(self._on_test_requested)
        self.check.tested.connect(self._on_tested)
        self.desk.changed.connect(self.connections_changed)
        self.desk.key_found.connect(self._on_key_found)

    def _both_sides(self) -> QWidget:
        space = self._look.theme.space
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(space.small)
        left.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        for button in (self.add_button, self.copy_button, self.delete_button):
            dress(button, "quiet")
            buttons.addWidget(button)
        buttons.addStretch(1)
        left.addLayout(buttons)
        self._side = QWidget()
        self._side.setLayout(left)
        self._look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._side)
        line.addWidget(self._right(), 1)
        return both

    def _right(self) -> QWidget:
        space = self._look.theme.space
        scroll = ScrollColumn(space.large, right=space.large, bottom=space.large)
        scroll.column.addLayout(self._cards)
        self._cards.setSpacing(space.large)
        self._cards.setContentsMargins(space.large, 0, 0, 0)
        self._cards.addWidget(self.form, 3, Qt.AlignmentFlag.AlignTop)
        self._cards.addWidget(self.check, 2, Qt.AlignmentFlag.AlignTop)
        for card in (self.form, self.check):
            card.setMaximumWidth(WIDEST)
        bar = QFrame()
        dress(bar, "strip")
        buttons = QHBoxLayout(bar)
        buttons.setContentsMargins(space.large, space.small, space.large, space.small)
        buttons.addStretch(1)
        buttons.addWidget(self.save_button)
        right = QWidget()
        full = QVBoxLayout(right)
        full.setContentsMargins(0, 0, 0, 0)
        full.setSpacing(0)
        full.addWidget(scroll, 1)
        full.addWidget(bar)
        return right

    # ---- what is shown

    def _on_look_changed(self) -> None:
        self._side.setFixedWidth(self._list_width())

    def _refill(self, chosen: str = "") -> None:
        """Fill the list again; what was typed into the form is forgotten."""
        known = [*self.desk.all(), *([self._unsaved] if self._unsaved else [])]
        self._stack.setCurrentIndex(1 if known else 0)
        self.list.blockSignals(True)
        self.list.clear()
        for connection in known:
            item = QListWidgetItem(self._line(connection))
            item.setData(ID, connection.id)
            item.setToolTip(tip(f"{connection.name}\n{connection.base_url}"))
            self.list.addItem(item)
        self.list.blockSignals(False)
        places = [at for at, each in enumerate(known) if each.id == chosen]
        if known:
            self.list.setCurrentRow(places[0] if places else 0)

    def _line(self, connection: Connection) -> str:
        if connection is self._unsaved:
            return self.tr("{0} (not saved yet)").format(connection.name or self.tr("New"))
        metrics, room = self._look.metrics("control"), self._list_width() - 2 * self._look.theme.space.large
        lines = (connection.name, connection.host)
        return "\n".join(metrics.elidedText(each, Qt.TextElideMode.ElideRight, room) for each in lines)

    def _list_width(self) -> int:
        return self._look.metrics("control").averageCharWidth() * LIST_IN_LETTERS

    def _on_item_chosen(self, item: QListWidgetItem | None) -> None:
        connection = self._shown()
        if item is None or connection is None:
            return
        if self._unsaved is not None and connection.id != self._unsaved.id:
            self._unsaved = None
            self._refill(connection.id)
            return
        self.form.show_connection(connection)
        self.check.show_connection(connection)
        self._looked_at = ("", "")
        self._look_for_key()
        self._refresh()

    def _shown(self) -> Connection | None:
        """The connection that is chosen in the list, as it is kept."""
        chosen = self._chosen_id()
        if self._unsaved is not None and self._unsaved.id == chosen:
            return self._unsaved
        return self.desk.named(chosen)

    def _chosen_id(self) -> str:
        item = self.list.currentItem()
        return str(item.data(ID)) if item is not None else ""

    def _is_at_work(self) -> bool:
        """Whether something was typed that showing the view again must not take away."""
        return bool(self._chosen_id()) and (self._unsaved is not None or self.form.is_changed)

    def _on_form_changed(self) -> None:
        self.check.offer(self.form.models_typed())
        self._look_for_key()
        self._refresh()

    def _look_for_key(self) -> None:
        """Look where the key is, once for each place that is chosen; where none is needed, nowhere."""
        connection, place = self._shown(), self.form.key.place_kept
        if connection is None or self._looked_at == (connection.id, place):
            return
        self._looked_at = (connection.id, place)
        if place != "none":
            self.desk.find_key(connection.model_copy(update={"key_place": place}))

    def _refresh(self) -> None:
        right = self.form.connection() is not None
        is_new = self._unsaved is not None
        self.save_button.setEnabled(right and (is_new or self.form.is_changed))
        self.check.setEnabled(right)
        self.copy_button.setEnabled(not is_new)

    # ---- what people do

    def _on_save_clicked(self) -> None:
        self._save(lambda _: None)

    def _save(self, then: Callable[[Connection], None]) -> None:
        """Keep what the form says, with the key where one was typed."""
        connection = self.form.connection()
        if connection is None:
            return
        key = self.form.key.typed()
        self._unsaved = None
        self.form.key.key.clear()
        self.form.show_connection(connection)
        self.desk.put(connection)
        self._refill(connection.id)
        self.desk.keep_key(connection, key, lambda: then(connection))

    def _on_test_requested(self) -> None:
        if self.form.is_changed or self._unsaved is not None:
            self._save(self._test)
        elif (connection := self.form.connection()) is not None:
            self._test(connection)

    def _test(self, connection: Connection) -> None:
        if connection.id == self._chosen_id():
            self.check.start(connection)

    def _on_tested(self, id: str, report: ConnectionReport) -> None:
        """Show what the test found out, unless something else was typed meanwhile."""
        learned = self.desk.learn(id, report)
        if learned is not None and id == self._chosen_id() and not self._is_at_work():
            self.form.show_connection(learned)
            self.check.offer(learned.models)
            self._looked_at = ("", "")
            self._look_for_key()

    def _on_key_found(self, id: str, home: KeyHome, trouble: str) -> None:
        if id == self._chosen_id():
            self.form.key.show_home(home, trouble)

    def _on_forget_requested(self) -> None:
        connection = self._shown()
        if connection is not None:
            self.desk.forget_key(connection)

    def _on_copy_clicked(self) -> None:
        connection = self.form.connection()
        if connection is not None:
            name = self.tr("{0} (copy)").format(connection.name)
            self._begin(connection.model_copy(update={"id": self._session.author.new_id(), "name": name}))

    def _on_delete_clicked(self) -> None:
        connection = self._shown()
        if connection is None:
            return
        if connection is self._unsaved:
            self._unsaved = None
            self._refill()
            self.show_first()
            return
        text = self.tr(
            "“{0}” and its key are forgotten on this computer. Answers and marks that it brought stay where they are."
        )
        choice = Choice(
            self.tr("Delete the connection?"),
            text.format(connection.name),
            self.tr("Delete"),
            self.tr("Keep it"),
            dangerous=True,
        )
        ask(self, choice, lambda: self._delete(connection))

    def _delete(self, connection: Connection) -> None:
        self.check.clear()
        self.desk.delete(connection)
        self._refill()
        self.show_first()
