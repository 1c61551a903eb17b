"""Whether the model behind a judge still marks as it did: the checks that were made, and what the last one found."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from rubric_studio.domain.run import RunState, RunSummary
from rubric_studio.ui.day_text import day_text
from rubric_studio.ui.handover.card import Card
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.judge_words import share_range, tr
from rubric_studio.ui.number_text import count_text, share_text
from rubric_studio.ui.plain_text import PlainLabel, set_tip

if TYPE_CHECKING:
    from rubric_studio.services.drift import Changed, DriftReport, ServedBy

MOST_CHANGED = 5


class DriftCard(Card):
    """`check_wanted` asks for a new check, `report_wanted` (a run's id) for what one found."""

    check_wanted = Signal()
    report_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.set_heading(tr("Does it still mark as it did?"))
        self._look = look
        self.sentence = PlainLabel("", wrap=True)
        self.details = PlainLabel("", "caption", wrap=True)
        self.check_button = QPushButton(tr("Check for drift…"))
        self.check_button.clicked.connect(self.check_wanted)
        self.content.addWidget(self.sentence)
        self.content.addWidget(self.details)
        self.content.addWidget(self.check_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_checks(self, checks: Sequence[RunSummary], *, can_check: bool) -> None:
        """Show that there are checks; what the last finished one found is asked for."""
        self.check_button.setEnabled(can_check)
        why = (
            "" if can_check else tr("It is asked by the connection that it was made with, which is not here.")
        )
        set_tip(self.check_button, why)
        self._say_details("")
        done = [run for run in checks if run.state is RunState.DONE and run.done]
        if done:
            self.sentence.setText(tr("Reading the check of {day}…").format(day=day_text(done[-1].at)))
            self.report_wanted.emit(done[-1].id)
        elif checks:
            self.sentence.setText(tr("A check is not through yet: see the runs."))
        else:
            self.sentence.setText(
                tr("Behind a name a provider may put another model. Some answers that it has marked are asked anew, "
                   "and the marks laid side by side; nothing is overwritten.")
            )  # fmt: skip

    def show_report(self, found: "DriftReport", titles: Mapping[str, str]) -> None:
        """Show what a check found."""
        if found.same.value is None:
            self.sentence.setText(
                tr("The check of {day} brought no mark to compare.").format(day=day_text(found.at))
            )
            return
        words = tr("On {day} it gave the same grade as before on {share} of {n} marks ({range}).")
        self.sentence.setText(
            words.format(
                day=day_text(found.at),
                share=share_text(found.same.value),
                n=count_text(found.same.n),
                range=share_range(found.same),
            )
        )
        said = [_changed(each, titles) for each in found.changed[:MOST_CHANGED]]
        if len(found.changed) > MOST_CHANGED:
            said.append(tr("and {n} more").format(n=count_text(len(found.changed) - MOST_CHANGED)))
        if found.missing:
            many = tr("{n} marks did not come.").format(n=count_text(found.missing))
            said.append(tr("One mark did not come.") if found.missing == 1 else many)
        if found.then and found.now and _names(found.then) != _names(found.now):
            said.append(tr("Then it called itself {then}, now {now}.").format(
                then=_names(found.then), now=_names(found.now)
            ))  # fmt: skip
        self._say_details("\n".join(said))

    def _say_details(self, text: str) -> None:
        self.details.setText(text)
        self.details.setVisible(bool(text))


def _changed(each: "Changed", titles: Mapping[str, str]) -> str:
    words = tr("{title}: {then}, now {now}. {reason}")
    nothing = tr("does not apply")
    title = titles.get(each.criterion, tr("Own point"))
    return words.format(
        title=title, then=each.then or nothing, now=each.now or nothing, reason=each.reason
    ).strip()


def _names(served: "Sequence[ServedBy]") -> str:
    return ", ".join(
        dict.fromkeys(" ".join(part for part in (each.model, each.fingerprint) if part) for each in served)
    )
