"""The names of people by their permanent ids, as the project knows them now. Who may read one is decided elsewhere."""

from rubric_studio.services.ports import Store


def person_name(store: Store, person: str) -> str:
    """Return a person's name, "" where nobody here has that id."""
    return next((each.name for each in store.people() if each.id == person), "")
