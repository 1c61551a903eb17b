"""What is said of a point's wordings: whether new words helped, and from when they are. Whole sentences only."""

from typing import TYPE_CHECKING

from rubric_studio.ui.compare.agreement_words import p_words, tr
from rubric_studio.ui.labels import counted
from rubric_studio.ui.number_text import count_text, score_text, signed_text

if TYPE_CHECKING:  # they bring numpy, and whoever has such numbers has brought it
    from rubric_studio.domain.paired_change import PairedChange
    from rubric_studio.services.trend import PointTrend, Wording

SURE = 0.05
"""A change that chance alone would bring less often than that is called more than noise."""


def is_sure(change: "PairedChange | None") -> bool | None:
    """Whether a change is more than noise; None where nobody can say."""
    return None if change is None or change.p is None else change.p < SURE


def versions_words(wording: "Wording") -> str:
    """Name a wording by its saved versions: "version 3", "versions 3 – 5"; "versions 1, 3" where it came back."""
    first, last = wording.versions[0], wording.versions[-1]
    if first == last:
        return tr("version {number}").format(number=first)
    if _came_back(wording):
        return tr("versions {numbers}").format(numbers=", ".join(map(str, wording.versions)))
    return tr("versions {first} – {last}").format(first=first, last=last)


def versions_short(wording: "Wording") -> str:
    """The same beneath a plot: "v3", "v3 – 5"."""
    first, last = wording.versions[0], wording.versions[-1]
    if _came_back(wording):
        return f"v{first}, {last}"
    return f"v{first}" if first == last else f"v{first} \N{EN DASH} {last}"


def _came_back(wording: "Wording") -> bool:
    """Whether versions between had other words."""
    return wording.versions[-1] - wording.versions[0] >= len(wording.versions)


def finding_words(wording: "Wording") -> str:
    """What came of a rewording, and that it may be the people's where others marked the answers."""
    if wording.change is None or not wording.other_people:
        return change_words(wording.change)
    others = tr("Not the same people marked them before and after, so the difference may be theirs.")
    return f"{change_words(wording.change)} {others}"


def change_words(change: "PairedChange | None") -> str:
    """Whether a rewording helped, on the answers that were marked under both wordings."""
    if change is None:
        return tr(
            "No answer was marked by two people under both wordings, so nobody can say whether it helped."
        )
    if change.mean is None or change.p is None:
        return tr("Too few answers were marked by two people under both wordings to say whether it helped.")
    interval = ""
    if change.low is not None and change.high is not None:
        interval = f"{signed_text(change.low)} \N{EN DASH} {signed_text(change.high)}, "
    facts = {
        "n": counted("sample", change.n),
        "change": signed_text(change.mean),
        "test": interval + p_words(change.p),
    }
    if not is_sure(change):
        words = tr("This may be noise: on the same {n} agreement moved by {change} ({test}).")
    elif change.mean > 0:
        words = tr("With the new words the same {n} were marked more alike: {change} ({test}).")
    else:
        words = tr("With the new words the same {n} were marked less alike: {change} ({test}).")
    return words.format(**facts)


def change_short(change: "PairedChange | None") -> str:
    """The same in a table's cell."""
    if change is None or change.mean is None:
        return tr("not comparable")
    if not is_sure(change):
        return tr("{change}, may be noise").format(change=signed_text(change.mean))
    words = tr("{change}, more alike") if change.mean > 0 else tr("{change}, less alike")
    return words.format(change=signed_text(change.mean))


def trend_title(point: "PointTrend") -> str:
    """The finding over a plot."""
    if len(point.wordings) < 2:
        return tr("{title}: one wording so far").format(title=point.title)
    last = point.wordings[-1]
    if last.change is None or not is_sure(last.change):
        return tr("{title}: whether the last rewording helped is not known").format(title=point.title)
    if (last.change.mean or 0.0) > 0:
        return tr("{title}: the last rewording helped").format(title=point.title)
    return tr("{title}: the last rewording made it worse").format(title=point.title)


def from_to(point: "PointTrend") -> str:
    """The first and the last figure: "0.52 → 0.74"."""
    values = [each.pairwise.value for each in point.wordings if each.pairwise.value is not None]
    if not values:
        return "\N{EN DASH}"
    if len(values) == 1:
        return score_text(values[0])
    return f"{score_text(values[0])} → {score_text(values[-1])}"


def wordings_count(point: "PointTrend") -> str:
    """How many wordings were marked."""
    return count_text(len(point.wordings))
