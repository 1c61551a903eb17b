"""What a new round can be made of: versions, people, fields, answers. Read once, before the dialog opens."""

from collections.abc import Mapping
from typing import NamedTuple

from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.record import Person
from rubric_studio.services.ports import Progress, Store
from rubric_studio.services.round_plans import plans
from rubric_studio.services.row_labels import Labels, row_labels
from rubric_studio.services.versions import Version, versions

MOST_LANGUAGES = 30
SPEAKING_NAMES = ("language", "lang", "sprache", "langue", "lingua", "idioma")


class RoundChoices(NamedTuple):
    """`languages` are fields that may tell a question's language, with what stands there; `people`: the lead first."""

    number: int
    versions: tuple[Version, ...]
    lead: Person
    people: tuple[Person, ...]
    samples: int
    languages: Mapping[str, tuple[str, ...]]
    labels: tuple[str, ...]
    has_judges: bool
    last: tuple[PersonId, ...] = ()
    """Who scored in the round before."""

    @property
    def language_field(self) -> str:
        """The field that by its name tells a language, "" for none."""
        inner = {name: name.rsplit(".", 1)[-1].casefold() for name in self.languages}
        return next((name for name, last in inner.items() if last in SPEAKING_NAMES), "")


def round_choices(store: Store, lead: PersonId, progress: Progress) -> RoundChoices:
    """Look what there is; for a job's thread."""
    people = {person.id: person for person in store.people()}
    me = people.get(lead) or Person(id=lead, name="")
    others = sorted((p for p in people.values() if p.id != lead), key=lambda p: p.name.casefold())
    labels = row_labels(store, progress)
    known = plans(store)
    newest = list(known.values())[-1:]
    return RoundChoices(
        number=max((plan.number for plan in known.values()), default=0) + 1,
        versions=tuple(reversed(versions(store))),
        lead=me,
        people=(me, *others),
        samples=store.counts().samples,
        languages={name: words for name in labels if len(words := _values(labels[name])) <= MOST_LANGUAGES},
        labels=tuple(labels),
        has_judges=bool(store.judges()),
        last=tuple(expert.person for plan in newest for expert in plan.experts),
    )


def _values(labels: Labels) -> tuple[str, ...]:
    return tuple(sorted({label for each in labels.values() for label in each}))
