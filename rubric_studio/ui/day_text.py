"""Days and moments as people read them. Records keep moments in UTC; what is shown is the day where the reader sits."""

from PySide6.QtCore import QDateTime, QLocale, Qt


def day_text(at: str) -> str:
    """Return the day of a moment in ISO 8601, months in the reader's language: "22 Nov 2026"."""
    return QLocale().toString(_local(at).date(), "d MMM yyyy")


def time_text(at: str) -> str:
    """Return a moment in ISO 8601 with its day, as `day_text` writes it: "22 Nov 2026, 14:02"."""
    return QLocale().toString(_local(at), "d MMM yyyy, HH:mm")


def _local(at: str) -> QDateTime:
    return QDateTime.fromString(at, Qt.DateFormat.ISODateWithMs).toLocalTime()
