"""Who can mark besides people: judges, panels, and judges whose marks came from elsewhere. Reads, keeps nothing."""

from typing import NamedTuple

from rubric_studio.domain.judge import JudgeConfig, Panel
from rubric_studio.services.judges import judge_of, newest_judges
from rubric_studio.services.marks import rater_choice
from rubric_studio.services.panels import panels
from rubric_studio.services.ports import Store
from rubric_studio.ui.models.judge_words import tr


class JudgeEntry(NamedTuple):
    """One line of the list: a judge in its newest version, an older version with marks, a panel, or a name alone."""

    rater: str
    judge: JudgeConfig | None = None
    panel: Panel | None = None
    has_marks: bool = False
    counts: bool = False
    """Whether its marks count in training."""
    is_earlier: bool = False
    """Whether its judge has a newer version: it is asked no more, and its marks stay apart."""

    @property
    def is_kept(self) -> bool:
        """Whether it can be changed: it is saved here, in its newest version."""
        return self.panel is not None or (self.judge is not None and not self.is_earlier)

    @property
    def about(self) -> str:
        """What it is, in one line."""
        if self.panel is not None:
            return tr("A panel: {rule} of {members}").format(
                rule=rule_word(self.panel.rule), members=", ".join(self.panel.members)
            )
        if self.judge is None:
            return tr("Marks that were brought in")
        about = f"{self.judge.model} · {mode_word(self.judge.mode)}"
        return tr("An earlier version: {about}").format(about=about) if self.is_earlier else about


def entries(store: Store) -> list[JudgeEntry]:
    """Judges by name, then panels, then those that are known by their marks only."""
    marked = store.judges()
    counting = rater_choice(store).judge
    made = newest_judges(store)
    known = {judge.rater for judge in made}
    found = [
        JudgeEntry(judge.rater, judge, None, judge.rater in marked, judge.rater == counting) for judge in made
    ]
    for panel in panels(store):
        known.add(panel.name)
        has_marks = all(member in marked for member in panel.members)
        found.append(JudgeEntry(panel.name, None, panel, has_marks, panel.name == counting))
    for name in marked:
        if name not in known:
            judge = judge_of(store, name)
            found.append(JudgeEntry(name, judge, None, True, name == counting, judge is not None))
    return found


def mode_word(mode: str) -> str:
    """How much one call marks."""
    words = {
        "criterion": tr("point by point"),
        "stratum": tr("part by part"),
        "sample": tr("the whole answer at once"),
    }
    return words[mode]


def rule_word(rule: str) -> str:
    """How a panel makes one mark of several."""
    return {"mean": tr("the mean"), "median": tr("the median"), "majority": tr("the majority")}[rule]
