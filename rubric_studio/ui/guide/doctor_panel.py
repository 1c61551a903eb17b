"""The calm strip under the parts ("3 remarks on this guide") and the list that it opens. It finds nothing itself."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from rubric_studio.domain.doctor.finding import Finding
from rubric_studio.services.doctor import Examination, TakeBackWaiver, Waiver, title_of, wave_off
from rubric_studio.ui.guide.doctor_card import DoctorCard
from rubric_studio.ui.guide.doctor_desk import DoctorDesk
from rubric_studio.ui.guide.doctor_waived import WaivedList
from rubric_studio.ui.guide.doctor_words import count_text, place_text, usual_reasons
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import button_text
from rubric_studio.ui.questions.reason_dialog import ReasonDialog
from rubric_studio.ui.session import Session

REMARK_KEY = "F8"
ROOM = 0.42
"""The share of the editor's height that the list may take."""


class DoctorPanel(QWidget):
    """Hidden while there is nothing to say; `place_requested` carries the finding to go to."""

    place_requested = Signal(object)

    def __init__(self, session: Session, look: Look, editor: QWidget) -> None:
        super().__init__()
        self._session, self._look, self._editor = session, look, editor
        self.desk = DoctorDesk(session, look, self)
        self.desk.examined.connect(self._show)
        self.toggle = QPushButton()
        self.toggle.setCheckable(True)
        dress(self.toggle, "quiet")
        self.toggle.toggled.connect(self._on_toggled)
        self.cards: list[DoctorCard] = []
        self.waived = WaivedList(look)
        self.waived.return_requested.connect(self._on_return_requested)
        self.waived.toggle.toggled.connect(lambda _: self._fit())
        self._lay_out()
        self.hide()
        editor.installEventFilter(self)
        next_one = QShortcut(QKeySequence(REMARK_KEY), editor)
        next_one.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        next_one.activated.connect(self.go_to_next)
        look.changed.connect(self._draw)

    def go_to_next(self) -> None:
        """Put the keyboard on the next remark, opening the list; after the last comes the first."""
        if not self.cards:
            return
        self.toggle.setChecked(True)
        inside = next((at for at, card in enumerate(self.cards) if card.isAncestorOf(self._focused())), -1)
        card = self.cards[(inside + 1) % len(self.cards)]
        card.place.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._area.ensureWidgetVisible(card)

    # ---- showing

    def _show(self, examination: Examination) -> None:
        had_keyboard = self._content.isAncestorOf(self._focused())
        rubric, read_only = self._session.draft, self._session.store.read_only
        if [card.finding.id for card in self.cards] != [finding.id for finding in examination.shown]:
            self._show_cards(examination)
        names = {str(person.id): person.name for person in self._session.store.people()}
        self.waived.show_waivers(examination.waived, rubric, names, read_only=read_only)
        self.toggle.setText(button_text(f"{count_text(len(examination.shown))}  {REMARK_KEY}"))
        self.setVisible(bool(examination.shown or examination.waived))
        self._draw()
        self._fit()
        if had_keyboard and not self._content.isAncestorOf(self._focused()):
            target = self.cards[0].place if self.cards else self.toggle
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_cards(self, examination: Examination) -> None:
        for card in self.cards:
            self._held.removeWidget(card)
            card.hide()
            card.deleteLater()
        read_only = self._session.store.read_only
        self.cards = [
            DoctorCard(self._look, finding, self._session.draft, read_only=read_only)
            for finding in examination.shown
        ]
        for card in self.cards:
            card.place_requested.connect(self.place_requested)
            card.mend_requested.connect(self._on_mend_requested)
            card.waiver_requested.connect(self._on_waiver_requested)
            self._held.addWidget(card)
            card.show()

    def _focused(self) -> QWidget:
        return self.window().focusWidget() or self

    # ---- what was asked for

    def _on_mend_requested(self, finding: Finding) -> None:
        if finding.mend is not None:
            where = title_of(self._session.draft, finding.criterion, finding.stratum)
            label = self.tr('Mend "{0}"').format(where)
            self._session.change_draft(finding.mend.mended(self._session.draft), label)
            self.desk.look_at_words()

    def _on_waiver_requested(self, finding: Finding) -> None:
        rubric = self._session.draft
        title = self.tr("Wave off the remark on {0}").format(
            place_text(rubric, finding.criterion, finding.stratum)
        )
        dialog = ReasonDialog(self._look, title, usual_reasons(), parent=self.window())
        dialog.given.connect(lambda reason: self._wave_off(finding, reason))
        dialog.open()

    def _wave_off(self, finding: Finding, reason: str) -> None:
        self._session.perform(wave_off(finding, self._session.draft, reason))
        self.desk.look_at_words()

    def _on_return_requested(self, waiver: Waiver) -> None:
        title = title_of(self._session.draft, waiver.criterion, waiver.stratum)
        scope = waiver.criterion or waiver.stratum
        self._session.perform(TakeBackWaiver(finding=waiver.finding, scope=scope, title=title))
        self.desk.look_at_words()

    def _on_toggled(self, on: bool) -> None:
        self._area.setVisible(on)
        self._draw()
        self._fit()

    # ---- layout

    def _lay_out(self) -> None:
        space = self._look.theme.space
        self._content = QWidget()
        dress(self._content, "plain")
        self._inside = inside = QVBoxLayout(self._content)
        inside.setContentsMargins(0, 0, space.small, 0)
        inside.setSpacing(space.small)
        self._held = QVBoxLayout()
        self._held.setSpacing(space.small)
        inside.addLayout(self._held)
        inside.addWidget(self.waived)
        inside.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._content)
        self._area.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.small)
        layout.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._editor and event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Take the height of the remarks, up to a share of the editor's."""
        self._inside.activate()
        wanted = self._inside.totalHeightForWidth(self._area.viewport().width())
        wanted = wanted if wanted > 0 else self._content.sizeHint().height()
        self._area.setFixedHeight(min(wanted + 4, round(self._editor.height() * ROOM)))

    def _draw(self) -> None:
        self.toggle.setIcon(self._look.icon("down" if self.toggle.isChecked() else "up"))
