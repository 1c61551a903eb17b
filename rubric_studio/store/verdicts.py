"""What machines said: the lean cache of checks, and judges' verdicts by import. Experts' are records."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

import orjson

from rubric_studio.domain.ids import CriterionKey, QuestionHash, SampleKey
from rubric_studio.domain.verdict import CheckColumn, CheckVerdict, Rater, Span, State, Verdict
from rubric_studio.store.bulk import put
from rubric_studio.store.connection import Connection, Part, in_pages, json_text, kept_text, text_again
from rubric_studio.store.samples import ids_of, present_ids

PAGE = 2000
_CODES = {State.SCORED: 0, State.NOT_APPLICABLE: 1, State.UNSCORED: 2}
_STATES = tuple(_CODES)

_CHECKED = "select c.question, c.found from check_column c"
_CHECKED_OF = (
    f"{_CHECKED} where c.row in (select s.row from json_each(?) wanted join sample s on s.id = wanted.value) "
    "order by c.number"
)
_CHECKED_AFTER = f"select c.number, {_CHECKED[7:]} where c.number > ? order by c.number limit ?"

# Several imports may have brought a verdict of one identity: the newest one counts. What machines
# said again needs nobody to settle it; the older one comes back if the newer import is taken away.
_JUDGED = """
    select v.sample, v.question, v.rater, v.repeat, s.key, v.criterion, v.state, v.value, v.level,
        v.reason, v.evidence, v.at
    from json_each(?) wanted
        join judge_verdict v on v.sample = wanted.value
        join sample s on s.id = v.sample
        join source on source.number = v.source and not source.retired
    order by v.sample, v.question, v.rater, v.repeat, source.id
"""


class Verdicts(Part):
    """Machines' verdicts (see `VerdictStore` in the ports)."""

    def check_verdicts(self, samples: Sequence[int] | None = None) -> Iterator[CheckVerdict]:
        """Cached check verdicts of those samples, or of all; streamed, a later one after the earlier."""
        if samples is None:
            wanted = frozenset(present_ids(self._db))
            yield from (verdict for verdict in self._all_checked() if verdict.sample in wanted)
            return
        if not self._db.one("select exists (select 1 from check_column)"):
            return
        for page in in_pages(samples, PAGE):
            wanted = frozenset(page)
            for line in self._db.all(_CHECKED_OF, [json_text(page)]):
                yield from (verdict for verdict in _checked(*line) if verdict.sample in wanted)

    def _all_checked(self) -> Iterator[CheckVerdict]:
        last = 0
        while page := self._db.all(_CHECKED_AFTER, [last, PAGE]):
            last = page[-1][0]
            for _, *line in page:
                yield from _checked(*line)

    def put_check_verdicts(self, columns: Iterable[CheckColumn]) -> None:
        """Add to the cache in one transaction, which need not wait for the disk: a cache can be made anew."""
        with self._db.without_waiting(), self._db.transaction():
            self._db.many(
                "insert into check_column (row, question, found) values (?, ?, ?)", map(_column_line, columns)
            )

    def clear_check_verdicts(self) -> None:
        """Empty the cache; it can be made anew."""
        with self._db.transaction():
            self._db.run("delete from check_column")

    def judge_verdicts(self, samples: Sequence[int] | None = None) -> Iterator[tuple[int, Verdict]]:
        """(sample id, verdict) of every judge, ordered by sample and question; streamed."""
        wanted = present_ids(self._db) if samples is None else sorted(set(samples))
        for page in in_pages(wanted, PAGE):
            newest = {line[:4]: line for line in self._db.all(_JUDGED, [json_text(page)])}
            for line in newest.values():
                yield line[0], _judged(line)

    def judges(self) -> list[str]:
        """Names of the judges that have verdicts here, in order of name."""
        sql = (
            "select distinct v.rater from judge_verdict v "
            "join source on source.number = v.source and not source.retired order by v.rater"
        )
        return [name for (name,) in self._db.all(sql)]


def write_judge_verdicts(db: Connection, source: int, verdicts: Iterable[Verdict]) -> int:
    """Add judges' verdicts as one import's, or replace its own; how many say something new."""
    return sum(_write_page(db, source, page) for page in in_pages(verdicts, PAGE))


def _write_page(db: Connection, source: int, page: Sequence[Verdict]) -> int:
    strangers = [verdict for verdict in page if verdict.rater.kind != "judge"]
    if strangers:
        raise ValueError(f"a verdict of the {strangers[0].rater.kind} kind is no judge's verdict")
    ids = ids_of(db, (verdict.sample for verdict in page))
    known = {_identity(verdict): verdict for _, verdict in Verdicts(db).judge_verdicts(list(ids.values()))}
    put_judge_verdicts(db, source, page, ids)
    return sum(known.get(_identity(verdict)) != verdict for verdict in page)


def put_judge_verdicts(
    db: Connection, source: int, verdicts: Iterable[Verdict], ids: Mapping[SampleKey, int]
) -> None:
    """Write judges' verdicts as one import's or run's, over its own of the same identity; `ids` of their samples."""
    put(
        db,
        "insert or replace into judge_verdict (sample, question, rater, repeat, source, criterion, state, "
        "value, level, reason, evidence, at) {values}",
        [_judge_line(verdict, ids[verdict.sample], source) for verdict in verdicts],
    )


def _identity(verdict: Verdict) -> tuple[str, str, str, int]:
    return verdict.sample, verdict.question, verdict.rater.name, verdict.repeat


def _column_line(column: CheckColumn) -> tuple[str, bytes, str]:
    row, question, samples, values, reasons, spans = column
    found = samples, values, reasons, spans if any(spans) else ()
    try:
        kept = orjson.dumps(found)
    except TypeError:  # half a character in a reason; what it quotes stands whole elsewhere
        kept = orjson.dumps((samples, values, [_whole(reason) for reason in reasons], found[3]))
    return row, bytes.fromhex(question), kept.decode()


def _whole(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def _checked(question: bytes, found: str) -> Iterator[CheckVerdict]:
    samples, values, reasons, spans = orjson.loads(found)
    if not spans:
        return map(CheckVerdict, samples, repeat(QuestionHash(question.hex())), values, reasons)
    places = [tuple([(start, end) for start, end in each]) for each in spans]
    return map(CheckVerdict, samples, repeat(QuestionHash(question.hex())), values, reasons, places)


def _judge_line(verdict: Verdict, sample: int, source: int) -> tuple[Any, ...]:
    evidence = json_text([[span.start, span.end, span.quote] for span in verdict.evidence])
    identity = (sample, bytes.fromhex(verdict.question), verdict.rater.name, verdict.repeat)
    said = (_CODES[verdict.state], verdict.value, verdict.level, kept_text(verdict.reason))
    return *identity, source, verdict.criterion, *said, evidence, verdict.at


def _judged(line: Sequence[Any]) -> Verdict:
    _, question, rater, repeat, key, criterion, state, value, level, reason, evidence, at = line
    spans = json.loads(evidence) if evidence != "[]" else ()
    return Verdict(
        sample=SampleKey(key),
        criterion=CriterionKey(criterion),
        question=QuestionHash(question.hex()),
        rater=Rater(kind="judge", name=rater),
        repeat=repeat,
        state=_STATES[state],
        value=value,
        level=level,
        reason=text_again(reason),
        evidence=tuple(Span(start=start, end=end, quote=quote) for start, end, quote in spans),
        at=at,
    )
