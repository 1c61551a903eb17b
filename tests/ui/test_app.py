"""Starting and ending the window: quick to import, one run from start to a clean end."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from rubric_studio import app, wiring
from rubric_studio.ui.main_window import MainWindow
from rubric_studio.ui.preferences import Preferences

SLOW = ("pyqtgraph", "numpy", "sqlite_utils", "openpyxl", "jinja2", "rapidfuzz")


def test_nothing_slow_is_imported_before_it_is_shown():
    assert _slow_after("rubric_studio.app") == "[]"


def test_nothing_slow_is_imported_before_a_project_is_shown():
    opening = "rubric_studio.round_wiring, rubric_studio.ui.shell, rubric_studio.ui.project_desk"
    assert _slow_after(f"rubric_studio.wiring, {opening}, rubric_studio.ui.questions.questions_page") == "[]"


def _slow_after(modules: str) -> str:
    code = f"import sys, {modules}; print([name for name in {SLOW} if name in sys.modules])"
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_a_window_opens_a_project_and_leaves_one_file_behind(qapp: QApplication, tmp_path: Path):
    project = tmp_path / "Tax.rubric"
    wiring.new_project(project).close()
    person = wiring.new_person("Anna Example")
    wiring.preferences_file().write(Preferences(person=person, tours_seen=("own",)).model_dump(mode="json"))
    titles: list[str] = []

    def close() -> None:
        window = next(widget for widget in qapp.topLevelWidgets() if isinstance(widget, MainWindow))
        titles.append(window.windowTitle())
        window.close()

    QTimer.singleShot(200, close)
    assert app.run_window(project, demo=False) == 0
    assert titles == ["Tax"]
    assert [path.name for path in tmp_path.iterdir()] == ["Tax.rubric"]
