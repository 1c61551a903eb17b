"""Bringing a version back: as the draft, or as a new version. The old one stays as it is; one step undoes it."""

from rubric_studio.services.edits import ChangeDraft, SaveVersion
from rubric_studio.services.ports import Store
from rubric_studio.services.versions import Version, newest_version


def as_draft(version: Version, label: str) -> ChangeDraft:
    """Go on from that version; `label` is what the strip says of it."""
    return ChangeDraft(rubric=version.rubric, label=label)


def as_new_version(store: Store, version: Version, note: str) -> SaveVersion:
    """Save that version once more under the next number, with a note that says where it comes from."""
    newest = newest_version(store)
    return SaveVersion(rubric=version.rubric, number=newest.number + 1 if newest else 1, note=note)
