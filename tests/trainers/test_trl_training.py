"""A trl bundle trains at once: TRL's own GRPOTrainer does two steps on it and logs the rewards that we compute."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.domain.bundle import BundleContent, BundleOptions, BundleRow
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.own_code import grade_with_own_code
from rubric_studio.grader.plan import plan_of, without
from rubric_studio.targets.bundle import write_bundle
from rubric_studio.targets.verify import verify_bundle
from tests.trainers.trl_environment import environment_folder, trl_python

pytestmark = pytest.mark.trainer

SCRIPT = Path(__file__).with_name("train_with_trl.py")
STEPS = 2
GENERATIONS = 4

OWN_CODE = """
SHARE = 40

def grade(sample, item):
    print("whatever it prints")
    return len(set(sample["output_text"])) % SHARE / SHARE + 0 * len(item["letters"])
"""

# A model at random answers gibberish. These criteria tell one gibberish from another, so that rewards differ.
RUBRIC = Rubric.model_validate(
    {
        "strata": [
            {
                "key": "form",
                "gate": {"at": 0.5, "mode": "soft"},
                "criteria": [
                    {"key": "short", "weight": 2, "kind": {"type": "format", "max_chars": 45}},
                    {"key": "long", "weight": 1, "kind": {"type": "format", "min_chars": 30}},
                ],
            },
            {
                "key": "letters",
                "weight": 3,
                "criteria": [
                    {
                        "key": "found",
                        "kind": {
                            "type": "labels",
                            "predicted": {"pattern": "([a-z])"},
                            "reference": "letters",
                        },
                    },
                    {
                        "key": "digit",
                        "weight": -0.25,
                        "kind": {"type": "mentions", "terms": list("0123456789")},
                    },
                    {
                        "key": "first",
                        "kind": {"type": "choice", "predicted": {"pattern": "([a-z])"}, "reference": "first"},
                        "when": {"field": "task", "in": ["first"]},
                    },
                    {"key": "own", "weight": 2, "kind": {"type": "python", "source": OWN_CODE}},
                    {"key": "elegant", "wording": "Reads well."},
                ],
            },
        ]
    }
)


def bundle_content() -> BundleContent:
    """Six rows to train on and two to validate with; what a judge would mark is left out."""
    rows = [
        Row(
            id=RowId(f"r{number}"),
            prompt=user_prompt(f"Write some of the letters of word {number}: {word}."),
            reference={"letters": sorted(set(word)), "task": ("first", "all")[number % 2], "first": word[0]},
        )
        for number, word in enumerate(
            ("estoppel", "asset", "lien", "tort", "deed", "trust", "usury", "waiver")
        )
    ]
    return BundleContent(
        project="letters",
        rubric=without(RUBRIC, ["elegant"]),
        rubric_id="R1",
        version=1,
        rows=tuple(BundleRow(row=row, part="train" if n < 6 else "validation") for n, row in enumerate(rows)),
        options=BundleOptions(targets=("trl",), leave_out=("elegant",)),
        own_code={"own": ""},
    )


def trained(folder: Path) -> dict[str, Any]:
    """Write a bundle, let TRL train two steps on it, and give back what the trainer told."""
    write_bundle(bundle_content(), folder / "bundle", lambda done, total, what: None)
    output = folder / "told.json"
    command = [str(trl_python(environment_folder())), "-I", str(SCRIPT), str(folder / "bundle"), str(output)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, timeout=600)
    assert run.returncode == 0, run.stderr[-4000:]
    return json.loads(output.read_text(encoding="utf-8"))


def our_scores(completions: list[dict[str, Any]]) -> list[float]:
    """What our own grader makes of the texts that the model wrote in training."""
    content = bundle_content()
    plan = plan_of(content.rubric)
    rows = {entry.row.prompt_text: entry.row for entry in content.rows}
    scores = [
        grade_with_own_code(plan, line["completion"], rows[line["prompt"]].reference).score
        for line in completions
    ]
    return [score for score in scores if score is not None]


def test_trl_trains_on_a_bundle_and_logs_the_scores_that_we_compute(tmp_path):
    told = trained(tmp_path)
    ours = our_scores(told["completions"])
    rewards = [line["reward"] for line in told["completions"]]
    assert len(rewards) == STEPS * GENERATIONS
    assert rewards == pytest.approx(ours, abs=1e-6)  # TRL keeps rewards as 32-bit floats
    assert len(set(rewards)) > 1  # all alike would say little

    steps = [entry for entry in told["log"] if "rewards/rubric_reward/mean" in entry]
    means = [sum(ours[at : at + GENERATIONS]) / GENERATIONS for at in range(0, len(ours), GENERATIONS)]
    assert [step["rewards/rubric_reward/mean"] for step in steps] == pytest.approx(means, abs=1e-6)
    assert {"strata/form", "strata/letters", "criteria/short", "criteria/own"} <= set(steps[0])
    assert verify_bundle(tmp_path / "bundle").whole  # training leaves the bundle as it was
