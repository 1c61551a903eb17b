"""Guesses the language of a prompt from its letters and small words, so that probes speak it. No translation."""

import re
from collections import Counter

ENGLISH = "en"

_SMALL_WORDS = {
    "en": "the and of to is in that which for with shall by this are from",
    "de": "der die das und ist von zu den mit auf nicht eine für welche im",
    "fr": "le la les des et est une du dans pour que qui par sur aux",
    "es": "el la los las y es una del en para que por con se al",
    "it": "il la gli le e di che una per con del della sono nel dei",
    "nl": "de het een en van is in dat op voor met zijn niet aan welke",
    "pt": "o a os as e de que uma do da em para com não dos",
    "pl": "i w na z do jest się nie oraz że lub przez od dla jak",
}
_OF_WORD = {
    word: [language for language, words in _SMALL_WORDS.items() if word in words.split()]
    for words in _SMALL_WORDS.values()
    for word in words.split()
}
_LOOKED_AT = 4000


def language_of(text: str) -> str:
    """The language's two letters; English where nothing says otherwise. Of a mixed text, the one used most."""
    beginning = text[:_LOOKED_AT].lower()
    letters = sum(each.isalpha() for each in beginning)
    greek = sum("Ͱ" <= each <= "Ͽ" or "ἀ" <= each <= "῿" for each in beginning)
    if letters and greek > letters / 3:
        return "el"
    counted: Counter[str] = Counter()
    for word in re.findall(r"[^\W\d_]+", beginning):
        for language in _OF_WORD.get(word, ()):
            counted[language] += 1
    best = max(counted.values(), default=0)
    # A tie goes to English, then to the order of the table.
    return next((language for language in _SMALL_WORDS if best and counted[language] == best), ENGLISH)
