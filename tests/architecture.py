"""The plan of the house as rules over source text: which room may know which, and what a room must not do.

Reads the package with `ast` and imports nothing of it. `findings(package)` names every breach in one line.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ADAPTERS = frozenset({"store", "files", "llm", "sandbox", "targets"})
CORE = frozenset({"domain", "grader"})
# What may be imported besides one's own room. A top-level module that is not named here is "wiring":
# the small place that chooses the real adapters for app.py and cli.py. "resources" finds packaged files.
MAY_IMPORT: dict[str, frozenset[str]] = {
    "domain": frozenset(),
    "grader": frozenset({"domain"}),
    **{adapter: CORE | {"resources"} for adapter in ADAPTERS},
    "services": CORE | {"resources"},
    "ui": CORE | {"services", "resources"},
    "resources": frozenset(),
    "wiring": CORE | ADAPTERS | {"services", "resources"},
    "app": CORE | {"ui", "services", "wiring", "resources"},
    "cli": CORE | {"app", "commands", "services", "wiring", "resources"},
    "commands": CORE | {"app", "services", "wiring", "resources"},
    "__main__": frozenset({"cli"}),
    "__init__": frozenset(),
}
# The files a bundle carries: they stand alone, but for the one that puts the other two together.
CARRIED: dict[str, frozenset[str]] = {
    "grader/measures.py": frozenset(),
    "grader/formula.py": frozenset(),
    "grader/openai_similarities.py": frozenset(),
    "grader/openai_graders.py": frozenset({"grader.measures", "grader.openai_similarities"}),
    "grader/scoring.py": frozenset({"grader.measures", "grader.formula", "grader.openai_graders"}),
    "grader/own_code.py": frozenset({"grader.measures", "grader.scoring"}),
}
CARRIED_PYTHON = (3, 10)
INSIDE_A_FUNCTION = {
    "grader/measures.py": frozenset({"rapidfuzz"}),
    "grader/openai_similarities.py": frozenset({"rapidfuzz"}),
}
QT = frozenset({"PySide6", "shiboken6", "pyqtgraph"})
QT_ROOMS = frozenset({"ui", "app"})
PRINTING_ROOMS = frozenset({"cli", "commands"})

DOMAIN_LIBRARIES = frozenset({"pydantic", "pydantic_core", "numpy"})
# Modules by which a value would reach files, processes, the network, a clock or chance.
NOT_IN_DOMAIN = frozenset(
    {"glob", "io", "mmap", "os", "pathlib", "pickle", "shelve", "shutil", "sqlite3", "tempfile"}
    | {"asyncio", "ctypes", "importlib", "multiprocessing", "signal", "subprocess", "threading"}
    | {
        "ftplib",
        "http",
        "select",
        "selectors",
        "smtplib",
        "socket",
        "socketserver",
        "ssl",
        "urllib",
        "webbrowser",
    }
    | {"locale", "logging", "platform", "secrets", "time", "uuid"}
)
HARMLESS_PARTS = frozenset(
    {"random", "random.Random", "pathlib.PurePath", "pathlib.PurePosixPath", "urllib.parse.urlsplit"}
)
CLOCK_CALLS = frozenset({"now", "utcnow", "today"})

COLLECTING_NAMES = frozenset({"utils", "util", "common", "helpers", "helper", "manager", "managers", "misc"})
LONGEST_FILE = 400
LONGER_FILES = {"grader/measures.py": "every check in one file, since bundles carry or inline that very file"}


class Module(NamedTuple):
    """One source file: its place in the package, its text and its tree."""

    place: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        first = self.place.split("/")[0]
        name = first.removesuffix(".py")
        return name if "/" in self.place or name in MAY_IMPORT else "wiring"


class Import(NamedTuple):
    """One imported name, spelled out in full, and where it stands."""

    name: str
    line: int
    inside_a_function: bool


def findings(package: Path) -> list[str]:
    """Name every breach in the package, as `place:line: what is wrong`."""
    modules = [
        _read(package, path) for path in sorted(package.rglob("*.py")) if "_resources" not in path.parts
    ]
    found: list[str] = []
    for module in modules:
        imports = list(_imports(module, package))
        for rule in (_layers, _qt, _carried_files, _domain_imports):
            found += rule(module, imports)
        for rule in (_domain_calls, _printing, _docstring, _name, _length):
            found += rule(module)
    return found


def _read(package: Path, path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path.relative_to(package).as_posix(), text, ast.parse(text))


# What is imported


def _imports(module: Module, package: Path) -> Iterator[Import]:
    """Yield every import wherever it stands: in functions, under TYPE_CHECKING, relative, by name."""
    home = [package.name, *module.place.split("/")[:-1]]
    inside = {
        id(node)
        for function in ast.walk(module.tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    }
    for node in ast.walk(module.tree):
        for name in _imported_names(node, home):
            yield Import(name, getattr(node, "lineno", 0), id(node) in inside)


def _imported_names(node: ast.AST, home: list[str]) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        above = home[: len(home) + 1 - node.level] if node.level else []
        source = ".".join([*above, *([node.module] if node.module else [])])
        return [f"{source}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.Call) and _called(node) in {"__import__", "import_module"} and node.args:
        name = node.args[0]
        return [name.value] if isinstance(name, ast.Constant) and isinstance(name.value, str) else []
    return []


def _ours(imports: list[Import], package: str = "rubric_studio") -> Iterator[tuple[str, int]]:
    for name, line, _ in imports:
        root, _, rest = name.partition(".")
        if root == package and rest:
            yield rest, line


def _layers(module: Module, imports: list[Import]) -> Iterator[str]:
    allowed = MAY_IMPORT.get(module.room)
    if allowed is None:
        yield f"{module.place}:1: the plan of the house has no room named {module.room}"
        return
    for name, line in _ours(imports):
        room = name.split(".")[0]
        if room.startswith("__") and room != "__main__":
            continue  # `from rubric_studio import __version__`
        room = room if room in MAY_IMPORT else "wiring"
        if room not in allowed | {module.room}:
            yield f"{module.place}:{line}: {module.room} must not import {name}"


def _qt(module: Module, imports: list[Import]) -> Iterator[str]:
    if module.room not in QT_ROOMS:
        for name, line, _ in imports:
            if name.split(".")[0] in QT:
                yield f"{module.place}:{line}: Qt ({name}) belongs in ui/ and app.py only"


def _carried_files(module: Module, imports: list[Import]) -> Iterator[str]:
    neighbors = CARRIED.get(module.place)
    if neighbors is None:
        return
    for name, line in _ours(imports):
        if ".".join(name.split(".")[:2]) not in neighbors:
            yield f"{module.place}:{line}: a bundle carries this file, so it must not import {name}"
    for name, line, inside in imports:
        root = name.split(".")[0]
        free = root in sys.stdlib_module_names and root != "__future__"
        lent = inside and root in INSIDE_A_FUNCTION.get(module.place, ())
        if root != "rubric_studio" and not (free or lent):
            yield f"{module.place}:{line}: a bundle carries this file, so it must not import {name}"
    try:
        ast.parse(module.text, feature_version=CARRIED_PYTHON)
    except SyntaxError as error:
        yield f"{module.place}:{error.lineno}: a bundle runs this file under Python 3.10: {error.msg}"


def _domain_imports(module: Module, imports: list[Import]) -> Iterator[str]:
    if module.room != "domain":
        return
    for name, line, _ in imports:
        root = name.split(".")[0]
        known = root in sys.stdlib_module_names or root in DOMAIN_LIBRARIES or root == "rubric_studio"
        impure = root in NOT_IN_DOMAIN | {"random"} and name not in HARMLESS_PARTS
        if not known or impure:
            yield f"{module.place}:{line}: domain must not import {name}"


# What is done


def _domain_calls(module: Module) -> Iterator[str]:
    if module.room != "domain":
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and (reason := _impure(node)):
            yield f"{module.place}:{node.lineno}: domain must not {reason}"


def _impure(call: ast.Call) -> str:
    """Say what an impure call does, or an empty text."""
    path = _dotted(call.func)
    seeded = bool(call.args or call.keywords)
    if path == ["open"]:
        return "open files"
    if len(path) > 1 and path[-1] in CLOCK_CALLS:
        return "read a clock"
    if path[-1:] in (["Random"], ["default_rng"]) and not seeded:
        return "use chance without a seed"
    if path[:1] == ["random"] and path[-1] != "Random":
        return "use chance without a seed"
    if "random" in path[1:-1] and path[-1] not in {"default_rng", "Generator", "SeedSequence"}:
        return "use chance without a seed"
    return ""


def _dotted(node: ast.expr) -> list[str]:
    """Spell out `a.b.c` as a list; parts that are not names are left out."""
    if isinstance(node, ast.Attribute):
        return [*_dotted(node.value), node.attr]
    return [node.id] if isinstance(node, ast.Name) else ["?"]


def _called(call: ast.Call) -> str:
    return _dotted(call.func)[-1]


def _printing(module: Module) -> Iterator[str]:
    if module.room not in PRINTING_ROOMS:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and _dotted(node.func) == ["print"]:
                yield f"{module.place}:{node.lineno}: only the command line prints"


# What it looks like


def _docstring(module: Module) -> Iterator[str]:
    if not ast.get_docstring(module.tree):
        yield f"{module.place}:1: a module's first line says what it is for"


def _name(module: Module) -> Iterator[str]:
    for part in module.place.removesuffix(".py").split("/"):
        if COLLECTING_NAMES & set(part.lower().split("_")):
            yield f"{module.place}:1: a place named {part} collects what nobody placed"


def _length(module: Module) -> Iterator[str]:
    lines = len(module.text.splitlines())
    if lines > LONGEST_FILE and module.place not in LONGER_FILES:
        yield f"{module.place}:{lines}: {lines} lines want to be two files"
