"""Files and batches, in memory: a batch is worked off by the same behavior that answers single calls."""

import json
import re
import time
from collections.abc import Callable
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.model_server.acts import Say, Status
from tests.model_server.answers import chat, error_body, responses
from tests.model_server.behaviors import Behave
from tests.model_server.seen import Seen

Json = dict[str, Any]
NOT_THERE: tuple[int, bytes] = (
    404,
    b'{"error": {"message": "No such thing", "type": "invalid_request_error"}}',
)


class Desk:
    """Files and batches of one server. A batch is worked off when it is looked at for the `polls`-th time.

    A line whose act is no Say or Status is left out and told as expired. `failing` makes every batch fail whole.
    """

    def __init__(self, behave: Behave, polls: int = 1) -> None:
        self._behave = behave
        self.polls = polls
        self.failing = ""
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, Json] = {}
        self._looked: dict[str, int] = {}
        self._numbers = count(1)

    def answer(self, seen: Seen) -> tuple[int, bytes]:
        """The status and the body for one request under /files or /batches."""
        parts = seen.place.strip("/").split("/")
        at = next(at for at, part in enumerate(parts) if part in ("files", "batches"))
        kind, rest = parts[at], parts[at + 1 :]
        handle: Callable[[Seen, list[str]], Any] = self._on_files if kind == "files" else self._on_batches
        told = handle(seen, rest)
        if told is None:
            return NOT_THERE
        return 200, told if isinstance(told, bytes) else json.dumps(told).encode()

    # ---- files

    def _on_files(self, seen: Seen, rest: list[str]) -> Json | bytes | None:
        if seen.method == "POST":
            return self._keep(_uploaded(seen))
        if not rest:
            return {"object": "list", "data": [self._file(id) for id in self.files], "has_more": False}
        if rest[0] not in self.files:
            return None
        if seen.method == "DELETE":
            del self.files[rest[0]]
            return {"id": rest[0], "object": "file", "deleted": True}
        return self.files[rest[0]] if rest[1:] == ["content"] else self._file(rest[0])

    def _keep(self, content: bytes) -> Json:
        id = f"file-{next(self._numbers)}"
        self.files[id] = content
        return self._file(id)

    def _file(self, id: str) -> Json:
        told = {"id": id, "object": "file", "bytes": len(self.files[id]), "created_at": int(time.time())}
        return told | {"filename": "lines.jsonl", "purpose": "batch", "status": "processed"}

    # ---- batches

    def _on_batches(self, seen: Seen, rest: list[str]) -> Json | None:
        if seen.method == "POST" and not rest:
            return self._begun(seen.body)
        if not rest:
            return self._page(parse_qs(urlsplit(seen.path).query))
        batch = self.batches.get(rest[0])
        if batch is None:
            return None
        if rest[1:] == ["cancel"]:
            batch["status"] = "cancelled" if batch["status"] != "completed" else "completed"
        elif batch["status"] in ("validating", "in_progress"):
            self._look_at(batch)
        return batch

    def _begun(self, told: Json) -> Json:
        id = f"batch_{next(self._numbers)}"
        lines = len(self.files.get(told["input_file_id"], b"").splitlines())
        self.batches[id] = {
            "id": id,
            "object": "batch",
            "endpoint": told["endpoint"],
            "input_file_id": told["input_file_id"],
            "completion_window": told.get("completion_window", "24h"),
            "metadata": told.get("metadata"),
            "status": "validating",
            "created_at": int(time.time()),
            "output_file_id": None,
            "error_file_id": None,
            "errors": None,
            "request_counts": {"total": lines, "completed": 0, "failed": 0},
        }
        self._looked[id] = 0
        return self.batches[id]

    def _page(self, query: dict[str, list[str]]) -> Json:
        ids = list(reversed(self.batches))
        after, limit = query.get("after", [""])[0], int(query.get("limit", ["20"])[0])
        begin = ids.index(after) + 1 if after in ids else 0
        page = ids[begin : begin + limit]
        told = {
            "object": "list",
            "data": [self.batches[id] for id in page],
            "has_more": begin + limit < len(ids),
        }
        return told | {"first_id": page[0] if page else None, "last_id": page[-1] if page else None}

    def _look_at(self, batch: Json) -> None:
        self._looked[batch["id"]] += 1
        batch["status"] = "in_progress"
        if self._looked[batch["id"]] >= self.polls:
            self.work_off(batch["id"])

    def work_off(self, id: str) -> None:
        """Answer every line of a batch now, and end it."""
        batch = self.batches[id]
        if self.failing:
            batch["status"] = "failed"
            batch["errors"] = {
                "object": "list",
                "data": [{"code": "told", "message": self.failing, "line": 1}],
            }
            return
        good: list[bytes] = []
        bad: list[bytes] = []
        for line in self.files[batch["input_file_id"]].splitlines():
            told, works = self._line(json.loads(line))
            (good if works else bad).append(json.dumps(told).encode())
        batch["output_file_id"] = self._keep(b"\n".join(good) + b"\n")["id"] if good else None
        batch["error_file_id"] = self._keep(b"\n".join(bad) + b"\n")["id"] if bad else None
        batch["request_counts"] = {"total": len(good) + len(bad), "completed": len(good), "failed": len(bad)}
        batch["status"] = "completed"

    def _line(self, line: Json) -> tuple[Json, bool]:
        act = self._behave(Seen(line["url"], line["method"], {}, json.dumps(line["body"]).encode()))
        told: Json = {"id": f"batch_req_{next(self._numbers)}", "custom_id": line["custom_id"], "error": None}
        if isinstance(act, Say):
            build = responses if line["url"].endswith("/responses") else chat
            return told | {"response": _response(200, build(line["body"], act))}, True
        if isinstance(act, Status):
            return told | {"response": _response(act.code, json.loads(error_body(act)))}, False
        expired = {"code": "batch_expired", "message": "This request was not done before the batch expired."}
        return told | {"response": None, "error": expired}, False


def _response(code: int, body: Json) -> Json:
    return {"status_code": code, "request_id": "req_batch", "body": body}


def _uploaded(seen: Seen) -> bytes:
    """The file of a multipart upload."""
    found = re.search(r"boundary=\"?([^\";]+)", seen.headers.get("content-type", ""))
    assert found is not None, "an upload is multipart"
    for part in seen.raw.split(b"--" + found[1].encode()):
        head, _, content = part.partition(b"\r\n\r\n")
        if b'name="file"' in head:
            return content.removesuffix(b"\r\n")
    raise AssertionError("an upload has a part named file")
