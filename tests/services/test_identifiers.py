"""Identifiers in texts: those that are there are found, and the figures of legal texts are left alone."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.domain.redaction import Redaction
from rubric_studio.services.identifiers import redactor

ALL = Redaction(identifiers=("tax", "vat", "iban", "email", "phone"))


def redacted(text: str) -> str:
    return redactor(ALL).text(text).text


@pytest.mark.parametrize(
    "text",
    [
        "DE89 3704 0044 0532 0130 00",
        "GR1601101050000010547023795",
        "be71-0961-2345-6769",
    ],
)
def test_bank_accounts(text: str):
    assert redacted(f"An {text} BIC COBADEFF, ja.") == "An [IBAN 1] BIC COBADEFF, ja."


def test_a_bank_account_with_a_wrong_digit_is_none():
    assert "IBAN" not in redacted("DE89 3704 0044 0532 0130 01")


@pytest.mark.parametrize(
    "text",
    [
        "DE 136 695 976",
        "ATU13585627",
        "FR 61 954 506 077",
        "EL094259216",
        "IE6433435F",
        "CHE-107.787.577 IVA",
        "GB 980 7806 84",
        "NL004495445B01",
        "BE 0697.449.992",
    ],
)
def test_vat_numbers(text: str):
    assert redacted(f"({text})") == "([VAT number 1])"


@pytest.mark.parametrize(
    ("before", "number"),
    [
        ("", "181/815/08155"),
        ("Steuer-ID ", "36 574 261 809"),
        ("", "36574261809"),
        ("codice fiscale ", "RCCMNL83S18D969H"),
        ("ΑΦΜ ", "094259216"),
        ("SSN ", "536-90-4399"),
        ("NIF ", "54362315K"),
        ("BSN ", "111222333"),
        ("PESEL ", "44051401359"),
        ("UTR ", "1955839661"),
        ("siren ", "552 008 443"),
        ("", "CHE-100.155.212"),
        ("AHV ", "756.9217.0769.85"),
    ],
)
def test_tax_numbers(before: str, number: str):
    assert redacted(f"{before}{number}, 2024") == f"{before}[tax number 1], 2024"


def test_a_bare_number_is_a_tax_number_only_where_a_word_says_so():
    assert redacted("111222333 euros") == "111222333 euros"
    assert redactor(ALL).fields({"bsn": "111222333", "tax id": 36574261809}) == {
        "bsn": "[tax number 1]",
        "tax id": "[tax number 2]",
    }


@pytest.mark.parametrize(
    "text",
    [
        "+49 (0)30 1234567",
        "0049 30 1234567",
        "030/1234567",
        "0171 1234567",
        "01 23 45 67 89",
        "(212) 555-0123",
        "212-555-0123",
    ],
)
def test_phone_numbers(text: str):
    assert redacted(f"Ruf {text}.") == "Ruf [phone 1]."


def test_short_phone_numbers_only_after_a_word_that_says_so():
    assert redacted("τηλ. 210 1234567, 210 1234567") == "τηλ. [phone 1], 210 1234567"


def test_e_mail_addresses():
    assert redacted("an anna.berg@kanzlei-berg.de, <x_y@z.co.uk>.") == "an [e-mail 1], <[e-mail 2]>."
    assert redacted("@user a@b x@") == "@user a@b x@"


FIGURES = (
    "Art. 5 Abs. 2, 12.03.2019, 2019/0123(COD), CELEX 32019R1234, 62019CJ0311, C-311/18, 1.000.000,00 EUR, 01/02/2003, "
    "OJ L 119, 4.5.2016, p. 1-88, Case T-123/04, EUR 12 345 678, 2004 2005 2006 2007, [2019] UKSC 12, "
    "BGBl. I 2019 S. 1234, Az. 12 O 345/19, ISBN 978-3-16-148410-0, 43395/09, § 812 Abs. 1, 98.765.432,10 €"
)


def test_the_figures_of_legal_texts_are_left_alone():
    assert redacted(FIGURES) == FIGURES


def test_real_legal_texts_hold_hardly_anything_that_is_taken_for_an_identifier(shared_data: Path):
    # Of 60 acts of the EU, none names an account, a tax number, a phone or an e-mail address of anybody.
    lines = (shared_data / "eurovoc_eurlex" / "documents_en_fr.jsonl").read_text("utf-8").splitlines()[:60]
    found = [span for line in lines for span in redactor(ALL).text(_text(json.loads(line))).spans]
    assert found == []


@pytest.mark.parametrize("piece", ["a", "0", "1 ", "@a", "AB12 ", "DE1 ", "+49", "é"])
def test_an_unbroken_megabyte_takes_seconds_at_most(piece: str):
    text = piece * (1_000_000 // len(piece))
    begun = time.perf_counter()
    redacted(text)
    assert time.perf_counter() - begun < 20


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(_text(each) for each in value.values())
    return (
        value if isinstance(value, str) else "\n".join(map(_text, value)) if isinstance(value, list) else ""
    )
