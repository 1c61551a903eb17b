"""What experts sent while their round is open, and where somebody stood. Reading it is for those who close a round."""

import json
from collections.abc import Sequence
from typing import Any

from rubric_studio.domain.sealed import Sealed
from rubric_studio.store.connection import Part

_COLUMNS = "round, person, hash, at, done, total, finished"


class SealedAnswers(Part):
    """Sealed answers and places (see `SealedStore` in the ports)."""

    def keep_sealed(self, sealed: Sealed, content: bytes) -> bool:
        """Keep what an expert sent; False where the same is there already."""
        with self._db.transaction():
            line = [*sealed._replace(hash=bytes.fromhex(sealed.hash)), content]
            found = self._db.run(
                f"insert or ignore into sealed_answers ({_COLUMNS}, content) values (?, ?, ?, ?, ?, ?, ?, ?)",
                line,
            )
        return found > 0

    def sealed(self, round: str | None = None) -> list[Sealed]:
        """What is there of a round, or of all: who and how far, ordered by round, person and time."""
        sql = (
            f"select {_COLUMNS} from sealed_answers where round = coalesce(?, round) "
            "order by round, person, at, hash"
        )
        return [_sealed(*line) for line in self._db.all(sql, [round])]

    def sealed_contents(self, round: str) -> list[bytes]:
        """What was sent in a round, in that order. For the moment of closing."""
        sql = "select content from sealed_answers where round = ? order by person, at, hash"
        return [content for (content,) in self._db.all(sql, [round])]

    def reopen_sealed(self, round: str, person: str) -> int:
        """Count what a person sent as unfinished again; how many files."""
        with self._db.transaction():
            return self._db.run(
                "update sealed_answers set finished = 0 where round = ? and person = ? and finished",
                [round, person],
            )

    def drop_sealed(self, round: str, hashes: Sequence[str] | None = None) -> int:
        """Let go of what was sent in a round, or of those files, once their records are here; how many files."""
        with self._db.transaction():
            if hashes is None:
                return self._db.run("delete from sealed_answers where round = ?", [round])
            one = "delete from sealed_answers where round = ? and hash = ?"
            return sum(self._db.run(one, [round, bytes.fromhex(hash)]) for hash in hashes)

    def kept_place(self, name: str) -> Any:
        """What was kept under a name, None where nothing was."""
        found = self._db.one("select value from place where name = ?", [name])
        return None if found is None else json.loads(found)

    def keep_place(self, name: str, value: Any) -> None:
        """Keep a JSON value under a name, in the place of what was there; None forgets it."""
        with self._db.transaction():
            if value is None:
                self._db.run("delete from place where name = ?", [name])
            else:
                self._db.run(
                    "insert into place (name, value) values (?, ?) "
                    "on conflict (name) do update set value = excluded.value where value <> excluded.value",
                    [name, json.dumps(value)],
                )


def _sealed(round: str, person: str, hash: bytes, at: str, done: int, total: int, finished: int) -> Sealed:
    return Sealed(round, person, hash.hex(), at, done, total, bool(finished))
