"""Days as people read them. Records keep moments in UTC; what is shown is the day where the reader sits."""

from PySide6.QtCore import QDateTime, QLocale, Qt


def day_text(at: str) -> str:
    """Return the day of a moment in ISO 8601, months in the reader's language: "22 Nov 2026"."""
    moment = QDateTime.fromString(at, Qt.DateFormat.ISODateWithMs).toLocalTime()
    return QLocale().toString(moment.date(), "d MMM yyyy")
