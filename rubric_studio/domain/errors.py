"""Trouble that is expected and that a person can mend; not for mistakes in our own code."""

from pathlib import PurePath


class StudioError(Exception):
    """Something a person can mend: what happened to what, and what to do next.

    The same words are shown in the window and on the terminal.

    Args:
        title: a few words that name the trouble ("This file is not a project").
        message: what happened, to what.
        hint: what to do next; may be empty.
        file: the file at fault, where there is one.
        line: its line (counted from 1), where there is one.
        field: the field or column at fault, where there is one.
    """

    def __init__(
        self,
        title: str,
        message: str,
        hint: str = "",
        *,
        file: str | PurePath | None = None,
        line: int | None = None,
        field: str | None = None,
    ) -> None:
        super().__init__(title, message, hint)
        self.title = title
        self.message = message
        self.hint = hint
        self.file = None if file is None else str(file)
        self.line = line
        self.field = field

    @property
    def place(self) -> str:
        """Where the trouble is: "rows.jsonl, line 48, field id", or "" where no place is known."""
        parts = [
            self.file,
            None if self.line is None else f"line {self.line}",
            None if self.field is None else f"field {self.field}",
        ]
        return ", ".join(part for part in parts if part)

    def __str__(self) -> str:
        body = f"{self.title}: {self.message}"
        if self.place:
            body = f"{self.place}: {body}"
        if self.hint and body[-1] not in ".:;!?…":  # a sentence of its own follows
            body += "."
        return f"{body} {self.hint}".rstrip()


class Unreadable(StudioError):
    """A file of ours that is damaged, or something else by now: opening it again will not help."""


class Cancelled(Exception):
    """The user stopped a long piece of work; nothing is wrong."""
