"""A rubric from a sheet of points or a benchmark's list: understood, or complained of by line and column."""

import json
from pathlib import Path

import pytest

from rubric_studio import wiring
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.exported_guide import ExportedGuide
from rubric_studio.domain.table import TableLine
from rubric_studio.services.proposed_edits import proposals
from rubric_studio.services.rubric_exchange_import import guide_or_stop, read_guide_file
from rubric_studio.services.rubric_exchange_lines import SheetGuide, guide_from_lines
from rubric_studio.services.versions import read_rubric

FILES = wiring.guide_files()


def sheet(*lines: dict) -> SheetGuide:
    return guide_from_lines([TableLine(number, line) for number, line in enumerate(lines, start=2)], "Guide")


def said(found: SheetGuide) -> list[tuple[int | None, str | None, str]]:
    return [(each.line, each.column, each.message) for each in found.complaints]


def test_a_line_per_grade_with_titles_repeated():
    found = sheet(
        {
            "Part": "Issue",
            "Point": "Tax year",
            "Wording": "Names it.",
            "Weight": 2,
            "Grade": "full",
            "Value": 1,
            "Text": "Yes",
        },
        {"Part": "Issue", "Point": "Tax year", "Grade": "none", "Value": "0,0", "Text": "No"},
        {"Part": "Form", "Point": "Length", "Weight": "1"},
        {"Part": "Issue", "Point": "Reason"},
    )
    rubric = guide_or_stop(found, Path("x"))
    keys = {stratum.key: [c.key for c in stratum.criteria] for stratum in rubric.strata}
    assert keys == {"form": ["length"], "issue": ["tax_year", "reason"]}
    year = rubric.criterion("tax_year")
    assert year is not None
    assert (year.wording, year.weight) == ("Names it.", 2)
    assert [(level.key, level.value, level.text) for level in year.levels] == [
        ("full", 1, "Yes"),
        ("none", 0, "No"),
    ]


def test_a_line_per_grade_with_titles_once():
    found = sheet(
        {"Teil": "Form", "Punkt": "Kurz", "Stufe": "ja", "Wert": 1, "Stufentext": ""},
        {"Teil": "", "Punkt": "", "Stufe": "nein", "Wert": 0, "Stufentext": "zu lang"},
    )
    (criterion,) = guide_or_stop(found, Path("x")).criteria()
    assert [(level.key, level.value) for level in criterion.levels] == [("ja", 1), ("nein", 0)]


def test_a_list_of_long_criteria_gets_titles_and_counts_points_where_faults_are_heavy():
    text = (
        "The response must state that unhedged investors gain when the dollar appreciates against the euro."
    )
    found = sheet({"criterion": text, "points": 9}, {"criterion": "Invents a case.", "points": -6})
    rubric = guide_or_stop(found, Path("x"))
    first = next(rubric.criteria())
    assert (first.wording, rubric.aggregation) == (text, "points_clipped")
    assert first.title == "The response must state that unhedged investors gain when the dollar…"
    assert found.notes == ("Some faults cost more than 1: the guide counts points.",)


def test_each_complaint_has_its_line_and_column():
    found = sheet(
        {"key": "year", "point": "Year", "weight": "heavy"},
        {"grade": "full", "value": 2},
        {"grade": "none", "value": ""},
        {"key": "year", "point": "Again"},
    )
    # The second line with the key "year" goes on with the first one's point only if it follows it: it does.
    assert said(found) == [
        (2, "weight", '"heavy" is not a number.'),
        (3, "value", "2 is not from 0 to 1."),
        (4, "value", "The grade “none” has no value."),
    ]
    assert found.rubric is None


def test_a_grade_without_a_point_and_a_sheet_without_points_are_refused():
    assert said(sheet({"grade": "full", "value": 1}))[0] == (
        2,
        "grade",
        "This grade stands before any point.",
    )
    assert said(sheet({"a": 1, "b": 2})) == [(None, None, "No points were found in it.")]


def test_a_broken_setting_is_named():
    found = sheet({"what": "point", "key": "a", "point": "A", "settings": '{"kind": {"type": "labels"}}'})
    assert [(each.line, each.column) for each in found.complaints] == [(2, "kind")]
    found = sheet({"what": "point", "key": "a", "point": "A", "settings": "{"})
    assert said(found) == [(2, "settings", "This is not what was written there.")]


# ---- benchmarks


def _json(tmp_path: Path, value, name: str = "x.json") -> Path:
    path = tmp_path / name
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


HEALTHBENCH = [
    {"criterion": "Advises to seek care.", "points": 7, "tags": ["level:example", "axis:accuracy"]},
    {"criterion": "Invents a dose.", "points": -5, "tags": ["axis:context_awareness"]},
]


@pytest.mark.parametrize(
    "wrap", [lambda it: it, lambda it: {"prompt": [], "rubrics": it}, lambda it: [{"rubrics": it}]]
)
def test_healthbench_counts_points_clipped(tmp_path, wrap):
    rubric = guide_or_stop(read_guide_file(_json(tmp_path, wrap(HEALTHBENCH)), FILES), Path("x"))
    assert rubric.aggregation == "points_clipped"
    assert [(s.title, [c.weight for c in s.criteria]) for s in rubric.strata] == [
        ("Accuracy", [7]),
        ("Context awareness", [-5]),
    ]
    assert [c.wording for c in rubric.criteria()] == ["Advises to seek care.", "Invents a dose."]


def test_prbench_counts_points_shifted(tmp_path, shared_data):
    with (shared_data / "prbench_finance_rubrics" / "rows.jsonl").open(encoding="utf-8") as file:
        row = json.loads(file.readline())
    rubric = guide_or_stop(read_guide_file(_json(tmp_path, row), FILES), Path("x"))
    assert rubric.aggregation == "points_shifted"
    assert sorted(c.weight for c in rubric.criteria()) == sorted(each["weight"] for each in row["rubric"])
    assert {c.wording for c in rubric.criteria()} == {each["title"].strip() for each in row["rubric"]}


def test_an_entry_that_cannot_be_is_named_by_its_number(tmp_path):
    entries = [*HEALTHBENCH, {"criterion": "", "points": "many"}, {"points": True, "criterion": "x"}]
    found = read_guide_file(_json(tmp_path, entries), FILES)
    assert said(found) == [
        (3, "points", "“many” is not a number."),
        (3, "criterion", "This entry has no words."),
        (4, "points", "“True” is not a number."),
    ]
    with pytest.raises(StudioError) as told:
        guide_or_stop(found, Path("x.json"))
    assert (told.value.line, told.value.field) == (3, "points")


def test_many_rows_with_lists_are_questions_not_a_guide(tmp_path):
    with pytest.raises(StudioError, match="questions with points of their own"):
        read_guide_file(_json(tmp_path, [{"rubrics": HEALTHBENCH}, {"rubrics": HEALTHBENCH}]), FILES)


def test_a_word_file_is_no_guide_to_begin_with(tmp_path):
    with pytest.raises(StudioError, match="does not begin in Word"):
        read_guide_file(tmp_path / "x.docx", FILES)


def test_a_guide_of_graders_goes_out_and_comes_in_as_it_runs(tmp_path):
    grader = {"type": "string_check", "name": "a", "operation": "eq", "input": "{{sample.output_text}}"}
    multi = {
        "type": "multi",
        "name": "m",
        "calculate_output": "a",
        "graders": {"a": grader | {"reference": "x"}},
    }
    rubric = read_rubric(multi)
    path = tmp_path / "graders.xlsx"
    FILES.writers["xlsx"](path, ExportedGuide(rubric=rubric, project="p"))
    assert guide_or_stop(read_guide_file(path, FILES), path) == rubric
    assert not proposals(FILES.take_back(path), rubric, rubric).edits
