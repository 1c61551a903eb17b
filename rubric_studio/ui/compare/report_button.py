"""The report for the file: asks for the place, writes a page or a PDF in the background, says what became of it."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from rubric_studio.services.person_names import person_name
from rubric_studio.services.ports import Store
from rubric_studio.services.round_report import round_report
from rubric_studio.ui.choosing_files import choose_new_file
from rubric_studio.ui.file_names import plain_name
from rubric_studio.ui.jobs import Progress
from rubric_studio.ui.session import Session

PAGE, PDF = "html", "pdf"


class ReportButton(QPushButton):
    """Offers the report as a page for the browser, or as a PDF. Without files of rounds it is not there."""

    told = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_tr("Report…"), parent)
        self._session = session
        self.setAutoDefault(False)
        self.setToolTip(_tr("Guide, rounds, agreement, decisions and who handed in when: for the file."))
        self.setAccessibleDescription(self.toolTip())
        menu = QMenu(self)
        menu.addAction(_tr("As a PDF…")).triggered.connect(lambda: self._choose(PDF))
        menu.addAction(_tr("As a page (HTML)…")).triggered.connect(lambda: self._choose(PAGE))
        self.setMenu(menu)
        if session.round_files is None:
            self.hide()

    def save(self, path: Path) -> None:
        """Write the report; the file's ending says in which form."""
        files, author = self._session.round_files, self._session.author
        if files is None:
            return
        made_at = author.now()

        def work(store: Store, progress: Progress) -> Path:
            report = round_report(store, person_name(store, author.person), made_at, progress)
            if path.suffix.lower() == f".{PDF}":
                from rubric_studio.ui.compare.report_pdf import write_pdf

                write_pdf(files.report_page(report), f"{store.name}, {made_at[:10]}", path)
            else:
                files.write_report(path, report)
            return path

        job = self._session.background(_tr("Writing the report"), work)
        job.finished.connect(self._on_written)

    def _choose(self, ending: str) -> None:
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        name = plain_name(_tr("{project} - where we agree").format(project=self._session.store.name))
        kind = _tr("PDF (*.pdf)") if ending == PDF else _tr("Page (*.html)")
        choose_new_file(self, _tr("Save the report"), folder / f"{name}.{ending}", kind, self.save)

    def _on_written(self, path: Path) -> None:
        self.told.emit(_tr("Report saved: {name}").format(name=path.name))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReportButton", text)
