"""What has changed since somebody left: what others did, by person and kind, and answers that arrived. Merges nothing.

What others did often arrives later than it was done: so what was seen is remembered as how many records there were of
each kind and person, and as their newest, and not as a time alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from pydantic import ValidationError

from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.record import EditEntry, Record, RecordKind
from rubric_studio.domain.values import Value
from rubric_studio.services.ports import Store

KINDS = (
    RecordKind.VERDICT,
    RecordKind.SETTLEMENT,
    RecordKind.CURE,
    RecordKind.DRAFT,
    RecordKind.VERSION,
    RecordKind.COMMENT,
    RecordKind.DECISION,
    RecordKind.FLAG,
    RecordKind.NOTE,
    RecordKind.ROW_EDIT,
    RecordKind.ROUND,
    RecordKind.CLOSING,
)
"""What is worth telling, in the order told."""
SITTING = timedelta(hours=1)
"""Whoever does nothing for so long has left."""


class News(NamedTuple):
    """What one person did of one kind: how often, and the time of the latest."""

    person: PersonId
    name: str
    kind: RecordKind
    n: int
    at: str


class Arrived(NamedTuple):
    """Answers that arrived for a round, as far as anybody may know."""

    person: str
    name: str
    done: int
    total: int
    finished: bool
    at: str


class Since(NamedTuple):
    """Everything new since `at`, the time of the last look; "" where somebody looks for the first time."""

    at: str
    news: tuple[News, ...]
    arrived: tuple[Arrived, ...]


class _Heap(NamedTuple):
    """The records of one kind by one person: how many, the newest's id and time."""

    n: int
    newest: str
    at: str


class _Seen(Value):
    """What somebody saw: (how many, the newest's id) by kind and person, and the hashes of answer files."""

    at: str
    heaps: dict[str, tuple[int, str]]
    arrived: frozenset[str]


def since_left(store: Store, person: PersonId, now: str = "") -> Since:
    """What others did since the person last looked (`remember`) or, where she never did, since her last edit.

    With `now` (ISO 8601) her edits of this sitting do not count: she has not left since.
    """
    seen = _kept(store, person)
    there = _heaps(store, person)
    names = {each.id: each.name for each in store.people()}
    if seen is None:
        last = _last_before(store.edits(person), now)
        news = _after(there, names, last.id if last else "")
        return Since(last.at if last else "", news, _arrived(store, names, frozenset()))
    news = tuple(
        News(PersonId(who), names.get(PersonId(who), who), kind, count, heap.at)
        for (kind, who), heap in there.items()
        if (count := _new(heap, seen.heaps.get(f"{kind}/{who}"))) > 0
    )
    return Since(seen.at, news, _arrived(store, names, seen.arrived))


def remember(store: Store, person: PersonId, at: str) -> None:
    """Keep what there is at a time, so that the next look tells only what is new. No edit, and no undo."""
    heaps = {f"{kind}/{who}": (heap.n, heap.newest) for (kind, who), heap in _heaps(store, person).items()}
    seen = _Seen(at=at, heaps=heaps, arrived=frozenset(each.hash for each in store.sealed()))
    store.keep_place(_place(person), seen.model_dump(mode="json"))


def _last_before(edits: Sequence[EditEntry], now: str) -> EditEntry | None:
    """The newest edit after which an hour passed without another, up to now; edits come newest first."""
    later = datetime.fromisoformat(now) if now else None
    for edit in edits:
        at = datetime.fromisoformat(edit.at)
        if later is None or later - at > SITTING:
            return edit
        later = at
    return None


def _place(person: str) -> str:
    return f"seen/{person}"


def _kept(store: Store, person: str) -> _Seen | None:
    """What was kept; nothing where a newer program kept it in another form."""
    try:
        return _Seen.model_validate(store.kept_place(_place(person)))
    except ValidationError:
        return None


def _heaps(store: Store, person: PersonId) -> dict[tuple[RecordKind, str], _Heap]:
    """What everybody else's records are now, in the order of `KINDS`."""
    found: dict[tuple[RecordKind, str], _Heap] = {}
    for kind in KINDS:
        by: dict[str, list[Record]] = {}
        for head in store.heads(kind):
            if head.person != person:
                by.setdefault(head.person, []).append(head)
        for who, records in sorted(by.items()):
            found[kind, who] = _heap(records)
    return found


def _heap(records: Iterable[Record]) -> _Heap:
    every = list(records)
    return _Heap(len(every), max(each.id for each in every), max(each.at for each in every))


def _new(heap: _Heap, before: tuple[int, str] | None) -> int:
    """How many are new: by their number; at least one where the newest is another (something was said anew)."""
    if before is None:
        return heap.n
    n, newest = before
    return max(heap.n - n, int(heap.newest != newest))


def _after(
    now: Mapping[tuple[RecordKind, str], _Heap], names: Mapping[PersonId, str], last: str
) -> tuple[News, ...]:
    return tuple(
        News(PersonId(who), names.get(PersonId(who), who), kind, heap.n, heap.at)
        for (kind, who), heap in now.items()
        if heap.newest > last
    )


def _arrived(store: Store, names: Mapping[PersonId, str], seen: frozenset[str]) -> tuple[Arrived, ...]:
    return tuple(
        Arrived(
            each.person,
            names.get(PersonId(each.person), each.person),
            each.done,
            each.total,
            each.finished,
            each.at,
        )
        for each in store.sealed()
        if each.hash not in seen
    )
