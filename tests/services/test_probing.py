"""A weak rubric is shown to be exploitable, the improved one is not: on a small project and on the example."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from rubric_studio import wiring
from rubric_studio.domain.errors import Cancelled
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.probe_outcome import Earned, rubric_hash
from rubric_studio.domain.probes.probe import Expectation
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.measures import MEASURES_VERSION
from rubric_studio.sandbox.limited_executor import LimitedExecutor
from rubric_studio.services.edits import Author, perform
from rubric_studio.services.evidence import probes
from rubric_studio.services.history import undo
from rubric_studio.services.own_probes import AddProbe, RemoveProbe, own_probes
from rubric_studio.services.probe_outcomes import Change, KindOutcome, Standing, compared, summed_up
from rubric_studio.services.probing import shown_probe, text_hash, try_probes
from rubric_studio.services.versions import saved_version
from rubric_studio.store.project_file import ProjectFile, open_project
from tests.services.sandboxed import OWN_CODE

AT = "2026-11-22T14:02:31.123Z"

WEAK = Rubric.model_validate(
    {
        "strata": [
            {
                "key": "all",
                "criteria": [{"key": "named", "kind": {"type": "mentions", "reference": "labels"}}],
            }
        ]
    }
)
F1: dict[str, Any] = {"type": "labels", "predicted": "output_json.labels", "reference": "labels"}
IMPROVED = Rubric.model_validate(
    {
        "strata": [
            {
                "key": "form",
                "weight": 1,
                "gate": {"at": 1.0},
                "criteria": [{"key": "json", "kind": {"type": "format", "schema": {"required": ["labels"]}}}],
            },
            {"key": "topics", "weight": 9, "criteria": [{"key": "f1", "kind": F1}]},
        ]
    }
)


def outcomes(store: ProjectFile, rubric: Rubric, executor: ThreadPoolExecutor) -> dict[str, KindOutcome]:
    try_probes(store, rubric, executor, AT)
    kept = store.probe_outcomes(rubric_hash(rubric, MEASURES_VERSION))
    own = {probe.key: probe.expectation for probe in own_probes(store)}
    return {kind.name: kind for kind in summed_up(kept, own)}


def test_what_each_trick_earns_is_what_it_earns_by_hand(
    store: ProjectFile, executor: ThreadPoolExecutor
) -> None:
    # q1 is [tax, trade], q2 [law]. The form earns .1, F1 is worth .9. Typical: q1 (1 + .7) / 2, q2 0.
    found = outcomes(store, IMPROVED, executor)
    assert (found["empty"].low, found["empty"].standing) == (0.0, Standing.HOLDS)
    # All three labels: F1 is 4/5 and 2/4, so .1 + .9 * (.8 + .5) / 2.
    assert found["all_labels"].low == pytest.approx(0.1 + 0.9 * 0.65)
    # The most frequent of three that each occur once is the first by letter, law: q1 0, q2 1.
    assert found["frequent_label"].low == pytest.approx((0.1 + 1.0) / 2)
    assert found["refusal"].low == pytest.approx(0.1)
    assert found["reference"].low == 1.0
    # q1 falls by all topics .9, q2 as well.
    assert (found["degraded"].low, found["degraded"].standing) == (pytest.approx(0.9), Standing.HOLDS)
    assert found["hedging"].standing is Standing.NOWHERE
    assert found["hedging"].skipped == (("there is no single result to hedge about", 2),)


@pytest.fixture
def example(tmp_path: Path) -> Iterator[ProjectFile]:
    path = tmp_path / "example.rubric"
    wiring.make_example(path)
    with open_project(path) as project:
        yield project


def test_a_weak_guide_of_the_example_is_exploitable_and_its_own_is_not(
    example: ProjectFile, executor: ThreadPoolExecutor
) -> None:
    kind = {"type": "mentions", "reference": "topics"}
    when = {"field": "task", "in": ["topics"]}
    criterion = {"key": "named", "title": "Mentions the topics", "kind": kind}
    weak = Rubric.model_validate({"strata": [{"key": "all", "when": when, "criteria": [criterion]}]})
    before, after = (outcomes(example, rubric, executor) for rubric in (weak, saved_version(example).rubric))
    # Every question lists the ten topics: copying it back mentions all of them.
    assert (before["prompt_copied"].low, before["prompt_copied"].n) == (1.0, 16)
    assert before["all_labels"].low == 1.0
    assert before["prompt_copied"].paid == (("named", 1.0),)
    assert {before[name].standing for name in ("prompt_copied", "all_labels", "keywords")} == {
        Standing.BREAKS
    }
    assert after["all_labels"].standing is Standing.HOLDS
    assert after["prompt_copied"].rows[-1].low == pytest.approx(0.1)  # of a topics question: the form alone
    assert not any(kind.standing is Standing.BREAKS for kind in after.values())
    changes = {each.name: each.change for each in compared(list(before.values()), list(after.values()))}
    assert changes["all_labels"] is Change.FIXED
    assert changes["empty"] is Change.UNCHANGED
    # The tax questions' judged points are not marked, so copying those cannot be told yet.
    assert after["prompt_copied"].standing is Standing.OPEN
    assert changes["prompt_copied"] is Change.UNKNOWN


def test_going_back_to_the_weak_guide_reopens_what_was_fixed(
    store: ProjectFile, executor: ThreadPoolExecutor
) -> None:
    weak, improved = (list(outcomes(store, rubric, executor).values()) for rubric in (WEAK, IMPROVED))
    back = {each.name: each for each in compared(improved, weak)}
    # The keyword list of q1 names both topics; q2 has one, which makes no list.
    assert back["keywords"].change is Change.REOPENED
    assert back["keywords"].reopened == ("q1",)
    assert {each.change for each in compared(weak, weak)} == {Change.UNCHANGED}


def test_a_judged_point_leaves_a_range_and_says_how_many_marks_are_missing(
    store: ProjectFile, executor: ThreadPoolExecutor
) -> None:
    clear = {"key": "clear", "title": "Clear", "weight": 3}
    judged = Rubric.model_validate(
        {"strata": [{"key": "all", "criteria": [{"key": "f1", "kind": F1}, clear]}]}
    )
    found = outcomes(store, judged, executor)
    # A quarter of the score is checked, the rest is open.
    assert (found["empty"].low, found["empty"].high) == (0.0, 0.75)
    assert (found["empty"].missing, found["empty"].standing) == (1, Standing.OPEN)
    # The guide asks for more than labels, so the bare ones are a trick: too much at 1, within bounds at .25.
    assert (found["bare_answer"].low, found["bare_answer"].high) == (0.25, 1.0)
    assert found["bare_answer"].standing is Standing.OPEN


def test_the_same_row_gives_the_same_texts_again(store: ProjectFile, executor: ThreadPoolExecutor) -> None:
    try_probes(store, IMPROVED, executor, AT)
    key = rubric_hash(IMPROVED, MEASURES_VERSION)
    for outcome in store.probe_outcomes(key, RowId("q1")):
        shown = shown_probe(store, IMPROVED, executor, outcome.row, outcome.probe)
        assert shown is not None
        assert text_hash(shown.texts) == outcome.text
        assert shown.outcome(AT) == outcome
    assert shown_probe(store, IMPROVED, executor, RowId("gone"), "empty") is None


def test_a_stopped_run_keeps_the_rows_that_are_done(
    store: ProjectFile, executor: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rubric_studio.services.probing.ROWS_AT_ONCE", 1)

    def stop_after_the_first(done: int, total: int, what: str) -> None:
        if what == "trying trick answers":
            raise Cancelled

    with pytest.raises(Cancelled):
        try_probes(store, IMPROVED, executor, AT, stop_after_the_first)
    kept = store.probe_outcomes(rubric_hash(IMPROVED, MEASURES_VERSION))
    assert {outcome.row for outcome in kept} == {"q1"}


def test_an_answer_kept_as_a_trick_is_tried_until_that_is_undone(
    store: ProjectFile, author: Author, executor: ThreadPoolExecutor
) -> None:
    probe = AddProbe(row=RowId("q1"), text='{"labels": ["tax"]}', name="Only tax", expect="low")
    assert perform(store, probe, author).topics == {"probes"}
    (own,) = own_probes(store)
    found = outcomes(store, IMPROVED, executor)
    # One of two labels: F1 2/3, so .1 + .9 * 2/3 = .7: more than one half.
    assert (found[own.key].low, found[own.key].standing) == (pytest.approx(0.7), Standing.BREAKS)
    assert found[own.key].expectation is Expectation.LOW
    perform(store, RemoveProbe(subject=own.subject, row=own.row, name=own.name), author)
    assert own_probes(store) == []
    undo(store, author)
    assert own_probes(store) == [own]
    undo(store, author)
    assert own_probes(store) == []
    assert own.key not in outcomes(store, IMPROVED, executor)


def test_a_name_or_a_title_does_not_make_another_rubric_but_a_weight_does() -> None:
    def key(**update: Any) -> str:
        return rubric_hash(IMPROVED.model_copy(update=update), MEASURES_VERSION)

    form, topics = IMPROVED.strata
    assert key() == key(name="Renamed") == key(strata=(form.model_copy(update={"title": "Form"}), topics))
    assert key() != key(strata=(form.model_copy(update={"weight": 2.0}), topics))
    assert key() != rubric_hash(IMPROVED, "other measures")


def test_a_check_that_hangs_leaves_its_point_open_and_the_others_measured(store: ProjectFile) -> None:
    from concurrent.futures import Future

    class Stalling(ThreadPoolExecutor):
        """Gives every chunk up that measures the format, as a limit would."""

        def submit(self, fn, /, *args, **kwargs):  # pyright: ignore[reportIncompatibleMethodOverride]
            kinds, work = args
            if any(kinds[check]["type"] == "format" for _, checks, _ in work for check in checks):
                future: Future[Any] = Future()
                future.set_exception(TimeoutError())
                return future
            return super().submit(fn, *args, **kwargs)

    with Stalling(1) as executor:
        shown = shown_probe(store, IMPROVED, executor, RowId("q1"), "reference")
    assert shown is not None
    (points,) = shown.points
    assert points.missing == ("json",)
    assert points.marks["f1"].value == 1.0
    assert points.earned == Earned(None, 0.0, 1.0)


SAYS_ANYTHING = Rubric.model_validate(
    {
        "strata": [
            {
                "key": "all",
                "criteria": [
                    {
                        "key": "code",
                        "kind": {
                            "type": "python",
                            "source": "def grade(sample, item):\n    return 1.0 if sample['output_text'] else 0.0\n",
                        },
                    }
                ],
            }
        ]
    }
)


def test_own_code_marks_tricks_where_it_may_run(store: ProjectFile) -> None:
    with LimitedExecutor(1, 30.0) as executor:
        try_probes(store, SAYS_ANYTHING, executor, AT, own_code=OWN_CODE)
    kept = list(store.probe_outcomes(rubric_hash(SAYS_ANYTHING, MEASURES_VERSION)))
    earned = {(each.row, each.probe): each.earned for each in kept}
    assert earned[(RowId("q1"), "empty")] == (Earned(0.0, 0.0, 0.0),)
    assert earned[(RowId("q1"), "refusal")] == (Earned(1.0, 1.0, 1.0),)


def test_own_code_that_may_not_run_leaves_a_range(store: ProjectFile, executor: ThreadPoolExecutor) -> None:
    found = outcomes(store, SAYS_ANYTHING, executor)
    assert (found["empty"].low, found["empty"].high, found["empty"].standing) == (0.0, 1.0, Standing.OPEN)


def test_a_bundle_tells_what_the_tricks_earn(store: ProjectFile, executor: ThreadPoolExecutor) -> None:
    assert probes(store, IMPROVED) == {"kinds": [], "reason": "not tried under this version"}
    try_probes(store, IMPROVED, executor, AT)
    told = {kind["probe"]: kind for kind in probes(store, IMPROVED)["kinds"]}
    assert told["empty"] == {
        "probe": "empty",
        "expectation": "low",
        "standing": "holds",
        "n": 2,
        "mean": [0.0, 0.0],
        "broken": 0,
    }
    assert probes(store, WEAK)["kinds"] == []
