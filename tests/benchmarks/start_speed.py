"""How long it takes until the window of a large project can be used, beside a bare PySide6 window plus pyqtgraph.

Run: python -m tests.benchmarks.start_speed
Each start is a fresh process; both kinds take turns in this one run, and the median of each is compared.
Both count from the start of the process until the window has been painted and its event loop runs idle; ours
must also have found the questions of the first page and painted their lines. Both find their modules compiled,
as after an installation: one start of each, which is not counted, compiles them into a folder of this run.
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

def tell():
    print("usable", flush=True)
    application.quit()

QTimer.singleShot(0, lambda: QTimer.singleShot(0, tell))
application.exec()
"""

OURS = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QTableView
from rubric_studio import cli

class Usable(QObject):
    # The table of questions has its rows, has painted them, and the event loop is idle again.

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and self.table.model().rowCount():
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.tell)
        return False

    def tell(self):
        print("usable", flush=True)
        QApplication.exit()

def watched():
    (window,) = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    usable.table = window.findChild(QTableView)
    usable.table.viewport().installEventFilter(usable)
    return begin()

usable, begin = Usable(), QApplication.exec
QApplication.exec = staticmethod(watched)
sys.exit(cli.main(sys.argv[1:]))
"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "large.rubric"
        large_project(project)
        home = Path(folder) / "home"
        introduced(home)
        bare, ours = [], []
        for _ in range(1 + TURNS):
            bare.append(seconds([sys.executable, "-c", BARE], home))
            ours.append(seconds([sys.executable, "-c", OURS, str(project)], home))
    first, second = statistics.median(bare[1:]), statistics.median(ours[1:])
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


def seconds(command: list[str], home: Path) -> float:
    """How long it takes until the process says that it is usable."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYQTGRAPH_QT_LIB": "PySide6"}
    environment |= {name: str(home) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    environment["PYTHONPYCACHEPREFIX"] = str(home / "bytecode")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun, taken = time.perf_counter(), None
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == "usable":
                taken = time.perf_counter() - begun
    if process.returncode or taken is None:
        raise RuntimeError(f"the process ended with {process.returncode}")
    return taken


if __name__ == "__main__":
    main()
