"""In which language a text is written, by a simple vote of little words. It knows only what it has lists for."""

import re
from collections import Counter
from functools import lru_cache

from rubric_studio.domain.doctor.words.english import ENGLISH
from rubric_studio.domain.doctor.words.french import FRENCH
from rubric_studio.domain.doctor.words.german import GERMAN
from rubric_studio.domain.doctor.words.language import Language, listed

LANGUAGES = (ENGLISH, GERMAN, FRENCH)
LEAST_VOTES = 2
KEPT_TEXTS = 2048
"""So many texts are remembered by each detector: while one criterion is written, the others need no new look."""
_WORD = re.compile(r"[^\W\d_]+")

_OTHERS: dict[str, frozenset[str]] = {
    "nl": listed("het een van en dat niet zijn voor met op wordt naar bij ook aan uit moet"),
    "it": listed("il che di e non per una gli della con sono nel alla deve dei risposta"),
    "es": listed("el los que de y no para una las del con por es debe respuesta se"),
    "pt": listed("o os que de e não para uma as do da com por deve resposta se"),
    "sv": listed("och att det som en ett är inte för med på av ska svaret"),
    "da": listed("og at det som en et er ikke for med på af skal svaret"),
    "pl": listed("i w nie na się że do jest z odpowiedź oraz lub czy"),
}
"""Languages without lists: they only vote, so that nothing of theirs is taken for a language with lists."""


def language_of(text: str, otherwise: Language | None) -> Language | None:
    """Return the language of a text; `otherwise` where no little word is in it, None where it is an unknown one."""
    votes = _votes(text)
    most = max(votes.values())
    if most < LEAST_VOTES:
        return otherwise if otherwise is None or votes[otherwise.name] == most else None
    tied = [name for name, count in votes.items() if count == most]
    if otherwise is not None and otherwise.name in tied:
        return otherwise
    return next((each for each in LANGUAGES if tied == [each.name]), None)


@lru_cache(maxsize=KEPT_TEXTS)
def _votes(text: str) -> dict[str, int]:
    counted = Counter(word.lower() for word in _WORD.findall(text))
    lists = {each.name: each.little for each in LANGUAGES} | _OTHERS
    return {name: sum(counted[word] for word in little) for name, little in lists.items()}
