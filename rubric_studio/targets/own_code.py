"""Own code in a bundle: its files as they were written, and the packages it needs. It runs none of it."""

import ast
import sys
from collections.abc import Iterator

from rubric_studio.domain.kinds import PythonKind
from rubric_studio.domain.rubric import Rubric

FOLDER = "own_code"


def own_code_sources(rubric: Rubric) -> dict[str, str]:
    """The text of every own-code criterion, by its key."""
    return {
        criterion.key: criterion.kind.source
        for criterion in rubric.criteria()
        if isinstance(criterion.kind, PythonKind)
    }


def own_code_files(rubric: Rubric) -> Iterator[tuple[str, bytes]]:
    """One file for each, to be read; the grader carries the same text in its plan."""
    for key, source in own_code_sources(rubric).items():
        yield f"{FOLDER}/{key}.py", source.encode("utf-8", "surrogatepass")


def packages_needed(rubric: Rubric) -> set[str]:
    """The packages that own code imports beyond the standard library; nothing of code that cannot be read."""
    return {
        name
        for source in own_code_sources(rubric).values()
        for name in _imported(source)
        if name not in sys.stdlib_module_names
    }


def _imported(source: str) -> Iterator[str]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]
