"""The guards around every test do guard."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import platformdirs
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.leftovers import Alive


def test_the_network_is_refused_and_this_machine_is_not():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        socket.create_connection(listener.getsockname()).close()
    with socket.socket() as outward, pytest.raises(RuntimeError, match="no network"):
        outward.connect(("192.0.2.1", 80))  # an address that belongs to documentation (RFC 5737)


def test_a_program_writes_into_a_home_of_the_test(home_of_its_own: Path):
    assert Path.home() == home_of_its_own
    if sys.platform == "linux":
        assert Path(platformdirs.user_config_dir("x")).is_relative_to(home_of_its_own)


def test_a_thread_left_alive_is_named():
    before, end = Alive.now(), threading.Event()
    thread = threading.Thread(target=end.wait, name="forgotten")
    thread.start()
    assert before.leftovers(grace=0) == ["thread forgotten"]
    end.set()
    thread.join()
    assert before.leftovers() == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists the children of a process")
def test_a_process_left_alive_is_named():
    before = Alive.now()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert [name.split(":")[0] for name in before.leftovers(grace=0)] == [f"process {child.pid}"]
    assert before.leftovers() == []


def test_a_window_left_alive_is_named_and_a_closed_one_is_not(qtbot: QtBot):
    before = Alive.now()
    window = QWidget()
    window.setObjectName("forgotten")
    assert before.leftovers(grace=0) == ["widget QWidget forgotten ''"]
    window.deleteLater()
    assert before.leftovers() == []


def test_no_screen_is_used():
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
