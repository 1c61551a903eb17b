"""Reasons that people gave with their marks and that no criterion says yet: what new points can be made of.

Also the words that are proposed for a point made of a passage or of a reason. It decides nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.rubric import Criterion, Rubric
from rubric_studio.domain.values import Value
from rubric_studio.services.ports import Progress, Store, no_progress

MOST_REASONS = 500
"""So many of the newest reasons are looked at; older ones were written under another guide."""
ALIKE = 88.0
"""From this token_sort_ratio (0 to 100, rapidfuzz) on two reasons say the same."""
COVERED = 2 / 3
"""A reason is covered where one criterion has this share of its longer words."""
SHORTEST_WORD = 4
STEM = 6
TITLE_WORDS = 7
SHORTEST_REASON = 3
"""Letters; what is shorter ("ok") says nothing that could become a point."""


class MinedReason(Value):
    """Reasons that say the same: the newest one's words, how often it was given, and on which criteria."""

    text: str
    at: str
    count: int = 1
    criteria: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()


def mined_reasons(store: Store, rubric: Rubric, progress: Progress = no_progress) -> list[MinedReason]:
    """List people's reasons that no criterion covers, newest first, near-identical ones as one.

    A criterion covers a reason where its title, wording and level texts together have two thirds of the reason's
    words of four letters or more; words count as the same when their first six letters are. Reads every mark that
    people gave: work for the background.
    """
    heads = [head for head in store.heads(RecordKind.VERDICT) if head.body is not None]
    newest = sorted((head for head in heads if _says_something(head)), key=lambda head: head.at, reverse=True)
    covered = [_stems(_said_by(criterion)) for criterion in rubric.criteria()]
    groups: list[MinedReason] = []
    for number, head in enumerate(newest[:MOST_REASONS], start=1):
        for text in _lines(head.reason):
            if not is_covered(text, covered):
                _put(groups, text, head)
        if number % 50 == 0:
            progress(number, len(newest[:MOST_REASONS]), "reading reasons")
    return groups


def is_covered(text: str, covered: Iterable[frozenset[str]]) -> bool:
    """Whether one of the sets of stems has two thirds of the text's longer words."""
    stems = _stems(text)
    return bool(stems) and any(len(stems & each) >= COVERED * len(stems) for each in covered)


def proposed_title(text: str) -> str:
    """The first words of a passage or reason, as a title to write over."""
    words = " ".join(text.split()).strip(" .,;:!?\"'“”„«»()[]*#-–—").split(" ")
    title = " ".join(words[:TITLE_WORDS]) + ("…" if len(words) > TITLE_WORDS else "")
    return title[:1].upper() + title[1:]


def wording_of_passage(passage: str) -> str:
    """The wording proposed for a point made of a passage of an answer."""
    return f"Says, in these or other words: “{' '.join(passage.split())}”"


def _says_something(head: Record) -> bool:
    return len(head.reason.strip()) >= SHORTEST_REASON


def _lines(reason: str) -> list[str]:
    return [line for line in (" ".join(line.split()) for line in reason.splitlines()) if len(line) > 2]


def _put(groups: list[MinedReason], text: str, head: Record) -> None:
    """Add a reason to the group that says the same, or begin a new one."""
    from rapidfuzz.fuzz import token_sort_ratio

    body = head.body or {}
    key, sample = str(body.get("criterion", "")), str(body.get("sample", ""))
    for at, group in enumerate(groups):
        if token_sort_ratio(group.text.casefold(), text.casefold(), score_cutoff=ALIKE) >= ALIKE:
            criteria, samples = _with(group.criteria, key), _with(group.samples, sample)
            groups[at] = group.model_copy(
                update={"count": group.count + 1, "criteria": criteria, "samples": samples}
            )
            return
    groups.append(MinedReason(text=text, at=head.at, criteria=_with((), key), samples=_with((), sample)))


def _with(known: Sequence[str], new: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*known, *([new] if new else [])]))


def _said_by(criterion: Criterion) -> str:
    return " ".join((criterion.title, criterion.wording, *(level.text for level in criterion.levels)))


def _stems(text: str) -> frozenset[str]:
    return frozenset(_each_stem(text))


def _each_stem(text: str) -> Iterator[str]:
    for word in re.findall(r"\w+", text.casefold()):
        if len(word) >= SHORTEST_WORD or word.isdigit():
            yield word[:STEM]
