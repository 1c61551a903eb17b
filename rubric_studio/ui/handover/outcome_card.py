"""What came of the last export or proof: where it lies, whether it is whole, what is not."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from rubric_studio.domain.bundle import BundleReport, Verification
from rubric_studio.ui.handover.card import Card
from rubric_studio.ui.handover.check_line import CheckLine
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.state_shape import Shape

MOST_NAMES = 8


class OutcomeCard(Card):
    """Two lines, written and proven, and the way to the folder."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._folder: Path | None = None
        self.written, self.proven = CheckLine(look), CheckLine(look)
        self._names = PlainLabel("", "muted", wrap=True)
        self.open_button = QPushButton(self.tr("Open the folder"))
        dress(self.open_button, "quiet")
        self.open_button.clicked.connect(self._on_open_clicked)
        for widget in (self.written, self.proven, self._names):
            self.content.addWidget(widget)
        line = QHBoxLayout()
        line.addWidget(self.open_button)
        line.addStretch(1)
        self.content.addLayout(line)
        self.hide()

    def show_written(self, report: BundleReport) -> None:
        """Say what was written and where."""
        self._folder = Path(report.directory)
        self.set_heading(self.tr("Handed over"))
        words = self.tr(
            "{0}: {1} questions to train, {2} to check, {3} answers with their scores, {4} files."
        )
        facts = (self._folder.name, report.train, report.validation, report.samples, len(report.files))
        self.written.say(Shape.MET, words.format(*facts))
        self.written.show()
        self.proven.say(Shape.NOT_APPLICABLE, self.tr("Being proven…"))
        self._names.hide()
        self.show()

    def show_proof(self, folder: Path, found: Verification) -> None:
        """Say whether a bundle is whole, and if not, what is wrong."""
        if folder != self._folder:
            self._folder = folder
            self.set_heading(self.tr("Proof of {0}").format(folder.name))
            self.written.hide()
        troubles = _troubles(found)
        if found.whole:
            again = self.tr("{0} answers were scored again: the same scores.").format(found.rescored or 0)
            self.proven.say(Shape.MET, self.tr("Whole: no file was changed.") + " " + (found.note or again))
        else:
            self.proven.say(Shape.MISSED, self.tr("Not whole. {0}").format(found.note).strip())
        self._names.setText("\n".join(troubles[:MOST_NAMES]))
        self._names.setVisible(bool(troubles))
        self.show()

    def _on_open_clicked(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _troubles(found: Verification) -> list[str]:
    lists = (
        ("changed", found.changed),
        ("missing", found.missing),
        ("not in the list", found.extra),
        ("scores otherwise", found.differing),
    )
    return [f"{what}: {name}" for what, names in lists for name in names]
