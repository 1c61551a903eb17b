"""Measure what the review page costs: milliseconds from a key to the next answer painted, without a screen.

    python -m tests.benchmarks.review_speed [--samples 40] [--criteria 6] [--letters 6000]

Three figures, each with median, 95th percentile and worst: a grade's key until the next point is painted; Enter
until the next answer is painted, laid out ahead while the one before is read; the same without any time to look
ahead. The disk is in it: every mark is written and synced before the next point shows. Beside each the median of
the processor's own time, which does not grow on a busy computer.
"""

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from rubric_studio import wiring
from rubric_studio.store.project_file import open_project
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.look import Look
from rubric_studio.ui.review.review_page import ReviewPage
from rubric_studio.ui.session import Session
from tests.ui.review.packet_room import EXPERT, answer, expert, make_packet, question

Key = Qt.Key
Cost = tuple[float, float]
"""Milliseconds that passed, and those of the processor."""
PARAGRAPH = (
    "## {0}. Which rule applies\n\nUnder **Sec. 5 (2)** of the Act the tax is due where the income is earned; "
    "Άρθρο 12 of the Greek code says the same. The administration holds, in its letter of *3 May 2021*:\n\n"
    "- that residence is decided by the centre of vital interests,\n- that 183 days are a presumption only,\n"
    "- that the burden of proof lies with whoever invokes the treaty.\n\n"
)


def main() -> None:
    """Make a packet, go through it with keys, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=40)
    parser.add_argument("--criteria", type=int, default=6)
    parser.add_argument("--letters", type=int, default=6_000)
    options = parser.parse_args()
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        path = packet(Path(folder) / "speed.review", options.samples, options.criteria, options.letters)
        figures = _measured(application, path, options.criteria)
    for name, milliseconds in figures.items():
        sys.stdout.write(f"{name:<34}{_figures(milliseconds)}\n")


def packet(path: Path, samples: int, criteria: int, letters: int) -> Path:
    """Write a packet of so many samples, four to a row, each with so many judged criteria."""
    text = "".join(PARAGRAPH.format(number) for number in range(letters // len(PARAGRAPH) + 1))
    rows = [question(f"q{number}", f"Is the tax due in case {number}?") for number in range(-(-samples // 4))]
    answers = [answer(f"q{n // 4}", n % 4, f"# Answer {n}\n\n{text}"[:letters]) for n in range(samples)]
    return make_packet(path, rows, answers, guide=_guide(criteria))


def _guide(criteria: int) -> dict[str, Any]:
    levels = [
        {"key": "fully", "value": 1, "text": "Named and explained, with the rule it comes from"},
        {"key": "partly", "value": 0.5, "text": "Only touched"},
        {"key": "no", "value": 0, "text": "Missed"},
    ]
    points = [
        {
            "key": f"p{n}",
            "title": f"Point {n}: names the rule",
            "levels": levels,
            "kind": {"type": "judged"},
        }
        for n in range(criteria)
    ]
    return {"name": "Speed", "strata": [{"key": "all", "title": "All", "criteria": points}]}


def _measured(application: QApplication, path: Path, criteria: int) -> dict[str, list[Cost]]:
    look, jobs = Look(application), Jobs()
    store = open_project(path, who="speed", clock=wiring.SystemClock(), backups=path.parent / "backups")
    store.add_person(EXPERT)
    with ThreadPoolExecutor(1) as executor:
        session = Session(store, store.sibling, expert(), jobs, executor)
        page = ReviewPage(session, look)
        page.resize(1440, 900)
        page.show()
        page.activateWindow()
        _wait(application, look, lambda: page.work is not None)
        page.activateWindow()
        application.processEvents()
        figures = _gone_through(application, look, page, criteria)
        page.leave()
        page.close()
        jobs.shutdown()
    store.close()
    return figures


def _gone_through(
    application: QApplication, look: Look, page: ReviewPage, criteria: int
) -> dict[str, list[Cost]]:
    """Mark everything; on every other answer there was time to look ahead."""
    figures: dict[str, list[Cost]] = {}
    work = page.work
    assert work is not None
    for number in range(len(work.review.tasks)):
        looks_ahead = number % 2 == 0
        for _ in range(criteria):
            figures.setdefault("grade to next point painted", []).append(
                _pressed(application, page, Key.Key_1)
            )
            if looks_ahead:
                _wait(application, look, look.turns.is_idle)
        if number + 1 < len(work.review.tasks):
            name = "Enter to next answer painted" if looks_ahead else "the same, nothing laid out ahead"
            figures.setdefault(name, []).append(_pressed(application, page, Key.Key_Return))
        _wait(application, look, look.turns.is_idle)
        if not looks_ahead:
            work.board.answers.forget_next()
    return figures


def _pressed(application: QApplication, page: QWidget, key: Qt.Key) -> Cost:
    """Press a key and paint; milliseconds."""
    begun, worked = time.perf_counter(), time.process_time()
    QTest.keyClick(QApplication.focusWidget() or page, key)
    application.sendPostedEvents()
    page.grab()  # layouts and painting, as the next frame would do them
    return 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - worked)


def _wait(application: QApplication, look: Look, until: Any) -> None:
    while not until() or not look.turns.is_idle():
        application.processEvents()


def _figures(costs: list[Cost]) -> str:
    ordered, worked = sorted(passed for passed, _ in costs), sorted(cost for _, cost in costs)
    middle, late = ordered[len(ordered) // 2], ordered[round(0.95 * (len(ordered) - 1))]
    said = f"n {len(ordered):4}   median {middle:6.1f} ms   95 % {late:6.1f} ms   worst {ordered[-1]:6.1f} ms"
    return f"{said}   processor {worked[len(worked) // 2]:6.1f} ms"


if __name__ == "__main__":
    main()
