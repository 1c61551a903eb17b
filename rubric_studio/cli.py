"""The command line: reads the call, hands it on, says what happened. The work is in `commands.py`."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from rubric_studio import __version__
from rubric_studio.domain.errors import Cancelled, StudioError

DONE, INPUT_AT_FAULT, CALL_AT_FAULT = 0, 1, 2
COMMANDS = ("new", "demo", "import", "show", "score", "export", "verify", "snapshot", "agreement")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one call of `rubric-studio`; the exit code is 0 done, 1 input at fault, 2 call at fault."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if not words or (words[0] not in COMMANDS and not words[0].startswith("-")):
            return _window(words)
        if words[0] == "--demo":
            return _demo(words)
        call = _parser().parse_args(words)
        return _run(call)
    except StudioError as error:
        print(error, file=sys.stderr)
        return INPUT_AT_FAULT
    except Cancelled:
        print("Stopped; nothing was written.", file=sys.stderr)
        return INPUT_AT_FAULT
    except BrokenPipeError:  # whoever read the output has seen enough
        sys.stdout = None
        return DONE
    except SystemExit as left:  # argparse leaves the program; a caller of main wants the code
        return left.code if isinstance(left.code, int) else CALL_AT_FAULT


def _run(call: argparse.Namespace) -> int:
    from rubric_studio import commands

    return getattr(commands, f"run_{call.command}")(call)


def _window(words: list[str]) -> int:
    if len(words) > 1:
        print(f"rubric-studio: one project at a time, or one of: {', '.join(COMMANDS)}", file=sys.stderr)
        return CALL_AT_FAULT
    path = Path(words[0]) if words else None
    if path is not None and not path.exists():
        hint = f"To make it: rubric-studio new {path}. Commands: {', '.join(COMMANDS)}."
        if path.suffix not in (".rubric", ".review"):
            print(f'rubric-studio: "{path}" is no command and no file. {hint}', file=sys.stderr)
            return CALL_AT_FAULT
        raise StudioError("No such project", f"There is no file {path.name} there.", hint, file=path)
    return _open_window(path, demo=False)


def _demo(words: list[str]) -> int:
    if len(words) > 1:
        print("rubric-studio: --demo takes nothing else", file=sys.stderr)
        return CALL_AT_FAULT
    return _open_window(None, demo=True)


def _open_window(path: Path | None, *, demo: bool) -> int:
    # What is made at start stays: looking through it for garbage again and again takes a tenth of the start.
    gc.disable()
    # Pydantic would look for its plugins among all packages that are installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        return _window_on_screen(path, demo=demo)
    finally:
        gc.enable()


def _window_on_screen(path: Path | None, *, demo: bool) -> int:
    from rubric_studio.wiring import has_display

    if not has_display():
        raise StudioError(
            "No screen",
            "The window needs a screen, and there is none here.",
            "The other commands work without one: rubric-studio --help. Pictures: rubric-studio snapshot P DIR.",
        )
    from rubric_studio.app import run_window

    return run_window(path, demo=demo)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rubric-studio",
        description="Without arguments, or with a project file, it opens the window.",
        epilog="Exit codes: 0 done, 1 the input is at fault and nothing was written, 2 the call is at fault.",
    )
    parser.add_argument("--version", action="version", version=f"rubric-studio {__version__}")
    parser.add_argument("--demo", action="store_true", help="open a fresh copy of the built-in example")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add(commands, "new", "make an empty project file")
    _add(commands, "demo", "make an example project file")
    _add_import(commands)
    _add(commands, "show", "counts, versions, score summary").add_argument("--json", action="store_true")
    score = _add(commands, "score", "score all samples with the newest saved rubric")
    score.add_argument(
        "--json", type=Path, metavar="FILE", help="write the scores there (- for the terminal)"
    )
    score.add_argument("--rater", default="trained", metavar="NAME|experts", help="whose marks count")
    _add_trust(score)
    _add_export(commands)
    verify = commands.add_parser("verify", help="prove a bundle whole")
    verify.add_argument("directory", type=Path, metavar="DIR")
    verify.add_argument("--json", action="store_true")
    snapshot = _add(commands, "snapshot", "write a PNG of every page, without a screen")
    snapshot.add_argument("directory", type=Path, metavar="DIR")
    agreement = _add(commands, "agreement", "how far raters agree, criterion by criterion")
    agreement.add_argument("--criterion", metavar="KEY", help="of one criterion only")
    agreement.add_argument(
        "--raters",
        type=_listed,
        metavar="A,B,...",
        help="names or ids of experts, judges, or: experts (usual)",
    )
    agreement.add_argument("--json", action="store_true")
    return parser


def _add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, help: str):
    command = commands.add_parser(name, help=help, description=help.capitalize() + ".")
    command.add_argument("project", type=Path, metavar="P", help="the project file, NAME.rubric")
    return command


def _add_import(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = _add(commands, "import", "bring a JSONL, JSON, CSV or XLSX file in; all or nothing")
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument(
        "--as", dest="shape", required=True, choices=["rows", "samples", "verdicts", "rubric"]
    )
    command.add_argument(
        "--map", action="append", default=[], type=_mapped, metavar="field=column", help="may be repeated"
    )
    command.add_argument("--rater", metavar="NAME", help="who gave the marks")
    command.add_argument("--rater-kind", choices=["judge", "expert"], default="judge")
    command.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")


def _add_trust(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--trust-code",
        action="append",
        default=[],
        metavar="HASH",
        help="run this own code outside the sandbox: the first 12 digits or more of its SHA-256",
    )


def _add_export(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = _add(commands, "export", "write a bundle")
    command.add_argument("directory", type=Path, metavar="DIR")
    command.add_argument("--target", action="append", required=True, metavar="NAME", help="may be repeated")
    command.add_argument("--leave-out", action="append", default=[], metavar="KEY", help="may be repeated")
    _add_trust(command)
    command.add_argument("--judge-model", metavar="NAME")
    command.add_argument("--base-model", metavar="NAME")
    command.add_argument("--seed", type=int, default=0, metavar="S")


def _listed(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise argparse.ArgumentTypeError("it names nobody")
    return names


def _mapped(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not equals or not field.strip():
        raise argparse.ArgumentTypeError(f'"{text}" is not field=column')
    return field.strip(), column
