"""Which scoring guide the results stand under: the one being edited, or a saved version."""

from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.versions import Version, versions
from rubric_studio.ui.day_text import day_text
from rubric_studio.ui.results.words import tr
from rubric_studio.ui.session import Session

DRAFT = "draft"


class GuideChoice:
    """Until somebody chooses: the guide being edited, which is the newest version where nothing was changed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._versions: list[Version] = []
        self._picked = ""
        self.read()

    def read(self) -> None:
        """Look which versions there are."""
        self._versions = list(reversed(versions(self._session.store)))

    def pick(self, key: str) -> None:
        """Stay with a version, or with the guide being edited."""
        self._picked = "" if key == self.options()[0][0] else key

    @property
    def key(self) -> str:
        """The choice: a version's id or "draft"."""
        offered = [key for key, _ in self.options()]
        return self._picked if self._picked in offered else offered[0]

    @property
    def rubric(self) -> Rubric:
        """The guide chosen."""
        found = self._version()
        return self._session.draft if found is None else found.rubric

    @property
    def words(self) -> str:
        """The guide with its day, as it stands beside numbers."""
        found = self._version()
        return tr("draft, not saved yet") if found is None else _version_words(found)

    def options(self) -> list[tuple[str, str]]:
        """All that can be chosen, the usual choice first."""
        saved = [(version.id, _version_words(version)) for version in self._versions]
        if self._versions and self._versions[0].rubric == self._session.draft:
            return saved
        return [(DRAFT, tr("Draft, not saved yet")), *saved]

    def _version(self) -> Version | None:
        key = self.key
        return next((version for version in self._versions if version.id == key), None)


def _version_words(version: Version) -> str:
    return tr("Version {number}, {day}").format(number=version.number, day=day_text(version.at))
