"""Garbage is collected by the window's thread, when it is due."""

import gc
import threading
import weakref

from rubric_studio.ui.garbage import GarbageOnThisThread


class Circle:
    def __init__(self) -> None:
        self.itself = self


def test_no_other_thread_collects_and_this_one_does(qapp):
    collector = GarbageOnThisThread()
    try:
        gone = weakref.ref(Circle())
        other = threading.Thread(target=lambda: [Circle() for _ in range(20_000)])
        other.start()
        other.join()
        assert gone() is not None
        collector.collect()
        assert gone() is None
    finally:
        gc.unfreeze()
        collector.deleteLater()
