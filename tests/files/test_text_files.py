"""JSONL, JSON and CSV: what comes in stays what it was, and every fault has a line."""

import json
from pathlib import Path

import pytest

from rubric_studio.domain.errors import Cancelled, StudioError
from rubric_studio.domain.table import Complaint, ReadOptions, TableLine
from rubric_studio.files.reader import describe, read


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding, "surrogatepass"))
    return path


def split(path: Path, options: ReadOptions | None = None):
    items = list(read(path, options))
    lines = [item for item in items if isinstance(item, TableLine)]
    return lines, [item for item in items if isinstance(item, Complaint)]


def test_jsonl_numbers_stay_numbers_and_texts_stay_texts(tmp_path):
    text = '{"id": "007", "big": 123456789012345678901234567890, "half": 0.5, "none": null}\n'
    lines, complaints = split(write(tmp_path / "a.jsonl", text))
    assert lines == [
        TableLine(
            1, {"id": "007", "big": 123456789012345678901234567890, "half": 0.5, "none": None}, "a.jsonl"
        )
    ]
    assert complaints == []


def test_a_broken_jsonl_line_is_named_with_its_place_and_the_others_go_on(tmp_path):
    lines, complaints = split(write(tmp_path / "a.jsonl", '{"a": 1}\n{"a": 2,}\n\n[1]\n{"a": 4}\n'))
    assert [line.number for line in lines] == [1, 5]
    # The comma is the eighth character, and a name was expected after it.
    assert [(c.line, c.column) for c in complaints] == [(2, "character 9"), (4, None)]
    assert all(c.is_error and c.file == "a.jsonl" for c in complaints)


@pytest.mark.parametrize(
    "value", ["NaN", "Infinity", "1e999", "9" * 5000, '{"a": 1, "a": 2}', "[" * 5000, "[" * 200 + "]" * 200]
)
def test_what_json_does_not_allow_is_complained_about(tmp_path, value):
    lines, complaints = split(write(tmp_path / "a.jsonl", f'{{"v": {value}}}\n{{"v": 1}}\n'))
    assert [line.number for line in lines] == [2]
    assert [c.line for c in complaints] == [1]


@pytest.mark.parametrize("text", [r'"a\u0000b"', r'"a\ud800b"', r'{"deep": ["a\udfff"]}'])
def test_broken_characters_are_named_with_their_column(tmp_path, text):
    lines, complaints = split(write(tmp_path / "a.jsonl", f'{{"ok": "é😀", "bad": {text}}}\n'))
    assert [(c.line, c.column, c.is_error) for c in complaints] == [(1, "bad", True)]
    assert lines[0].values["ok"] == "é😀"


def test_decomposed_letters_are_left_as_they_are(tmp_path):
    lines, _ = split(write(tmp_path / "a.jsonl", '{"a": "e\u0301"}\n'))
    assert lines[0].values["a"] == "e\u0301"


def test_a_stray_byte_in_utf8_is_named_by_line_and_column(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"a": "üüüüü"}\n{"a": "x'.encode() + b"\xfc" + b'"}\n')
    lines, complaints = split(path)
    assert len(lines) == 2
    assert [(c.line, c.column) for c in complaints if c.is_error] == [(2, "a")]
    assert "byte FC" in complaints[-1].message


def test_a_json_array_and_an_object_around_it_read_alike(tmp_path):
    items = [{"id": 1, "text": "one"}, {"id": 2, "text": "two"}]
    plain, _ = split(write(tmp_path / "a.json", json.dumps(items)))
    inside, _ = split(write(tmp_path / "a.json", json.dumps({"version": [1], "rows": items}, indent=2)))
    assert [line.values for line in plain] == items
    assert plain == inside
    assert [line.number for line in plain] == [1, 2]


def test_the_longer_of_two_lists_is_taken_but_said_to_be_a_guess(tmp_path):
    path = write(tmp_path / "a.json", '{"few": [{"a": 1}], "many": [{"b": 1}, {"b": 2}]}')
    facts = describe(path)
    assert facts.options.sheet == "many"
    assert facts.doubts == {"sheet"}
    assert [(table.name, table.lines) for table in facts.tables] == [("few", 1), ("many", 2)]
    assert len(split(path, ReadOptions(sheet="few"))[0]) == 1


def test_a_json_array_that_breaks_off_keeps_what_came_before_and_stops_the_import(tmp_path):
    lines, complaints = split(write(tmp_path / "a.json", '[{"a": 1},\n {"a": 2}, {"a": '))
    assert [line.values for line in lines] == [{"a": 1}, {"a": 2}]
    assert [(c.line, c.is_error) for c in complaints] == [(None, True)]
    assert "line 2" in complaints[0].message


@pytest.mark.parametrize(
    "text", ["[", '[{"a": 1}', '[{"a": 1},', '{"rows": [', '{"rows": {', "{", '{"a": 1 "b"}']
)
def test_json_that_breaks_off_anywhere_never_crashes(tmp_path, text):
    path = write(tmp_path / "a.json", text)
    try:
        _, complaints = split(path, ReadOptions(format="json"))
    except StudioError:
        return
    assert any(c.is_error for c in complaints)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_reads_in_every_encoding_with_every_delimiter(tmp_path, codec, mark):
    text = f'Frage{mark}Note\r\n"Zeile 1\r\nZeile 2, ""ja""; ü|"{mark}007\r\nzwei{mark}\r\n'
    lines, complaints = split(write(tmp_path / "a.csv", text, codec))
    assert lines[0].values == {"Frage": 'Zeile 1\r\nZeile 2, "ja"; ü|', "Note": "007"}
    assert lines[1].values == {"Frage": "zwei", "Note": None}
    assert [line.number for line in lines] == [2, 4]
    assert [c.is_error for c in complaints] == ([False] if codec == "cp1252" else [])


def test_csv_headers_that_are_empty_or_stand_twice_get_names_and_are_named(tmp_path):
    lines, complaints = split(write(tmp_path / "a.csv", "q,mark,,mark\nwhat,1,x,0\n"))
    assert lines[0].values == {"q": "what", "mark": "1", "column C": "x", "mark (2)": "0"}
    assert [(c.line, c.column, c.severity) for c in complaints] == [
        (1, "column C", "warning"),
        (1, "mark (2)", "warning"),
    ]


def test_ragged_csv_lines_are_errors_and_the_others_go_on(tmp_path):
    lines, complaints = split(write(tmp_path / "a.csv", "a,b\n1,2\n1,2,3\n1\n\n3,4\n"))
    assert [line.number for line in lines] == [2, 6]
    assert [(c.line, c.is_error) for c in complaints] == [(3, True), (4, True)]


def test_a_quote_that_never_closes_stops_the_import(tmp_path):
    lines, complaints = split(write(tmp_path / "a.csv", 'a,b\n1,2\n3,"4\n5,6\n'))
    assert [line.number for line in lines] == [2]
    assert [(c.line, c.is_error) for c in complaints] == [(None, True)]
    assert "Line 3" in complaints[0].message


def test_quotes_that_do_not_match_cost_one_line(tmp_path):
    lines, complaints = split(write(tmp_path / "a.csv", 'a,b\n1,"x"y\n3,4\n'))
    assert [line.number for line in lines] == [3]
    assert [c.line for c in complaints] == [2]


def test_a_cell_longer_than_the_csv_modules_limit_comes_in(tmp_path):
    lines, _ = split(write(tmp_path / "a.csv", f"a,b\n{'x' * 300_000},1\n"))
    assert len(lines[0].values["a"]) == 300_000


def test_a_text_cut_by_excel_is_named_in_csv_too(tmp_path):
    # One character outside the basic plane counts twice in Excel: 32,765 + 2 = 32,767.
    _, complaints = split(write(tmp_path / "a.csv", f"a,b\n{'x' * 32_765}😀,{'x' * 32_766}\n"))
    assert [(c.line, c.column, c.is_error) for c in complaints] == [(2, "a", True)]


def test_a_header_below_a_title_is_found_but_said_to_be_a_guess(tmp_path):
    path = write(tmp_path / "a.csv", "Our test,,\n,,\nno,question,answer\n1,what,this\n2,why,that\n")
    facts = describe(path)
    assert (facts.options.header_row, facts.doubts) == (3, {"header_row"})
    assert facts.columns == ("no", "question", "answer")


def test_lines_without_a_header_get_letters(tmp_path):
    facts = describe(write(tmp_path / "a.csv", "1,what\n2,why\n"))
    assert facts.columns == ("A", "B")
    assert facts.options.header_row == 0
    assert "header_row" in facts.doubts


def test_describe_shows_ten_lines_and_all_columns(tmp_path):
    text = "".join(json.dumps({"a": n, f"extra{n % 2}": n}) + "\n" for n in range(50))
    facts = describe(write(tmp_path / "a.jsonl", text))
    assert len(facts.examples) == 10
    assert facts.columns == ("a", "extra0", "extra1")


def test_progress_counts_bytes_and_can_cancel(tmp_path):
    path = write(tmp_path / "a.jsonl", '{"a": "some text"}\n' * 5000)
    seen: list[tuple[int, int]] = []
    list(read(path, None, lambda done, total, message: seen.append((done, total))))
    size = path.stat().st_size
    assert seen[-1] == (size, size)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)

    def stop(done: int, total: int, message: str) -> None:
        if done > size / 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(read(path, None, stop))


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(StudioError, match=r"gone\.csv"):
        describe(tmp_path / "gone.csv")


def test_utf16_that_breaks_off_says_so(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("a,b\n1,2\n".encode("utf-16")[:-1])
    with pytest.raises(StudioError, match="encoding"):
        list(read(path))
