"""What the page of judges does: forms are opened, saved, and become orders. It shows nothing itself."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.judge import JudgeConfig, Panel
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.judge_orders import (
    AnswersWanted,
    calls_for_one_answer,
    judge_order,
    preview,
    wanted_samples,
)
from rubric_studio.services.judges import (
    ChooseJudge,
    RemovePanel,
    name_trouble,
    newest_judges,
    removing_judge,
    saving_judge,
    saving_panel,
)
from rubric_studio.services.panels import panels
from rubric_studio.services.ports import Store
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.look import Look
from rubric_studio.ui.message import Choice, ask
from rubric_studio.ui.models.judge_asking import Asking, JudgeAsking
from rubric_studio.ui.models.judge_entry import JudgeEntry
from rubric_studio.ui.models.judge_form import JudgeForm
from rubric_studio.ui.models.judge_words import tr
from rubric_studio.ui.models.panel_form import PanelForm
from rubric_studio.ui.session import Session


class JudgeDesk(QObject):
    """`order_wanted` carries a RunOrder, `saved` the name of a judge or a panel that was saved just now.

    `dialog` is the form that is open, None without one.
    """

    order_wanted = Signal(object)
    saved = Signal(str)

    def __init__(self, session: Session, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._look, self._window = session, look, window
        self._counting: Job | None = None
        self.dialog: JudgeForm | PanelForm | JudgeAsking | None = None

    # ---- making and changing

    def members(self) -> list[str]:
        """Who can be in a panel: judges with marks, and those that are made but have none yet."""
        store = self._session.store
        made = [judge.rater for judge in newest_judges(store)]
        return list(dict.fromkeys([*made, *store.judges()]))

    def new_judge(self) -> None:
        """Open an empty form."""
        self._edit_judge(None)

    def change(self, entry: JudgeEntry) -> None:
        """Open the form of a judge or a panel."""
        if entry.panel is not None:
            self.edit_panel(entry.panel)
        elif entry.judge is not None:
            self._edit_judge(entry.judge)

    def edit_panel(self, panel: Panel | None) -> None:
        """Open the form of a panel, or an empty one."""
        names = {each.name for each in panels(self._session.store)}
        judges = [name for name in self.members() if name not in names]
        form = PanelForm(self._look, judges, self._trouble, panel, self._window.window())
        form.given.connect(self._save_panel)
        self._open(form)

    def let_count(self, entry: JudgeEntry) -> None:
        """Let a judge's marks count in training."""
        self._session.perform(ChooseJudge(rater=entry.rater))

    def remove(self, entry: JudgeEntry) -> None:
        """Ask, then take a judge or a panel away; its marks stay."""
        kept = tr("The marks that it gave stay. You can take this back with Undo.")
        nothing = tr("Its judges stay. You can take this back with Undo.")
        choice = Choice(
            tr("Remove {name}?").format(name=entry.rater),
            nothing if entry.panel else kept,
            tr("Remove"),
            tr("Keep it"),
            dangerous=True,
        )
        ask(self._window, choice, lambda: self._remove(entry))

    def _remove(self, entry: JudgeEntry) -> None:
        if entry.panel is not None:
            self._session.perform(RemovePanel(name=entry.panel.name))
        elif entry.judge is not None:
            self._session.perform(removing_judge(self._session.store, entry.judge.name))

    def _edit_judge(self, judge: JudgeConfig | None) -> None:
        form = JudgeForm(
            self._look,
            self.connections(),
            calls_for_one_answer(self._session.draft),
            self._trouble,
            lambda made: self._version(made, judge),
            judge,
            self._window.window(),
        )
        form.given.connect(self._save_judge)
        form.preview_wanted.connect(
            lambda made: form.show_preview(preview(self._session.store, self._session.draft, made))
        )
        self._open(form)

    def _version(self, made: JudgeConfig, before: JudgeConfig | None) -> str:
        """What saving makes of it, in words."""
        try:
            saved = saving_judge(self._session.store, made).judge
        except StudioError as error:
            return error.message
        if before is not None and saved.rater == before.rater:
            return tr("Nothing changes in what it is asked: it stays {name}.").format(name=saved.rater)
        if saved.number == 1:
            return tr("Its marks will stand under {name}.").format(name=saved.rater)
        words = tr(
            "It is asked in another way now: saved as {name}, whose marks are not mixed with the others."
        )
        return words.format(name=saved.rater)

    def _trouble(self, name: str) -> str:
        return name_trouble(self._session.store, name)

    def _save_judge(self, judge: JudgeConfig) -> None:
        try:
            saving = saving_judge(self._session.store, judge)
        except StudioError as error:
            self._session.failed.emit(error)
            return
        if self._session.perform(saving):
            self.saved.emit(saving.judge.rater)

    def _save_panel(self, panel: Panel) -> None:
        try:
            saving = saving_panel(self._session.store, panel)
        except StudioError as error:
            self._session.failed.emit(error)
            return
        if self._session.perform(saving):
            self.saved.emit(panel.name)

    # ---- asking

    def connections(self) -> tuple[Connection, ...]:
        """The connections of this computer."""
        models = self._session.models
        return () if models is None else models.connections.all()

    def own_connection(self, judge: JudgeConfig) -> Connection | None:
        """The judge's connection; where this computer does not know it, the first one that names its model."""
        known = self.connections()
        own = next((each for each in known if each.id == judge.connection), None)
        return own or next((each for each in known if judge.model in each.models), None)

    def connection_of(self, judge: JudgeConfig) -> Connection | None:
        """The judge's connection or, where this computer does not know it, any: it can be asked in its place."""
        return self.own_connection(judge) or next(iter(self.connections()), None)

    def ask_for_marks(self, judge: JudgeConfig) -> None:
        """Ask which answers and points, then hand on the order."""
        asking = questionnaire(self._session.store, self._session.draft)
        points = [(each.key, each.title) for each in asking.criteria() if each.is_judged]
        connection = self.connection_of(judge)
        form = JudgeAsking(
            self._look,
            judge.rater,
            points,
            self.connections(),
            connection.id if connection else "",
            self._window.window(),
        )
        form.count_wanted.connect(lambda wanted: self._count(form, judge, wanted))
        form.given.connect(lambda asked: self._order(judge, asked))
        self._open(form)

    def check_for_drift(self, judge: JudgeConfig) -> None:
        """Hand on the order that asks again what the judge has marked."""
        connection, rubric, at = self.own_connection(judge), self._session.draft, self._session.author.now()
        if connection is None:
            return

        def work(store: Store, _: Progress) -> RunOrder:
            from rubric_studio.services.drift import drift_order  # on the job's thread: it is slow to import

            return drift_order(store, judge, rubric, connection, at)

        self._session.background(tr("Choosing answers"), work).finished.connect(self.order_wanted)

    def _count(self, form: JudgeAsking, judge: JudgeConfig, wanted: AnswersWanted) -> None:
        def work(store: Store, _: Progress) -> int:
            return len(wanted_samples(store, wanted, judge.rater))

        if self._counting is not None:
            self._counting.stop()
        self._counting = job = self._session.background(tr("Counting answers"), work)
        job.finished.connect(
            lambda count: form.show_count(count) if job is self._counting and form is self.dialog else None
        )

    def _order(self, judge: JudgeConfig, asked: Asking) -> None:
        connection = next((each for each in self.connections() if each.id == asked.connection), None)
        rubric = self._session.draft
        if connection is None:
            return

        def work(store: Store, _: Progress) -> RunOrder:
            samples = wanted_samples(store, asked.answers, judge.rater)
            return judge_order(judge, connection, rubric, samples, asked.criteria)

        self._session.background(tr("Choosing answers"), work).finished.connect(self.order_wanted)

    def _open(self, dialog: JudgeForm | PanelForm | JudgeAsking) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._on_dialog_finished)
        dialog.open()

    def _on_dialog_finished(self) -> None:
        self.dialog = None
