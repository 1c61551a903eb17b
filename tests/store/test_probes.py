from rubric_studio.domain.ids import RowId
from rubric_studio.domain.probe_outcome import Earned, ProbeOutcome
from rubric_studio.store.project_file import ProjectFile

OLD, NEW = "aa" * 32, "bb" * 32


def outcome(probe: str, row: str, score: float | None = 0.5, **more) -> ProbeOutcome:
    earned = (Earned(score, 0.1 if score is None else score, 0.6 if score is None else score),)
    return ProbeOutcome(probe=probe, row=RowId(row), earned=earned, at="2026-11-22T14:02:31.123Z", **more)


def test_outcomes_come_back_as_they_were(store: ProjectFile):
    kept = [
        outcome("empty", "r1", 0.0, typical=0.7, text="cd" * 32),
        outcome("refusal", "r1", None, missing=2, paid=(("facts", 0.4), ("form", 0.1))),
        ProbeOutcome(probe="hedging", row=RowId("r1"), skipped="there is no single result to hedge about"),
        ProbeOutcome(
            probe="degraded", row=RowId("r1"), earned=(Earned(1.0, 1.0, 1.0), Earned(0.0, 0.0, 0.0))
        ),
    ]
    store.put_probe_outcomes(OLD, kept)
    assert list(store.probe_outcomes(OLD)) == kept
    assert list(store.probe_outcomes(NEW)) == []


def test_trying_a_row_again_replaces_what_was_kept_of_it_alone(store: ProjectFile):
    store.put_probe_outcomes(OLD, [outcome("empty", "r1"), outcome("own:01X", "r1"), outcome("empty", "r2")])
    store.put_probe_outcomes(OLD, [outcome("empty", "r1", 0.25)])
    assert {(each.probe, each.row): each.earned[0].score for each in store.probe_outcomes(OLD)} == {
        ("empty", "r1"): 0.25,
        ("empty", "r2"): 0.5,
    }
    assert [each.row for each in store.probe_outcomes(OLD, RowId("r2"))] == ["r2"]


def test_outcomes_of_two_rubrics_stand_side_by_side(store: ProjectFile):
    store.put_probe_outcomes(OLD, [outcome("empty", "r1", 0.9)])
    store.put_probe_outcomes(NEW, [outcome("empty", "r1", 0.0)])
    assert store.probed_rubrics() == {OLD: "2026-11-22T14:02:31.123Z", NEW: "2026-11-22T14:02:31.123Z"}
    store.delete_probe_outcomes(OLD)
    assert list(store.probed_rubrics()) == [NEW]


def test_many_outcomes_are_read_page_by_page(store: ProjectFile):
    store.put_probe_outcomes(OLD, (outcome("empty", f"r{number}") for number in range(4500)))
    assert len(list(store.probe_outcomes(OLD))) == 4500
