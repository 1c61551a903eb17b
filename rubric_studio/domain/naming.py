"""Finds a user's list of names in texts: whole words, whatever the case and the accents. Not any other identifier."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rubric_studio.domain.redacting import Finder, Found

WORD = re.compile(r"[^\W_]+")
NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
SEVERAL = "\N{INFORMATION SEPARATOR FOUR}"
BETWEEN = re.compile(r"[\s.,'’·\-‐-―]{1,4}")
# Scripts that set no spaces: there a name is found wherever its letters stand.
UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
)


class Folded(NamedTuple):
    """A text with case, accents and joiners taken off, and where each of its characters was; None: where it is."""

    text: str
    places: Sequence[int] | None
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place of a part in the text before folding; signs that follow a letter belong to it."""
        if self.places is None:
            return start, end
        after = self.places[end] if end < len(self.places) else self.length
        return self.places[start], max(after, self.places[end - 1] + 1)


class _Folds(dict[str, str]):
    """What becomes of each character; filled as characters are met."""

    def __missing__(self, letter: str) -> str:
        apart = unicodedata.normalize("NFKD", letter.casefold())
        kept = "".join(each for each in apart if unicodedata.category(each) not in ("Mn", "Cf"))
        self[letter] = folded = kept.casefold()
        return folded


_folds = _Folds()


def folded(text: str) -> Folded:
    """Fold a text: "STRASSE", "Straße" and "straße" become one, "Παπαδόπουλος" and "ΠΑΠΑΔΟΠΟΥΛΟΣ" too."""
    if text.isascii():
        return Folded(text.lower(), None, len(text))
    # Only what is not ASCII is looked up letter by letter: of most texts that is little.
    made = NOT_ASCII.sub(_fold_if_one, text).lower()
    if SEVERAL not in made:
        return Folded(made, None, len(text))
    parts = [_folds[letter] for letter in text]
    places = [place for place, part in enumerate(parts) for _ in part]
    return Folded("".join(parts), places, len(text))


def _fold_if_one(letters: re.Match[str]) -> str:
    """Letters folded, with a sign in the place of each that becomes none or several."""
    folds = [_folds[letter] for letter in letters[0]]
    return "".join(fold if len(fold) == 1 else SEVERAL for fold in folds)


def name_finder(names: Iterable[str]) -> Finder | None:
    """A finder of those names, None where there is none."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    unspaced: list[str] = []
    for name in names:
        text = folded(name).text
        words = tuple(WORD.findall(text))
        if UNSPACED.search(text):
            unspaced.append(text.strip())
        elif words:
            by_first.setdefault(words[0], []).append(words)
    for each in by_first.values():
        each.sort(key=len, reverse=True)
    if not (by_first or unspaced):
        return None
    first = re.compile(rf"(?:{'|'.join(map(re.escape, by_first)) or '(?!)'})(?![^\W_])")
    anywhere = re.compile("|".join(map(re.escape, sorted(unspaced, key=len, reverse=True))) or r"(?!)")

    def find(text: str) -> Iterator[Found]:
        within = folded(text)
        for start, end, thing in (
            *_by_words(within.text, first, by_first),
            *_anywhere(within.text, anywhere),
        ):
            yield Found(*within.span(start, end), "name", thing)

    return find


def _by_words(
    text: str, first: re.Pattern[str], by_first: dict[str, list[tuple[str, ...]]]
) -> Iterator[tuple[int, int, str]]:
    for word in first.finditer(text):
        if word.start() and WORD.match(text, word.start() - 1):
            continue  # the end of a longer word
        for name in by_first[word[0]]:
            end = _end_of(name, text, word.end())
            if end is not None:
                yield word.start(), end, " ".join(name)
                break


def _anywhere(text: str, names: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    for match in names.finditer(text):
        yield match.start(), match.end(), match[0]


def _end_of(name: tuple[str, ...], text: str, place: int) -> int | None:
    """Where a name ends whose first word ends at a place; None where other words follow."""
    for wanted in name[1:]:
        between = BETWEEN.match(text, place)
        word = WORD.match(text, between.end()) if between else None
        if word is None or word[0] != wanted:
            return None
        place = word.end()
    return place
