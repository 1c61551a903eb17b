"""What is still missing before a first round can start, and the page on which it is made. Reads little."""

from typing import NamedTuple

from rubric_studio.services.ports import Store
from rubric_studio.services.versions import newest_version
from rubric_studio.ui.rounds.round_words import tr


class Missing(NamedTuple):
    """One sentence, the button's words, and the page it leads to; "" means a file is to be brought in."""

    sentence: str
    button: str
    page: str


def missing_for_round(store: Store) -> Missing | None:
    """The first thing that is missing, None where a round can start."""
    if not store.counts().samples:
        return Missing(tr("A round needs answers to score. There are none yet."), tr("Bring in answers"), "")
    version = newest_version(store)
    if version is None:
        return Missing(
            tr("A round needs a scoring guide that is saved, so that everybody scores by the same words."),
            tr("Go to the scoring guide"),
            "guide",
        )
    if version.rubric.row_criteria is None and not any(each.is_judged for each in version.rubric.criteria()):
        return Missing(
            tr(
                "In the saved scoring guide the program marks every point. A round needs one that people mark."
            ),
            tr("Go to the scoring guide"),
            "guide",
        )
    return None
