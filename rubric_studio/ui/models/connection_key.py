"""How a connection's key is kept, and a field to type one into. A key that was typed is never shown again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from rubric_studio.domain.connection import USUAL_VARIABLES, Connection, KeyPlace, Service, is_variable
from rubric_studio.services.model_ports import KeyHome
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.captioned import Captioned
from rubric_studio.ui.models.connection_words import place_name
from rubric_studio.ui.plain_text import PlainLabel

PLACES: tuple[KeyPlace, ...] = ("keyring", "environment", "entra", "none")


class ConnectionKey(QWidget):
    """Knows where a key is, from `show_home`; the key itself only between typing and saving."""

    changed = Signal()
    forget_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._home: KeyHome = "none"
        self._trouble = ""
        self.place = QComboBox()
        self.variable, self.key = QLineEdit(), QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.setPlaceholderText(self.tr("Paste the key here"))
        self.kept = PlainLabel("", wrap=True)
        self.replace_button = QPushButton(self.tr("Replace"))
        self.forget_button = QPushButton(self.tr("Forget"))
        for button in (self.replace_button, self.forget_button):
            dress(button, "link")
        self.trouble = PlainLabel("", "caption", wrap=True)
        self._place = Captioned(look, self.tr("The key is kept in"), self.place)
        self._variable = Captioned(look, self.tr("Name of the variable"), self.variable)
        self._key = Captioned(look, self.tr("Key"), self.key)
        self._kept = QWidget()
        self._is_replacing = False
        self._lay_out(look)
        self._connect()
        self._offer("other")

    def show_connection(self, connection: Connection) -> None:
        """Show how its key is kept; where it is, is told later."""
        self._offer(connection.service)
        self.place.setCurrentIndex(self.place.findData(connection.key_place))
        self.variable.setText(connection.variable)
        self.key.clear()
        self._is_replacing, self._home = False, "none"
        self._arrange()

    def show_home(self, home: KeyHome, trouble: str) -> None:
        """Say where the key is, and why this computer cannot keep one ("" where it can)."""
        self._home, self._trouble = home, trouble
        self._is_replacing = False
        self._arrange()

    def use_service(self, service: Service) -> None:
        """Offer what is usual at a service."""
        self._offer(service)
        if service in ("vllm", "ollama", "lm_studio"):
            self.place.setCurrentIndex(self.place.findData("none"))
        elif self.place_kept == "none":
            self.place.setCurrentIndex(self.place.findData("keyring"))
        if not self.variable.text() or self.variable.text() in USUAL_VARIABLES.values():
            self.variable.setText(USUAL_VARIABLES.get(service, ""))

    @property
    def place_kept(self) -> KeyPlace:
        """Where the key shall be kept."""
        return self.place.currentData()

    def typed(self) -> str:
        """The key that was typed, "" where none was."""
        return self.key.text().strip() if self.place_kept == "keyring" else ""

    @property
    def variable_kept(self) -> str:
        """The variable that is named; what cannot be a name, as a key that was put there, is not kept."""
        name = self.variable.text().strip()
        return name if is_variable(name) else ""

    def problem(self) -> str:
        """Show and return what is wrong."""
        name = self.variable.text().strip()
        wrong = self.place_kept == "environment" and (not name or not is_variable(name))
        problem = self.tr("Name the variable that holds the key, as OPENAI_API_KEY.") if wrong else ""
        self._variable.set_problem(problem)
        return problem

    def _offer(self, service: Service) -> None:
        """Fill the list of places; signing in with Entra is Azure's."""
        kept = self.place.currentData()
        self.place.blockSignals(True)
        self.place.clear()
        for place in PLACES:
            if place != "entra" or service == "azure":
                self.place.addItem(place_name(place), place)
        self.place.setCurrentIndex(max(0, self.place.findData(kept)))
        self.place.blockSignals(False)
        self._arrange()

    def _arrange(self) -> None:
        place = self.place_kept
        has_key = place == "keyring" and self._home in ("keyring", "session")
        self._variable.setVisible(place == "environment")
        self._variable.set_hint(
            self.tr("It is set on this computer.")
            if self._home == "environment"
            else self.tr("It is read when a model is asked; it is not set on this computer yet.")
        )
        self._kept.setVisible(has_key and not self._is_replacing)
        self._key.setVisible(place == "keyring" and (not has_key or self._is_replacing))
        for_now = self._home == "session"
        self.kept.setText(
            self.tr("A key is kept until you close the program.")
            if for_now
            else self.tr("A key is kept in this computer's keyring.")
        )
        self.trouble.setText(self._trouble)
        self.trouble.setVisible(place == "keyring" and bool(self._trouble))

    def _on_place_changed(self) -> None:
        self._arrange()
        self.changed.emit()

    def _on_replace_clicked(self) -> None:
        self._is_replacing = True
        self._arrange()
        self.key.setFocus()

    def _connect(self) -> None:
        self.place.currentIndexChanged.connect(self._on_place_changed)
        self.variable.textChanged.connect(self.changed)
        self.key.textChanged.connect(self.changed)
        self.replace_button.clicked.connect(self._on_replace_clicked)
        self.forget_button.clicked.connect(self.forget_requested)

    def _lay_out(self, look: Look) -> None:
        space = look.theme.space
        line = QHBoxLayout(self._kept)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.kept, 1)
        line.addWidget(self.replace_button)
        line.addWidget(self.forget_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space.small)
        for each in (self._place, self._variable, self._key, self._kept, self.trouble):
            column.addWidget(each)
