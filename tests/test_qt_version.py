"""The Qt binding in use does not lose a reference to None in every void call, as 6.12.0 does."""

import subprocess
import sys

import PySide6

VOID_CALLS = """
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(20_000):
    thing.setObjectName("x")
"""


def test_pyside6_is_below_6_12():
    assert [int(part) for part in PySide6.__version__.split(".")[:2]] < [6, 12]


def test_twenty_thousand_void_calls_do_not_abort():
    # In a process of its own: the fault is an abort of the whole interpreter.
    done = subprocess.run([sys.executable, "-c", VOID_CALLS], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
