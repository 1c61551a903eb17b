"""The one-file grader: what it is made of, and that it grades without our package."""

import ast
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.plan import plan_of
from rubric_studio.grader.scoring import grade
from rubric_studio.targets.inline import SOURCE_LIMIT, grade_source, rewards_source
from rubric_studio.targets.sources import grader_source, template
from tests.targets.contents import TEXTS, checks_rubric, rows, single_criterion_rubric

CARRIED = ("measures.py", "formula.py", "scoring.py")


def defined_names(source: str) -> set[str]:
    names: set[str] = set()
    for node in ast.parse(source).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.Assign(targets=targets):
                names |= {target.id for target in targets if isinstance(target, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
    return names


def bare_python(source: str, call: str, folder: Path) -> Any:
    """What `call` prints as JSON in an interpreter that sees neither our package nor any other."""
    (folder / "one_file.py").write_text(source, encoding="utf-8")
    lines = (
        f"import sys, json; sys.path.insert(0, {str(folder)!r}); import one_file; print(json.dumps({call}))"
    )
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-c", lines], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_the_carried_files_and_the_ending_define_no_name_twice():
    ending = defined_names(template("grade.py")) - {
        "grade"
    }  # it takes scoring's place, which stays as score_plan
    counts = Counter(name for file in CARRIED for name in defined_names(grader_source(file)))
    counts.update(ending | {"PLAN", "RENAMED"})
    counts.update(defined_names(template("rewards.py")) - ending)
    assert [name for name, times in counts.items() if times > 1] == []


def test_measures_stand_in_it_verbatim():
    assert grader_source("measures.py") in grade_source(plan_of(checks_rubric()), "A grader.")


@pytest.mark.parametrize("make", [grade_source, rewards_source])
def test_the_source_is_python_3_10_and_asks_for_nothing_of_ours(make):
    tree = ast.parse(make(plan_of(checks_rubric()), "A grader."), feature_version=(3, 10))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not [module for module in imported if module and module.startswith("rubric_studio")]


def test_the_source_is_far_smaller_than_the_service_allows():
    assert len(grade_source(plan_of(checks_rubric()), "A grader.").encode()) < SOURCE_LIMIT / 2


def test_a_bare_interpreter_computes_the_same_scores(tmp_path):
    plan = plan_of(checks_rubric())
    pairs = [(text, entry.row.reference) for text in (*TEXTS, '{"labels": ["trade"]}') for entry in rows()]
    call = f"[one_file.grade({{'output_text': text}}, item) for text, item in {pairs!r}]"
    scores = bare_python(grade_source(plan, "A grader."), call, tmp_path)
    assert scores == [grade(plan, text, item).score for text, item in pairs]
    assert len(set(map(str, scores))) > 3  # not all alike, or the comparison would say little


@pytest.mark.parametrize(
    "term", ["'''", '"""', "\\", "\\'", "end\\", "\ud83d", "{plan}", "\n", "naïve\x0c\u2028"]
)
def test_a_plan_with_awkward_texts_survives_the_writing(term, tmp_path):
    plan = plan_of(single_criterion_rubric(kind={"type": "mentions", "terms": [term, "word"]}))
    assert bare_python(grade_source(plan, "A grader."), "one_file.PLAN", tmp_path) == plan


@pytest.mark.parametrize("sample", ["{}", "None", "{'output_text': None}", "{'output_text': 7}", "[]"])
def test_grade_gives_zero_and_never_raises_where_there_is_no_text(sample, tmp_path):
    source = grade_source(plan_of(checks_rubric()), "A grader.")
    assert bare_python(source, f"one_file.grade({sample}, {{'labels': ['a']}})", tmp_path) == 0.0


@pytest.mark.parametrize("item", ["{}", "None", "{'labels': None}", "7"])
def test_grade_gives_zero_where_a_sample_has_no_score(item, tmp_path):
    source = grade_source(plan_of(checks_rubric()), "A grader.")
    call = f"one_file.grade({{'output_text': '{{\"labels\": []}}'}}, {item})"
    assert bare_python(source, call, tmp_path) == 0.0


def test_a_renamed_field_is_read_under_its_own_name(tmp_path):
    rubric = Rubric.model_validate(
        {
            "strata": [
                {
                    "key": "part",
                    "criteria": [{"key": "only", "kind": {"type": "choice", "reference": "tools"}}],
                }
            ]
        }
    )
    source = grade_source(plan_of(rubric), "A grader.", {"tools_field": "tools"})
    item = {"messages": [], "tools": [{"name": "search"}], "tools_field": "hammer"}
    call = f"one_file.grade({{'output_text': 'hammer'}}, {item!r})"
    assert bare_python(source, call, tmp_path) == 1.0


GRADERS = ("openai_similarities.py", "openai_graders.py")


def test_imported_graders_bring_their_files_along_and_no_name_clashes(tmp_path):
    check = {"type": "string_check", "input": "{{ sample.output_text }}", "reference": "{{ item.a }}"}
    alike = {**check, "type": "text_similarity", "evaluation_metric": "rouge_l"}
    rubric = Rubric.model_validate(
        {
            "aggregation": "formula",
            "row_criteria": None,
            "formula": "(same + alike) / 2",
            "graders": {"same": check | {"operation": "eq"}, "alike": alike},
        }
    )
    plan = plan_of(rubric)
    source = grade_source(plan, "A grader.")
    ast.parse(source, feature_version=(3, 10))
    call = "[one_file.grade({'output_text': text}, {'a': 'one two'}) for text in ('one two', 'one', 'x')]"
    # 1 and 1; 0 and 2 * 1 / 3; nothing in common
    assert bare_python(source, call, tmp_path) == [1.0, pytest.approx(1 / 3), 0.0]
    names = Counter(name for file in (*CARRIED, *GRADERS) for name in defined_names(grader_source(file)))
    names.update(defined_names(template("grade.py")) - {"grade"})
    assert [name for name, times in names.items() if times > 1] == []


def test_without_imported_graders_their_files_stay_at_home():
    source = grade_source(plan_of(checks_rubric()), "A grader.")
    assert not any(f"# ---- {name}" in source for name in GRADERS)
