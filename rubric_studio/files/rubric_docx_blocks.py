"""Walk a Word document's body: paragraphs, tables, rows and cells, whatever controls stand around them."""

from collections.abc import Iterator

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - it has no stubs

from rubric_studio.files.rubric_docx_changes import COMMENT_SIGNS, W, is_placeholder
from rubric_studio.files.rubric_docx_marks import PREFIX

_AROUND = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "del")}


def children(container: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The elements of those tags ("p", "tbl") and signs of comments, in order, controls around them opened."""
    wanted = {f"{W}{tag}" for tag in tags} | set(COMMENT_SIGNS)
    for child in container:
        if child.tag in wanted:
            yield child
        elif child.tag in _AROUND and not is_placeholder(child):
            yield from children(child, *tags)


def blocks(container: etree._Element) -> list[etree._Element]:
    """The paragraphs of a cell and signs of comments between them."""
    return list(children(container, "p"))


def our_marks(element: etree._Element) -> list[str]:
    """The names of our bookmarks inside an element, each once."""
    names = (mark.get(f"{W}name", "") for mark in element.iter(f"{W}bookmarkStart"))
    return list(dict.fromkeys(name for name in names if name.startswith(PREFIX)))
