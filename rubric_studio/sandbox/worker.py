"""What runs inside a worker process: take a call, say that it starts, send back what came of it.

Kept light, since every worker imports it. It limits nothing: the parent holds the clock and kills.
"""

import pickle
import signal
import traceback
from multiprocessing.connection import Connection

READY, STARTED, RESULT, ERROR = "ready", "started", "result", "error"
ORPHAN_GRACE = 5.0  # seconds past its limit after which a worker that nobody stopped ends itself


def serve(connection: Connection, limit: float) -> None:
    """Run the calls that arrive, one after the other, until the parent closes its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends its workers
    try:
        connection.send_bytes(pickle.dumps((READY, None)))
        while True:
            connection.send_bytes(_answer(connection.recv_bytes(), connection, limit))
    except (EOFError, OSError):
        return  # the parent has closed its end or is gone: there is nobody to answer


def _answer(call: bytes, connection: Connection, limit: float) -> bytes:
    try:
        function, arguments, options = pickle.loads(call)  # imports what the call needs; not counted
        connection.send_bytes(pickle.dumps((STARTED, None)))
        _end_if_orphaned(limit + ORPHAN_GRACE)
        return pickle.dumps((RESULT, function(*arguments, **options)), pickle.HIGHEST_PROTOCOL)
    except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to whoever asked
        return _described(error)
    finally:
        _end_if_orphaned(0)


def _described(error: BaseException) -> bytes:
    """Pickle an error with its traceback as a note; one that cannot be pickled is told as a RuntimeError."""
    where = "in a worker process:\n" + traceback.format_exc()
    error.add_note(where)
    try:
        message = pickle.dumps((ERROR, error))
        pickle.loads(message)  # some errors go in and do not come out again
    except Exception:  # noqa: BLE001 - the error's own code runs here, and it may raise anything
        told = RuntimeError(f"{type(error).__name__}: {error}")
        told.add_note(where)
        return pickle.dumps((ERROR, told))
    return message


def _end_if_orphaned(seconds: float) -> None:
    """Let the system end this process after so many seconds; 0 takes it back.

    Should the parent be killed, nobody else would stop a pattern that never comes to an end: it holds
    Python's lock, so neither a thread nor a handler of ours would get its turn. Windows has no such alarm;
    there an orphan that hangs must be ended by hand.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
