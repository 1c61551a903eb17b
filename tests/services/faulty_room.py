"""A run against a server that fails some of its questions; not a test itself, `test_every_fault.py` has the faults."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.run import Call, CallState, RunSummary
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.verdict import State
from rubric_studio.llm.keys import Keys
from rubric_studio.llm.servers import ModelServers
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.edits import Author
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.services.running import run_calls
from rubric_studio.services.runs import retry_failed, start_run
from rubric_studio.store.project_file import ProjectFile
from tests.llm.conftest import NoChance
from tests.model_server import Act, Say, Seen
from tests.model_server.fitting import fitting
from tests.services.fake_asking import Watching
from tests.services.judge_fake import JUDGE, judging_plan
from tests.services.run_room import sampling_plan

Purpose = Literal["sampling", "judging"]


def question(number: int) -> str:
    """The words by which the server knows a question, or the answer that a judge is shown."""
    return f"This is number {number}."


class Server:
    """Does an act with each question that has one, so often or always; answers everything else as one should."""

    def __init__(self, acts: Mapping[int, Act], times: int | None = None) -> None:
        self._acts = {question(number): (number, act) for number, act in acts.items()}
        self._times = times
        self.asked: Counter[int] = Counter()
        """How often each question with an act was seen; all others under -1."""

    def __call__(self, seen: Seen) -> Act:
        text = seen.raw.decode()
        number, act = next((found for words, found in self._acts.items() if words in text), (-1, fine(seen)))
        self.asked[number] += 1
        return act if self._times is None or self.asked[number] <= self._times else fine(seen)

    def mend(self) -> None:
        """Answer everything as one should from now on."""
        self._times = 0


def fine(seen: Seen) -> Say:
    """An answer that fits, whatever is asked in whichever API."""
    chat, responses = seen.body.get("response_format"), seen.body.get("text")
    form = chat["json_schema"] if chat else responses["format"] if responses else None
    return Say("Yes." if form is None else json.dumps(fitting(form["schema"], 0)))


class Room:
    """One run, `count` questions or answers to be marked, against one server; and what it brought."""

    def __init__(
        self, store: ProjectFile, author: Author, url: str, purpose: Purpose, count: int, **connection: Any
    ) -> None:
        self._store, self._author = store, author
        self._servers = ModelServers(Keys({}), offline=False, chance=NoChance())
        self.connection = Connection(id="here", name="Here", base_url=url, key_place="none", **connection)
        self.purpose: Purpose = purpose
        self._numbers = range(count)
        self._bring()
        self.run: RunSummary

    def start(self, **plan: Any) -> RunSummary:
        """Plan the run: sampling over Chat Completions, judging over Responses unless told otherwise."""
        order = self._judging(plan) if self.purpose == "judging" else self._sampling(plan)
        self.run = start_run(self._store, order, self._author)
        return self.run

    def work(self, **connection: Any) -> RunSummary:
        """Work the run off, over a connection that is changed in so far."""
        over = self.connection.model_copy(update=connection)
        self.run = run_calls(self._store, self.run.id, self._servers, over, Watching())
        return self.run

    def retry_failed(self) -> int:
        """Let what failed wait again; how many calls."""
        return retry_failed(self._store, self.run.id)

    @property
    def calls(self) -> list[Call]:
        """The calls of the run; the number in the list is that of the question."""
        return self._store.calls(self.run.id)

    @property
    def open(self) -> list[Call]:
        """Those that wait or are at the server."""
        return self._store.calls(self.run.id, [CallState.WAITING, CallState.SENT])

    @property
    def samples(self) -> list[Sample]:
        """What was sampled, by question."""
        found = [sample for _, sample in self._store.samples() if sample.facts.get("run") == self.run.id]
        return sorted(found, key=lambda sample: (int(sample.row[1:]), sample.run))

    @property
    def marks(self) -> list[tuple[State, str]]:
        """(state, reason) of the judge's marks, by answer."""
        found = sorted(self._store.judge_verdicts(), key=lambda each: each[0])
        return [(verdict.state, verdict.reason) for _, verdict in found]

    @property
    def unscored(self) -> list[str]:
        """The reasons of marks that are none."""
        return [reason for state, reason in self.marks if state is State.UNSCORED]

    @property
    def brought(self) -> int:
        """How many questions have their answer, or answers their mark, each counted once."""
        if self.purpose == "sampling":
            return len({sample.place for sample in self.samples})
        return sum(state is State.SCORED for state, _ in self.marks)

    # ---- what is asked

    def _bring(self) -> None:
        rows = tuple(Row(id=RowId(f"n{n}"), prompt=user_prompt(question(n))) for n in self._numbers)
        samples: Sequence[Sample] = ()
        if self.purpose == "judging":
            rows = (Row(id=RowId("case"), prompt=user_prompt("Is it so?")),)
            samples = [Sample(row=rows[0].id, model="oak", run=n, text=question(n)) for n in self._numbers]
        carry_out(
            self._store,
            ImportPlan(ImportedFile(name="room", kind="mixed"), rows, tuple(samples)),
            self._author,
        )

    def _sampling(self, plan: dict[str, Any]) -> RunOrder:
        rows = tuple(RowId(f"n{n}") for n in self._numbers)
        return RunOrder(sampling_plan(self.connection, **({"model": "small"} | plan)), rows=rows)

    def _judging(self, plan: dict[str, Any]) -> RunOrder:
        judge = JUDGE.model_copy(update={"api": plan.get("api", "responses")})
        usual = judging_plan(judge, endpoint=self.connection.endpoint, api=judge.api)
        ids = {info.run: info.id for info in self._store.sample_infos() if info.model == "oak"}
        return RunOrder(
            usual.model_copy(update=plan), samples=tuple(ids[n] for n in self._numbers), criteria=("steps",)
        )
