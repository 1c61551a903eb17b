"""Calls run in worker processes, each within its limit; what hangs or dies is replaced, nothing stays behind.

The calls are functions of the standard library, so that a worker needs no test module to run them.
"""

import math
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.sandbox.limited_executor import LimitedExecutor, TimedOut, WorkerDied

LIMIT = 1.0
CATASTROPHE = (re.match, r"(a+)+$", "a" * 50 + "b")  # about 2 ** 50 steps, and it holds Python's lock


@pytest.fixture
def executor() -> Iterator[LimitedExecutor]:
    with LimitedExecutor(1, LIMIT) as running:
        yield running


def test_a_result_comes_back(executor: LimitedExecutor):
    assert executor.submit(pow, 2, 10).result() == 1024
    assert executor.submit(int, "ff", base=16).result() == 255


def test_results_of_many_calls_come_in_order():
    with LimitedExecutor(2, LIMIT) as executor:
        assert list(executor.map(math.factorial, range(8))) == [1, 1, 2, 6, 24, 120, 720, 5040]


def test_the_work_is_done_in_another_process_that_is_used_again(executor: LimitedExecutor):
    first, second = executor.submit(os.getpid).result(), executor.submit(os.getpid).result()
    assert first == second != os.getpid()


def test_an_exception_is_carried_with_its_traceback(executor: LimitedExecutor):
    error = executor.submit(math.sqrt, -1).exception()
    assert isinstance(error, ValueError)
    assert "in a worker process" in error.__notes__[0]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ((eval, "__import__('threading').Lock()"), TypeError),  # a result that cannot be sent
        ((sys.exit, 3), SystemExit),
        ((eval, "__import__('json').loads('{')"), ValueError),
        ((eval, "(_ for _ in ()).throw(UnicodeDecodeError('x', b'', 0, 1, 'y'))"), UnicodeDecodeError),
        ((eval, "(_ for _ in ()).throw(type('Local', (Exception,), {})('lost'))"), RuntimeError),
    ],
)
def test_whatever_is_raised_reaches_the_caller_and_the_worker_goes_on(executor: LimitedExecutor, call, error):
    before = executor.submit(os.getpid).result()
    with pytest.raises(error):
        executor.submit(*call).result()
    assert executor.submit(os.getpid).result() == before


def test_a_call_that_cannot_be_sent_says_so(executor: LimitedExecutor):
    assert executor.submit(threading.Lock).exception() is not None
    assert executor.submit(print, threading.Lock()).exception() is not None
    assert executor.submit(pow, 2, 3).result() == 8


def test_a_catastrophic_pattern_is_stopped_at_its_limit(executor: LimitedExecutor):
    executor.submit(pow, 1, 1).result()  # the process is there
    started = time.monotonic()
    with pytest.raises(TimedOut):
        executor.submit(*CATASTROPHE).result()
    assert LIMIT <= time.monotonic() - started < LIMIT + 2


def test_other_work_goes_on_beside_a_stalled_call_and_after_it():
    with LimitedExecutor(2, LIMIT) as executor:
        stalled = executor.submit(*CATASTROPHE)
        others = [executor.submit(pow, 2, power) for power in range(20)]
        assert [future.result() for future in others] == [2**power for power in range(20)]
        assert isinstance(stalled.exception(), TimedOut)
        assert executor.submit(pow, 3, 2).result() == 9


def test_the_limit_counts_from_a_call_s_own_start_not_from_its_place_in_the_queue(executor: LimitedExecutor):
    # Three sleeps of 0.6 seconds on one worker: the last ends 1.8 seconds after it was queued.
    sleeps = [executor.submit(time.sleep, 0.6) for _ in range(3)]
    assert [future.exception() for future in sleeps] == [None, None, None]


def test_a_worker_that_dies_is_named_and_replaced(executor: LimitedExecutor):
    before = executor.submit(os.getpid).result()
    with pytest.raises(WorkerDied):
        executor.submit(os._exit, 1).result()
    assert executor.submit(os.getpid).result() != before


def test_a_worker_killed_while_idle_costs_no_call(executor: LimitedExecutor):
    executor.submit(pow, 1, 1).result()
    (worker,) = multiprocessing.active_children()
    worker.kill()
    worker.join()
    assert executor.submit(pow, 2, 3).result() == 8


def test_processes_start_with_the_first_call_or_when_warmed():
    with LimitedExecutor(2, LIMIT) as executor:
        assert multiprocessing.active_children() == []
        executor.submit(pow, 1, 1).result()
        assert len(multiprocessing.active_children()) == 1
        executor.warm()
        executor.warm()
        assert len(multiprocessing.active_children()) == 2
        assert executor.submit(pow, 2, 3).result() == 8
        assert len(multiprocessing.active_children()) == 2


@pytest.mark.parametrize("warmed", [False, True])
def test_shutdown_leaves_no_process_and_no_thread(warmed: bool):
    threads = threading.active_count()
    executor = LimitedExecutor(2, LIMIT)
    if warmed:
        executor.warm()
    futures = [executor.submit(pow, 2, power) for power in range(5)]
    executor.shutdown()
    assert [future.result() for future in futures] == [1, 2, 4, 8, 16]
    assert multiprocessing.active_children() == []
    assert threading.active_count() == threads
    with pytest.raises(RuntimeError):
        executor.submit(pow, 1, 1)


def test_shutdown_cancels_what_waits_if_asked():
    executor = LimitedExecutor(1, LIMIT)
    running = executor.submit(time.sleep, 0.3)
    waiting = [executor.submit(pow, 1, 1) for _ in range(3)]
    while not running.running():
        time.sleep(0.01)
    executor.shutdown(cancel_futures=True)
    assert running.exception() is None
    assert all(future.cancelled() for future in waiting)
    assert multiprocessing.active_children() == []


def test_shutdown_without_waiting_ends_the_processes_after_the_last_call():
    executor = LimitedExecutor(1, LIMIT)
    futures = [executor.submit(pow, 2, power) for power in range(3)]
    executor.shutdown(wait=False)
    assert [future.result() for future in futures] == [1, 2, 4]
    until = time.monotonic() + 5
    while multiprocessing.active_children() and time.monotonic() < until:
        time.sleep(0.01)
    assert multiprocessing.active_children() == []


def test_a_worker_does_not_import_the_main_program(tmp_path: Path):
    program = tmp_path / "program.py"
    program.write_text(
        "import PySide6.QtCore\n"
        "from rubric_studio.sandbox.limited_executor import LimitedExecutor\n"
        "if __name__ == '__main__':\n"
        "    with LimitedExecutor(1, 5) as executor:\n"
        "        print(executor.submit(eval, \"'PySide6' in __import__('sys').modules\").result())\n"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(
        [sys.executable, program], capture_output=True, text=True, env=environment, timeout=60, check=True
    )
    assert done.stdout == "False\n"


@pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="Windows has no alarm that ends a hanging process"
)
def test_a_worker_whose_parent_was_killed_ends_itself_though_it_hangs():
    hanging = (
        "import re\nfrom rubric_studio.sandbox import worker\n"
        f"worker._end_if_orphaned(0.2)\nre.match({CATASTROPHE[1]!r}, {CATASTROPHE[2]!r})"
    )
    done = subprocess.run(
        [sys.executable, "-c", hanging], cwd=Path(__file__).resolve().parents[2], timeout=30
    )
    assert done.returncode == -signal.SIGALRM
