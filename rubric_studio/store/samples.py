"""Sampled outputs: written by imports, read by pages, their texts apart from what lists need."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RowId, SampleKey
from rubric_studio.domain.listing import SampleInfo
from rubric_studio.domain.sample import Sample
from rubric_studio.store.bulk import put, quick_json, take
from rubric_studio.store.connection import Connection, Part, in_pages, json_text, kept_text, text_again

PAGE = 1000
WRITE_PAGE = 2000
_SAMPLE = ("s.id", "s.row", "s.model", "s.run", "t.text", "t.facts")
_IN_ONE_STEP = (*_SAMPLE[:4], "iif(typeof(t.text) = 'text', t.text, null)", "t.facts")
_LISTED = (
    "from json_each(?) wanted join sample s on s.id = wanted.value and s.present "
    "join sample_text t on t.sample = s.id order by s.id"
)


class Samples(Part):
    """Sampled outputs (see `SampleStore` in the ports)."""

    def sample_infos(self) -> list[SampleInfo]:
        """Every sample without its text, ordered by id."""
        lines = self._db.all("select id, key, row, model, run from sample where present order by id")
        return [SampleInfo._make(line) for line in lines]

    def samples(self, ids: Sequence[int] | None = None) -> Iterator[tuple[int, Sample]]:
        """(id, sample) of those samples, or of all, ordered by id; streamed."""
        for page in in_pages(present_ids(self._db) if ids is None else sorted(set(ids)), PAGE):
            if ids is None:
                lines = self._db.all(f"select {', '.join(_SAMPLE)} {_LISTED}", [json_text(page)])
            else:  # named ones are what a run marks, beside a busy network
                lines = take(self._db, _IN_ONE_STEP, _LISTED, [json_text(page)])
            for id, row, model, run, text, facts in lines:
                yield id, _sample((id, row, model, run, self._torn(id) if text is None else text, facts))

    def sample_texts(self, ids: Sequence[int] | None = None) -> Iterator[tuple[int, RowId, str]]:
        """(id, row, text) of those samples, or of all, ordered by id; streamed. Quicker than whole samples."""
        read = "select s.id, s.row, t.text from"
        joined = "join sample_text t on t.sample = s.id"
        listed = f"{read} json_each(?) wanted join sample s on s.id = wanted.value and s.present {joined} order by s.id"
        between = f"{read} sample s {joined} where s.id between ? and ? and s.present order by s.id"
        for page in in_pages(present_ids(self._db) if ids is None else sorted(set(ids)), PAGE):
            values = [page[0], page[-1]] if ids is None else [json_text(page)]
            for line in self._db.all(between if ids is None else listed, values):
                yield line if isinstance(line[2], str) else (line[0], line[1], text_again(line[2]))

    def samples_of(self, row: RowId) -> list[tuple[int, Sample]]:
        """The samples of a row, ordered by model and run."""
        sql = (
            f"select {', '.join(_SAMPLE)} from sample s join sample_text t on t.sample = s.id "
            "where s.row = ? and s.present order by s.model, s.run, s.id"
        )
        return [(line[0], _sample(line)) for line in self._db.all(sql, [row])]

    def _torn(self, id: int) -> bytes:
        """A text that holds half a character, as it is kept."""
        return self._db.one("select text from sample_text where sample = ?", [id])

    def sample_conflicts(self) -> list[tuple[RowId, str, int]]:
        """Places (row, model, run) with more than one text, which only a merge can bring about."""
        sql = (
            "select row, model, run from sample where present "
            "group by row, model, run having count(*) > 1 order by row, model, run"
        )
        return [(RowId(row), model, run) for row, model, run in self._db.all(sql)]


def present_ids(db: Connection) -> list[int]:
    """Ids of all samples, in order."""
    return [id for (id,) in db.all("select id from sample where present order by id")]


def write_samples(db: Connection, source: int, samples: Iterable[Sample]) -> int:
    """Add samples as one import's; one that is there already adds nothing. How many were new."""
    return sum(
        write_keyed_samples(db, source, {sample.key: sample for sample in page})
        for page in in_pages(samples, WRITE_PAGE)
    )


def write_keyed_samples(db: Connection, source: int, by_key: Mapping[SampleKey, Sample]) -> int:
    """Add a few thousand samples at most, whose keys are known; how many were new."""
    before = known_ids(db, by_key)
    new = [(key, sample) for key, sample in by_key.items() if key not in before]
    first = 1 + (db.one("select max(id) from sample") or 0)
    ids = {key: id for id, (key, _) in enumerate(new, start=first)}
    put(
        db,
        "insert into sample (id, key, row, model, run) {values}",
        [(ids[key], key, sample.row, sample.model, sample.run) for key, sample in new],
    )
    put(
        db,
        "insert into sample_text (sample, text, facts) {values}",
        [(ids[key], kept_text(sample.text), _facts(sample)) for key, sample in new],
    )
    put(
        db,
        "insert into sample_source (sample, source) {values} on conflict do nothing",
        [(id, source) for id in (before | ids).values()],
    )
    return len(new) + (work_out_presence(db, list(before.values())) if before else 0)


def work_out_presence(db: Connection, ids: Sequence[int]) -> int:
    """Show those samples that an import brought which is not retired, hide the others; how many changed."""
    return db.run(
        "update sample set present = not present where id in (select value from json_each(?)) "
        "and present <> exists (select 1 from sample_source x join source s on s.number = x.source "
        "where x.sample = sample.id and not s.retired)",
        [json_text(list(ids))],
    )


def ids_of(db: Connection, keys: Iterable[SampleKey]) -> dict[SampleKey, int]:
    """Local ids of samples.

    Raises:
        StudioError: one of them is not here.
    """
    wanted = list(dict.fromkeys(keys))
    found = known_ids(db, wanted)
    missing = [key for key in wanted if key not in found]
    if missing:
        raise StudioError(
            "Marks without their answers",
            f"{len(missing)} answers that were marked are not in this project.",
            "Bring the answers in first, then their marks.",
        )
    return found


def known_ids(db: Connection, keys: Iterable[SampleKey]) -> dict[SampleKey, int]:
    """Local ids of those samples that are here."""
    rest = "from sample where key in (select value from json_each(?))"
    return {SampleKey(key): id for key, id in take(db, ("key", "id"), rest, [json_text(list(keys))])}


def _facts(sample: Sample) -> str:
    try:
        return quick_json(sample.facts)
    except ValueError as error:
        raise StudioError(
            "This answer cannot be kept",
            f'What is told of the answer of {sample.model} to "{sample.row}" holds a number that is none.',
        ) from error


def _sample(line: Sequence[Any]) -> Sample:
    _, row, model, run, text, facts = line
    told = json.loads(facts) if facts != "{}" else {}
    return Sample(row=row, model=model, run=run, text=text_again(text), facts=told)
