"""A guide as plain text, to look at an older version; and the moment it was saved, as people say it."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from rubric_studio.domain.rubric import Criterion, Rubric, Stratum
from rubric_studio.ui.guide.criterion_words import kind_line, weight_words, when_words
from rubric_studio.ui.guide.editor_conditions import gate_words
from rubric_studio.ui.guide.editor_levels import level_name
from rubric_studio.ui.labels import heading
from rubric_studio.ui.number_text import weight_text


def guide_text(rubric: Rubric) -> str:
    """Return the whole guide in lines."""
    lines = [rubric.name, heading(f"aggregation.{rubric.aggregation}"), ""]
    for number, stratum in enumerate(rubric.strata, start=1):
        lines += [f"{number}  {_stratum_line(stratum)}", ""]
        for criterion in stratum.criteria:
            lines += [*_criterion_lines(criterion, rubric), ""]
    return "\n".join(lines).rstrip()


def moment_text(at: str, now: datetime) -> str:
    """Return when something was saved: "14:02" today, else day and time. `at` is UTC as records have it."""
    local = datetime.fromisoformat(at).astimezone()
    moment = QDateTime.fromSecsSinceEpoch(int(local.timestamp()))
    locale, short = QLocale(), QLocale.FormatType.ShortFormat
    if local.date() == now.astimezone().date():
        return f"{local:%H:%M}"
    return locale.toString(moment, short)


def _stratum_line(stratum: Stratum) -> str:
    parts = [stratum.title or stratum.key, _tr("weight {0}").format(weight_text(stratum.weight))]
    parts += [gate_words(stratum)] if stratum.gate else []
    parts += [when_words(stratum.when)] if stratum.when else []
    return " · ".join(parts)


def _criterion_lines(criterion: Criterion, rubric: Rubric) -> list[str]:
    about = f"{weight_words(criterion, rubric)} · {kind_line(criterion)}"
    lines = [f"    {criterion.title or criterion.key}", f"    {about}"]
    lines += [f"    {line}" for line in criterion.wording.splitlines()]
    if criterion.is_judged:
        lines += [
            f"        {weight_text(level.value)}  {level_name(level)}"
            + (f": {level.text}" if level.text else "")
            for level in criterion.levels
        ]
    return lines


def _tr(text: str) -> str:
    return QCoreApplication.translate("guide_text", text)
