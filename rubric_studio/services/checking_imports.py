"""Read, understand and compare a whole file, so that everything is said before anything is written."""

from dataclasses import dataclass, replace

from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.source import SourceKind
from rubric_studio.domain.table import ReadOptions
from rubric_studio.services.import_source import ImportSource
from rubric_studio.services.imported_graders import takes_raw_marks
from rubric_studio.services.importing import ImportedFile, ImportPlan
from rubric_studio.services.letting_go import let_go
from rubric_studio.services.mapping import Mapping, Shape
from rubric_studio.services.planning import RaterKind, plan_import
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.understanding import understand
from rubric_studio.services.versions import newest_version

KINDS: dict[Shape, SourceKind] = {
    "question": "rows",
    "question_with_answers": "mixed",
    "answer": "samples",
    "mark": "verdicts",
}


@dataclass(frozen=True)
class Marking:
    """Who gave the marks in a file, where its lines do not say, and the rubric they speak of."""

    kind: RaterKind = "expert"
    rater: str = ""
    guide: Rubric | None = None


NOBODY = Marking()


def check_import(
    store: Store,
    source: ImportSource,
    options: ReadOptions,
    mapping: Mapping,
    marking: Marking = NOBODY,
    progress: Progress = no_progress,
) -> ImportPlan:
    """Say what bringing in the whole file would do; nothing is written.

    Raises:
        Cancelled: the user stopped it.
        StudioError: the file cannot be read.
    """
    guide = marking.guide or _newest_guide(store)
    mapping = replace(mapping, raw=takes_raw_marks(guide))
    understood = understand(source.read(options, progress), mapping)
    plan = plan_import(
        store,
        _file(source, options, mapping),
        understood,
        marking.kind,
        marking.rater,
        guide=marking.guide,
        mapping=mapping,
        progress=progress,
    )
    left_over = understood.everything()
    del understood
    let_go(left_over)
    return plan


def _newest_guide(store: Store) -> Rubric | None:
    version = newest_version(store)
    return version and version.rubric


def _file(source: ImportSource, options: ReadOptions, mapping: Mapping) -> ImportedFile:
    # A function of its own: pydantic, when it first makes a value, may note all names of the function
    # that asks, and what was understood could not be let go of before that one ends.
    name = source.path.name if source.path else source.describe(options).file
    return ImportedFile(name=name, kind=KINDS[mapping.shape], sha256=source.fingerprint())
