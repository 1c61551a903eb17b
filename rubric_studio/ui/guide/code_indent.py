"""How far the next line of a program is indented. Works on text alone; it knows no editor."""

INDENT = 4
_ENDING = ("return", "pass", "raise", "break", "continue")


def indent_after(line: str) -> str:
    """Return the spaces with which the line after this one begins.

    >>> indent_after("def grade(sample, item):")
    '    '
    """
    spaces = len(line) - len(line.lstrip(" "))
    words = line.split("#")[0].rstrip()
    if words.endswith((":", "(", "[", "{")):
        spaces += INDENT
    elif words.split() and words.split()[0] in _ENDING:
        spaces = max(0, spaces - INDENT)
    return " " * spaces


def outdented(before: str) -> int:
    """Return how many spaces Backspace takes: back to the last stop where only spaces stand before it, else 0."""
    if not before or before.strip(" "):
        return 0
    return (len(before) - 1) % INDENT + 1


def shifted(line: str, step: int) -> str:
    """Return a line an indent further to the right (1) or to the left (-1); an empty one stays empty."""
    if step > 0:
        return " " * INDENT + line if line.strip() else line
    return line[min(INDENT, len(line) - len(line.lstrip(" "))) :]
