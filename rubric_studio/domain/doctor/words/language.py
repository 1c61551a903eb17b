"""What a word list of the doctor holds. The lists themselves are beside this file, one language each."""

from dataclasses import dataclass


@dataclass(frozen=True, eq=False, slots=True)
class Language:
    """The word lists of one language; all words are small.

    `verbs` report what an answer does ("explains"); of `unsure_verbs` many are nouns too ("states"), so they count
    only before one of `openers`. `commands` are the same after "must" or at the beginning, `telling` in the -ing
    form. `claims` begin a second statement after the joining word, `second_claims` where one stands before it too.
    `fixed` are pairs that name one thing, and what stands behind a word of `together` belongs together.
    `list_openers` begin a list of what must be there, `consequences` a second thing that is said of the first; what
    `results` tell of what `methods` do ("models X and calculates its price") is none.
    """

    name: str
    little: frozenset[str]
    joiners: tuple[str, ...]
    verbs: frozenset[str]
    unsure_verbs: frozenset[str]
    openers: frozenset[str]
    commands: frozenset[str]
    unsure_commands: frozenset[str]
    musts: frozenset[str]
    claims: frozenset[str]
    that: frozenset[str]
    fixed: tuple[str, ...]
    all_of: tuple[str, ...]
    some_of: tuple[str, ...]
    examples: tuple[str, ...]
    vague: frozenset[str]
    vague_terms_of_art: tuple[str, ...]
    explained_by: tuple[str, ...]
    list_openers: tuple[str, ...] = ()
    together: frozenset[str] = frozenset()
    consequences: tuple[str, ...] = ()
    both: str = ""
    articles: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()
    second_claims: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()
    results: frozenset[str] = frozenset()


def listed(words: str) -> frozenset[str]:
    """Read a list of words parted by spaces."""
    return frozenset(words.split())
