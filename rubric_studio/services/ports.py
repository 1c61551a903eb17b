"""What the services ask of the adapters. Real ones are chosen in `wiring.py`, fakes in tests."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from rubric_studio.domain.given_mark import GivenMark
from rubric_studio.domain.ids import EditId, PersonId, RecordId, RowId
from rubric_studio.domain.listing import Counts, RowQuery, RowSummary, SampleInfo
from rubric_studio.domain.probe_outcome import ProbeOutcome
from rubric_studio.domain.record import Conflict, EditEntry, Person, Record, RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.domain.values import JsonObject
from rubric_studio.domain.verdict import CheckColumn, CheckVerdict, Verdict
from rubric_studio.grader.own_code import Told
from rubric_studio.services.sealed_store import SealedStore

if TYPE_CHECKING:  # not needed at start, which is quick
    from rubric_studio.domain.bundle import BundleContent, BundleReport, Objection, Verification
    from rubric_studio.domain.model_call import Reply
    from rubric_studio.domain.run import (
        Batch,
        Call,
        CallOutcome,
        CallState,
        PlannedCall,
        RunPlan,
        RunState,
        RunSummary,
    )

Progress = Callable[[int, int, str], None]
"""progress(done, total, what): raises `Cancelled` when the user stops. total 0 means unknown."""


def no_progress(done: int, total: int, what: str) -> None:
    """Report nothing and never stop."""


class Clock(Protocol):
    """Where time and chance come from."""

    def milliseconds(self) -> int:
        """UTC milliseconds since 1970."""
        ...

    def randomness(self) -> bytes:
        """Ten fresh random bytes."""
        ...


class RecordStore(Protocol):
    """The immutable records of people."""

    def append(self, entry: EditEntry, records: Sequence[Record]) -> None:
        """Write one edit, whole and durably (fsync) before returning."""
        ...

    def heads(
        self, kind: RecordKind, subjects: Iterable[str] | None = None, scopes: Iterable[str] | None = None
    ) -> list[Record]:
        """Records of the kind that nothing replaces, withdrawn ones (body None) too, oldest first."""
        ...

    def records(self, ids: Iterable[RecordId]) -> list[Record]:
        """Those records."""
        ...

    def given_marks(self, ids: Iterable[RecordId]) -> list[GivenMark]:
        """The marks that those records of experts tell, oldest first, without their words. Quicker than records."""
        ...

    def standing_marks(self, scopes: Iterable[str] | None = None) -> list[GivenMark]:
        """All marks of experts that stand now, or those on some samples, oldest first; none of an open round."""
        ...

    def authors_of(self, kind: RecordKind) -> set[PersonId]:
        """Who wrote the records of a kind that nothing replaces, withdrawn ones too."""
        ...

    def records_of_edit(self, edit: str) -> list[Record]:
        """The records of one edit, in the order written."""
        ...

    def replaced(self, ids: Iterable[RecordId]) -> set[RecordId]:
        """Which of the records are replaced by another."""
        ...

    def conflicts(self) -> list[Conflict]:
        """The subjects on which heads differ; a withdrawn head says nothing."""
        ...

    def history(self, kind: RecordKind | None, subject: str) -> list[Record]:
        """All records of a subject (by subject or scope), oldest first."""
        ...

    def edits(self, person: PersonId | None = None, newest: int = 1000) -> list[EditEntry]:
        """The newest edits, newest first."""
        ...

    def edits_writing(self, kinds: Iterable[RecordKind]) -> set[EditId]:
        """The edits that wrote a record of one of those kinds."""
        ...

    def edits_behind(self, ids: Iterable[RecordId]) -> set[EditId]:
        """The edits that wrote those records, and all that they replaced."""
        ...

    def first_edit(self) -> str:
        """The id of the first edit, by which a project and its copies are known; "" where there is none."""
        ...

    def people(self) -> list[Person]:
        """Everybody who ever decided something here."""
        ...

    def add_person(self, person: Person) -> None:
        """Add a person, or take over a new display name for the id."""
        ...


class RowStore(Protocol):
    """Rows as imported, under what people edited."""

    def row_ids(self, query: RowQuery) -> list[RowId]:
        """Ids of the rows the query asks for, in its order."""
        ...

    def rows(self, ids: Iterable[RowId] | None = None) -> Iterator[Row]:
        """Rows as they are now (edits applied), in import order or in the order of the ids."""
        ...

    def references(self, ids: Iterable[RowId]) -> Iterator[tuple[RowId, JsonObject]]:
        """(id, reference fields) of those rows as they are now; unknown ids are passed over. Quicker than rows."""
        ...

    def imported_row(self, id: RowId) -> Row | None:
        """The row as it came in."""
        ...

    def imported_rows(self, ids: Iterable[RowId]) -> Iterator[Row]:
        """Rows as they came in, in the order of the ids; unknown ids are passed over."""
        ...

    def row_variants(self, id: RowId) -> list[Row]:
        """What imports of merged copies say of a row, where they differ; the first one counts."""
        ...

    def row_states(self, id: RowId) -> list[Row]:
        """Every state in which imports ever brought a row, those replaced since included, oldest first."""
        ...

    def row_conflicts(self) -> list[RowId]:
        """Rows with several variants that no edit has settled yet."""
        ...

    def summaries(self, ids: Sequence[RowId]) -> list[RowSummary]:
        """Table lines for those rows, in that order."""
        ...

    def reference_fields(self) -> list[str]:
        """Names of all reference fields, most frequent first."""
        ...


class SampleStore(Protocol):
    """Sampled outputs."""

    def sample_infos(self) -> list[SampleInfo]:
        """Every sample without its text, ordered by id."""
        ...

    def samples(self, ids: Sequence[int] | None = None) -> Iterator[tuple[int, Sample]]:
        """(id, sample) of those samples, or of all, ordered by id; streamed."""
        ...

    def sample_texts(self, ids: Sequence[int] | None = None) -> Iterator[tuple[int, RowId, str]]:
        """(id, row, text) of those samples, or of all, ordered by id; streamed. Quicker than whole samples."""
        ...

    def samples_of(self, row: RowId) -> list[tuple[int, Sample]]:
        """The samples of a row, ordered by model and run."""
        ...

    def sample_conflicts(self) -> list[tuple[RowId, str, int]]:
        """Places (row, model, run) with more than one text, which only a merge can bring about."""
        ...


class VerdictStore(Protocol):
    """What machines said: the cache of checks, and judges' verdicts by run. Experts' are records."""

    def check_verdicts(self, samples: Sequence[int] | None = None) -> Iterator[CheckVerdict]:
        """Cached check verdicts of those samples, or of all; of two on the same thing the later one counts."""
        ...

    def put_check_verdicts(self, columns: Iterable[CheckColumn]) -> None:
        """Add to the cache in one transaction."""
        ...

    def clear_check_verdicts(self) -> None:
        """Empty the cache; it can be made anew."""
        ...

    def judge_verdicts(self, samples: Sequence[int] | None = None) -> Iterator[tuple[int, Verdict]]:
        """(sample id, verdict) of every judge."""
        ...

    def judges(self) -> list[str]:
        """Names of the judges that have verdicts here."""
        ...


class ProbeStore(Protocol):
    """What rubrics, known by the hash of `domain/probe_outcome.py`, made of probes. Machine-made and deletable."""

    def probe_outcomes(self, rubric: str, row: RowId | None = None) -> Iterator[ProbeOutcome]:
        """The outcomes under that rubric, in the order in which rows were tried; or those of one row."""
        ...

    def put_probe_outcomes(self, rubric: str, outcomes: Iterable[ProbeOutcome]) -> None:
        """Keep those rows' outcomes instead of what was kept of these rows, in one transaction."""
        ...

    def probed_rubrics(self) -> dict[str, str]:
        """The hashes under which there are outcomes, each with the time of its latest one."""
        ...

    def delete_probe_outcomes(self, rubric: str) -> None:
        """Forget what was found under that rubric."""
        ...


class RunStore(Protocol):
    """Runs of model calls: planned whole, answered one by one. A run is a source of its own name."""

    def add_run(self, source: Source, plan: "RunPlan", calls: "Iterable[PlannedCall]") -> int:
        """Write a run with all its calls, whole or not at all; how many calls."""
        ...

    def runs(self) -> "list[RunSummary]":
        """Every run with its numbers, oldest first; those taken away or retired are not among them."""
        ...

    def run(self, id: str) -> "RunSummary":
        """One run. StudioError where it is not here."""
        ...

    def set_run_state(self, id: str, state: "RunState", reason: str = "") -> None:
        """Say where a run stands."""
        ...

    def calls(
        self, run: str, states: "Sequence[CallState] | None" = None, after: int = 0, limit: int = 1000
    ) -> "list[Call]":
        """Calls of a run in those states, or all, with numbers above `after`, in order."""
        ...

    def answers(self, keys: Iterable[str]) -> "dict[str, Reply]":
        """What is known of those keys."""
        ...

    def keep_outcomes(self, run: str, outcomes: "Sequence[CallOutcome]") -> None:
        """Keep how calls ended, with answers, samples and verdicts, in one durable transaction."""
        ...

    def retry_failed(self, run: str) -> int:
        """Let the failed calls of a run wait again; how many."""
        ...

    def put_batch(self, batch: "Batch") -> None:
        """Keep a batch, or what changed of it; the calls between its ends that wait are sent from then on."""
        ...

    def batches(self, run: str) -> "list[Batch]":
        """The batches of a run, oldest first."""
        ...


class SourceStore(Protocol):
    """Imports, whole or not at all."""

    def writing(self) -> AbstractContextManager["ImportWriter"]:
        """One transaction: everything written inside is there after it, or nothing if it raises."""
        ...

    def sources(self) -> list[Source]:
        """All imports, oldest first."""
        ...

    def delete_source(self, id: str) -> bool:
        """Take an import's things away; False (and retired instead) once a person's record hangs on them.

        Retired things are hidden from every list and count; another import that brings them shows them again.
        """
        ...


class ImportWriter(Protocol):
    """What may be written within one import."""

    def source(self, source: Source) -> None:
        """Name the import first."""
        ...

    def rows(self, rows: Iterable[Row]) -> int:
        """Add or, where the id is known, change rows as imported; how many are new or changed."""
        ...

    def samples(self, samples: Iterable[Sample]) -> int:
        """Add samples; one that is there already adds nothing. How many were new."""
        ...

    def judge_verdicts(self, verdicts: Iterable[Verdict]) -> int:
        """Add or replace judges' verdicts, identified by (sample, question, rater, repeat). How many."""
        ...

    def records(self, entry: EditEntry, records: Sequence[Record]) -> None:
        """People's records that come with the import."""
        ...


class Bundles(Protocol):
    """Writes bundles and proves them; knows the targets."""

    def targets(self) -> Mapping[str, str]:
        """Name and title of each target."""
        ...

    def objections(self, content: "BundleContent", target: str) -> "tuple[Objection, ...]":
        """What the target cannot carry."""
        ...

    def write(self, content: "BundleContent", directory: Path, progress: Progress) -> "BundleReport":
        """Write the bundle beside its place and rename it; DIR must be new or empty."""
        ...

    def verify(self, directory: Path, progress: Progress) -> "Verification":
        """Prove a bundle whole without running any code from it."""
        ...


class KeptFile(Protocol):
    """A small file of this machine, of no project."""

    def read(self) -> dict[str, Any]:
        """What was kept; nothing where there is no file, or a damaged one."""
        ...

    def write(self, values: dict[str, Any]) -> None:
        """Keep the values, whole or not at all."""
        ...


class PythonRunner(Protocol):
    """Runs trusted own code under CPython, in a process of its own."""

    def run(self, source: str, cases: Sequence[tuple[str, dict[str, Any]]]) -> list[Told]:
        """What `grade` of the source says of each (text, reference fields); never raises for what it does."""
        ...

    def missing_protection(self) -> list[str]:
        """In words, what the code could do because this system lacks a measure; [] where it lacks none."""
        ...

    def close(self) -> None:
        """End its processes."""
        ...


class Store(
    RecordStore, RowStore, SampleStore, VerdictStore, SourceStore, ProbeStore, RunStore, SealedStore, Protocol
):
    """One open project file, on one thread."""

    @property
    def name(self) -> str:
        """The project's name: the file's stem."""
        ...

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        ...

    def counts(self) -> Counts:
        """How much the project holds."""
        ...

    def close(self) -> None:
        """Checkpoint and leave one self-contained file."""
        ...
