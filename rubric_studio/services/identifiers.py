"""Finds identifiers in texts: bank accounts, VAT and tax numbers, e-mail addresses, phone numbers. Changes nothing.

What a candidate's check digits say comes from python-stdnum. A legal text is full of figures, so a number without
a form of its own counts only where a word before it says what it is ("Steuernummer", "ΑΦΜ", "tél").
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from stdnum import numdb

from rubric_studio.domain.naming import name_finder
from rubric_studio.domain.redacting import Finder, Found, Redactor
from rubric_studio.domain.redaction import Identifier, Redaction
from rubric_studio.services.tax_numbers import find_tax_numbers, is_valid, plain

KIND_OF: dict[Identifier, str] = {
    "iban": "IBAN",
    "vat": "VAT number",
    "tax": "tax number",
    "email": "e-mail",
    "phone": "phone",
}

IBAN_BEGUN = re.compile(r"(?<!\w)[A-Za-z]{2}[0-9]{2}(?=[ \u00a0\u202f-]?[A-Za-z0-9])")
# How a VAT number of each state looks: "#" a digit, "@" a letter, "?" one of both, "+" one of both or a sign.
VAT_FORMS = {
    "AT": "U########", "BE": "########## #########", "BG": "########## #########", "CY": "########@",
    "CHE": "#########MWST #########TVA #########IVA", "CZ": "########## ######### ########",
    "DE": "#########", "DK": "########", "EE": "#########", "EL": "#########", "ES": "?#######?",
    "FI": "########", "FR": "??#########", "GB": "############ #########", "HR": "###########",
    "HU": "########", "IE": "#+#####@@ #+#####@", "IT": "###########", "LT": "############ #########",
    "LU": "########", "LV": "###########", "MT": "########", "NL": "#########B##", "NO": "#########MVA",
    "PL": "##########", "PT": "#########", "RO": "########## ######### ######## #######",
    "SE": "############", "SI": "########", "SK": "##########", "XI": "############ #########",
}  # fmt: skip
AT_SIGN = re.compile(r"(?<=[\w.!#$%&'*+/=?^`{|}~-])@(?=[^\W_])")
LOCAL_PART = re.compile(r"[\w!#$%&'*+/=?^`{|}~-][\w.!#$%&'*+/=?^`{|}~-]{0,63}\Z")
HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![\w-])")
LONGEST_LOCAL_PART, LONGEST_HOST = 64, 255

PHONE_FORMS = (
    # +49 30 1234567, 0049 (0)30 123-45, +1 (212) 555-0123
    r"(?:\+|(?<!\d)00)[1-9]\d{0,2}(?:[ \u00a0/.()–-]{0,3}\d){7,13}",
    r"\(0[1-9]\d{0,4}\)[ /-]{0,2}\d{2,}(?:[ -]?\d{2,}){1,4}",  # (030) 123 45 67
    r"0[1-9]\d{1,4} ?[/–-] ?\d{3,8}(?:[ -]\d{2,4}){0,3}",  # 030/1234567, 0171-123 45 67
    r"0[1-9]\d{2,4} \d{6,8}",  # 0171 1234567
    r"0[1-9](?:[ .]\d{2}){4}",  # 01 23 45 67 89
    r"\(\d{3}\) ?\d{3}[ .-]\d{4}",  # (212) 555-0123
    r"[2-9]\d{2}-\d{3}-\d{4}",  # 212-555-0123
)
PHONE = re.compile(rf"(?<![\w+/])(?<!\w[.,/-])(?:{'|'.join(PHONE_FORMS)})(?![\w%€$])(?![.,/-]\w)")
PHONE_DIGITS = re.compile(r"(?<![\w+])\+?\(?\d(?:[ \u00a0()/.–-]{0,2}\d){6,14}(?!\w)")
SAYS_PHONE = re.compile(
    r"(?<!\w)(?:tel|telefon\w{0,6}|phone|telephone|fax|mobil\w{0,6}|mobile|handy|cell|call|tél|téléphone|portable|"
    r"teléfono|móvil|telefono|cellulare|τηλ|τηλέφωνο|κιν|κινητό|φαξ|whatsapp)"
    r"(?:[.:]|\s|no\b|nr\b|number|nummer|[-–]){0,5}\Z",
    re.IGNORECASE,
)
FARTHEST = 30
REMEMBERED = 64  # texts of which it is known what is in them
SIGNS = {"#": r"\d", "@": "[A-Z]", "?": "[0-9A-Z]", "+": "[0-9A-Z+*]"}


def redactor(redaction: Redaction) -> Redactor:
    """A redactor for the texts of one call; what it looks for is made ready once and kept."""
    return Redactor(redaction, _finders(redaction.identifiers, redaction.names))


@lru_cache(maxsize=8)
def _finders(identifiers: tuple[Identifier, ...], names: tuple[str, ...]) -> tuple[Finder, ...]:
    finding: dict[Identifier, Finder] = {
        "iban": _ibans,
        "vat": _vat_numbers,
        "tax": find_tax_numbers,
        "email": _emails,
        "phone": _phones,
    }
    by_name = name_finder(names)
    several = (*(finding[each] for each in identifiers), *((by_name,) if by_name else ()))

    # The points of one answer are asked one by one, with the same question and answer each time.
    @lru_cache(maxsize=REMEMBERED)
    def find(text: str) -> tuple[Found, ...]:
        return tuple(found for each in several for found in each(text))

    return (find,) if several else ()


def _ibans(text: str) -> Iterator[Found]:
    for begun in IBAN_BEGUN.finditer(text):
        rest = _iban_rest(begun[0][:2].upper())
        end = rest.match(text, begun.end()) if rest else None
        number = plain(text[begun.start() : end.end()]) if end else ""
        if end and is_valid("iban", number):
            yield Found(begun.start(), end.end(), "IBAN", number)


@cache
def _iban_rest(country: str) -> re.Pattern[str] | None:
    """What follows the country and the check digits; None where stdnum knows no IBAN of that country."""
    structure = numdb.get("iban").info(country)[0][1].get("bban", "")
    length = sum(map(int, re.findall(r"(\d+)!", structure)))
    return re.compile(rf"(?:[ \u00a0\u202f-]?[A-Za-z0-9]){{{length}}}(?!\w)") if length else None


def _vat_numbers(text: str) -> Iterator[Found]:
    for match in _vat_pattern().finditer(text):
        number = plain(match[0])
        if _is_vat_number(number):
            yield Found(*match.span(), "VAT number", number)


@cache
def _vat_pattern() -> re.Pattern[str]:
    forms = [
        f"{state}[ \u00a0.-]?" + r"[ \u00a0.-]?".join(SIGNS.get(sign, sign) for sign in form)
        for state, several in VAT_FORMS.items()
        for form in several.split()
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


def _is_vat_number(number: str) -> bool:
    if number.startswith("CHE"):
        return is_valid("ch.vat", number)
    if number.startswith("NO"):
        return is_valid("no.mva", number)
    return is_valid("gb.vat", number[2:]) if number.startswith(("GB", "XI")) else is_valid("eu.vat", number)


def _emails(text: str) -> Iterator[Found]:
    done = 0
    for at in AT_SIGN.finditer(text):
        host = HOST.match(text, at.end(), at.end() + LONGEST_HOST)
        begun = max(done, at.start() - LONGEST_LOCAL_PART)
        local = LOCAL_PART.search(text, begun, at.start()) if host else None
        if local and host:
            done = host.end()
            yield Found(local.start(), done, "e-mail", text[local.start() : done].casefold())


def _phones(text: str) -> Iterator[Found]:
    for match in PHONE.finditer(text):
        yield Found(match.start(), match.end(), "phone", _digits(match[0]))
    for match in PHONE_DIGITS.finditer(text):
        if SAYS_PHONE.search(text, max(0, match.start() - FARTHEST), match.start()):
            yield Found(*match.span(), "phone", _digits(match[0]))


def _digits(number: str) -> str:
    """Only the digits, the two zeros before a country as the plus they mean."""
    digits = re.sub(r"\D", "", number)
    return digits[2:] if digits.startswith("00") else digits
