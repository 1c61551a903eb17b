"""The form of one connection: where models are asked and how. It keeps nothing: the view saves what it gives back."""

from typing import get_args

from pydantic import ValidationError
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from rubric_studio.domain.connection import USUAL_ADDRESSES, Connection, Service
from rubric_studio.ui.handover.card import Card
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.captioned import Captioned
from rubric_studio.ui.models.connection_key import ConnectionKey
from rubric_studio.ui.models.connection_limits import ConnectionLimits
from rubric_studio.ui.models.connection_words import service_name
from rubric_studio.ui.segmented import Segmented

LINES_OF_MODELS = 5


class ConnectionForm(Card):
    """`changed` tells that something was typed or chosen; `connection` gives it back where it is right."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.set_heading(self.tr("Where it is"))
        self._id, self._shown = "", None
        self._is_filling = False
        self.service = QComboBox()
        for service in get_args(Service):
            self.service.addItem(service_name(service), service)
        self.name, self.address, self.version = QLineEdit(), QLineEdit(), QLineEdit()
        self.version.setPlaceholderText("2025-04-01-preview")
        self.key = ConnectionKey(look)
        self.api = Segmented(
            self.tr("Models are asked by"),
            [("chat", self.tr("Chat Completions")), ("responses", self.tr("Responses"))],
        )
        self.models = QPlainTextEdit()
        self.models.setTabChangesFocus(True)
        self.models.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.more_button = QPushButton()
        dress(self.more_button, "link")
        self.limits = ConnectionLimits(look)
        self._captioned(look)
        self._connect()
        self._show_more(False)
        self._fit_models()

    def show_connection(self, connection: Connection) -> None:
        """Show a connection, and forget what was typed."""
        self._is_filling = True
        self._id, self._shown = connection.id, connection
        self.service.setCurrentIndex(self.service.findData(connection.service))
        self.name.setText(connection.name)
        self.address.setText(connection.base_url)
        self.version.setText(connection.api_version)
        self.key.show_connection(connection)
        self.api.set_value(connection.api)
        self.models.setPlainText("\n".join(connection.models))
        self.limits.show_connection(connection)
        self._is_filling = False
        self._on_changed()

    def connection(self) -> Connection | None:
        """What the form says; None where something is wrong, which is then said in its place."""
        problems = [self._name_problem(), self._address_problem(), self.key.problem()]
        if any(problems):
            return None
        return Connection.model_validate(
            {
                "id": self._id,
                "name": self.name.text().strip(),
                "service": self.service_kept,
                "base_url": self.address.text(),
                "key_place": self.key.place_kept,
                "variable": self.key.variable_kept,
                "api_version": self.version.text().strip() if self._takes_version() else "",
                "api": self.api.value(),
                "models": self.models_typed(),
                **self.limits.values(),
            }
        )

    @property
    def service_kept(self) -> Service:
        """The service that is chosen."""
        return self.service.currentData()

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than the connection that it shows, or a key waits to be kept."""
        return bool(self.key.typed()) or self.connection() != self._shown

    def models_typed(self) -> tuple[str, ...]:
        """The models, each once."""
        lines = (line.strip() for line in self.models.toPlainText().splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    def _name_problem(self) -> str:
        problem = "" if self.name.text().strip() else self.tr("Give it a name by which you know it.")
        self._name.set_problem(problem)
        return problem

    def _address_problem(self) -> str:
        problem = address_problem(self.address.text())
        words = {
            "": "",
            "begin": self.tr("An address begins with https:// or http:// and names a server."),
            "key": self.tr(
                "An address holds no key, name or password, and nothing after a question mark: "
                "the key has its own field below."
            ),
            "resource": self.tr("Write the name of your own resource in the place of RESOURCE."),
        }[problem]
        self._address.set_problem(words)
        self._address.set_hint("" if words else self._way_there())
        return words

    def _way_there(self) -> str:
        """What is to know of the way to an address that is right."""
        there = Connection(id="x", name="x", base_url=self.address.text())
        if there.is_local:
            return self.tr("That is this computer: what is asked there does not leave it.")
        if there.base_url.startswith("http://"):
            return self.tr(
                "http:// is not encrypted: others can read texts and the key on the way. Use https://."
            )
        return ""

    def _takes_version(self) -> bool:
        return self.service_kept == "azure" and "/openai/v1" not in self.address.text()

    def _on_service_chosen(self) -> None:
        service = self.service_kept
        if self.address.text().strip() in ("", *USUAL_ADDRESSES.values()):
            self.address.setText(USUAL_ADDRESSES[service])
        if self.name.text().strip() in ("", *map(service_name, get_args(Service))):
            self.name.setText("" if service == "other" else service_name(service))
        self.key.use_service(service)
        self._on_changed()

    def _on_changed(self) -> None:
        if not self._is_filling:
            self._version.setVisible(self._takes_version())
            self.connection()
            self.changed.emit()

    def _show_more(self, on: bool) -> None:
        self.limits.setVisible(on)
        self.more_button.setText(self.tr("Fewer settings") if on else self.tr("More: speed and limits"))

    def _fit_models(self) -> None:
        lines = self.models.fontMetrics().lineSpacing() * LINES_OF_MODELS
        self.models.setFixedHeight(lines + 2 * self.models.fontMetrics().averageCharWidth() + 6)

    def _captioned(self, look: Look) -> None:
        self._name = Captioned(look, self.tr("Name"), self.name)
        self._address = Captioned(look, self.tr("Address"), self.address)
        self._version = Captioned(
            look, self.tr("API version"), self.version, self.tr("Older Azure addresses want one.")
        )
        hint = self.tr("One on a line. A test fills this in where the server names its models.")
        self._models = Captioned(look, self.tr("Models that are offered to choose from"), self.models, hint)
        for each in (
            Captioned(look, self.tr("Service"), self.service),
            self._name,
            self._address,
            self._version,
            self.key,
            Captioned(look, self.tr("Models are asked by"), self.api),
            self._models,
        ):
            self.content.addWidget(each)
            self.content.addSpacing(look.theme.space.tiny)
        self.content.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.content.addWidget(self.limits)

    def _connect(self) -> None:
        self.service.activated.connect(self._on_service_chosen)
        for line in (self.name, self.address, self.version):
            line.textChanged.connect(self._on_changed)
        self.models.textChanged.connect(self._on_changed)
        self.api.chosen.connect(self._on_changed)
        self.key.changed.connect(self._on_changed)
        self.limits.changed.connect(self._on_changed)
        self.more_button.clicked.connect(lambda: self._show_more(self.limits.isHidden()))


def address_problem(address: str) -> str:
    """What is wrong with an address: "begin", "key", "resource", or "" for nothing."""
    try:
        kept = Connection(id="x", name="x", base_url=address)
    except ValidationError as error:
        return "key" if "holds no key" in str(error) else "begin"
    return "resource" if "RESOURCE" in kept.base_url else ""
