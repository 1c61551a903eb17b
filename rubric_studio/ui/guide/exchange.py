"""The guide's way to Word, Excel and a page, and back: the menu, the choice of files, the jobs. Draws nothing."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.proposed_edit import FieldComments, ProposedEdit
from rubric_studio.services.ports import Store
from rubric_studio.services.proposed_edits import Proposals, accepting
from rubric_studio.services.returned_comments import kept_comments
from rubric_studio.services.rubric_exchange import GuideFiles, guide_to_give, take_back
from rubric_studio.services.rubric_exchange_import import guide_or_stop, read_guide_file
from rubric_studio.services.rubric_exchange_lines import SheetGuide
from rubric_studio.ui.choosing_files import choose_file, choose_new_file
from rubric_studio.ui.file_names import plain_name
from rubric_studio.ui.guide.exchange_dialog import ExchangeDialog
from rubric_studio.ui.jobs import Progress
from rubric_studio.ui.look import Look
from rubric_studio.ui.message import show_note
from rubric_studio.ui.session import Session

LONGEST_NAME = 80


class GuideExchange(QObject):
    """One for a guide's page; `window` is the page, `settle` finishes what is still being typed there."""

    def __init__(
        self, session: Session, look: Look, window: QWidget, settle: Callable[[], object] = lambda: None
    ) -> None:
        super().__init__(window)
        self._session, self._look, self._window, self._settle = session, look, window, settle
        self.dialog: ExchangeDialog | None = None
        session.changed.connect(self._on_session_changed)

    def add_to(self, menu: QMenu) -> None:
        """Put the entries into a menu."""
        if self._session.guides is None:
            return
        menu.addSeparator()
        menu.addAction(self.tr("Give this guide to Word…"), lambda: self.choose_target("docx"))
        menu.addAction(self.tr("Give this guide to Excel…"), lambda: self.choose_target("xlsx"))
        back = menu.addAction(self.tr("Bring back from Word or Excel…"), self.choose_source)
        back.setEnabled(not self._session.store.read_only)
        menu.addSeparator()
        menu.addAction(self.tr("Save as a page (HTML)…"), lambda: self.choose_target("html"))
        menu.addAction(self.tr("Save as a table (CSV)…"), lambda: self.choose_target("csv"))

    # ---- giving out

    def choose_target(self, format: str) -> QFileDialog:
        """Ask where the guide shall be written."""
        names = {
            "docx": self.tr("Word documents (*.docx)"),
            "xlsx": self.tr("Excel workbooks (*.xlsx)"),
            "html": self.tr("Pages (*.html)"),
            "csv": self.tr("Tables (*.csv)"),
        }
        proposed = Path(f"{self._file_name()}.{format}")
        title, kind = self.tr("Give this guide out"), names[format]
        return choose_new_file(self._window, title, proposed, kind, lambda path: self.give(path, format))

    def give(self, path: Path, format: str) -> None:
        """Write the guide to a file, in the background."""
        self._settle()
        writer, rubric = self._files().writers[format], self._session.draft

        def work(store: Store, progress: Progress) -> None:
            progress(0, 1, path.name)
            writer(path, guide_to_give(store, rubric))

        job = self._session.background(self.tr("Giving the guide out"), work)
        job.finished.connect(lambda _: self._told_given(path, format))

    def _told_given(self, path: Path, format: str) -> None:
        hint = ""
        if format in ("docx", "xlsx"):
            hint = self.tr("When it comes back with changes or comments: “Bring back from Word or Excel…”.")
        show_note(self._window, self.tr("The guide is written"), str(path), hint)

    def _file_name(self) -> str:
        name = self._session.draft.name or self._session.store.name
        return plain_name(name)[:LONGEST_NAME] or "guide"

    # ---- taking back

    def choose_source(self) -> QFileDialog:
        """Ask for the file that came back."""
        kinds = [self.tr("Word and Excel (*.docx *.xlsx)"), self.tr("All files (*)")]
        return choose_file(self._window, self.tr("Bring back from Word or Excel"), kinds, self.take_back)

    def take_back(self, path: Path) -> None:
        """Read a file in the background, then show what it proposes."""
        self._settle()
        files = self._files()

        def work(store: Store, progress: Progress) -> Proposals:
            progress(0, 1, path.name)
            return take_back(store, files.take_back(path))

        job = self._session.background(self.tr("Reading {0}").format(path.name), work)
        job.finished.connect(self._show)

    def _show(self, proposals: Proposals) -> None:
        if proposals.is_empty:
            text = self.tr("{0} says what the guide says, and nobody wrote a comment.")
            show_note(self._window, self.tr("Nothing was changed"), text.format(proposals.file))
            return
        dialog = ExchangeDialog(self._look, proposals, self._session.draft, self._window)
        dialog.accept_requested.connect(self._accept)
        dialog.comments_requested.connect(self._keep_comments)
        dialog.undo_requested.connect(self._session.undo)
        dialog.finished.connect(self._on_dialog_finished)
        self.dialog = dialog
        dialog.open()
        dialog.list.setFocus()

    def _accept(self, edits: tuple[ProposedEdit, ...], label: str) -> None:
        edit = accepting(self._session.draft, edits, label)
        if edit is not None:
            self._session.perform(edit)

    def _keep_comments(self, comments: tuple[FieldComments, ...]) -> None:
        """Let comments stand at their points, as those written here do: one step."""
        edit = kept_comments(self._session.store, comments, self._session.author.new_id)
        if edit is not None:
            self._session.perform(edit)

    def _on_session_changed(self, changes: Changes) -> None:
        if self.dialog is not None and changes.touches(Topic.DRAFT, Topic.VERSIONS):
            self.dialog.show_present(self._session.draft)

    def _on_dialog_finished(self) -> None:
        self.dialog = None

    # ---- guides from sheets

    def bring_in(self, path: Path) -> None:
        """Make a guide from a sheet of points the draft; read in the background."""
        files = self._files()

        def work(_: Store, progress: Progress) -> SheetGuide:
            progress(0, 1, path.name)
            read = read_guide_file(path, files)
            guide_or_stop(read, path)
            return read

        label = self.tr("Bring in {0}").format(path.name)
        job = self._session.background(self.tr("Reading {0}").format(path.name), work)
        job.finished.connect(lambda read: self._session.change_draft(read.rubric, label))

    # ---- files

    def _files(self) -> GuideFiles:
        files = self._session.guides
        if files is None:
            raise RuntimeError("this window was made without files for guides")
        return files
