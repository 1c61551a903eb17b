"""The moment something was saved, as people say it beside the guide. How a guide reads is in `version_rows.py`."""

from datetime import datetime

from rubric_studio.ui.day_text import time_text


def moment_text(at: str, now: datetime) -> str:
    """Return when something was saved: "14:02" today, else day and time. `at` is UTC as records have it."""
    local = datetime.fromisoformat(at).astimezone()
    if local.date() == now.astimezone().date():
        return f"{local:%H:%M}"
    return time_text(at)
