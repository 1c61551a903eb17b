"""Inspect AI sampling the same questions, its log kept as usual. URL COUNT CONCURRENCY FOLDER."""

import json
import sys
import time

from inspect_ai import Task  # pyright: ignore[reportMissingImports]
from inspect_ai import eval as evaluate  # pyright: ignore[reportMissingImports]
from inspect_ai.dataset import MemoryDataset, Sample  # pyright: ignore[reportMissingImports]
from inspect_ai.model import get_model  # pyright: ignore[reportMissingImports]
from inspect_ai.solver import generate  # pyright: ignore[reportMissingImports]
from questions import question


def sample_all(url: str, count: int, concurrency: int, folder: str) -> float:
    """Sample that many questions, so many at once; return the seconds."""
    data = MemoryDataset([Sample(input=question(number)) for number in range(count)])
    model = get_model("openai/small", base_url=url, api_key="none", responses_api=False)
    begun = time.perf_counter()
    (log,) = evaluate(
        Task(dataset=data, solver=generate()),
        model=model,
        max_connections=concurrency,
        max_samples=concurrency,
        display="none",
        log_dir=folder,
    )
    seconds = time.perf_counter() - begun
    assert log.status == "success"
    assert len(log.samples or ()) == count
    return seconds


if __name__ == "__main__":
    told = sys.argv
    print(json.dumps({"seconds": sample_all(told[1], int(told[2]), int(told[3]), told[4])}))
