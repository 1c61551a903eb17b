"""What is done with this computer's connections and their keys. Shows nothing.

Keys are looked for and kept on another thread: a keyring may ask its owner for a password first.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from rubric_studio.domain.connection import Connection, ConnectionReport
from rubric_studio.services.model_access import ModelAccess
from rubric_studio.ui.session import Session


class ConnectionDesk(QObject):
    """`changed` tells that a connection is another or gone; `key_found` has (id, home of the key, trouble)."""

    changed = Signal()
    key_found = Signal(str, str, str)

    def __init__(self, session: Session, models: ModelAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._models = session, models
        self._asked = 0

    def all(self) -> tuple[Connection, ...]:
        """Every connection, in the order in which they were made."""
        return self._models.connections.all()

    def named(self, id: str) -> Connection | None:
        """One connection, None where there is none of that id."""
        return next((each for each in self.all() if each.id == id), None)

    def find_key(self, connection: Connection) -> None:
        """Look where the key is; `key_found` tells."""
        self._with_keys(self.tr("Looking for the key"), connection, lambda: None)

    def forget_key(self, connection: Connection) -> None:
        """Forget the key; `key_found` tells."""
        keys = self._models.keys
        self._with_keys(self.tr("Forgetting the key"), connection, lambda: keys.forget(connection))

    def put(self, connection: Connection) -> None:
        """Keep a connection as it is now."""
        self._models.connections.put(connection)
        self.changed.emit()

    def keep_key(self, connection: Connection, key: str, then: Callable[[], Any]) -> None:
        """Keep a key where one was typed; `then` is called once it is kept, at once without one."""
        keys = self._models.keys
        if key:
            self._with_keys(self.tr("Keeping the key"), connection, lambda: keys.put(connection, key), then)
        else:
            then()

    def delete(self, connection: Connection) -> None:
        """Forget a connection with its key."""
        self.forget_key(connection)
        self._models.connections.remove(connection.id)
        self.changed.emit()

    def learn(self, id: str, report: ConnectionReport) -> Connection | None:
        """Keep what a test found out; the connection as it is now, None where nothing is new."""
        connection = self.named(id)
        learned = None if connection is None else learned_from(connection, report)
        if learned is None or learned == connection:
            return None
        self.put(learned)
        return learned

    def _with_keys(
        self,
        title: str,
        connection: Connection,
        work: Callable[[], Any],
        then: Callable[[], Any] | None = None,
    ) -> None:
        """Do something with a key, then say where it is; only the newest answer is told."""
        keys = self._models.keys
        self._asked += 1
        number = self._asked

        def done(_: object) -> tuple[str, str]:
            work()
            return keys.home(connection), keys.keyring_trouble()

        def found(told: tuple[str, str]) -> None:
            if number == self._asked:
                self.key_found.emit(connection.id, *told)
            if then is not None:
                then()

        job = self._session.jobs.start(title, done)
        job.finished.connect(found)
        job.failed.connect(self._session.failed)


def learned_from(connection: Connection, report: ConnectionReport) -> Connection:
    """The connection with what a test found out: more models, whether n and batches work, the way that answers."""
    found: dict[str, object] = {}
    if report.models:
        found["models"] = tuple(dict.fromkeys((*connection.models, *report.models)))
    other = "responses" if connection.api == "chat" else "chat"
    if report.works(connection.api) is False and report.works(other):
        found["api"] = other
    for capability, field in (("n", "takes_n"), ("batches", "takes_batches")):
        if (works := report.works(capability)) is not None:
            found[field] = works
    return connection.model_copy(update=found)
