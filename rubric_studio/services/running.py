"""Works a run off: asks what waits, settles what comes back, keeps it in groups, tells the news. Knows no network.

Answers that are on their way are never lost: pausing, stopping, a budget that is reached or a fault that would befall
every call only ends the asking. What has come is kept before the run ends, and before anybody is told of it.
"""

import time

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.model_call import Fault
from rubric_studio.domain.run import CallOutcome, CallState, RunState, RunSummary
from rubric_studio.services.batch_running import BatchedRun
from rubric_studio.services.call_line import CallLine, Came
from rubric_studio.services.model_ports import Asking, ModelServers
from rubric_studio.services.ports import Store
from rubric_studio.services.run_address import check_goes_there
from rubric_studio.services.run_kinds import work_of
from rubric_studio.services.run_news import RunNews
from rubric_studio.services.run_progress import RunControl
from rubric_studio.services.settling import Question, Settling

PAGE = 500
LINED_UP = 256
"""Calls handed over beyond those that may be on the wire: what is asked while a group is being kept."""

WAIT_SECONDS = 0.1
GATHER_SECONDS = 0.005
FEW = 64
"""Fewer answers than that are worth a moment's wait for more: every waking costs the network its turn."""

LAST_MOMENT = 3.0
"""Seconds in which a run that is stopped still takes what comes."""

IN_A_ROW = 25
"""So many calls that fail one after the other, each after all its tries, mean that the server is not there."""


def run_calls(
    store: Store, run_id: str, servers: ModelServers, connection: Connection, control: RunControl
) -> RunSummary:
    """Make the calls of a run that wait, until all are made or something ends it; how it stands then.

    Raises:
        StudioError: it could not be begun or kept. The run is paused with the reason.
    """
    run = store.run(run_id)
    store.set_run_state(run_id, RunState.RUNNING)
    state, reason = RunState.PAUSED, "It broke off by an error of the program."
    try:
        check_goes_there(run.plan, connection)
        reason = _worked_off(store, run, servers, connection, control)
        state, reason = _stands(store.run(run_id), reason)
    except StudioError as error:
        reason = error.message
        raise
    finally:
        store.set_run_state(run_id, state, reason)
    return store.run(run_id)


def _worked_off(
    store: Store, run: RunSummary, servers: ModelServers, connection: Connection, control: RunControl
) -> str:
    if run.plan.batch:
        return BatchedRun(store, run, servers, connection, control).work_off()
    with servers.asking(connection) as asking:
        return _RunUnderWay(store, run, asking, connection, control).work_off()


def _stands(run: RunSummary, reason: str) -> tuple[RunState, str]:
    if not run.open:
        return RunState.DONE, ""
    if run.sent and not reason:
        reason = f"{run.sent} calls are in a batch at the server."
    return RunState.PAUSED, reason


class _RunUnderWay:
    """One run while it is worked off."""

    def __init__(
        self, store: Store, run: RunSummary, asking: Asking, connection: Connection, control: RunControl
    ) -> None:
        self._store, self._run, self._asking, self._control = store, run, asking, control
        self._settling = Settling(store, run.plan, work_of(run.plan, run.id))
        # The Responses API has no n.
        self._line = CallLine(asking, takes_n=connection.takes_n and run.plan.api == "chat")
        self._lined_up = connection.concurrency + LINED_UP
        self._news = RunNews(run, control)
        self._ended: list[tuple[CallOutcome, str]] = []
        self._last_read = 0
        self._all_read = False
        self._in_a_row = 0
        self._is_held = False
        self._ends_at: float | None = None
        self._quiet = 0
        self._reason = ""

    def work_off(self) -> str:
        """Work until nothing is left or something ends it; the reason, "" where a person did or all is done."""
        try:
            self._look()
            while not self._is_through():
                self._feed()
                self._take_answers()
                self._look()
                self._news.tell(self._asking)
        finally:
            self._keep()
        self._news.tell(self._asking, at_once=True)
        return self._reason

    # ---- whether to go on

    def _look(self) -> None:
        """See whether further calls may begin."""
        self._reason = self._reason or self._news.over_budget
        if self._control.is_stopped and self._ends_at is None:
            self._ends_at = time.monotonic() + LAST_MOMENT
        shall_hold = bool(self._reason) or self._ends_at is not None or self._control.is_paused
        if shall_hold != self._is_held:
            self._is_held, self._quiet = shall_hold, 0
            self._asking.hold(shall_hold)

    def _is_through(self) -> bool:
        if not self._is_held:
            return self._all_read and not self._line.waiting and not self._line.on_way
        is_late = self._ends_at is not None and time.monotonic() >= self._ends_at
        return is_late or self._quiet > 1 or not self._line.on_way

    # ---- asking

    def _feed(self) -> None:
        """Hand calls over, as many as keep the connection busy until the next time."""
        while not self._is_held and self._line.on_way < self._lined_up:
            if self._line.waiting:
                self._line.hand_over()
            elif self._all_read:
                return
            else:
                self._read_page()
                self._look()

    def _read_page(self) -> None:
        """Read calls that wait; those whose answers are known end at once."""
        calls = self._store.calls(self._run.id, [CallState.WAITING], after=self._last_read, limit=PAGE)
        if not calls:
            self._all_read = True
            return
        self._last_read = calls[-1].number
        for found in self._settling.begun(calls):
            self._settled(*found)
        if self._ended:
            self._keep()
            self._news.tell(self._asking)

    # ---- settling and keeping

    def _take_answers(self) -> None:
        """Take what has come, and keep it before anything else is taken."""
        is_quiet = self._asking.in_flight == 0
        answers = self._asking.answered(WAIT_SECONDS)
        for answered in answers:
            self._news.spent(answered.usage)
            for came in self._line.came(answered):
                self._take(came)
        self._quiet = self._quiet + 1 if is_quiet and not answers else 0
        self._keep()
        if 0 < len(answers) < FEW and self._line.on_way:
            time.sleep(GATHER_SECONDS)

    def _take(self, came: Came) -> None:
        question, found, attempts, usage = came
        if isinstance(found, Fault):
            self._mind_fault(found)
            self._settled(self._settling.failed(question, found, attempts, usage), question)
        else:
            self._in_a_row = 0
            self._settled(self._settling.answered(question, found, attempts, usage), question)

    def _mind_fault(self, fault: Fault) -> None:
        """Some faults end the asking: what would befall every call, or has befallen too many in a row."""
        self._in_a_row = self._in_a_row + 1 if fault.is_passing else 0
        if fault.stops_run:
            self._reason = self._reason or fault.message
        elif self._in_a_row >= IN_A_ROW:
            told = f"{IN_A_ROW} calls failed one after the other; the last one: {fault.message}"
            self._reason = self._reason or told

    def _settled(self, now: CallOutcome | Question, question: Question | None) -> None:
        if isinstance(now, Question):
            self._line.add(now)
        else:
            self._ended.append((now, question.prepared.row if question else ""))

    def _keep(self) -> None:
        """Keep what has ended, in one durable transaction."""
        if not self._ended:
            return
        self._store.keep_outcomes(self._run.id, [outcome for outcome, _ in self._ended])
        ended, self._ended = (
            self._ended,
            [],
        )  # only now: what could not be written is tried once more at the end
        self._news.kept(ended)
