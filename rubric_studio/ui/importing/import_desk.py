"""Where an open project brings files in: opens the wizard and the list of imports, and tells the session."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.source import Source
from rubric_studio.services.import_source import FileReading
from rubric_studio.services.taking_away import WhatGoes, look_at_taking_away, take_away
from rubric_studio.ui.importing.import_wizard import ImportWizard
from rubric_studio.ui.importing.imports_dialog import ImportsDialog, taking_away_choice
from rubric_studio.ui.look import Look
from rubric_studio.ui.message import ask
from rubric_studio.ui.session import Session


class ImportDesk(QObject):
    """One per open project; the window's part that owns it hands the wishes on."""

    def __init__(self, window: QWidget, look: Look, session: Session, reading: FileReading) -> None:
        super().__init__(session)
        self._window, self._look, self._session, self._reading = window, look, session, reading
        self._dialog: ImportsDialog | None = None

    def bring_in(self, what: object = None) -> ImportWizard:
        """Open the wizard on a path, on the text of a pasted range, or on nothing yet."""
        wizard = ImportWizard(self._session, self._look, self._reading, what, self._window)
        wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wizard.brought_in.connect(self._on_brought_in)
        wizard.open()
        return wizard

    def show_imports(self) -> ImportsDialog:
        """Open the list of imports."""
        self._dialog = dialog = ImportsDialog(self._look, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.take_away_requested.connect(self._on_take_away_requested)
        dialog.finished.connect(self._on_dialog_finished)
        self._fill()
        dialog.open()
        return dialog

    def _fill(self) -> None:
        if self._dialog is not None:
            store = self._session.store
            people = {str(person.id): person.name for person in store.people()}
            self._dialog.show_sources(store.sources(), people, can_change=not store.read_only)

    def _on_dialog_finished(self) -> None:
        self._dialog = None

    def _on_take_away_requested(self, id: str) -> None:
        source = next(each for each in self._session.store.sources() if each.id == id)
        job = self._session.background(
            self.tr("Looking at what would go"), lambda store, _: look_at_taking_away(store, id)
        )
        job.finished.connect(lambda goes: self._ask(source, goes))

    def _ask(self, source: Source, goes: WhatGoes) -> None:
        if self._dialog is not None:
            ask(self._dialog, taking_away_choice(source.name, goes), lambda: self._take_away(source.id))

    def _take_away(self, id: str) -> None:
        job = self._session.background(
            self.tr("Taking an import away"), lambda store, _: take_away(store, id)
        )
        job.finished.connect(self._on_taken_away)

    def _on_taken_away(self, changes: Changes) -> None:
        self._session.announce(changes)
        self._fill()

    def _on_brought_in(self, changes: Changes) -> None:
        if changes.topics:
            self._session.announce(changes)
        if changes.touches(Topic.ROWS, Topic.SAMPLES):
            self._session.run_checks()
