"""Own code over the samples of a project, into the cache of checks. Who may run what is decided in `own_code`."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from itertools import islice
from typing import Any, NamedTuple

from rubric_studio.domain.ids import QuestionHash, RowId
from rubric_studio.domain.kinds import PythonKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.verdict import CheckColumn
from rubric_studio.grader.own_code import Told
from rubric_studio.services.asked import Asked, Questionnaire
from rubric_studio.services.own_code import NOT_ALLOWED, OwnCode, Trust, is_waiting
from rubric_studio.services.ports import Progress, Store

CHUNK = 500  # answers sent to the sandbox at once
CHUNK_CHARACTERS = 2_000_000
IN_FLIGHT = 3
WRITE_AT = 5000
STALLS_UNTIL_GIVEN_UP = 3
GIVEN_UP = f"given up: the code took too long, or too much memory, on {STALLS_UNTIL_GIVEN_UP} other answers"
STALLED = ("too slow", "too large", "given up", "the sandbox ended", "the interpreter ended")


class Case(NamedTuple):
    """One answer to be marked by own code, and the question its mark will answer."""

    sample: int
    row: RowId
    question: QuestionHash
    text: str
    item: dict[str, Any]


def source_of(asked: Asked) -> str:
    """The text of an own-code criterion."""
    assert asked.criterion is not None
    assert isinstance(asked.criterion.kind, PythonKind)
    return asked.criterion.kind.source


def cases_of(
    store: Store, asking: Questionnaire, key: str, samples: Sequence[int] | None = None
) -> Iterator[Case]:
    """Every answer to which an own-code criterion applies, as the code sees it; streamed."""
    texts = store.sample_texts(samples)
    while page := list(islice(texts, CHUNK)):
        rows = {row.id: row for row in store.rows(dict.fromkeys(row for _, row, _ in page))}
        questions = {id: _question(asking, key, row) for id, row in rows.items()}
        for id, row, text in page:
            question = questions.get(row)  # answers may come in before their questions: those wait
            if question is not None:
                yield Case(id, row, question, text, dict(rows[row].reference))


def chunks(cases: Iterator[Case]) -> Iterator[list[Case]]:
    """Cases as they are sent to a worker at once."""
    chunk: list[Case] = []
    characters = 0
    for case in cases:
        chunk.append(case)
        characters += len(case.text)
        if len(chunk) >= CHUNK or characters >= CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def arguments(cases: Sequence[Case]) -> list[tuple[str, dict[str, Any]]]:
    """The cases as the ways to run code take them."""
    return [(case.text, case.item) for case in cases]


def grade_own_code(
    store: Store,
    asking: Questionnaire,
    executor: Executor,
    own_code: OwnCode,
    progress: Progress,
    samples: Sequence[int] | None = None,
) -> tuple[int, dict[str, int]]:
    """Run every own-code criterion over the answers that have no mark of it yet; how many marks, and stalls by key.

    Code that waits for a person's word leaves that as its reason, which is asked again once the word is given.
    """
    measured, slow = 0, dict[str, int]()
    for asked in asking.criteria():
        if asked.is_own_code:
            run = _Run(store, asked, executor, own_code)
            measured += run.over(cases_of(store, asking, asked.key, samples), progress)
            slow |= {asked.key: run.stalls} if run.stalls else {}
    return measured, slow


class _Run:
    """One text of code over the answers of the project."""

    def __init__(self, store: Store, asked: Asked, executor: Executor, own_code: OwnCode) -> None:
        self.stalls = 0
        self._store = store
        self._title = asked.title
        self._source = source_of(asked)
        self._executor = executor
        self._own_code = own_code
        self._project = store.first_edit()
        self._trust = own_code.trust_in(self._project, self._source)
        self._lacking = ""
        self._found: list[tuple[Case, Told]] = []
        self._written = 0

    def over(self, cases: Iterator[Case], progress: Progress) -> int:
        """Run it; finished chunks are kept when the user stops. How many answers got a mark or a reason."""
        waiting: deque[tuple[list[Case], Future[tuple[list[Told], str]] | None]] = deque()
        done = 0
        try:
            for chunk in chunks(self._open(cases)):
                waiting.append((chunk, self._submit(chunk)))
                if len(waiting) >= IN_FLIGHT:
                    done += self._finish(*waiting.popleft())
                    progress(done, 0, f"running the code of {self._title}")
            while waiting:
                self._finish(*waiting.popleft())
        finally:
            self._write()
        return self._written

    def _open(self, cases: Iterator[Case]) -> Iterator[Case]:
        """The cases without a mark; those that wait for a word only once it may be there."""
        while page := list(islice(cases, CHUNK)):
            known = {
                (verdict.sample, verdict.question): verdict.reason if verdict.value is None else ""
                for verdict in self._store.check_verdicts([case.sample for case in page])
            }
            for case in page:
                reason = known.get((case.sample, case.question))
                if reason is None or (is_waiting(reason) and reason != self._waits()):
                    yield case

    def _waits(self) -> str:
        """The reason that running it now would leave again; "" where that is not known before."""
        if self._trust is Trust.NONE:
            return NOT_ALLOWED
        if self._trust is Trust.SANDBOX and self._lacking:
            return self._own_code.outside(self._source, (), self._trust, self._lacking).waits
        return ""

    def _submit(self, chunk: list[Case]) -> "Future[tuple[list[Told], str]] | None":
        if self._trust is Trust.NONE or self._lacking or self.stalls >= STALLS_UNTIL_GIVEN_UP:
            return None
        return self._executor.submit(self._own_code.sandbox, self._source, arguments(chunk))

    def _finish(self, chunk: list[Case], running: "Future[tuple[list[Told], str]] | None") -> int:
        said = self._said(chunk, running)
        self.stalls += sum(each.value is None and each.reason.startswith(STALLED) for each in said)
        self._found += zip(chunk, said, strict=True)
        if len(self._found) >= WRITE_AT:
            self._write()
        return len(chunk)

    def _said(self, chunk: list[Case], running: "Future[tuple[list[Told], str]] | None") -> list[Told]:
        if self._trust is Trust.NONE:
            return [Told(None, NOT_ALLOWED)] * len(chunk)
        if self.stalls >= STALLS_UNTIL_GIVEN_UP:
            return [Told(None, GIVEN_UP)] * len(chunk)
        cases = arguments(chunk)
        if running is not None:
            said, self._lacking = self._own_code.settled(self._executor, self._source, cases, running)
            if not self._lacking:
                return said
        ran = self._own_code.outside(self._source, cases, self._trust, self._lacking)
        return ran.said or [Told(None, ran.waits)] * len(chunk)

    def _write(self) -> None:
        if self._found:
            self._store.put_check_verdicts(_columns(self._found))
            self._written += len(self._found)
            self._found = []


def _columns(found: Sequence[tuple[Case, Told]]) -> list[CheckColumn]:
    by_row: dict[tuple[RowId, QuestionHash], list[tuple[int, Told]]] = {}
    for case, said in found:
        by_row.setdefault((case.row, case.question), []).append((case.sample, said))
    return [
        CheckColumn(
            row,
            question,
            [sample for sample, _ in entries],
            [said.value for _, said in entries],
            [said.reason for _, said in entries],
            [()] * len(entries),
        )
        for (row, question), entries in by_row.items()
    ]


def _question(asking: Questionnaire, key: str, row: Row) -> QuestionHash | None:
    found = next((asked for asked in asking.on(row) if asked.key == key), None)
    return None if found is None else found.question.on_row(row)
