"""What one person prefers on this computer, as one frozen value, and its keeper. The file itself is an adapter's."""

from pathlib import Path
from typing import Annotated, Any, Literal, Protocol

from pydantic import ConfigDict, Field, ValidationError
from PySide6.QtCore import QObject, Signal

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.record import Person
from rubric_studio.domain.values import Value

ThemeChoice = Literal["system", "light", "dark", "contrast"]
FONT_PERCENTS = (80, 90, 100, 110, 125, 150, 175, 200)
MOST_RECENT = 8


class Preferences(Value):
    """A person's own choices; nothing of a project is in it. What a newer program kept here is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    person: Person | None = None
    theme: ThemeChoice = "system"
    font_percent: Annotated[int, Field(ge=FONT_PERCENTS[0], le=FONT_PERCENTS[-1])] = 100
    recent: tuple[str, ...] = ()
    tours_seen: tuple[str, ...] = ()
    watched: dict[str, str] = Field(default_factory=dict)
    """Shared folders that are watched for answers, by project (its first edit's id)."""

    sent_to: dict[str, str] = Field(default_factory=dict)
    """Folders into which packets went last, by project."""

    def with_recent(self, path: Path) -> "Preferences":
        """Put a project first among the recent ones."""
        newest = str(path)
        others = [each for each in self.recent if each != newest]
        return self.model_copy(update={"recent": (newest, *others)[:MOST_RECENT]})

    def without_recent(self, path: Path) -> "Preferences":
        """Forget a project; its file stays."""
        return self.model_copy(update={"recent": tuple(p for p in self.recent if p != str(path))})

    def with_tour_seen(self, name: str) -> "Preferences":
        """Note that a tour need not lead the way again."""
        return self.model_copy(update={"tours_seen": tuple(sorted({*self.tours_seen, name}))})

    def with_watched(self, project: str, folder: str) -> "Preferences":
        """Remember which folder is watched for a project; "" forgets it."""
        others = {key: value for key, value in self.watched.items() if key != project}
        return self.model_copy(update={"watched": others | ({project: folder} if folder else {})})

    def with_sent_to(self, project: str, folder: str) -> "Preferences":
        """Remember into which folder packets of a project went."""
        return self.model_copy(update={"sent_to": self.sent_to | {project: folder}})

    def with_font_step(self, step: int) -> "Preferences":
        """Take the next larger (1) or smaller (-1) font size; 0 goes back to the size as drawn."""
        sizes = [size for size in FONT_PERCENTS if (size - self.font_percent) * step > 0]
        percent = 100 if step == 0 else min(sizes, key=lambda size: size * step, default=self.font_percent)
        return self.model_copy(update={"font_percent": percent})


class File(Protocol):
    """Where preferences are kept."""

    def read(self) -> dict[str, Any]: ...

    def write(self, values: dict[str, Any]) -> None: ...

    def put_aside(self) -> None: ...


class Preferred(QObject):
    """The preferences in force. A change is kept at once; where that fails it still holds for this window."""

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, file: File, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        try:
            self._value = Preferences.model_validate(file.read())
        except ValidationError:
            file.put_aside()
            self._value = Preferences()

    @property
    def value(self) -> Preferences:
        """The preferences now."""
        return self._value

    def use(self, value: Preferences) -> None:
        """Take over and keep other preferences."""
        if value == self._value:
            return
        self._value = value
        try:
            self._file.write(value.model_dump(mode="json"))
        except StudioError as error:
            self.failed.emit(error)
        self.changed.emit(value)
