"""What a file is, and when that is only a guess."""

from pathlib import Path

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.files.sniff import sniff_delimiter, sniff_encoding, sniff_format

GERMAN = "Frage;Antwort\nWie hoch ist die Umsatzsteuer für Bücher?;Sieben Prozent – ermäßigt\n"


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("codec", "expected"),
    [
        ("utf-8", ("utf-8", True)),
        ("utf-8-sig", ("utf-8", True)),
        ("utf-16", ("utf-16", True)),
        ("utf-16-le", ("utf-16-le", True)),
        ("utf-16-be", ("utf-16-be", True)),
        ("cp1252", ("cp1252", False)),
    ],
)
def test_encoding_is_recognized_and_windows_1252_is_a_guess(tmp_path, codec, expected):
    assert sniff_encoding(written(tmp_path / "a.csv", GERMAN.encode(codec))) == expected


def test_a_few_stray_bytes_do_not_make_utf8_another_encoding(tmp_path):
    content = ("ü" * 50).encode() + b"\xfc"
    assert sniff_encoding(written(tmp_path / "a.csv", content)) == ("utf-8", False)


def test_a_letter_cut_by_the_chunk_border_is_no_fault(tmp_path):
    # "ü" is two bytes: after one ASCII byte every chunk of 2**20 bytes ends inside a letter.
    content = b"a" + "ü".encode() * (1 << 20)
    assert sniff_encoding(written(tmp_path / "a.txt", content)) == ("utf-8", True)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_delimiter_is_told_by_steady_counts_although_texts_hold_others(mark):
    lines = [
        f"question{mark}answer\n",
        f'"a, b; c | d"{mark}"x,\n',
        f"y{mark}z\n",
        f"one, two{mark}three\n",
    ]
    assert sniff_delimiter(iter(lines)) == (mark, True)


def test_one_column_is_no_doubt():
    assert sniff_delimiter(iter(["question\n", "What is VAT?\n"])) == (",", True)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.jsonl", '{"a": 1}\n{"a": 2}\n', "jsonl"),
        ("a.json", '{"a": 1}\n{"a": 2}\n', "jsonl"),
        ("a.json", '[{"a": 1}]', "json"),
        ("a.json", '{"rows": [{"a": 1}]}', "json"),
        ("a.json", '{\n"rows": [{"a": 1}]}', "json"),
        ("a.jsonl", '[\n{"a": 1}]', "json"),
        ("a.txt", "a;b\n1;2\n", "csv"),
        ("a.jsonl", '{"a": \n{"a": 1}\n', "jsonl"),
    ],
)
def test_format_comes_from_the_text_where_the_name_is_not_enough(tmp_path, name, content, expected):
    assert sniff_format(written(tmp_path / name, content)) == expected


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7"])
def test_what_is_no_table_is_refused_in_plain_words(tmp_path, content):
    with pytest.raises(StudioError, match=r"a\.xls"):
        sniff_format(written(tmp_path / "a.xls", content))
