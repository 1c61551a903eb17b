"""Finds tax and social insurance numbers of many countries, their check digits proven by python-stdnum.

Numbers with a form of their own count anywhere; bare rows of digits only after a word that says what they are.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple, cast

from rubric_studio.domain.redacting import MASK, Found

KIND = "tax number"
BEFORE, AFTER = r"(?<!\w)(?<!\w[.,/-])", r"(?!\w)(?![.,/-]\w)"


class _Form(NamedTuple):
    """How a number looks, and by which modules of stdnum one that looks so is proven; one of them is enough."""

    pattern: re.Pattern[str]
    proofs: tuple[str, ...]


def _form(pattern: str, *proofs: str) -> _Form:
    return _Form(re.compile(BEFORE + pattern + AFTER), proofs)


FORMS = (
    _form(r"[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]", "it.codicefiscale"),
    _form(r"756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}", "ch.ssn"),
    _form(r"CHE[- ]?\d{3}\.?\d{3}\.?\d{3}", "ch.uid"),
    _form(r"\d{3}-\d{2}-\d{4}", "us.ssn", "us.itin", "us.atin"),
    _form(r"\d{2}-\d{7}", "us.ein"),
    _form(r"\d{2,3}/\d{3}/\d{4,5}", "de.stnr"),
    _form(r"\d{2}-\d{3}/\d{4}", "at.tin"),
    _form(r"\d{8}[- ]?[A-HJ-NP-TV-Z]", "es.nif"),
    _form(r"[XYZ][- ]?\d{7}[- ]?[A-HJ-NP-TV-Z]", "es.nie"),
    _form(r"[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}", "fr.nir"),
    _form(r"\d{6}(?:\d{2})?[-+]\d{4}", "se.personnummer", "dk.cpr"),
    _form(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]", "fi.hetu"),
    _form(r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", "be.nn", "be.bis"),
    _form(r"\d{6}/\d{4}", "cz.rc"),
    _form(r"\d{3}-\d{3}-\d{2}-\d{2}", "pl.nip"),
    _form(r"\d{11}", "de.idnr", "pl.pesel", "gr.amka"),
    _form(r"\d{13}", "ro.cnp"),
)
ANY_FORM = re.compile(
    rf"{BEFORE}(?=[0-9A-Z])(?=(?:{'|'.join(form.pattern.pattern.removeprefix(BEFORE) for form in FORMS)}))"
)
"""Where a form may begin: one walk through the text, however many forms there are."""

BARE = re.compile(BEFORE + r"\d(?:[ \u00a0./-]?\d){6,14}[A-Z]{0,2}(?!\w)")
PARTING = re.compile(r"[\s./–-]")
FARTHEST = 40
"""How many characters before a bare number the word may begin that says what it is."""


def _named(words: str) -> tuple[str, ...]:
    return tuple(words.split())


SAID_BY = {
    r"steuer\W{0,3}(?:id|ident|nr|nummer)|steuerident\w*|steuernummer|idnr|id-nr|st\.? ?-?nr|sozialversicherung\w*|"
    r"ahv\w*|finanzamt": ("de.idnr", "de.stnr", "at.tin", "at.vnr", "ch.ssn", "li.peid"),
    r"taxpayer|tax (?:id|ref|number|code)\w*|utr|tin|itin|ssn|ein|social security|employer id\w*|pps\w*": _named(
        "us.ssn us.itin us.ein us.atin gb.utr ie.pps de.idnr at.tin nl.bsn gr.vat pl.pesel pl.nip pt.nif it.iva "
        "fr.nif fr.siren ro.cnp bg.egn hr.oib si.ddv be.nn dk.cpr ee.ik lt.asmens no.fodselsnummer tr.tckimlik"
    ),
    r"vat|ust-?id\w*|uid|tva|iva|btw|moms|φπα": _named(
        "at.uid be.vat gb.vat fr.tva it.iva nl.btw gr.vat de.vat pl.nip pt.nif"
    ),
    r"siren|siret|num[ée]ro fiscal\w*|num[ée]ro (?:de )?s[ée]cu\w*|spi|insee|nir|nif": _named(
        "fr.siren fr.siret fr.nif fr.nir pt.nif es.nif"
    ),
    r"αφμ|α\.φ\.μ|αμκα|α\.μ\.κ\.α|afm|amka": ("gr.vat", "gr.amka"),
    r"codice fiscale|c\.?f\.|partita iva|p\.? ?iva": ("it.codicefiscale", "it.iva"),
    r"bsn|burgerservicenummer|sofinummer|rijksregister\w*|num[ée]ro national": ("nl.bsn", "be.nn", "be.bis"),
    r"pesel|nip|regon": ("pl.pesel", "pl.nip", "pl.regon"),
    r"cnp|cod numeric\w*|cui|cif": ("ro.cnp", "ro.cui", "es.cif"),
    r"егн|egn|oib|emso|isikukood|asmens kodas|personnummer|cpr\w*|f[øo]dselsnummer|rodn[ée] \w+|hetu": _named(
        "bg.egn hr.oib si.emso ee.ik lt.asmens se.personnummer dk.cpr no.fodselsnummer cz.rc fi.hetu"
    ),
}
SAYING = tuple(
    (re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE), tuple(proofs))
    for words, proofs in SAID_BY.items()
)


def find_tax_numbers(text: str) -> Iterator[Found]:
    """Every tax number in a text."""
    for begun in ANY_FORM.finditer(text):
        for form in FORMS:
            match = form.pattern.match(text, begun.start())
            if match and any(is_valid(proof, match[0]) for proof in form.proofs):
                yield Found(match.start(), match.end(), KIND, plain(match[0]))
    for match in BARE.finditer(text):
        end = _end_of_said(match, _proofs_said(text, match.start()))
        if end:
            yield Found(match.start(), match.start() + end, KIND, plain(match[0][:end]))


def plain(number: str) -> str:
    """A number without what only parts it."""
    return PARTING.sub("", number).upper()


def _word_ends(candidate: str) -> Iterator[int]:
    """Where a candidate may be cut back to, the whole of it first: a number ends where a word ends."""
    yield len(candidate)
    yield from reversed([match.start() for match in PARTING.finditer(candidate)])


def is_valid(proof: str, number: str) -> bool:
    """Whether the form and the check digits fit a number of that module of stdnum ("de.idnr")."""
    return _proof(proof)(number)


@cache
def _proof(name: str) -> Callable[[str], bool]:
    return cast(Callable[[str], bool], import_module(f"stdnum.{name}").is_valid)


def _proofs_said(text: str, place: int) -> tuple[str, ...]:
    """What the words before a place say that a number there may be; a word beyond a mask says nothing."""
    before = text[max(0, place - FARTHEST) : place].rpartition(MASK)[2]
    return tuple(proof for words, proofs in SAYING if words.search(before) for proof in proofs)


def _end_of_said(match: re.Match[str], proofs: tuple[str, ...]) -> int:
    """How long the valid number is; 0 where there is none."""
    if not proofs:
        return 0
    ends = (end for end in _word_ends(match[0]) if end >= 7)
    return next((end for end in ends if any(is_valid(proof, match[0][:end]) for proof in proofs)), 0)
