"""What the doctor says, in the language of the window. The sentences are the detectors' own."""

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.doctor.examination import BY_NAME
from rubric_studio.domain.doctor.finding import Finding
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.doctor import title_of
from rubric_studio.ui.labels import heading


def sentence_text(finding: Finding) -> str:
    """Say what was found."""
    return _tr(finding.sentence).format(**finding.details)


def why_text(finding: Finding) -> str:
    """Say why it matters for training."""
    return _tr(BY_NAME[finding.detector].why)


def place_text(rubric: Rubric, criterion: str, stratum: str) -> str:
    """Name the point or the part: "Point: Names the deadline"."""
    words = _tr("{kind}: {title}")
    kind = heading("criterion") if criterion else heading("stratum")
    return words.format(kind=kind, title=title_of(rubric, criterion, stratum))


def usual_reasons() -> tuple[str, ...]:
    """Return why a remark is most often waved off."""
    return (
        _tr("It is one fact to an expert"),
        _tr("These are the words of the law"),
        _tr("It is meant so"),
        _tr("It is explained elsewhere"),
        _tr("It must stay comparable with earlier marks"),
    )


def count_text(count: int) -> str:
    """Say how many remarks are shown."""
    if count == 0:
        return _tr("No remarks on this guide")
    one, many = _tr("1 remark on this guide"), _tr("{0} remarks on this guide")
    return one if count == 1 else many.format(count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("doctor", text)
