"""Writing a way of asking: its words, the form of the answer, a real question beside it. It saves nothing itself."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.prompt import PromptTemplate
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.message import Choice, ask
from rubric_studio.ui.models.captioned import Captioned
from rubric_studio.ui.models.prompt_editor import PromptEditor
from rubric_studio.ui.models.prompt_preview import PromptPreview, ReadRow
from rubric_studio.ui.models.schema_editor import SchemaEditor
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.segmented import Segmented
from rubric_studio.ui.two_panes import TwoPanes

WORDS, FORM = "words", "form"
LEFT, RIGHT = 560, 400
PAUSE_MS = 200


class PromptDialog(QDialog):
    """`saved` carries the template as a version. `as_version` numbers one, `warn` says what to mind about it."""

    saved = Signal(object)

    def __init__(
        self,
        look: Look,
        template: PromptTemplate,
        versions: Sequence[tuple[PromptTemplate, str]],
        rows: Sequence[RowId],
        read: ReadRow,
        *,
        as_version: Callable[[PromptTemplate], PromptTemplate],
        warn: Callable[[PromptTemplate], Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._versions = look, versions
        self._as_version, self._warn = as_version, warn
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Way of asking"))
        self.name, self.version = QLineEdit(), QComboBox()
        self.part = Segmented(
            self.tr("What to write"), [(WORDS, self.tr("Words")), (FORM, self.tr("Answer form"))]
        )
        self.editor, self.form = PromptEditor(look), SchemaEditor(look)
        self.preview = PromptPreview(look, read)
        self.preview.heading.setWordWrap(True)  # large letters in a small window
        self.preview.show_rows(rows)
        self.warnings = PlainLabel("", wrap=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button: QPushButton = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        dress(self.save_button, "primary")
        self.save_button.setDefault(True)
        self._offer_versions()
        self._lay_out()
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._check)
        self._connect()
        self._show(template)

    def template(self) -> PromptTemplate | None:
        """The way of asking as it stands, numbered; None while something is missing."""
        name, messages = self.name.text().strip(), self.editor.messages()
        if not name or not messages or not self.form.is_right:
            return None
        return self._as_version(PromptTemplate(name=name, messages=messages, response=self.form.response()))

    def offer_fields(self, fields: Sequence[str]) -> None:
        """Let fields of the questions be inserted."""
        self.editor.offer(fields)

    def accept(self) -> None:
        """Give the version back."""
        template = self.template()
        if template is not None:
            self.saved.emit(template)
            super().accept()

    def reject(self) -> None:
        """Close without giving anything back; what was written is not thrown away unasked."""
        if self._written() == self._begun:
            super().reject()
            return
        choice = Choice(
            self.tr("Close without saving?"),
            self.tr("What you wrote here is not saved yet."),
            self.tr("Close without saving"),
            self.tr("Go on writing"),
            dangerous=True,
        )
        ask(self, choice, super().reject)

    def _written(self) -> tuple[object, ...]:
        return self.name.text(), self.editor.messages(), self.form.response()

    def _show(self, template: PromptTemplate) -> None:
        self.name.setText(template.name.strip())
        self.editor.show_messages(template.messages)
        self.form.show_response(template.response)
        self._begun = self._written()
        self._check()

    def _offer_versions(self) -> None:
        self.version.addItem(self.tr("Begin from a saved one…"))
        for template, when in self._versions:
            self.version.addItem(self.tr("{0}, {1}").format(template.title, when))
        self.version.setEnabled(bool(self._versions))
        self.version.setMinimumContentsLength(16)
        self.version.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def _on_version_chosen(self, place: int) -> None:
        if place > 0:
            self._show(self._versions[place - 1][0])

    def _on_part_chosen(self, part: str) -> None:
        self._parts.setCurrentIndex((WORDS, FORM).index(part))

    def _check(self) -> None:
        """Say what to mind, and what saving would do."""
        template = self.template()
        name = self.name.text().strip()
        self._name.set_hint("" if name else self.tr("Give it a name by which you know it."))
        self.save_button.setEnabled(template is not None)
        if template is None:
            self.save_button.setText(self.tr("Save"))
            self.warnings.setText("" if self.editor.messages() else self.tr("Write at least one message."))
        else:
            known = {each.title: each.hash for each, _ in self._versions}
            is_saved = known.get(template.title) == template.hash
            words = self.tr("Use “{0}”") if is_saved else self.tr("Save as “{0}”")
            self.save_button.setText(button_text(words.format(template.title)))
            self.warnings.setText("\n".join(f"\N{BULLET} {each}" for each in self._warn(template)))
        self.warnings.setVisible(bool(self.warnings.text()))
        shown = PromptTemplate(name="-", messages=self.editor.messages(), response=self.form.response())
        self.preview.show_template(shown)

    def _connect(self) -> None:
        for signal in (self.name.textChanged, self.editor.changed, self.form.changed):
            signal.connect(self._pause.start)
        self.part.chosen.connect(self._on_part_chosen)
        self.version.activated.connect(self._on_version_chosen)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        space, size = self._look.theme.space, self._look.theme.sizes.control
        self._name = Captioned(self._look, self.tr("Name"), self.name)
        head = QHBoxLayout()
        head.setSpacing(space.large)
        head.addWidget(self._name, 2, Qt.AlignmentFlag.AlignTop)
        versions = Captioned(self._look, self.tr("Versions"), self.version)
        head.addWidget(versions, 1, Qt.AlignmentFlag.AlignTop)
        self._parts = QStackedWidget()
        self._parts.addWidget(self.editor)
        self._parts.addWidget(self.form)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, space.medium, 0)
        column.setSpacing(space.medium)
        column.addWidget(self.part)
        column.addWidget(self._parts, 1)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(space.medium, 0, 0, 0)
        beside.addWidget(self.preview)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addLayout(head)
        layout.addWidget(TwoPanes(left, right, (3, 2), (LEFT, RIGHT)), 1)
        layout.addWidget(self.warnings)
        layout.addWidget(self.buttons)
        above, wanted = self.parentWidget(), QSize(size * 78, size * 48)
        room = above.window().size() if above is not None else wanted
        self.resize(wanted.boundedTo(room - QSize(space.page, space.page)))
