"""What the doctor found and where, with a mend where one is certain. How it is found: one detector per file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from rubric_studio.domain.canonical import sha256_hex
from rubric_studio.domain.doctor.marks_at_hand import MarksAtHand
from rubric_studio.domain.rubric import Rubric

ID_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Mend:
    """A change that is certain to help, as it reads before and after; `mended` makes it in a rubric."""

    before: str
    after: str
    mended: Callable[[Rubric], Rubric]


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on a rubric.

    `sentence` is a template over `details`, so that the window can translate it. `strength` is how sure and how
    grave it is, in (0, 1]. Of `criterion`, `level` and `stratum` those are named that it concerns; `span` lies in
    the criterion's words or, where a level is named, in the level's text. `words` are what a waiver hangs on:
    other words are looked at anew.
    """

    detector: str
    strength: float
    sentence: str
    details: Mapping[str, str] = field(default_factory=dict[str, str])
    criterion: str = ""
    level: str = ""
    stratum: str = ""
    span: tuple[int, int] | None = None
    words: str = ""
    mend: Mend | None = None

    @property
    def id(self) -> str:
        """What the finding is called for ever: detector, place, and a hash of the words concerned."""
        place = self.criterion or self.stratum or "rubric"
        place += f".{self.level}" if self.level else ""
        return f"{self.detector}/{place}/{sha256_hex(self.words)[:ID_DIGITS]}"

    @property
    def text(self) -> str:
        """The sentence with its details, in English."""
        return self.sentence.format(**self.details)


@dataclass(frozen=True, slots=True)
class Detector:
    """One thing that the doctor looks for, and in one plain sentence why it matters for training.

    `in_words` looks at the rubric alone, at once; `in_marks` at the marks on the samples at hand.
    """

    name: str
    looks_for: str
    why: str
    in_words: Callable[[Rubric], Iterable[Finding]] | None = None
    in_marks: Callable[[Rubric, MarksAtHand], Iterable[Finding]] | None = None
