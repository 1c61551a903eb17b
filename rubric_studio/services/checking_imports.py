"""Read, understand and compare a whole file, so that everything is said before anything is written."""

from dataclasses import dataclass

from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.source import SourceKind
from rubric_studio.domain.table import ReadOptions
from rubric_studio.services.import_source import ImportSource
from rubric_studio.services.importing import ImportedFile, ImportPlan
from rubric_studio.services.mapping import Mapping, Shape
from rubric_studio.services.planning import RaterKind, plan_import
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.understanding import understand

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
    understood = understand(source.read(options, progress), mapping)
    name = source.path.name if source.path else source.describe(options).file
    file = ImportedFile(name=name, kind=KINDS[mapping.shape], sha256=source.fingerprint())
    return plan_import(
        store,
        file,
        understood,
        marking.kind,
        marking.rater,
        guide=marking.guide,
        mapping=mapping,
        progress=progress,
    )
