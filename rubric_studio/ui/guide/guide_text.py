"""The moment something was saved, as people say it beside the guide. How a guide reads is in `version_rows.py`."""

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale


def moment_text(at: str, now: datetime) -> str:
    """Return when something was saved: "14:02" today, else day and time. `at` is UTC as records have it."""
    local = datetime.fromisoformat(at).astimezone()
    moment = QDateTime.fromSecsSinceEpoch(int(local.timestamp()))
    locale, short = QLocale(), QLocale.FormatType.ShortFormat
    if local.date() == now.astimezone().date():
        return f"{local:%H:%M}"
    return locale.toString(moment, short)
