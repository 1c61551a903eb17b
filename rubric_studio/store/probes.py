"""What rubrics made of probes: lean lines that can be made anew. Probes of people's own are records."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.probe_outcome import Earned, ProbeOutcome
from rubric_studio.store.connection import Part

PAGE = 2000


class ProbeOutcomes(Part):
    """Outcomes of probes (see `ProbeStore` in the ports)."""

    def probe_outcomes(self, rubric: str, row: RowId | None = None) -> Iterator[ProbeOutcome]:
        """The outcomes under a rubric's hash, ordered by row as first tried, streamed; or those of one row."""
        last = 0
        where = "" if row is None else " and row = :row"
        sql = (
            "select number, probe, row, at, found from probe_outcome "
            f"where rubric = :rubric and number > :last{where} order by number limit {PAGE}"
        )
        while page := self._db.all(sql, {"rubric": bytes.fromhex(rubric), "last": last, "row": row}):
            last = page[-1][0]
            for _, *line in page:
                yield _outcome(*line)

    def put_probe_outcomes(self, rubric: str, outcomes: Iterable[ProbeOutcome]) -> None:
        """Keep those rows' outcomes under the rubric instead of what was kept of these rows, in one transaction."""
        kept = list(outcomes)
        key = bytes.fromhex(rubric)
        with self._db.transaction():
            rows = {outcome.row for outcome in kept}
            self._db.many(
                "delete from probe_outcome where rubric = ? and row = ?", [(key, row) for row in sorted(rows)]
            )
            self._db.many(
                "insert into probe_outcome (rubric, probe, row, at, found) values (?, ?, ?, ?, ?)",
                [(key, each.probe, each.row, each.at, _found(each)) for each in kept],
            )

    def probed_rubrics(self) -> dict[str, str]:
        """The hashes under which there are outcomes, each with the time of its latest one."""
        lines = self._db.all("select rubric, max(at) from probe_outcome group by rubric")
        return {rubric.hex(): at for rubric, at in lines}

    def delete_probe_outcomes(self, rubric: str) -> None:
        """Forget what was found under a rubric; it can be made anew."""
        with self._db.transaction():
            self._db.run("delete from probe_outcome where rubric = ?", [bytes.fromhex(rubric)])


def _found(outcome: ProbeOutcome) -> str:
    found = (
        [list(each) for each in outcome.earned],
        outcome.typical,
        outcome.paid,
        outcome.missing,
        outcome.skipped,
        outcome.text,
    )
    return orjson.dumps(found).decode()


def _outcome(probe: str, row: str, at: str, found: str) -> ProbeOutcome:
    earned, typical, paid, missing, skipped, text = orjson.loads(found)
    return ProbeOutcome(
        probe=probe,
        row=RowId(row),
        earned=tuple(Earned(*each) for each in earned),
        typical=typical,
        paid=_paid(paid),
        missing=missing,
        skipped=skipped,
        text=text,
        at=at,
    )


def _paid(pairs: Sequence[Sequence[Any]]) -> tuple[tuple[str, float], ...]:
    return tuple((str(key), float(amount)) for key, amount in pairs)
