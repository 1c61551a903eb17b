"""The Python that bundles carry: our own grader files and the templates, as text with LF. It runs nothing."""

from importlib.resources import files

from rubric_studio.grader.measures import MEASURES_VERSION
from rubric_studio.resources import resource

__all__ = ["MEASURES_VERSION", "grader_source", "template"]


def grader_source(name: str) -> str:
    """The text of a file of `rubric_studio/grader`, such as "measures.py"."""
    return _with_line_feeds(files("rubric_studio.grader").joinpath(name).read_text(encoding="utf-8"))


def template(name: str) -> str:
    """The text of a file of `resources/templates`."""
    return _with_line_feeds(resource(f"templates/{name}").read_text(encoding="utf-8"))


def _with_line_feeds(text: str) -> str:
    """A checkout on Windows may have turned them into CRLF; bytes must not depend on that."""
    return text.replace("\r\n", "\n")
