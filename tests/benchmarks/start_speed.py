"""How long it takes until the window of a large project can be used, beside a bare PySide6 window plus pyqtgraph.

Run: python -m tests.benchmarks.start_speed
Each start is a fresh process; both kinds take turns in this one run, and the median of each is compared.
Both count from the start of the process until the window has been painted and its event loop runs idle.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.services.edits import SaveVersion, perform
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.store.project_file import create_project
from rubric_studio.wiring import passing_author

ROWS, PER_ROW, TURNS = 25_000, 4, 7
ROOT = Path(__file__).resolve().parents[2]

BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
import pyqtgraph
application = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("bare"))
window.resize(1440, 900)
window.show()
QTimer.singleShot(0, lambda: QTimer.singleShot(0, application.quit))
application.exec()
"""

OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from rubric_studio import app

timer = QTimer()

def look():
    desk = shells[0].desk
    if desk is not None and desk.pages.shown:
        timer.stop()
        print("usable", flush=True)
        shells[0].window.close_now()

shells = []
begin = app.Shell.start

def start(shell, *words, **more):
    shells.append(shell)
    begin(shell, *words, **more)
    timer.timeout.connect(look)
    timer.start(0)

app.Shell.start = start
app.run_window(Path(sys.argv[1]), demo=False)
"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "large.rubric"
        large_project(project)
        home = Path(folder) / "home"
        introduced(home)
        bare, ours = [], []
        for _ in range(TURNS):
            bare.append(seconds([sys.executable, "-c", BARE], home, until=None))
            ours.append(seconds([sys.executable, "-c", OURS, str(project)], home, until="usable"))
    first, second = statistics.median(bare), statistics.median(ours)
    print(f"bare PySide6 window plus pyqtgraph:               {first:.2f} s")
    print(
        f"our window on {ROWS * PER_ROW:,} samples, ready to use: {second:.2f} s, {second / first:.2f} times as long"
    )


def large_project(path: Path) -> None:
    """A project of 100,000 made-up samples with a saved guide."""
    store = create_project(path)
    author = passing_author()
    rows = [
        Row(
            id=RowId(f"q{number}"),
            prompt=user_prompt(f"Which domains? {number} " * 20),
            reference={"labels": ["a"]},
        )
        for number in range(ROWS)
    ]
    samples = [
        Sample(row=row.id, model="made up", run=run, text=json.dumps({"labels": ["a", str(run)]}))
        for row in rows
        for run in range(PER_ROW)
    ]
    carry_out(
        store, ImportPlan(ImportedFile(name="made up", kind="mixed"), tuple(rows), tuple(samples)), author
    )
    guide = {"strata": [{"key": "a", "criteria": [{"key": "b"}]}]}
    perform(store, SaveVersion(rubric=Rubric.model_validate(guide), number=1), author)
    store.close()


def introduced(home: Path) -> None:
    """Preferences of somebody who has used the program before."""
    folder = home / "rubric-studio"
    folder.mkdir(parents=True)
    person = {"id": "01J00000000000000000000000", "name": "Anna"}
    (folder / "preferences.json").write_text(json.dumps({"person": person}), encoding="utf-8")


def seconds(command: list[str], home: Path, until: str | None) -> float:
    """How long the process runs, or until it prints the word."""
    places = {name: str(home) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    environment = os.environ | places | {"QT_QPA_PLATFORM": "offscreen", "PYQTGRAPH_QT_LIB": "PySide6"}
    begun = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        taken = None
        for line in process.stdout:
            if line.strip() == until:
                taken = time.perf_counter() - begun
        process.wait()
    if process.returncode or (until and taken is None):
        raise RuntimeError(f"the process ended with {process.returncode}")
    return time.perf_counter() - begun if taken is None else taken


if __name__ == "__main__":
    main()
