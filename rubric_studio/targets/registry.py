"""The table of targets. A new trainer is one file beside this one and one line in here."""

from collections.abc import Mapping
from types import MappingProxyType

from rubric_studio.domain.errors import StudioError
from rubric_studio.targets.openai import OpenaiTarget
from rubric_studio.targets.target import Target
from rubric_studio.targets.trl import TrlTarget

TARGETS: Mapping[str, Target] = MappingProxyType(
    {target.name: target for target in (TrlTarget(), OpenaiTarget())}
)


def target_named(name: str) -> Target:
    """The target of that name.

    Raises:
        StudioError: when there is none.
    """
    if name not in TARGETS:
        raise StudioError("Unknown target", f'"{name}" is no target', f"There are: {', '.join(TARGETS)}.")
    return TARGETS[name]
