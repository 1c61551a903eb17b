"""How quickly own code marks an answer in the sandbox and under confined CPython, beside a call in this process.

Run: python -m tests.benchmarks.own_code_speed
All are timed in this one run on this one machine; only the ratios mean anything.
"""

import json
import random
import time
from collections.abc import Callable, Sequence
from typing import Any

from rubric_studio.grader.measures import Answer
from rubric_studio.grader.own_code import Program, sample_of
from rubric_studio.sandbox.limited_executor import LimitedExecutor
from rubric_studio.sandbox.monty_code import run_in_sandbox
from rubric_studio.sandbox.trusted_code import TrustedCode

CASES, CHUNK, ALONE = 10_000, 500, 200
SOURCE = """
import re

def grade(sample, item):
    found = sample["output_json"]
    if not isinstance(found, dict):
        return 0.0
    named = {label.strip().lower() for label in found["labels"]}
    wanted = {label.strip().lower() for label in item["labels"]}
    both = len(named & wanted)
    cited = len(re.findall(r"Art\\. \\d+", found["reason"]))
    return 0.9 * 2 * both / (len(named) + len(wanted)) + 0.1 * min(1, cited / 3)
"""
Case = tuple[str, dict[str, Any]]


def main() -> None:
    """Measure and print."""
    cases = made_up()
    program = Program(SOURCE)
    bare = [(sample_of(Answer(text)), item) for text, item in cases]
    called = timed(lambda: [program.says(sample, item) for sample, item in bare]) / CASES
    parsed = timed(lambda: [program.says(sample_of(Answer(text)), item) for text, item in cases]) / CASES
    trusted = TrustedCode()
    with LimitedExecutor(1, 60.0) as executor:
        executor.submit(run_in_sandbox, SOURCE, cases[:1]).result()
        trusted.run(SOURCE, cases[:1])
        sandbox = timed(
            lambda: [executor.submit(run_in_sandbox, SOURCE, part).result() for part in parts(cases)]
        )
        confined = timed(lambda: [trusted.run(SOURCE, part) for part in parts(cases)])
        alone = timed(
            lambda: [executor.submit(run_in_sandbox, SOURCE, [case]).result() for case in cases[:ALONE]]
        )
    trusted.close()
    print(f"called in this process:                    {told(called)}")
    print(f"the same with the answer parsed:           {told(parsed)}, {parsed / called:.1f} times as long")
    for name, seconds in (
        ("sandbox, in batches of 500:             ", sandbox / CASES),
        ("confined CPython, in batches of 500:    ", confined / CASES),
        ("sandbox, one by one:                    ", alone / ALONE),
    ):
        print(f"{name}   {told(seconds)}, {seconds / called:.1f} and {seconds / parsed:.1f} times as long")


def made_up() -> list[Case]:
    """Answers of some hundred letters, each with its row's labels."""
    chance = random.Random(7)
    labels = [f"domain {number}" for number in range(21)]
    reason = "It follows from Art. 5 and Art. 12, as the court has said more than once. " * 4
    return [
        (
            json.dumps({"labels": chance.sample(labels, 4), "reason": reason}),
            {"labels": chance.sample(labels, 3), "id": number},
        )
        for number in range(CASES)
    ]


def parts(cases: Sequence[Case]) -> list[Sequence[Case]]:
    """The cases as they are sent at once."""
    return [cases[start : start + CHUNK] for start in range(0, len(cases), CHUNK)]


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def told(seconds: float) -> str:
    """Microseconds in words."""
    return f"{seconds * 1e6:6.1f} microseconds"


if __name__ == "__main__":
    main()
