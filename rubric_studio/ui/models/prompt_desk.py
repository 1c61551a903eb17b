"""Saved ways of asking in the window: offered, written in the dialog, saved as versions, chosen for training."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.prompt import AS_IT_STANDS, PromptTemplate
from rubric_studio.services.marks import setting
from rubric_studio.services.prompts import (
    CHOSEN_PROMPT,
    ChoosePrompt,
    KeptPrompt,
    RemovePrompt,
    SavePrompt,
    as_version,
    fields_lacking,
    kept_prompt,
    prompt_warnings,
    prompts,
)
from rubric_studio.ui.day_text import day_text
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.prompt_dialog import PromptDialog
from rubric_studio.ui.models.prompt_preview import ReadRow
from rubric_studio.ui.models.sampling_prompt import SamplingPrompt
from rubric_studio.ui.session import Session

MOST_VERSIONS = 100


class PromptDesk(QObject):
    """`saved` carries the subject of the version that was saved or found."""

    saved = Signal(str)

    def __init__(self, session: Session, look: Look, widget: QWidget) -> None:
        super().__init__(widget)
        self._session, self._look, self._widget = session, look, widget

    def offer(self, where: SamplingPrompt, subject: str) -> None:
        """Show the versions there are, one of them taken."""
        store = self._session.store
        where.show_prompts(prompts(store), subject, setting(store, CHOSEN_PROMPT) or "")

    def choose(self, subject: str) -> None:
        """Let training and use ask in that way."""
        found = self._kept(subject)
        title = found.template.title if found is not None else ""
        self._session.perform(ChoosePrompt(subject=subject, title=title))

    def remove(self, subject: str) -> None:
        """Take a version away; undoing brings it back."""
        found = self._kept(subject)
        if found is not None:
            template = found.template
            self._session.perform(RemovePrompt(subject=subject, name=template.name, title=template.title))

    def edit(self, template: PromptTemplate, rows: Sequence[RowId], read: ReadRow) -> PromptDialog:
        """Open the dialog on a way of asking; a new one has no name yet."""
        store = self._session.store
        names = {person.id: person.name for person in store.people()}
        versions = [
            (
                kept.template,
                self.tr("{0}, {1}").format(day_text(kept.at), names.get(kept.person, kept.person)),  # type: ignore[call-overload]
            )
            for kept in prompts(store)[:MOST_VERSIONS]
        ]
        begun = template if template != AS_IT_STANDS else template.model_copy(update={"name": " "})
        dialog = PromptDialog(
            self._look,
            begun,
            versions,
            rows,
            read,
            as_version=lambda wanted: as_version(store, wanted),
            warn=lambda wanted: self._warnings(wanted, rows),
            parent=self._widget,
        )
        dialog.saved.connect(self._on_saved)
        dialog.open()
        self._find_fields(dialog)
        return dialog

    def _kept(self, subject: str) -> KeptPrompt | None:
        return next((kept for kept in prompts(self._session.store) if kept.subject == subject), None)

    def _find_fields(self, dialog: PromptDialog) -> None:
        """Read the names of all fields, which takes a while where questions have hundreds."""
        job = self._session.background(
            self.tr("Reading the fields"), lambda store, _: store.reference_fields()
        )
        job.finished.connect(dialog.offer_fields)

    def _warnings(self, template: PromptTemplate, rows: Sequence[RowId]) -> list[str]:
        lacking = fields_lacking(self._session.store, template, rows)
        return prompt_warnings(template, self._session.draft, lacking)

    def _on_saved(self, template: PromptTemplate) -> None:
        store = self._session.store
        if kept_prompt(store, template) is None and not self._session.perform(SavePrompt(template=template)):
            return
        kept = kept_prompt(store, template)
        if kept is not None:
            self.saved.emit(kept.subject)
