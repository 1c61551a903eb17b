"""Under which wording agreement is looked at: a saved version, the newest unless somebody chooses. It reads no mark."""

from rubric_studio.domain.rubric import Rubric
from rubric_studio.ui.results.guide_choice import DRAFT, GuideChoice


class SavedGuide(GuideChoice):
    """Rounds ask by saved versions, so the draft comes last."""

    def options(self) -> list[tuple[str, str]]:
        """All that can be chosen, the newest version first."""
        found = super().options()
        return [*found[1:], found[0]] if found[0][0] == DRAFT and len(found) > 1 else found

    @property
    def has_version(self) -> bool:
        """Whether any version was saved."""
        return self.options()[0][0] != DRAFT

    @property
    def chosen(self) -> tuple[str, Rubric]:
        """The choice with its guide."""
        return self.key, self.rubric
