"""Simulates many projects of four experts of known habits and prints how often the program finds what is there.

python -m tests.benchmarks.simulated_rounds [200] [--answers 60] [--seed 1] [--ambiguous 0.5]

What the rates say: each project has one two-sided test of each rewording at .05, nothing is corrected for the two.
Nothing at all changes where the rewording is cosmetic, so its rate is that of false alarms; the curing one ends an
ambiguity on half of the answers, which is a large effect: --ambiguous 0.1 shows how many answers a small one takes.
"""

import argparse
import tempfile
import time
from pathlib import Path

from tests.services.rated_project import CLARA, DORA
from tests.services.simulated_experts import TWO_READINGS, Found, simulated


def main() -> None:
    """Print the rates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("projects", type=int, nargs="?", default=200)
    parser.add_argument("--answers", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ambiguous", type=float, default=TWO_READINGS)
    call = parser.parse_args()
    started, found = time.perf_counter(), list[Found]()
    for at in range(call.projects):
        with tempfile.TemporaryDirectory() as folder:
            found.append(simulated(Path(folder), call.seed + at, call.answers, call.ambiguous))
    seconds = time.perf_counter() - started
    print(f"{call.projects} projects of {call.answers} answers, {seconds:.0f} s")
    told = {
        "the two who differ are found": [each.differing == {CLARA, DORA} for each in found],
        "who is too mild is found": [each.mildest == CLARA for each in found],
        "the ambiguous point is found": [each.weakest == "vague" for each in found],
        "the curing rewording is significant": [each.cured for each in found],
        "the cosmetic rewording is significant": [each.cosmetic for each in found],
    }
    for what, each in told.items():
        print(f"{what}: {sum(each)} of {len(each)} ({sum(each) / len(each):.1%})")


if __name__ == "__main__":
    main()
